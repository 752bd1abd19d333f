/** Why a rule lets a defect through. */
const reasons = {
  untyped: 'node_exporter gives these without a type, and a rule never goes by the name alone',
  native: 'a native histogram is asked for by that name, and Prometheus has its own as one where that is switched on',
  counts: 'a number of things by another number of things is not always a share, and unit names do not tell',
  timeline: 'a state timeline shows colours; its numbers stand in a tooltip only',
  afterwards: 'the panel reckons with the values afterwards',
  smallShares: 'limits of 1 and 5 of a share, or of 0.01 and 0.05 percent, are meant by some: load, rare errors',
  tables: 'a table often stands under a text or a row that names it',
  mistyped: 'the exporter says that it is a counter, and the page is believed',
  choice: 'what is chosen by `or` between counters, gauges and rates has no one kind',
  rewritten: 'events are not seen behind a label that is rewritten',
  divided: 'a count that is divided before it is compared may be below anything',
  reckoned: 'a time that is reckoned from a size and its growth has no unit that can be followed',
} as const;

/** Mutants that no finding of their rule tells of: rule, mutator, and where; each with the reason. */
export const survivors: readonly { readonly is: string; readonly because: string }[] = [
  {
    is: 'comparison-never-true | nothing counted | prometheus/rules/jellyfin.yaml › JellyfinLibraryShrunk',
    because: reasons.divided,
  },
  {
    is: 'panel-title | no title | grafana/dashboards/lab-folder-media/lab-tdarr.json › Is my data here?',
    because: reasons.tables,
  },
  {
    is: 'quantile-of-non-histogram | the name without `_bucket` | grafana/dashboards/hl-folder-stack/hl-prometheus.json › Request time',
    because: reasons.native,
  },
  {
    is: 'quantile-of-non-histogram | the name without `_bucket` | grafana/dashboards/lab-folder-ai/lab-open-webui.json › Request time',
    because: reasons.native,
  },
  {
    is: 'quantile-of-non-histogram | the name without `_bucket` | grafana/dashboards/lab-folder-media/lab-jellyfin-health.json › Answer time',
    because: reasons.native,
  },
  {
    is: 'quantile-of-non-histogram | the name without `_bucket` | grafana/dashboards/lab-folder-stack/lab-prometheus.json › Request time',
    because: reasons.native,
  },
  {
    is: 'rate-of-gauge | increase() around a gauge | grafana/dashboards/hl-folder-media/hl-jellyfin-health.json › Jellyfin',
    because: reasons.mistyped,
  },
  {
    is: 'ratio-without-guard | a division loses its guard | prometheus/rules/immich.yaml › ImmichMlDown',
    because: reasons.rewritten,
  },
  {
    is: 'raw-counter | rate() is forgotten | grafana/dashboards/lab-folder-media/lab-downloads.json › Download speed',
    because: reasons.choice,
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
    is: 'threshold-scale | thresholds of a share in percent | grafana/dashboards/hl-folder-hosts/hl-host-use.json › TCP retransmits',
    because: reasons.smallShares,
  },
  {
    is: 'threshold-scale | thresholds of a share in percent | grafana/dashboards/hl-folder-network/hl-network.json › Loss',
    because: reasons.smallShares,
  },
  {
    is: 'threshold-scale | thresholds of a share in percent | grafana/dashboards/lab-folder-ai/lab-open-webui.json › Failed requests',
    because: reasons.smallShares,
  },
  {
    is: 'threshold-scale | values in percent, thresholds left as a share | grafana/dashboards/hl-folder-hosts/hl-host-use.json › CPU pressure',
    because: reasons.smallShares,
  },
  {
    is: 'threshold-scale | values in percent, thresholds left as a share | grafana/dashboards/hl-folder-stack/hl-prometheus.json › Remote write failures',
    because: reasons.smallShares,
  },
  {
    is: 'threshold-scale | values in percent, thresholds left as a share | grafana/dashboards/lab-folder-hosts/lab-host-use.json › Memory stalls',
    because: reasons.smallShares,
  },
  {
    is: 'threshold-scale | values in percent, thresholds left as a share | grafana/dashboards/lab-folder-network/lab-internet.json › Loss',
    because: reasons.smallShares,
  },
  {
    is: 'unit-fits | dtdurations shown as dateTimeAsIso | grafana/dashboards/lab-folder-media/lab-jellyfin-library.json › Full in',
    because: reasons.reckoned,
  },
  {
    is: 'unit-fits | percentunit shown as percent | grafana/dashboards/hl-folder-hosts/hl-host-use.json › Network errors',
    because: reasons.counts,
  },
  {
    is: 'unit-fits | percentunit shown as percent | grafana/dashboards/hl-folder-stack/hl-prometheus.json › Notification queue',
    because: reasons.counts,
  },
  {
    is: 'unit-fits | percentunit shown as percent | grafana/dashboards/lab-folder-network/lab-internet.json › Loss on the line by hour of day',
    because: reasons.afterwards,
  },
  {
    is: 'unit-present | no unit where dtdurations was | grafana/dashboards/hl-folder-home/hl-home.json › Host uptime',
    because: reasons.timeline,
  },
  {
    is: 'unit-present | no unit where dtdurations was | grafana/dashboards/lab-folder-media/lab-jellyfin-library.json › Full in',
    because: reasons.reckoned,
  },
];
