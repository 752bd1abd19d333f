import type { Expression, Leaf, Node } from './expression';

/** Every leaf below, in order of appearance. */
export const leavesOf = ({ node }: Expression): readonly Leaf[] => {
  const leaves: Leaf[] = [];
  change(
    node,
    (leaf) => (leaves.push(leaf), leaf),
    (part) => (leaves.push(...leavesOf(part)), part),
  );
  return leaves;
};

/** The expressions that a node is made of, but for its leaf. */
export const partsOf = (node: Node): readonly Expression[] => {
  const parts: Expression[] = [];
  change(
    node,
    (leaf) => leaf,
    (part) => (parts.push(part), part),
  );
  return parts;
};

/** The same expression with every leaf changed. */
export const mapLeaves = <L extends string>(expression: Expression<L>, how: (leaf: Leaf) => Leaf): Expression<L> => ({
  ...expression,
  node: change(expression.node, how, (part) => mapLeaves(part, how)),
});

/** The same expression with its parts changed, but for its leaf. */
export const mapParts = <L extends string>(
  expression: Expression<L>,
  how: (part: Expression) => Expression,
): Expression<L> => ({ ...expression, node: change(expression.node, (leaf) => leaf, how) });

/** The one place that knows what each kind of node is made of. */
const change = (node: Node, leaf: (leaf: Leaf) => Leaf, part: (part: Expression) => Expression): Node => {
  switch (node.kind) {
    case 'leaf':
      return leaf(node);
    case 'range':
    case 'buckets':
    case 'observed':
    case 'absent':
      return { ...node, of: leaf(node.of) };
    case 'aggregate':
    case 'call':
    case 'tag':
    case 'subquery':
      return { ...node, of: part(node.of) };
    case 'binary':
      return { ...node, left: part(node.left), right: part(node.right) };
    case 'raw':
      return {
        ...node,
        holes: node.holes.map((hole) => ('window' in hole ? { ...hole, of: part(hole.of) } : part(hole))),
      };
    case 'choice':
      return { ...node, among: node.among.map((each) => ({ ...each, of: part(each.of) })) };
    case 'number':
    case 'time':
    case 'always':
      return node;
  }
};
