import {
  walk,
  type Aggregation,
  type Binary,
  type Call,
  type Expr,
  type Selector,
  type Subquery,
} from '../../query/tree';
import type { Query } from '../subject';

interface Node<E extends Expr = Expr> {
  readonly node: E;
  /** Those around it, innermost first. */
  readonly around: readonly Expr[];
}

const walked = new WeakMap<Expr, readonly Node[]>();

/** All expressions of a query, outermost first; none where it was not read. Walked once, however many rules ask. */
export const nodesOf = ({ parsed: { tree } }: Query): readonly Node[] => {
  if (!tree) return [];
  const before = walked.get(tree);
  if (before) return before;
  const nodes = [...walk(tree)];
  walked.set(tree, nodes);
  return nodes;
};

interface Kinds {
  readonly selector: Selector;
  readonly subquery: Subquery;
  readonly call: Call;
  readonly aggregation: Aggregation;
  readonly binary: Binary;
}

/** Those of one kind. */
export const nodesOfKind = <K extends keyof Kinds>(query: Query, kind: K): readonly Node<Kinds[K]>[] =>
  nodesOf(query).filter(({ node }) => node.kind === kind) as unknown as readonly Node<Kinds[K]>[];

/** Functions that reckon with the slope of a counter over a window. */
export const rates: ReadonlySet<string> = new Set(['rate', 'irate', 'increase']);

/** The text of a part of a query. */
export const sliceOf = ({ text }: Query, { from, to }: { readonly from: number; readonly to: number }): string =>
  text.slice(from, to);
