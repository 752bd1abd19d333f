import { parser } from '@grafana/lezer-logql';
import { parseWithVariables, type StandIns } from './attempts';
import { hasVariable, originOf, type Filled } from './filled';
import type { KnownVariable, ParsedQuery } from './parsed';
import type { MatchOperator, Matcher, Selector } from './tree';

const strict = parser.configure({ strict: true });

/** A node of the tree that the grammar gives. */
type SyntaxNode = ReturnType<typeof strict.parse>['topNode'];

const standIns: StandIns = {
  candidates: ['5m', '1', 'x', '"x"', 'x="x"', 'sum', 'rate', '|= "x"', '{x="x"}', 'json', '==', '|=', '=', '1s', ''],
  prefer: ({ before, after }) => {
    const isInBraces = before.lastIndexOf('{') > before.lastIndexOf('}');
    if (/(\[|\boffset\s+-?)\s*$/.test(before)) return '5m';
    if (/\w$/.test(before) || /^\w/.test(after)) return /\d$/.test(before) ? 'm' : /^[smhdw]\b/.test(after) ? '1' : 'x';
    if (/(\|=|\|~|!~|=~|!=|\|>|!>|[^=!<>]=)\s*$/.test(before)) return '"x"';
    if (/^\s*(=~|!~|!=|=(?!=))/.test(after)) return 'x';
    if (isInBraces) return 'x="x"';
    if (/\b(by|without|on|ignoring|group_left|group_right)\s*\([^()]*$/.test(before)) return 'x';
    if (/^\s*(\(|by\b|without\b)/.test(after)) return 'sum';
    if (/\|\s*$/.test(before)) return 'x="x"';
    if (/[}"`]\s*$/.test(before)) return '|= "x"';
    return '1';
  },
};

/** Reads LogQL: where it does not parse, and the streams that it selects. */
export const readLogql = (
  text: string,
  variables: readonly KnownVariable[],
): Pick<ParsedQuery, 'error' | 'streams'> => {
  const result = parseWithVariables(strict, text, variables, standIns);
  if ('error' in result) return { error: result.error, streams: [] };
  const { tree, filled } = result;
  const streams: Selector[] = [];
  tree.iterate({
    enter: ({ name, node }) => {
      if (name === 'Selector') streams.push(streamOf(node, filled, text));
      return name !== 'Selector';
    },
  });
  const unlimited = streams.find(({ matchers }) => matchers.length > 0 && matchers.every(matchesEverything));
  // As Loki's `pkg/logql/syntax` (`validateMatchers`) says it.
  const message =
    'queries require at least one regexp or equality matcher that does not have an empty-compatible value';
  return {
    error: unlimited && { message, span: { from: unlimited.from, to: unlimited.to } },
    streams,
  };
};

const streamOf = (node: SyntaxNode, filled: Filled, text: string): Selector => {
  const matchers: Matcher[] = [];
  node.cursor().iterate((inner) => {
    if (inner.name !== 'Matcher') return true;
    const matcher = matcherOf(inner.node, filled, text);
    if (matcher) matchers.push(matcher);
    return false;
  });
  return {
    kind: 'selector',
    ...originOf(filled, node),
    name: undefined,
    nameSpan: undefined,
    matchers,
    window: undefined,
  };
};

const matcherOf = (node: SyntaxNode, filled: Filled, text: string): Matcher | undefined => {
  const label = node.firstChild;
  const value = node.lastChild;
  if (!label || !value || label.to > value.from) return undefined;
  const span = originOf(filled, node);
  const labelSpan = originOf(filled, label);
  const valueSpan = originOf(filled, value);
  const quoted = text.slice(valueSpan.from, valueSpan.to);
  const isQuoted = /^["`]/.test(quoted);
  return {
    ...span,
    label: text.slice(labelSpan.from, labelSpan.to),
    operator: filled.text.slice(label.to, value.from).trim() as MatchOperator,
    value: isQuoted ? quoted.slice(1, -1).replace(quoted.startsWith('"') ? /\\(["\\])/g : /(?!)/, '$1') : quoted,
    valueSpan,
    open: !isQuoted || hasVariable(quoted) || hasVariable(text.slice(labelSpan.from, labelSpan.to)),
  };
};

const matchesEverything = ({ operator, value, open }: Matcher): boolean => {
  if (open) return false;
  if (operator === '=') return value === '';
  if (operator === '!=') return value !== '';
  try {
    const matches = new RegExp(`^(?:${value})$`).test('');
    return operator === '=~' ? matches : !matches;
  } catch {
    return false;
  }
};
