import { parsePromql } from '../../query/promql';

type SyntaxNode = ReturnType<typeof parsePromql>['topNode'];

type Labels = ReadonlySet<string>;

/**
 * The labels that the result of a query carries, reckoned from the text alone. Throws where the query uses a label that is
 * not there, or compares series that can never match because their labels differ. A scalar carries undefined.
 */
export const carriedLabels = (given: string, labelsOf: (metric: string) => Iterable<string>): Labels | undefined => {
  // The parser takes `a or b offset 1d` as `(a or b) offset 1d`, which Prometheus does not; labels are the same without.
  const query = given.replace(/ offset \w+/g, '');
  const text = (node: SyntaxNode): string => query.slice(node.from, node.to);
  const names = (node: SyntaxNode | null): readonly string[] => (node ? node.getChildren('LabelName').map(text) : []);
  const literals = (node: SyntaxNode): readonly string[] =>
    node.getChildren('StringLiteral').map((literal) => JSON.parse(text(literal)) as string);
  const mustHave = (labels: Labels, wanted: readonly string[], node: SyntaxNode): void => {
    const lost = wanted.filter((label) => !labels.has(label));
    if (lost.length > 0) throw new Error(`${lost.join(', ')} is not carried in ${text(node)}`);
  };

  const vectorOf = (node: SyntaxNode): Labels => {
    const found = children(node)
      .filter(({ name }) => !ignored.has(name))
      .map(walk)
      .find((labels) => labels !== undefined);
    if (!found) throw new Error(`no series in ${text(node)}`);
    return found;
  };

  const walkCall = (node: SyntaxNode): Labels | undefined => {
    const name = text(node.getChild('FunctionIdentifier') as SyntaxNode);
    if (name === 'time') return undefined;
    if (name === 'vector') return new Set();
    const body = node.getChild('FunctionCallBody') as SyntaxNode;
    const labels = vectorOf(body);
    if (name === 'histogram_quantile') return new Set([...labels].filter((label) => label !== 'le'));
    if (name !== 'label_replace') return labels;
    const [to = '', , from = ''] = literals(body);
    if (from !== '') mustHave(labels, [from], node);
    return new Set([...labels, to]);
  };

  const walkBinary = (node: SyntaxNode): Labels | undefined => {
    const [first, ...others] = children(node).filter(({ name }) => isOperand(name));
    const left = first && walk(first);
    const right = others.length > 0 ? walk(others.at(-1) as SyntaxNode) : undefined;
    if (!left || !right) return left ?? right;
    const clause = node.getChild('MatchingModifierClause');
    const isSet = ['And', 'Or', 'Unless'].some((name) => node.getChild(name));
    if (!clause) {
      if (!node.getChild('Or') && !sameSet(left, right)) throw new Error(`nothing matches in ${text(node)}`);
      return node.getChild('Or') ? intersection(left, right) : left;
    }
    const [on = null, include = null] = clause.getChildren('GroupingLabels');
    mustHave(left, names(on), node);
    mustHave(right, names(on), node);
    if (isSet) return node.getChild('Or') ? intersection(left, right) : left;
    if (clause.getChild('GroupLeft')) return new Set([...left, ...names(include)]);
    return clause.getChild('GroupRight') ? new Set([...right, ...names(include)]) : new Set(names(on));
  };

  const walk = (node: SyntaxNode): Labels | undefined => {
    switch (node.name) {
      case 'NumberDurationLiteral':
      case 'UnaryExpr':
      case 'StringLiteral':
        return undefined;
      case 'VectorSelector':
        return new Set(labelsOf(text(node.getChild('Identifier') as SyntaxNode)));
      case 'AggregateExpr': {
        const inner = vectorOf(node.getChild('FunctionCallBody') as SyntaxNode);
        if (/^(topk|bottomk)/.test(text(node))) return inner;
        const by = names(node.getChild('AggregateModifier')?.getChild('GroupingLabels') ?? null);
        mustHave(inner, by, node);
        return new Set(by);
      }
      case 'FunctionCall':
        return walkCall(node);
      case 'BinaryExpr':
        return walkBinary(node);
      default:
        return vectorOf(node);
    }
  };
  const top = parsePromql(query).topNode.firstChild;
  if (!top) throw new Error('no query');
  return walk(top);
};

const ignored = new Set(['DurationExpr', 'OffsetDurationExpr', 'Offset', 'LabelMatchers']);

const isOperand = (name: string): boolean =>
  /Expr$|Selector$|Literal$|^FunctionCall$/.test(name) && !name.startsWith('Duration');

const children = (node: SyntaxNode): readonly SyntaxNode[] => {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child);
  return found;
};

const intersection = (a: Labels, b: Labels): Labels => new Set([...a].filter((label) => b.has(label)));
const sameSet = (a: Labels, b: Labels): boolean => a.size === b.size && [...a].every((label) => b.has(label));
