import { formatDuration } from '../../duration';
import { isComparison, limitOf } from '../promql/comparison';
import { bare, type Expr } from '../../query/tree';
import { nodesOf } from '../promql/nodes';
import { ownSeverity } from '../own-severity';
import { defineRule } from '../rule';
import type { Alert } from '../subject';

/** Alerts wait a while before they fire. */
export const alertFor = defineRule({
  id: 'alert-for',
  on: 'alert',
  severity: 'warning',
  needs: 'nothing',
  says: 'an alert that fires at the first bad sample, or after longer than a week',
  why: 'A single scrape that fails, or one busy minute, and somebody is woken up; a minute later all is fine. Where a shorter `for` than the interval of evaluation stands, it waits for one more evaluation all the same.',
  instead: '`for: 5m`, or what the thing can be bad for without harm; `for: 0s` where at once is meant.',

  *check(alert) {
    const { group } = alert;
    if (alert.for === undefined) {
      if (isHeartbeat(alert) || alert.paused) return;
      const smooth = looksBack(alert) || !canFlap(alert);
      yield {
        message: 'there is no `for`: one bad evaluation is enough',
        culprit: alert.name,
        expected: '`for: 5m`, or `for: 0s` where at once is meant',
        severity: smooth ? 'info' : 'warning',
      };
    } else if (alert.for > 7 * 86_400) {
      yield {
        message: `\`for\` of ${formatDuration(alert.for)}: a restart or a gap on the way starts it anew`,
        culprit: alert.name,
        at: [...alert.at, 'for'],
      };
    } else if (alert.for > 0 && group.interval !== undefined && alert.for < group.interval) {
      yield {
        message: `\`for\` of ${formatDuration(alert.for)} is shorter than the ${formatDuration(group.interval)} from one evaluation to the next`,
        culprit: alert.name,
        at: [...alert.at, 'for'],
        expected: `\`${formatDuration(group.interval)}\` or more`,
        severity: ownSeverity(alert, 'warning', 'info'),
      };
    }
  },

  accepts: [
    { name: 'some minutes', alert: { expr: 'up == 0', for: '5m' } },
    { name: 'at once, as it says', alert: { expr: 'up == 0', for: '0s' } },
    { name: 'a heartbeat', alert: { expr: 'vector(1) > 0', for: undefined } },
    { name: 'an hour', alert: { expr: 'up == 0', for: '1h' } },
  ],
  rejects: [
    { name: 'none', alert: { expr: 'up == 0', for: undefined }, because: 'no `for`' },
    { name: 'a busy moment', alert: { expr: 'node_load1 > 5', for: undefined }, because: 'no `for`' },
    { name: 'a month', alert: { expr: 'up == 0', for: '30d' }, because: 'starts it anew' },
  ],
});

const isHeartbeat = ({ queries }: Alert): boolean => {
  const tree = queries[0]?.parsed.tree;
  const node = tree && bare(tree);
  const inner = node?.kind === 'binary' && isComparison(node.operator) ? bare(node.left) : node;
  return inner?.kind === 'number' || (inner?.kind === 'call' && inner.name === 'vector');
};

/** Whether an expression looks at minutes anyway, at what changes slowly, or is not PromQL. */
const looksBack = (alert: Alert): boolean =>
  alert.queries.every((query) => {
    if (!query.parsed.tree) return true;
    return nodesOf(query).some(({ node }) => isWindow(node) || (node.kind === 'call' && node.name === 'time'));
  });

/** Whether one bad sample can be by chance: a measured value over a limit, or a scrape that failed. A state does not come and go. */
const canFlap = ({ queries }: Alert): boolean =>
  queries.some((query) =>
    nodesOf(query).some(({ node }) => {
      if (node.kind === 'call') return node.name === 'absent';
      if (node.kind === 'selector') return node.name === 'up' || node.name === 'probe_success';
      const limit = node.kind === 'binary' && !slow.test(query.text) ? limitOf(node) : undefined;
      return limit !== undefined && limit.value !== 0 && limit.value !== 1;
    }),
  );

/** What counts down to a date, or wears out. */
const slow = /ttl|expir|not_after|cert|wear|percentage_used|lifetime/i;

const isWindow = (node: Expr): boolean =>
  ((node.kind === 'selector' || node.kind === 'subquery') &&
    node.window !== undefined &&
    (node.window.seconds ?? 300) >= 60) ||
  (node.kind === 'selector' && recordedWindow.test(node.name ?? ''));

/** A recording over some minutes says so in its name: `slo:sli_error:ratio_rate5m`, `denied_increase1h`. */
const recordedWindow = /(?:rate|increase|avg|max|min|burnrate|delta|_|:)\d+[mhdw](?:$|[_:])/;
