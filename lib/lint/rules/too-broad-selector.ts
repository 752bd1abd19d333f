import type { Matcher } from '../../query/tree';
import { takes } from '../promql/matchers';
import { matchesAnyText } from '../promql/pattern';
import { nodesOfKind, sliceOf } from '../promql/nodes';
import { isRule } from '../promql/used-in';
import { defineRule } from '../rule';

/** Selectors say what they want. */
export const tooBroadSelector = defineRule({
  id: 'too-broad-selector',
  on: 'query',
  severity: 'warning',
  needs: 'nothing',
  says: 'a selector that takes all series of the server',
  why: 'It reads every series there is: minutes of work for a large server, and a limit that refuses it. Without any matcher that wants something, the server refuses it at once.',
  instead: 'Name the metric. For how many series there are, `prometheus_tsdb_head_series`.',

  *check(query) {
    for (const { node, around } of nodesOfKind(query, 'selector')) {
      if (node.name !== undefined || node.matchers.some(({ open }) => open)) continue;
      // A name that MetricsQL defines, or a variable that stands for a whole expression.
      if (node.matchers.length === 0 && query.text[node.from] !== '{') continue;
      const written = sliceOf(query, node);
      if (node.matchers.every((matcher) => takes(matcher, '') === true)) {
        const message = `\`${written}\` has no matcher that needs a value: the server refuses it`;
        yield { message, culprit: written, span: node, severity: 'error' };
      } else if (node.matchers.every(takesAll)) {
        const counted = around.some(
          (outer) => outer.kind === 'aggregation' && ['count', 'topk', 'group'].includes(outer.name),
        );
        const message = `\`${written}\` reads every series of the server`;
        yield { message, culprit: written, span: node, severity: counted && !isRule(query) ? 'info' : 'warning' };
      }
    }
  },

  accepts: [
    { name: 'a metric', query: 'up' },
    { name: 'metrics of one beginning', query: '{__name__=~"node_network_.+_bytes_total"}' },
    { name: 'all of one job', query: 'count({job="node"})' },
    { name: 'a variable', query: 'count({job=~"$job"})' },
    { name: 'a variable for a whole expression', query: '$expression' },
    { name: 'all that have a label that few have', query: 'count({mountpoint!=""})' },
  ],
  rejects: [
    { name: 'all of them', query: 'sum({__name__=~".+"})', because: 'every series' },
    { name: 'all that have a job', query: '{job!=""}', because: 'every series' },
    { name: 'no need at all', query: '{job=~".*"}', because: 'the server refuses it' },
  ],
});

/** Those that every series has. */
const everywhere = new Set(['__name__', 'job', 'instance']);

const takesAll = (matcher: Matcher): boolean =>
  takes(matcher, '') === true || (everywhere.has(matcher.label) && wantsAnyText(matcher));

const wantsAnyText = (matcher: Matcher): boolean =>
  (matcher.operator === '!=' && matcher.value === '') || (matcher.operator === '=~' && matchesAnyText(matcher.value));
