import { availability } from '../catalog/lookup';
import { mapParts, partsOf, leavesOf, type Expression, type Leaf, type Matcher } from './expression';
import { union } from './operators';
import type { PrintContext } from './print';

type Place = Pick<PrintContext, 'sources' | 'engine' | 'probed'>;

/** What of an expression this homelab can have. */
export interface Settled {
  /** Without choices. */
  readonly expression: Expression;
  /** Why it can have no data; absent when it can. */
  readonly missing?: string;
}

/** Settles which exporter's expression is used where there is a choice, and says why there can be no data. */
export const settle = (expression: Expression, context: Place): Settled => {
  const missing = whyMissing(expression, context);
  return { expression: choose(expression, context), ...(missing !== undefined && { missing }) };
};

const choose = (expression: Expression, context: Place): Expression => {
  const { node } = expression;
  if (node.kind !== 'choice') return mapParts(expression, (part) => choose(part, context));
  const all = node.among.map(({ of }) => of);
  const there = all.filter((of) => whyMissing(of, context) === undefined);
  const [first, ...others] = (there.length > 0 ? there : all).map((of) => choose(of, context));
  const taken = node.take === 'first' ? [] : others;
  return { ...union(first as Expression, ...taken), labels: expression.labels };
};

/** Why one of the metrics cannot be there: no such source, switched off, too old or too new everywhere. */
const whyMissing = (expression: Expression, context: Place): string | undefined => {
  const { node } = expression;
  if (node.kind === 'choice') {
    const reasons = node.among.map(({ of }) => whyMissing(of, context));
    if (reasons.includes(undefined)) return undefined;
    const sources = new Set(leavesOf(expression).map(({ source }) => source.name));
    if (new Set(reasons).size === 1) return reasons[0];
    return sources.size > 1 ? `needs one of ${[...sources].join(', ')}` : reasons[0];
  }
  const parts = partsOf(node);
  const leaves = parts.length > 0 ? [] : leavesOf(expression);
  return (
    firstDefined(leaves, (leaf) => whyWithout(leaf, context)) ??
    firstDefined(parts, (part) => whyMissing(part, context))
  );
};

/** What is not obviously an exporter in the homelab file is asked for by these keys. */
const probing: Readonly<Record<string, string>> = {
  blackbox_exporter: 'probes',
  blackbox_lan: 'probes.lan',
  // The app alone is not enough: its own metrics are an exporter like any other.
  jellyfin: "exporter: 'jellyfin'",
};

const whyWithout = ({ source, metric, facts, where }: Leaf, { sources, engine, probed }: Place): string | undefined => {
  if (source.byRules && engine === 'grafana' && metric.startsWith('ALERTS'))
    return `Grafana evaluates the alerts, and writes no \`${metric}\``;
  const resolved = sources[source.name];
  if (!resolved) {
    const key = probing[source.name];
    return `nothing in the homelab file gives ${source.name}${key ? ` (\`${key}\`)` : ''}`;
  }
  const group = where.find(({ label }) => label === 'group' && source.name === 'blackbox_exporter');
  if (group && probed && !probed.some((each) => fits(each, group)))
    return `nothing in the homelab file is probed as ${textOf(group)}`;
  const answers = resolved.instances.map((instance) => availability(facts, instance));
  const reasons = answers.flatMap((answer) => (answer.available ? [] : [answer.why]));
  return reasons.length > 0 && reasons.length === answers.length
    ? `\`${metric}\` of ${source.name}: ${reasons[0]}`
    : undefined;
};

const textOf = ({ value }: Matcher): string => ('text' in value ? value.text.replaceAll('|', ' or ') : '');

/** Whether a label's value is what a matcher asks for; only fixed texts can be judged. */
const fits = (value: string, { operator, value: wanted }: Matcher): boolean => {
  if (!('text' in wanted)) return true;
  const same = operator.endsWith('~') ? new RegExp(`^(?:${wanted.text})$`).test(value) : wanted.text === value;
  return same === !operator.startsWith('!');
};

const firstDefined = <T, R>(items: readonly T[], of: (item: T) => R | undefined): R | undefined => {
  for (const item of items) {
    const result = of(item);
    if (result !== undefined) return result;
  }
  return undefined;
};
