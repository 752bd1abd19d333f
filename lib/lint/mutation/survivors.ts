/** Why a rule lets a defect through. */
const reasons = {
  oldMemory:
    'node_exporter names these after /proc/meminfo, so that each name may exist, and before 0.16 this one did: dashboards of then are not wrong',
  untyped: 'node_exporter gives these without a type, and a rule never goes by the name alone',
  native: 'a native histogram is asked for by that name, and Prometheus has its own as one where that is switched on',
  alternative:
    'labels of `or on (...)` only say which series of the right side are left out: nothing is lost for certain',
  milliseconds: 'the time is reckoned from a subquery, whose unit is not followed',
  counts: 'a number of things by another number of things is not always a share, and unit names do not tell',
  timeline: 'a state timeline shows colours; its numbers stand in a tooltip only',
  afterwards: 'the panel reckons with the values afterwards',
  smallShares: 'limits of 1 and 5 of a share, or of 0.01 and 0.05 percent, are meant by some: load, rare errors',
  tables: 'a table often stands under a text or a row that names it',
  chosen: 'whether series chosen by a label are there at all times, the query does not say',
} as const;

/** Mutants that no finding of their rule tells of: rule, mutator, and where; each with the reason. */
export const survivors: readonly { readonly is: string; readonly because: string }[] = [
  {
    is: 'join-labels | a label in `on`, a letter missing | grafana/dashboards/lab-folder-hosts/lab-host-use.json › Temperature',
    because: reasons.alternative,
  },
  {
    is: 'metric-exists | a metric has the name of years ago | grafana/dashboards/hl-folder-hosts/hl-host-fleet.json › Memory used',
    because: reasons.oldMemory,
  },
  {
    is: 'metric-exists | a metric has the name of years ago | grafana/dashboards/lab-folder-hosts/lab-host-fleet.json › Inventory',
    because: reasons.oldMemory,
  },
  {
    is: 'metric-exists | a metric has the name of years ago | grafana/dashboards/lab-folder-hosts/lab-host-use.json › Memory used',
    because: reasons.oldMemory,
  },
  {
    is: 'no-data-text | a count without a text for nothing | grafana/dashboards/lab-folder-network/lab-certificates.json › Old TLS',
    because: reasons.chosen,
  },
  {
    is: 'panel-title | no title | grafana/dashboards/hl-folder-network/hl-network.json › Network / Probes and LAN',
    because: reasons.tables,
  },
  {
    is: 'panel-title | no title | grafana/dashboards/lab-folder-home/lab-home.json › Home / Overview',
    because: reasons.tables,
  },
  {
    is: 'quantile-of-non-histogram | the name without `_bucket` | grafana/dashboards/hl-folder-stack/hl-prometheus.json › Request time',
    because: reasons.native,
  },
  {
    is: 'quantile-of-non-histogram | the name without `_bucket` | grafana/dashboards/lab-folder-stack/lab-prometheus.json › Request time',
    because: reasons.native,
  },
  {
    is: 'raw-counter | rate() of what counts without `_total` is forgotten | grafana/dashboards/hl-folder-hosts/hl-host-use.json › Bottleneck',
    because: reasons.untyped,
  },
  {
    is: 'raw-counter | rate() of what counts without `_total` is forgotten | grafana/dashboards/lab-folder-hosts/lab-host-use.json › Bottleneck',
    because: reasons.untyped,
  },
  {
    is: 'threshold-scale | thresholds of a share in percent | grafana/dashboards/hl-folder-stack/hl-prometheus.json › Notification errors',
    because: reasons.smallShares,
  },
  {
    is: 'threshold-scale | thresholds of a share in percent | grafana/dashboards/lab-folder-home/lab-home.json › Loss',
    because: reasons.smallShares,
  },
  {
    is: 'threshold-scale | thresholds of a share in percent | grafana/dashboards/lab-folder-network/lab-internet.json › Loss',
    because: reasons.smallShares,
  },
  {
    is: 'threshold-scale | values in percent, thresholds left as a share | grafana/dashboards/hl-folder-network/hl-internet.json › Loss on the line',
    because: reasons.smallShares,
  },
  {
    is: 'threshold-scale | values in percent, thresholds left as a share | grafana/dashboards/lab-folder-network/lab-internet.json › Loss on the line',
    because: reasons.smallShares,
  },
  {
    is: 'unit-fits | dtdurations shown as dtdurationms | grafana/dashboards/hl-folder-network/hl-internet.json › Down for',
    because: reasons.milliseconds,
  },
  {
    is: 'unit-fits | percentunit shown as percent | grafana/dashboards/hl-folder-stack/hl-prometheus.json › Queries',
    because: reasons.counts,
  },
  {
    is: 'unit-fits | percentunit shown as percent | grafana/dashboards/lab-folder-hosts/lab-host-use.json › TCP retransmits',
    because: reasons.counts,
  },
  {
    is: 'unit-present | no unit where bps was | grafana/dashboards/lab-folder-network/lab-internet.json › Download by hour of day',
    because: reasons.afterwards,
  },
  {
    is: 'unit-present | no unit where dtdurations was | grafana/dashboards/hl-folder-home/hl-home.json › Host uptime',
    because: reasons.timeline,
  },
  {
    is: 'unit-present | no unit where dtdurations was | grafana/dashboards/lab-folder-home/lab-home.json › Host uptime',
    because: reasons.timeline,
  },
  {
    is: 'unit-present | no unit where percentunit was | grafana/dashboards/hl-folder-hosts/hl-host-use.json › Disk stalls',
    because: reasons.counts,
  },
  {
    is: 'unit-present | no unit where percentunit was | grafana/dashboards/lab-folder-hosts/lab-host-use.json › TCP retransmits',
    because: reasons.counts,
  },
];
