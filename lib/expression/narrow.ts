import { escapeRegex } from './condition';
import {
  makeExpression,
  mapParts,
  type Absent,
  type Binary,
  type Expression,
  type Leaf,
  type Matcher,
  type Tag,
} from './expression';
import { union } from './operators';
import type { PrintContext } from './print';
import { isTarget } from './target';

/** What a label may be. */
export type Allowed = { readonly in: readonly string[] } | { readonly notIn: readonly string[] };

/** What several labels must be, all at once. */
export type Limits = Readonly<Record<string, Allowed>>;

/** The expression cannot be narrowed by a label that it carries: its series are ranked, or made by a template. */
export class NarrowError extends Error {
  override readonly name = 'NarrowError';
}

/**
 * The series of an expression whose labels are as allowed, found by selectors at its metrics: wherever the label comes through to
 * the result, and nowhere else, so that the whole of a share stays whole. Undefined where none can be left. Throws a `NarrowError`.
 */
export const narrow = (
  expression: Expression,
  limits: Limits,
  context: Pick<PrintContext, 'sources'>,
): Expression | undefined => {
  const names = Object.keys(limits);
  if (names.length === 0) return expression;
  const { node } = expression;
  const within = (part: Expression): Expression | undefined => narrow(part, limits, context);
  const inside = (): Expression | undefined => {
    let empty = false;
    const made = mapParts(expression, (part) => {
      const inner = within(part);
      empty ||= inner === undefined;
      return inner ?? part;
    });
    return empty ? undefined : made;
  };
  switch (node.kind) {
    case 'leaf':
      return { ...expression, node: limited(node, limits) };
    case 'range':
    case 'observed':
    case 'buckets':
      return { ...expression, node: { ...node, of: limited(node.of, limits) } };
    case 'aggregate':
    case 'subquery':
      return inside();
    case 'call':
      if (node.function === 'topk' || node.function === 'bottomk')
        throw new NarrowError('it ranks its series, and the rank would be another one among fewer');
      return inside();
    case 'tag':
      return narrowTag(expression, node, limits, context);
    case 'binary':
      return narrowBinary(expression, node, limits, context);
    case 'absent':
      return narrowAbsent(expression, node, limits, context);
    case 'raw':
      throw new NarrowError('it is written in PromQL, which nobody takes apart');
    case 'choice':
      throw new Error('a choice between exporters is settled when its signal is bound to a homelab (`settle`)');
    case 'number':
    case 'time':
    case 'always':
      return expression;
  }
};

const limited = (leaf: Leaf, limits: Limits): Leaf => ({
  ...leaf,
  where: [...leaf.where, ...Object.entries(limits).map(([label, allowed]) => matcherOf(label, allowed))],
});

const matcherOf = (label: string, allowed: Allowed): Matcher => {
  const values = 'in' in allowed ? allowed.in : allowed.notIn;
  const [only] = values;
  if (values.length === 1 && only !== undefined)
    return { label, operator: 'in' in allowed ? '=' : '!=', value: { text: only } };
  return { label, operator: 'in' in allowed ? '=~' : '!~', value: { text: values.map(escapeRegex).join('|') } };
};

const narrowBinary = (
  expression: Expression,
  node: Binary,
  limits: Limits,
  context: Pick<PrintContext, 'sources'>,
): Expression | undefined => {
  const { operator, left, right, on, group } = node;
  const by = (side: Expression, keep: (label: string) => boolean): Expression | undefined =>
    isScalar(side)
      ? side
      : narrow(
          side,
          only(limits, (label) => side.labels.has(label) && keep(label)),
          context,
        );
  const always = (): boolean => true;
  const matched = (label: string): boolean => !on || on.includes(label);
  if (operator === 'or') {
    const [first, second] = [by(left, always), by(right, always)];
    if (!first || !second) return first ?? second;
    // What is left out of the left side still stands for its like on the right.
    const hidden = Object.keys(limits).some((label) => !matched(label));
    const labels = expression.labels;
    return hidden
      ? {
          ...union(first, makeExpression({ ...node, operator: 'unless', left: second, right: left }, right.labels)),
          labels,
        }
      : { ...expression, node: { ...node, left: first, right: second } };
  }
  if (operator === 'and' || operator === 'unless') {
    const [first, second] = [by(left, always), by(right, matched)];
    if (!first) return undefined;
    if (!second) return operator === 'and' ? undefined : first;
    return { ...expression, node: { ...node, left: first, right: second } };
  }
  // Arithmetic and comparison: a label of the result comes from the side with more labels, but for what it takes from the other.
  const fromRight = (label: string): boolean =>
    group?.side === 'right' ? !group.include.includes(label) : (group?.include.includes(label) ?? false);
  const first = by(left, (label) => matched(label) || !fromRight(label));
  const second = by(right, (label) => matched(label) || fromRight(label));
  return first && second ? { ...expression, node: { ...node, left: first, right: second } } : undefined;
};

const narrowTag = (
  expression: Expression,
  node: Tag,
  limits: Limits,
  context: Pick<PrintContext, 'sources'>,
): Expression | undefined => {
  const own = limits[node.label];
  const others = only(limits, (label) => label !== node.label);
  const moved = own ? beforeTag(node, own) : {};
  if (moved === undefined) return undefined;
  const both = Object.entries(moved).reduce<Limits | undefined>((inner, [label, allowed]) => {
    const all = inner && intersect(inner[label], allowed);
    return all && { ...inner, [label]: all };
  }, others);
  const of = both && narrow(node.of, both, context);
  return of && { ...expression, node: { ...node, of } };
};

/** What must hold before the label is written, so that it is as allowed; undefined where it never is. */
const beforeTag = ({ label, value, from, pattern }: Tag, allowed: Allowed): Limits | undefined => {
  if (from === undefined) return allows(allowed, value) ? {} : undefined;
  if (pattern !== '(.*)' || !value.includes('$1'))
    throw new NarrowError(`its label \`${label}\` is worked out from \`${from}\``);
  const [prefix = '', suffix = ''] = value.split('$1');
  const origins = ('in' in allowed ? allowed.in : allowed.notIn)
    .filter((text) => text.startsWith(prefix) && text.endsWith(suffix) && text.length >= prefix.length + suffix.length)
    .map((text) => text.slice(prefix.length, text.length - suffix.length));
  if ('notIn' in allowed) return origins.length > 0 ? { [from]: { notIn: origins } } : {};
  return origins.length > 0 ? { [from]: { in: origins } } : undefined;
};

/** Absence has the labels that it was asked for, and no others. */
const narrowAbsent = (
  expression: Expression,
  node: Absent,
  limits: Limits,
  { sources }: Pick<PrintContext, 'sources'>,
): Expression | undefined => {
  if (!node.each) {
    const fixed = (name: string): string => {
      const found = node.of.where.find(({ label, operator }) => label === name && operator === '=');
      return found && 'text' in found.value ? found.value.text : '';
    };
    return Object.entries(limits).every(([label, allowed]) => allows(allowed, fixed(label))) ? expression : undefined;
  }
  const of = limited(node.of, limits);
  const asked =
    of.source.name === 'scrape' ? Object.values(sources) : [sources[of.source.name]].filter((one) => one !== undefined);
  const left = asked.some((source) =>
    source.instances.some(({ labels, port }) => port !== null && isTarget(of.where, source, labels)),
  );
  return left ? { ...expression, node: { ...node, of } } : undefined;
};

const only = (limits: Limits, keep: (label: string) => boolean): Limits =>
  Object.fromEntries(Object.entries(limits).filter(([label]) => keep(label)));

export const allows = (allowed: Allowed, value: string): boolean =>
  'in' in allowed ? allowed.in.includes(value) : !allowed.notIn.includes(value);

/** What both allow; undefined where that is nothing. */
export const intersect = (a: Allowed | undefined, b: Allowed): Allowed | undefined => {
  const both = intersection(a ?? { notIn: [] }, b);
  return 'in' in both && both.in.length === 0 ? undefined : both;
};

const intersection = (a: Allowed, b: Allowed): Allowed => {
  if ('in' in a) return { in: a.in.filter((value) => allows(b, value)) };
  if ('in' in b) return { in: b.in.filter((value) => allows(a, value)) };
  return { notIn: [...new Set([...a.notIn, ...b.notIn])] };
};

const isScalar = ({ node }: Expression): boolean => node.kind === 'number' || node.kind === 'time';
