import { bare, type Expr, type Selector } from '../../query/tree';
import { formatMatcher } from '../promql/matchers';
import { literalsOf } from '../promql/pattern';
import { nodesOfKind } from '../promql/nodes';
import { defineRule } from '../rule';

/** absent() is asked for one thing. */
export const absentWithRegexp = defineRule({
  id: 'absent-with-regexp',
  on: 'query',
  severity: 'info',
  needs: 'nothing',
  says: '`absent()` of several things at once',
  why: '`absent()` has a value only when all of them are gone: one that vanishes alone is not noticed. And of a label matched by a pattern it gives no value, so that the alert cannot say what is missing.',
  instead: 'One `absent()` each, joined by `or`.',

  *check(query) {
    for (const { node } of nodesOfKind(query, 'call')) {
      if (!node.name.startsWith('absent') || !node.args[0]) continue;
      const selector = selectorIn(node.args[0]);
      // One instance is one thing, whichever job has it.
      if (selector?.matchers.some(({ label, operator }) => label === 'instance' && operator === '=')) continue;
      for (const matcher of selector?.matchers ?? []) {
        if (matcher.open || matcher.operator !== '=~') continue;
        const values = literalsOf(matcher.value);
        if (values?.length === 1) continue;
        yield {
          message: `\`${node.name}()\` with \`${formatMatcher(matcher)}\` tells only when all of them are gone`,
          culprit: matcher.label,
          span: matcher,
          expected: values ? `one \`${node.name}()\` for each, joined by \`or\`` : 'a matcher with `=`',
          severity: values && query.owner.kind === 'alert' ? 'warning' : 'info',
        };
      }
    }
  },

  accepts: [
    { name: 'one thing', alert: { expr: 'absent(up{job="node"})' } },
    { name: 'all but some', alert: { expr: 'absent(up{job="node", instance!~"test.*"})' } },
    { name: 'one instance, in either job', alert: { expr: 'absent(up{job=~"node|node-backup", instance="nas"})' } },
    { name: 'a pattern beside it', alert: { expr: 'absent(up{job="node"}) or up{job=~"a|b"} == 0' } },
  ],
  rejects: [
    { name: 'two things', alert: { expr: 'absent(up{job=~"node|blackbox"})' }, because: 'all of them are gone' },
    { name: 'over time', alert: { expr: 'absent_over_time(up{job=~"node.*"}[10m])' }, because: 'all of them are gone' },
  ],
});

/** The selector that decides, through a comparison. */
const selectorIn = (expr: Expr): Selector | undefined => {
  const node = bare(expr);
  if (node.kind === 'selector') return node;
  if (node.kind === 'subquery') return selectorIn(node.inner);
  return node.kind === 'binary' && /[=<>]/.test(node.operator) ? selectorIn(node.left) : undefined;
};
