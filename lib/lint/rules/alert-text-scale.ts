import { bare, type Expr } from '../../query/tree';
import { constantOf, limitOf } from '../promql/comparison';
import { templatesOf } from '../template/texts';
import { defineRule } from '../rule';

/** Texts show values in their scale. */
export const alertTextScale = defineRule({
  id: 'alert-text-scale',
  on: 'alert',
  severity: 'warning',
  needs: 'nothing',
  says: 'a text that shows a percentage a hundred times too high',
  why: '`humanizePercentage` takes a share, 0.93, and writes 93%. Of a value that was multiplied by 100 already it writes 9300%.',
  instead: '`{{ $value | humanizePercentage }}` of a share, `{{ printf "%.0f" $value }}%` of a percentage.',

  *check(alert) {
    const tree = alert.queries.length === 1 ? alert.queries[0]?.parsed.tree : undefined;
    if (!tree || !isPercentage(tree)) return;
    for (const { name, at, template } of templatesOf(alert)) {
      const shown = template.calls.find(
        ({ name: called, action }) => called === 'humanizePercentage' && /\$value\b|\.Value\b/.test(action),
      );
      if (!shown) continue;
      yield {
        message: `\`humanizePercentage\` in \`${name}\` of a value that is a percentage already`,
        culprit: 'humanizePercentage',
        at,
        expected: '`{{ printf "%.0f" $value }}%`',
      };
    }
  },

  accepts: [
    {
      name: 'a share',
      alert: {
        expr: 'node_filesystem_avail_bytes / node_filesystem_size_bytes < 0.1',
        annotations: { summary: '{{ $value | humanizePercentage }} free' },
      },
    },
    {
      name: 'a percentage, as it is',
      alert: {
        expr: 'node_filesystem_avail_bytes / node_filesystem_size_bytes * 100 < 10',
        annotations: { summary: '{{ printf "%.0f" $value }}% free', description: undefined },
      },
    },
  ],
  rejects: [
    {
      name: 'a percentage',
      alert: {
        expr: '100 * node_filesystem_avail_bytes / node_filesystem_size_bytes < 10',
        annotations: { summary: '{{ $value | humanizePercentage }} free' },
      },
      because: 'a percentage already',
    },
  ],
});

/** A share multiplied by 100, below or above a limit. */
const isPercentage = (expr: Expr): boolean => {
  const node = bare(expr);
  if (node.kind === 'aggregation') return isPercentage(node.inner);
  if (node.kind !== 'binary') return false;
  const limit = limitOf(node);
  if (limit) return isPercentage(limit.of);
  if (node.operator === '*')
    return [node.left, node.right].some((side) => constantOf(side) === 100) || isPercentage(node.left);
  return node.operator === '-' ? constantOf(node.left) === 100 : node.operator === '/' && isPercentage(node.left);
};
