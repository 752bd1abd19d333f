import { formatDuration } from '../../duration';
import { defineRule } from '../rule';

/** Groups are evaluated often enough. */
export const groupInterval = defineRule({
  id: 'group-interval',
  on: 'group',
  severity: 'warning',
  needs: 'nothing',
  says: 'a group of recording rules that is evaluated less often than every five minutes',
  why: 'Prometheus looks back five minutes for a value. What is written less often has gaps, in every graph and every alert that reads it.',
  instead: 'An interval of five minutes at most.',

  *check({ interval, rules, at, name }) {
    if (interval === undefined || interval <= 300 || !rules.some(({ kind }) => kind === 'recording')) return;
    yield {
      message: `what the group \`${name}\` records every ${formatDuration(interval)} is gone after 5m`,
      culprit: name,
      at: [...at, 'interval'],
      expected: '`5m` or less',
    };
  },

  accepts: [
    { name: 'five minutes', files: { 'rules.yaml': every('5m', 'record: job:up:sum') } },
    {
      name: 'alerts, which are looked at when they are evaluated',
      files: { 'rules.yaml': every('1h', 'alert: Down') },
    },
  ],
  rejects: [{ name: 'an hour', files: { 'rules.yaml': every('1h', 'record: job:up:sum') }, because: 'gone after 5m' }],
});

function every(interval: string, rule: string): string {
  return `groups:\n  - name: slow\n    interval: ${interval}\n    rules:\n      - ${rule}\n        expr: sum by (job) (up) < 3\n`;
}
