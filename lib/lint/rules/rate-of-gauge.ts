import { walk } from '../../query/tree';
import { natureOf } from '../promql/nature';
import { rawMetricOf } from '../promql/raw-samples';
import { defineRule } from '../rule';

export const rateOfGauge = defineRule({
  id: 'rate-of-gauge',
  on: 'query',
  severity: 'error',
  needs: 'catalog',
  says: '`rate()` or `increase()` of what goes up and down, `delta()` or `deriv()` of a counter',
  why: '`rate()` takes each fall for a restart of a counter and adds it up: over a gauge it shows rises that never were. `delta()` and `deriv()` take a restart for a real fall.',
  instead: 'Use `rate()` and `increase()` over counters, `delta()`, `deriv()` or the value itself over gauges.',

  *check({ parsed: { tree } }, { knowledge }) {
    if (!tree) return;
    for (const { node } of walk(tree)) {
      if (node.kind !== 'call') continue;
      const forCounters = ofCounters.has(node.name);
      if (!forCounters && !ofGauges.has(node.name)) continue;
      const known = rawMetricOf(node.args[0], knowledge);
      const nature = known && natureOf(known);
      if (!known || nature === undefined) continue;
      const facts = { culprit: known.name, span: node, evidence: known.evidence };
      if (forCounters && nature === 'gauge') {
        const what = known.recording ? 'what the recording rule writes' : `a ${known.type}`;
        // Some exporters declare a gauge and count all the same.
        const doubtful = known.type === 'gauge' ? doubtOf(known.name) : undefined;
        yield {
          ...facts,
          message: `\`${node.name}\` of \`${known.name}\`, ${known.type === 'info' ? 'an info metric' : `${what}, which goes up and down`}`,
          expected:
            node.name === 'increase' ? 'use `delta()`, or the value itself' : 'use `deriv()`, or the value itself',
          ...(doubtful && { severity: doubtful }),
        };
      } else if (!forCounters && nature === 'counter') {
        yield {
          ...facts,
          message: `\`${node.name}\` of \`${known.name}\`, a counter, whose restarts look like falls`,
          expected: `use \`${node.name === 'delta' || node.name === 'idelta' ? 'increase' : 'rate'}()\``,
          severity: 'warning',
        };
      }
    }
  },

  accepts: [
    { name: 'the rate of a counter', query: 'rate(node_network_receive_bytes_total[5m])' },
    { name: 'the rate of the count of a summary', query: 'rate(go_gc_duration_seconds_count[5m])' },
    { name: 'how fast a gauge moves', query: 'deriv(node_filesystem_avail_bytes[1h])' },
    { name: 'a metric whose type nobody says', query: 'rate(node_netstat_Tcp_RetransSegs[5m])' },
    { name: 'a metric of an exporter without a catalog', query: 'rate(redis_up[5m])' },
  ],
  rejects: [
    { name: 'the rate of a gauge', query: 'rate(node_memory_MemAvailable_bytes[5m])', because: 'up and down' },
    { name: 'the increase of a gauge', query: 'increase(node_load1[1h])', because: '`node_load1`' },
    { name: 'the rate of a quantile', query: 'rate(go_gc_duration_seconds{quantile="0.5"}[5m])', because: 'a summary' },
    { name: 'the delta of a counter', query: 'delta(node_context_switches_total[5m])', because: 'look like falls' },
  ],
});

/** A name that says that it counts: `_total` claims it, what was sent, written or uploaded does so in fact. */
const doubtOf = (name: string): 'warning' | 'info' | undefined =>
  /_(?:uploaded|downloaded|sent|received|transmitted|written)_bytes$/.test(name)
    ? 'info'
    : name.endsWith('_total')
      ? 'warning'
      : undefined;

const ofCounters = new Set(['rate', 'irate', 'increase']);
const ofGauges = new Set(['delta', 'idelta', 'deriv']);
