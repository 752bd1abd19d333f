import { defineRule } from '../rule';

/** Recording rules are named as such. */
export const recordingName = defineRule({
  id: 'recording-name',
  on: 'recording',
  severity: 'info',
  needs: 'nothing',
  says: 'a recording rule whose name does not say what it was made of',
  why: 'A colon tells everybody that a metric was worked out and by which rule; without one they look for the exporter.',
  instead: '`level:metric:operations`, as in `instance:node_cpu_seconds:rate5m`.',

  *check({ name }) {
    if (name.includes(':')) return;
    yield {
      message: `\`${name}\` reads like the metric of an exporter`,
      culprit: name,
      expected: '`level:metric:operations`',
    };
  },

  accepts: [
    {
      name: 'level, metric, operation',
      recording: { record: 'instance:node_cpu_seconds:rate5m', expr: 'rate(node_cpu_seconds_total[5m])' },
    },
    { name: 'a level and a metric', recording: { record: 'job:up', expr: 'sum by (job) (up)' } },
  ],
  rejects: [
    { name: 'no colon', recording: { record: 'hosts_up', expr: 'sum(up)' }, because: 'like the metric of an exporter' },
  ],
});
