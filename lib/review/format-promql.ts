import { parsePromql } from '../query/promql';
import { expandForParsing } from '../query/variables';

type SyntaxNode = ReturnType<typeof parsePromql>['topNode'];

/** Up to this width a clause stays on one line. */
const width = 120;

/**
 * PromQL with one clause a line: the sides of `and`, `or` and `unless` always, operands and arguments where a line would be
 * too long. Words, names and texts stay as they are; only white space changes. What is no PromQL comes back trimmed.
 */
export const formatPromql = (query: string): string => {
  const known = formatted.get(query);
  if (known !== undefined) return known;
  const made = format(query.trim());
  formatted.set(query, made);
  return made;
};

/** The same query stands on many boards of many homelabs. */
const formatted = new Map<string, string>();

const format = (text: string): string => {
  // Of the same length, so that the places in the tree are places in the query.
  const tree = parsePromql(expandForParsing(text));
  const expression = tree.topNode.firstChild;
  if (!expression || hasError(tree.topNode)) return text;
  return print(expression, { text, depth: 0 });
};

interface Place {
  readonly text: string;
  readonly depth: number;
}

const print = (node: SyntaxNode, place: Place, broken = place.depth === 0 && isSetOperation(node)): string => {
  const flat = onOneLine(node, place.text);
  if (place.depth * 2 + flat.length <= width && !broken) return flat;
  switch (node.name) {
    case 'BinaryExpr':
      return printBinary(node, place);
    case 'AggregateExpr':
    case 'FunctionCall':
      return printCall(node, place);
    case 'ParenExpr':
      return inBrackets([node.firstChild as SyntaxNode], place);
    case 'SubqueryExpr':
    case 'OffsetExpr':
    case 'StepInvariantExpr': {
      const inner = node.firstChild as SyntaxNode;
      const rest = collapse(place.text.slice(inner.to, node.to));
      return print(inner, place) + (node.name === 'SubqueryExpr' ? rest.trim() : rest);
    }
    default:
      return flat;
  }
};

/** Each operand on a line of its own, the operator before the later ones; what binds closer stands further in. */
const printBinary = (node: SyntaxNode, place: Place): string => {
  const children = childrenOf(node);
  const [left, right] = [children[0] as SyntaxNode, children.at(-1) as SyntaxNode];
  const operator = collapse(place.text.slice(left.to, right.from)).trim();
  const isChain = isSetOperation(left) && levelOf(left) === levelOf(node);
  const side = (operand: SyntaxNode): string =>
    bindsCloser(operand, node)
      ? print(operand, { ...place, depth: place.depth + 1 })
      : print(operand, place, operand === left && isChain);
  return `${side(left)}\n${indent(place)}${operator} ${side(right)}`;
};

const levels = [
  ['Or'],
  ['And', 'Unless'],
  ['Eql', 'EqlC', 'EqlSingle', 'Neq', 'Lte', 'Lss', 'Gte', 'Gtr'],
  ['Add', 'Sub'],
  ['Mul', 'Div', 'Mod', 'Atan2'],
  ['Pow'],
];

const levelOf = (node: SyntaxNode): number =>
  levels.findIndex((names) => childrenOf(node).some(({ name }) => names.includes(name)));

const bindsCloser = (operand: SyntaxNode, parent: SyntaxNode): boolean =>
  operand.name === 'BinaryExpr' && levelOf(operand) > levelOf(parent);

const printCall = (node: SyntaxNode, place: Place): string => {
  const body = childrenOf(node).find(({ name }) => name === 'FunctionCallBody') as SyntaxNode;
  const after = childrenOf(node).find(({ name, from }) => name === 'AggregateModifier' && from > body.from);
  const items = childrenOf(body);
  // A selector has no clauses: a line of its own would not make it shorter.
  if (items.length === 1 && isSelector(items[0] as SyntaxNode)) return onOneLine(node, place.text);
  const head = collapse(place.text.slice(node.from, body.from));
  const rest = after ? ` ${onOneLine(after, place.text)}` : '';
  return head + inBrackets(items, place) + rest;
};

/** An argument a line; literals that follow each other share one. */
const inBrackets = (items: readonly SyntaxNode[], place: Place): string => {
  const inner = { ...place, depth: place.depth + 1 };
  const lines = items.map((item, index) => {
    const shares = isLiteral(item) && index > 0 && isLiteral(items[index - 1] as SyntaxNode);
    return (index === 0 ? '' : ',') + (shares ? ' ' : `\n${indent(inner)}`) + print(item, inner);
  });
  return `(${lines.join('')}\n${indent(place)})`;
};

const isLiteral = ({ name }: SyntaxNode): boolean => /Literal/.test(name);

const isSelector = (node: SyntaxNode): boolean =>
  ['VectorSelector', 'MatrixSelector'].includes(node.name) ||
  (node.name === 'OffsetExpr' && isSelector(node.firstChild as SyntaxNode));

const isSetOperation = (node: SyntaxNode): boolean =>
  node.name === 'BinaryExpr' && childrenOf(node).some(({ name }) => ['And', 'Or', 'Unless'].includes(name));

const childrenOf = (node: SyntaxNode): readonly SyntaxNode[] => {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
};

const hasError = (top: SyntaxNode): boolean => {
  let found = false;
  top.cursor().iterate(({ type }) => {
    found ||= type.isError;
  });
  return found;
};

const onOneLine = (node: SyntaxNode, text: string): string => collapse(text.slice(node.from, node.to)).trim();

/** White space outside of texts in quotes becomes one space. */
const collapse = (text: string): string =>
  text.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|\s+/g, (found) => (/^\s/.test(found) ? ' ' : found));

const indent = ({ depth }: Place): string => '  '.repeat(depth);
