import { parsePromql } from '../../query/promql';
import type { AlertLimit } from './facts';

/**
 * The query and the limit of a rule for Prometheus: `a > 5 and b == 1` is `a and b == 1` above 5. Our rules compare at the end, or
 * before what must hold beside it; without such a comparison the query is the whole.
 */
export const splitLimit = (expression: string): { readonly query: string; readonly limit?: AlertLimit } => {
  const whole = parsePromql(expression).topNode.firstChild;
  let node = whole;
  while (node?.name === 'BinaryExpr' && node.getChild('And')) node = node.firstChild;
  if (node?.name !== 'BinaryExpr') return { query: expression };
  const [left, operator, right, ...others] = [...childrenOf(node)];
  if (
    !left ||
    !operator ||
    right?.name !== 'NumberDurationLiteral' ||
    others.length > 0 ||
    !(operator.name in operators)
  )
    return { query: expression };
  const value = Number(expression.slice(right.from, right.to));
  if (Number.isNaN(value)) return { query: expression };
  // Without the comparison nothing needs the brackets, but for what stands behind.
  const bare = node.from === whole?.from && node.to === whole.to && left.name === 'ParenExpr';
  const query = bare
    ? expression.slice(left.from + 1, left.to - 1)
    : expression.slice(0, left.to) + expression.slice(right.to);
  return {
    query,
    limit: { operator: operators[operator.name] as string, values: [value] },
  };
};

/** Grafana's names of operators, as PromQL writes them. */
export const grafanaOperators: Readonly<Record<string, string>> = {
  gt: '>',
  gte: '>=',
  lt: '<',
  lte: '<=',
  eq: '==',
  ne: '!=',
  within_range: 'within',
  outside_range: 'outside',
};

const operators: Readonly<Record<string, string>> = { Gtr: '>', Gte: '>=', Lss: '<', Lte: '<=', Eql: '==', Neq: '!=' };

type Node = NonNullable<ReturnType<typeof parsePromql>['topNode']['firstChild']>;

function* childrenOf(node: Node): Generator<Node> {
  for (let child = node.firstChild; child; child = child.nextSibling) yield child;
}
