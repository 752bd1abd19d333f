import { outcomeOf } from '../promql/comparison';
import { valueRangeOf, type ValueRange } from '../promql/value-range';
import { defineRule, type Context } from '../rule';
import type { Alert, ExpressionNode } from '../subject';

const operators: Readonly<Record<string, string>> = { gt: '>', gte: '>=', lt: '<', lte: '<=', eq: '==', ne: '!=' };
/** Reducers whose result lies where the values lie. */
const within = new Set(['last', 'min', 'max', 'mean', 'median', 'avg']);

/** Grafana alerts can fire. */
export const alertNeverFires = defineRule({
  id: 'alert-never-fires',
  on: 'alert',
  severity: 'error',
  needs: 'nothing',
  says: 'a Grafana alert whose threshold no value reaches, or that is paused',
  why: 'It looks like an alert in every list, and never says anything. The usual one: the query says `up == 0`, whose value is 0, and the threshold asks for more than 0.',
  instead: 'The query without a comparison, `up`, and the threshold `below 1`.',

  *check(alert, context) {
    if (alert.engine !== 'grafana') return;
    if (alert.paused) yield { message: 'it is paused', culprit: alert.name, severity: 'info' };
    const decides = alert.nodes.find(({ refId }) => refId === alert.condition);
    if (!decides) {
      const query = alert.queries.find(({ refId }) => refId === alert.condition);
      const range = query?.parsed.tree && valueRangeOf(query.parsed.tree, context.knowledge);
      if (range?.from === 0 && range.to === 0)
        yield {
          message: `the value of \`${query?.refId}\` is 0 where there is one, and Grafana takes 0 for fine`,
          culprit: alert.name,
          at: alert.at,
        };
      return;
    }
    const compared = decides.type === 'threshold' ? comparisonOf(decides) : undefined;
    const range = compared && rangeOf(alert, decides.reads[0], context, 0);
    if (!compared || !range || outcomeOf(range, compared.operator, compared.value) !== 'never') return;
    yield {
      message: `\`${compared.operator} ${compared.value}\` is never true: ${range.because}`,
      culprit: String(compared.value),
      at: decides.at,
      severity: range.byCatalog ? 'warning' : 'error',
    };
  },

  accepts: [
    { name: 'a state below one', grafanaAlert: { condition: 'C', data: watched('up', 'lt', 1) } },
    {
      name: 'a comparison whose value is above',
      grafanaAlert: { condition: 'C', data: watched('node_load1 > 5', 'gt', 0) },
    },
  ],
  rejects: [
    {
      name: 'a comparison whose value is 0',
      grafanaAlert: { condition: 'C', data: watched('up == 0', 'gt', 0) },
      because: 'is never true',
    },
    {
      name: 'out of reach',
      grafanaAlert: { condition: 'C', data: watched('avg_over_time(up[5m])', 'gt', 1) },
      because: '`up` is 0 or 1',
    },
    { name: 'paused', grafanaAlert: { isPaused: true }, because: 'paused' },
  ],
});

function watched(expr: string, type: string, value: number): readonly object[] {
  return [
    {
      refId: 'A',
      relativeTimeRange: { from: 600, to: 0 },
      datasourceUid: 'prometheus',
      model: { refId: 'A', datasource: { type: 'prometheus', uid: 'prometheus' }, expr, instant: true, range: false },
    },
    {
      refId: 'C',
      datasourceUid: '__expr__',
      model: {
        refId: 'C',
        datasource: { type: '__expr__', uid: '__expr__' },
        type: 'threshold',
        expression: 'A',
        conditions: [{ evaluator: { type, params: [value] } }],
      },
    },
  ];
}

const rangeOf = (alert: Alert, refId: string | undefined, context: Context, depth: number): ValueRange | undefined => {
  const query = alert.queries.find((candidate) => candidate.refId === refId);
  if (query) return query.parsed.tree && valueRangeOf(query.parsed.tree, context.knowledge);
  const node = alert.nodes.find((candidate) => candidate.refId === refId);
  if (!node || node.type !== 'reduce' || depth > 3) return undefined;
  return within.has(String(reducerOf(node))) ? rangeOf(alert, node.reads[0], context, depth + 1) : undefined;
};

/** What a node says stands in its model; readers may give either. */
const modelOf = ({ json }: ExpressionNode): Readonly<Record<string, unknown>> =>
  typeof json.model === 'object' && json.model !== null ? (json.model as Readonly<Record<string, unknown>>) : json;

const reducerOf = (node: ExpressionNode): unknown => {
  const { settings, reducer } = modelOf(node) as { reducer?: unknown; settings?: { mode?: unknown } };
  // A number stands in for what is not one.
  return settings?.mode === 'replaceNN' ? undefined : reducer;
};

const comparisonOf = (node: ExpressionNode): { operator: string; value: number } | undefined => {
  const { conditions } = modelOf(node) as {
    conditions?: readonly { evaluator?: { type?: string; params?: readonly unknown[] } }[];
  };
  const evaluator = conditions?.[0]?.evaluator;
  const operator = operators[evaluator?.type ?? ''];
  const value = Number(evaluator?.params?.[0]);
  return operator && Number.isFinite(value) ? { operator, value } : undefined;
};
