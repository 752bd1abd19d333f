import { formatDuration } from '../duration';
import type { EntityName } from '../homelab/homelab';
import type { Identities, ResolvedIdentity, ResolvedSource } from '../homelab/resolved';
import { escapeRegex } from './condition';
import type { Leaf, Matcher } from './expression';
import type { PrintContext } from './print';
import { spellLabel, spellName } from './spelling';

/** Labels needed further up; undefined: all. */
export type Need = ReadonlySet<string> | undefined;

/** `name{matchers}`: the source's own matchers first, then the signal's, then what the reader picked. */
export const selector = (leaf: Leaf, context: PrintContext): string => {
  const source = sourceOf(leaf, context);
  const name = spellName(leaf.metric, leaf.facts, leaf.part, source.spelling);
  const quoted = name.startsWith('"');
  const matchers = [
    ...(quoted ? [name] : []),
    ...selecting(source),
    ...leaf.where.flatMap((matcher) => printMatcher(matcher, leaf, source, context)),
    ...leaf.source.entities.flatMap((entity) => scope(entity, leaf, source, context)),
  ];
  return `${quoted ? '' : name}${matchers.length > 0 ? `{${matchers.join(', ')}}` : ''}`;
};

/**
 * The series as they are now. Prometheus forgets a sample after five minutes, so of a source that is asked more rarely than
 * every two and a half the last sample counts, for as long as two scrapes take.
 */
export const latest = (leaf: Leaf, context: PrintContext): string => {
  const patience = patienceOf(sourceOf(leaf, context));
  const series = selector(leaf, context);
  return patience ? `last_over_time(${series}[${patience}]${offset(leaf)})` : series + offset(leaf);
};

/** How far back the last sample of a slow source may be; undefined where Prometheus remembers it by itself. */
export const patienceOf = ({ interval: { seconds } }: ResolvedSource): string | undefined =>
  2 * seconds >= 300 ? formatDuration(2 * seconds) : undefined;

export const offset = (leaf: Leaf): string => (leaf.offset ? ` offset ${leaf.offset}` : '');

/** Gives the series the canonical labels that are needed and that this source's data spell otherwise. */
export const withIdentity = (leaf: Leaf, text: string, context: PrintContext, need: Need): string => {
  const source = sourceOf(leaf, context);
  const needed = (label: string): boolean => !need || need.has(label);
  const renamed = leaf.source.exported
    .filter((label) => label in leaf.facts.labels && needed(`exported_${label}`) && !isExported(label, source))
    .reduce((inner, label) => replaceLabel(inner, `exported_${label}`, '$1', label, '(.+)'), text);
  return leaf.source.entities.reduce((inner, entity) => {
    const identity = source.identity[entity];
    if (!identity || isCanonical(identity, entity) || !needed(entity)) return inner;
    const pattern = `${escapeRegex(identity.prefix)}(.+)${escapeRegex(identity.suffix)}`;
    return replaceLabel(inner, entity, '$1', identity.label, pattern);
  }, renamed);
};

export const replaceLabel = (text: string, to: string, value: string, from: string, pattern: string): string =>
  `label_replace(${text}, ${[to, value, from, pattern].map(quote).join(', ')})`;

export const sourceOf = ({ source: { name, byRules } }: Leaf, context: PrintContext): ResolvedSource => {
  const source = context.sources[name];
  if (!source) throw new Error(`nothing in the homelab file gives the source ${name}`);
  return byRules ? { ...source, select: {}, identity: byName } : source;
};

const byName: Identities = Object.fromEntries(
  ['host', 'service', 'container', 'device'].map((label) => [label, { label, prefix: '', suffix: '' }]),
);

/** The matchers that tell a source's series from others. */
export const selecting = ({ select }: ResolvedSource): readonly string[] =>
  Object.entries(select).flatMap(([label, values]) => {
    if (values.length === 0) return [];
    return values.length === 1
      ? `${spellLabel(label)}=${quote(values[0] as string)}`
      : `${spellLabel(label)}=~${quote(values.map(escapeRegex).join('|'))}`;
  });

export const quote = (text: string): string => JSON.stringify(text);

const printMatcher = (
  { label, operator, value }: Matcher,
  leaf: Leaf,
  source: ResolvedSource,
  context: PrintContext,
): readonly string[] => {
  const identity = identityOf(label, leaf, source);
  const regex = operator === '=~' || operator === '!~';
  if ('picked' in value) return pickedMatcher(value.picked, identity, context);
  const text = 'setting' in value ? context.display[value.setting] : value.text;
  return [`${spellLabel(identity.label)}${operator}${quote(around(identity, text, regex))}`];
};

/** The dashboard variable of an entity narrows every series that is about one, unless the signal chose it itself. */
const scope = (entity: EntityName, leaf: Leaf, source: ResolvedSource, context: PrintContext): readonly string[] => {
  const identity = source.identity[entity];
  if (!identity || leaf.where.some(({ label }) => label === entity)) return [];
  return pickedMatcher(entity, identity, context);
};

/** A variable with one value is matched by equality, so that Prometheus need not search. */
const pickedMatcher = (
  variable: string,
  identity: ResolvedIdentity,
  { place, variables }: PrintContext,
): readonly string[] => {
  const multiplicity = place === 'panel' ? variables[variable] : undefined;
  if (!multiplicity) return [];
  const several = multiplicity === 'multi';
  const plain = identity.prefix === '' && identity.suffix === '';
  const [prefix, suffix] = [identity.prefix, identity.suffix].map((text) => inner(several ? escapeRegex(text) : text));
  return [
    `${spellLabel(identity.label)}${several ? '=~' : '='}"${prefix}${plain ? `$${variable}` : `\${${variable}}`}${suffix}"`,
  ];
};

const around = ({ prefix, suffix }: ResolvedIdentity, text: string, regex: boolean): string => {
  if (prefix === '' && suffix === '') return text;
  return regex ? `${escapeRegex(prefix)}(${text})${escapeRegex(suffix)}` : prefix + text + suffix;
};

/** Where a label of a signal is found in this source's data. */
const identityOf = (label: string, leaf: Leaf, source: ResolvedSource): ResolvedIdentity => {
  const entity = leaf.source.entities.find((name) => name === label);
  const exported = leaf.source.exported.find((name) => `exported_${name}` === label);
  const plain = { prefix: '', suffix: '' };
  if (exported) return { ...plain, label: isExported(exported, source) ? label : exported };
  return (entity && source.identity[entity]) || { ...plain, label };
};

/** Whether the scrape writes a label of that name, so that the exporter's own was renamed. */
const isExported = (label: string, { identity }: ResolvedSource): boolean =>
  identity[label as EntityName]?.label === label;

const isCanonical = (identity: ResolvedIdentity, entity: EntityName): boolean =>
  identity.label === entity && identity.prefix === '' && identity.suffix === '';

/** As it stands between quotes. */
const inner = (text: string): string => quote(text).slice(1, -1);
