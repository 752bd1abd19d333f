import { bare, type Expr, type Selector } from '../../query/tree';
import { ownSeverity } from '../own-severity';
import { identity } from '../promql/condition';
import { defineRule } from '../rule';

/** A number of what there may be none of says zero, not `No data`. */
export const noDataText = defineRule({
  id: 'no-data-text',
  on: 'panel',
  severity: 'info',
  needs: 'nothing',
  says: 'a single number that is gone when there is nothing to count',
  why: 'A count of failing things has no series when none fails. Grafana then writes `No data`, which reads like a broken panel on the day that all is well.',
  instead: 'Set `noValue`, or give the zero in the query: `count(x == 0) or 0 * count(x)`.',

  *check(panel) {
    if (!['stat', 'gauge', 'singlestat'].includes(panel.type) || panel.fields.noValue !== undefined) return;
    if (panel.fields.mappings.map((mapping) => JSON.stringify(mapping)).some(namesNothing)) return;
    for (const query of panel.queries) {
      const { tree } = query.parsed;
      if (!tree || query.hidden || !canBeEmpty(tree)) continue;
      yield {
        message: `\`${panel.title || panel.type}\` says \`No data\` when there is nothing to count`,
        culprit: query.refId,
        expected: 'set `noValue`',
        severity: ownSeverity(panel, 'warning', 'info'),
        // Panels of before Grafana 7 keep it elsewhere.
        ...(panel.type !== 'singlestat' && {
          fix: { at: [...panel.at, 'fieldConfig', 'defaults', 'noValue'], value: '0', says: 'sets noValue to 0' },
        }),
      };
      return;
    }
  },

  accepts: [
    {
      name: 'a text for it',
      query: 'count(up == 0)',
      panel: { type: 'stat', fieldConfig: { defaults: { noValue: '0' } } },
    },
    { name: 'a zero in the query', query: 'count(up == 0) or 0 * count(up)', panel: { type: 'stat' } },
    { name: 'bool, which gives zeros', query: 'sum(up == bool 0)', panel: { type: 'stat' } },
    { name: 'a count of all', query: 'count(up)', panel: { type: 'stat' } },
    { name: 'over time', query: 'count(up == 0)' },
    { name: 'a count of infos of one machine', query: 'count(node_os_info{host="nas"})', panel: { type: 'stat' } },
    { name: 'of infos that somebody picks', query: 'count(node_os_info{id=~"$id"})', panel: { type: 'stat' } },
  ],
  rejects: [
    { name: 'what is down', query: 'count(up == 0)', panel: { type: 'stat' }, because: 'nothing to count' },
    {
      name: 'infos that say one thing',
      query: 'count(node_os_info{job="node", id=~"debian|ubuntu"})',
      panel: { type: 'stat' },
      because: 'nothing to count',
    },
    {
      name: 'alerts that fire',
      query: 'sum(ALERTS{alertstate="firing"})',
      panel: { type: 'stat' },
      because: 'nothing to count',
    },
  ],
});

/** Whether it counts what a comparison left over, alerts, or infos that say one thing: of all these there may be none. */
const canBeEmpty = (expr: Expr): boolean => {
  const node = bare(expr);
  if (node.kind !== 'aggregation' || (node.name !== 'count' && node.name !== 'sum')) return false;
  const inner = bare(node.inner);
  if (inner.kind === 'selector') return inner.name === 'ALERTS' || isChosenInfo(inner);
  return isComparison(inner);
};

/** An info metric has one series for what is so; those that say another thing are not there. */
const isChosenInfo = ({ name = '', matchers }: Selector): boolean =>
  name.endsWith('_info') &&
  matchers.some(
    ({ label, operator, value, open }) =>
      !open &&
      value !== '' &&
      !identity.has(label) &&
      (operator === '=' || (operator === '=~' && !/^\.[*+]$/.test(value))),
  );

const isComparison = (expr: Expr): boolean => {
  const inner = bare(expr);
  if (inner.kind !== 'binary') return false;
  if (inner.operator === 'and') return isComparison(inner.left) || isComparison(inner.right);
  return !inner.bool && ['==', '!=', '>', '<', '>=', '<='].includes(inner.operator);
};

/** Whether a mapping has a text for no value; a colour alone leaves `No data` there. */
const namesNothing = (mapping: string): boolean =>
  /"(null|match)":("?(null|nan|empty)|\{)|"value":"null"/i.test(mapping) && /"text":"[^"]/.test(mapping);
