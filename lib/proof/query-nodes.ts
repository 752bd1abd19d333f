import { parsePromql } from '../query/promql';

/** A node of a parsed query. */
export type QueryNode = ReturnType<typeof parsePromql>['topNode'];

/** The whole query as a node. */
export const expressionIn = (query: string): QueryNode => {
  const expression = parsePromql(query).topNode.firstChild;
  if (!expression) throw new Error(`\`${query}\` is no query`);
  return expression;
};

/** A piece of a query, for eyes. */
export const shown = (node: QueryNode, query: string): string => {
  const text = slice(node, query);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
};

export const slice = ({ from, to }: { readonly from: number; readonly to: number }, query: string): string =>
  query.slice(from, to);

/** What can be evaluated of a node: a range vector by its last value. */
export const asVector = (node: QueryNode, query: string): string => {
  const text = slice(node, query);
  // `offset` and `@` stand around what they are about, and say nothing of its kind.
  let inner = node;
  while ((inner.name === 'OffsetExpr' || inner.name === 'StepInvariantExpr') && inner.firstChild)
    inner = inner.firstChild;
  const isRange = inner.name === 'MatrixSelector' || inner.name === 'SubqueryExpr';
  return isRange ? `last_over_time(${text})` : text;
};

export const binary = (
  node: QueryNode,
  query: string,
): {
  readonly left: QueryNode;
  readonly right: QueryNode;
  readonly operator: string;
  readonly modifiers: readonly string[];
} => {
  const children = childrenOf(node);
  const [left, operator, ...rest] = children as [QueryNode, QueryNode, ...QueryNode[]];
  const right = rest.at(-1) as QueryNode;
  return {
    left,
    right,
    operator: slice(operator, query).toLowerCase(),
    modifiers: rest.slice(0, -1).map((each) => slice(each, query)),
  };
};

export const functionName = (node: QueryNode, query: string): string => {
  const name = node.getChild('FunctionIdentifier');
  return name ? slice(name, query) : '';
};

export const argumentsOf = (node: QueryNode): readonly QueryNode[] => {
  const body = node.getChild('FunctionCallBody');
  return body ? childrenOf(body) : [];
};

const expressions = new Set([
  'BinaryExpr', 'AggregateExpr', 'FunctionCall', 'VectorSelector', 'MatrixSelector', 'SubqueryExpr', 'ParenExpr', 'OffsetExpr',
  'StepInvariantExpr', 'UnaryExpr',
]); // prettier-ignore

/** Parts of a node that are series. */
export const operandsOf = (node: QueryNode): readonly QueryNode[] => {
  const parts = [...childrenOf(node), ...argumentsOf(node)];
  return parts.filter(({ name }) => expressions.has(name));
};

const childrenOf = (node: QueryNode): readonly QueryNode[] => {
  const children: QueryNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
};

export const replaceChildren = (node: QueryNode, query: string, change: (child: QueryNode) => string): string => {
  let text = '';
  let at = node.from;
  for (const child of childrenOf(node)) {
    text += query.slice(at, child.from) + change(child);
    at = child.to;
  }
  return text + query.slice(at, node.to);
};
