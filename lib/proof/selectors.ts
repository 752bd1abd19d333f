import type { Labels } from './prometheus';
import type { QueryNode } from './query-nodes';

/** A vector selector of a query, taken apart. */
export interface Selector {
  /** As it stands in the query. */
  readonly text: string;
  readonly matchers: readonly LabelMatcher[];
}

/** The metric's name is the matcher on `__name__`. */
export interface LabelMatcher {
  readonly label: string;
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/** A selector from its node (`VectorSelector`) in a parsed query. */
export const readSelector = (node: QueryNode, query: string): Selector => {
  const slice = ({ from, to }: { from: number; to: number }): string => query.slice(from, to);
  const name = node.getChild('Identifier');
  const matchers: LabelMatcher[] = name ? [{ label: '__name__', operator: '=', value: slice(name) }] : [];
  for (let child = node.getChild('LabelMatchers')?.firstChild ?? null; child; child = child.nextSibling) {
    const value = child.getChild('StringLiteral');
    if (child.name === 'QuotedLabelName' && value)
      matchers.push({ label: '__name__', operator: '=', value: unquote(slice(value)) });
    const label = child.getChild('LabelName') ?? child.getChild('QuotedLabelName');
    const operator = child.getChild('MatchOp');
    if (label && operator && value)
      matchers.push({
        label: label.name === 'LabelName' ? slice(label) : unquote(slice(label)),
        operator: slice(operator) as LabelMatcher['operator'],
        value: unquote(slice(value)),
      });
  }
  return { text: slice(node), matchers };
};

/** Whether a label set fits a matcher; a label that is not there is the empty text, as in Prometheus. */
export const fits = ({ label, operator, value }: LabelMatcher, labels: Labels): boolean => {
  const actual = labels[label] ?? '';
  if (operator === '=') return actual === value;
  if (operator === '!=') return actual !== value;
  return new RegExp(`^(?:${value})$`, 's').test(actual) === (operator === '=~');
};

/** The metric that a selector names, or undefined where a regular expression does. */
export const metricOf = ({ matchers }: Selector): string | undefined =>
  matchers.find(({ label, operator }) => label === '__name__' && operator === '=')?.value;

/** A Go string literal in double, single or back quotes. */
const unquote = (literal: string): string => {
  const body = literal.slice(1, -1);
  if (literal.startsWith('`')) return body;
  return body.replace(/\\(.)/g, (_, character: string) => ({ n: '\n', t: '\t', r: '\r' })[character] ?? character);
};
