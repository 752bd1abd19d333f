import { escapeRegex } from '../condition';
import { makeExpression, type Expression } from '../expression';
import { group } from './across';
import { requireLabels } from './require';

/** `of` with labels of `info` added, matched on the labels named: the info metric's own value is left out. */
export const join = <L extends string, M extends string, const I extends M>(
  of: Expression<L>,
  info: Expression<M>,
  on: readonly (L & M)[],
  include: readonly I[],
): Expression<L | I> => {
  requireLabels('join on', of, on);
  requireLabels('join on', info, on);
  requireLabels('join including', info, include);
  const right = group(info, ...(on as readonly M[]), ...include);
  return makeExpression({ kind: 'binary', operator: '*', left: of, right, on, group: { side: 'left', include } }, [
    ...of.labels,
    ...include,
  ]);
};

/** Adds a label with a fixed text, in which `{label}` stands for another label's value. */
export const tag = <L extends string, const N extends string>(
  of: Expression<L>,
  label: N,
  value: string,
): Expression<L | N> => {
  const [from, another] = [...value.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
  if (another) throw new Error(`tag \`${label}\`: one label can stand in \`${value}\``);
  if (from === undefined) return relabel(of, label, value);
  requireLabels('tag from', of, [from]);
  return relabel(of, label, value.replace(`{${from}}`, '$1'), from, '(.*)');
};

/** Adds a label with what the first group of an anchored regular expression (RE2) finds in another; where it does not fit, nothing changes. */
export const extract = <L extends string, const N extends string>(
  of: Expression<L>,
  label: N,
  from: NoInfer<L>,
  pattern: string,
): Expression<L | N> => {
  requireLabels('extract from', of, [from]);
  return relabel(of, label, '$1', from, pattern);
};

/**
 * Adds a label with the words of ours for the values of another: `{ DirectPlay: 'directplay' }`. A value without such a word says what it
 * says, unless the label was there before: then that stays.
 */
export const translate = <L extends string, const N extends string>(
  of: Expression<L>,
  label: N,
  from: NoInfer<L>,
  words: Readonly<Record<string, string>>,
): Expression<L | N> => {
  requireLabels('translate from', of, [from]);
  refuseUnknownValues(of, from, Object.keys(words));
  const known: Expression<L | N> =
    of.labels.has(label) || isWholeList(of, from, words) ? (of as Expression<L | N>) : tag(of, label, `{${from}}`);
  return Object.entries(words).reduce(
    (inner, [value, word]) => relabel(inner, label, word, from, escapeRegex(value)),
    known,
  );
};

/** Whether these are all values that the catalog knows of the label. */
const isWholeList = (of: Expression, label: string, words: Readonly<Record<string, string>>): boolean => {
  const closed = valuesOf(of, label);
  return closed.length > 0 && closed.every((value) => Object.hasOwn(words, value));
};

const valuesOf = ({ node }: Expression, label: string): readonly string[] =>
  node.kind === 'leaf' ? Object.keys(node.facts.labels[label] ?? {}) : [];

const refuseUnknownValues = (of: Expression, label: string, values: readonly string[]): void => {
  const closed = valuesOf(of, label);
  const unknown = values.filter((value) => closed.length > 0 && !closed.includes(value));
  if (unknown.length === 0) return;
  throw new Error(`translate \`${label}\`: it is never ${unknown.join(', ')}; it has ${closed.join(', ')}`);
};

const relabel = <L extends string, N extends string>(
  of: Expression<L>,
  label: N,
  value: string,
  from?: string,
  pattern?: string,
): Expression<L | N> =>
  makeExpression({ kind: 'tag', of, label, value, ...(from !== undefined && { from, pattern: pattern ?? '' }) }, [
    ...of.labels,
    label,
  ]);
