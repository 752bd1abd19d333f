import { walk, type Expr, type Selector, type Span } from '../../query/tree';
import type { JsonObject, Path } from '../subject';
import {
  changed,
  panelsIn,
  queriesIn,
  rulesIn,
  valueAt,
  variablesIn,
  type QuerySite,
  type Seed,
  type Site,
} from './seed';

/** A file with one defect. */
export interface Mutant {
  readonly seed: Seed;
  readonly value: JsonObject;
  /** What has the defect: the finding is about it, or about something inside. */
  readonly at: Path;
  /** Part of what the finding says, where it is about something around `at`. */
  readonly naming?: string;
  /** What was done, in words. */
  readonly what: string;
}

/** A way to get something wrong. */
export interface Mutator {
  /** The rule that is to notice. */
  readonly rule: string;
  /** What a person did. */
  readonly name: string;
  /** Linted as content of ours, which rules know more of; else as a file of anybody. */
  readonly own?: true;
  /** Linted together with the rest of what was rendered, so that links lead somewhere. */
  readonly together?: true;
  mutants(seeds: readonly Seed[]): readonly Mutant[];
}

/** At most so many of a list, spread over it. */
export const spread = <Item>(items: readonly Item[], most: number): readonly Item[] =>
  items.length <= most
    ? items
    : Array.from({ length: most }, (_, index) => items[Math.floor((index * items.length) / most)] as Item);

interface Options {
  /** How many mutants at most. */
  readonly most?: number;
  readonly together?: true;
  readonly own?: true;
}

/** What a changed text is, and what a finding about it names. */
export type Change = string | { readonly text: string; readonly what: string } | undefined;

/** Gets a query wrong: `change` gives the text with the defect, nothing where the query has no place for it. */
export const inQueries = (
  rule: string,
  name: string,
  change: (site: QuerySite) => Change,
  { most = 4, of = ['panel', 'alert'], ...rest }: Options & { readonly of?: readonly QuerySite['of'][] } = {},
): Mutator => ({
  rule,
  name,
  ...rest,
  mutants: (seeds) => {
    const found = seeds.flatMap(queriesIn).flatMap((site): Mutant[] => {
      if (!of.includes(site.of)) return [];
      const to = change(site);
      if (to === undefined) return [];
      const text = typeof to === 'string' ? to : to.text;
      if (text === site.text) return [];
      const value = changed(site.seed.value, site.textAt, text);
      return [
        { seed: site.seed, value, at: site.at, what: typeof to === 'string' ? difference(site.text, to) : to.what },
      ];
    });
    return spread(found, most);
  },
});

/** Gets a panel wrong: `change` gives values by their path in the panel; `undefined` takes something away. */
export const inPanels = (
  rule: string,
  name: string,
  change: (panel: JsonObject, site: Site) => Changes | undefined,
  options: Options = {},
): Mutator => inSites(rule, name, panelsIn, change, options);

/** The same for alerts. */
export const inAlerts = (
  rule: string,
  name: string,
  change: (alert: JsonObject, site: Site) => Changes | undefined,
  { engine, ...options }: Options & { readonly engine?: 'grafana' | 'prometheus' } = {},
): Mutator =>
  inSites(
    rule,
    name,
    (seed) =>
      engine && !seed.format.startsWith(engine) ? [] : rulesIn(seed).filter(({ json }) => !('record' in json)),
    change,
    options,
  );

/** The same for variables of boards. */
export const inVariables = (
  rule: string,
  name: string,
  change: (variable: JsonObject, site: Site) => Changes | undefined,
  options: Options = {},
): Mutator => inSites(rule, name, variablesIn, change, options);

/** The same for dashboards as a whole; `naming` says what of it is meant. */
export const inBoards = (
  rule: string,
  name: string,
  change: (board: JsonObject, seed: Seed) => (Changes & { readonly naming?: string }) | undefined,
  options: Options = {},
): Mutator =>
  inSites(
    rule,
    name,
    (seed) => (seed.format === 'dashboard' ? [{ seed, at: [], json: seed.value }] : []),
    (json, { seed }) => change(json, seed),
    options,
  );

/** The same for groups of rules. */
export const inGroups = (
  rule: string,
  name: string,
  change: (group: JsonObject, site: Site) => Changes | undefined,
  options: Options = {},
): Mutator =>
  inSites(
    rule,
    name,
    (seed) =>
      ((seed.value['groups'] ?? []) as readonly JsonObject[]).map((json, index) => ({
        seed,
        at: ['groups', index],
        json,
      })),
    change,
    options,
  );

/** New values by their path below the site; `from: 'top'`: below the top of the file. */
export interface Changes {
  readonly set: readonly (readonly [Path, unknown])[];
  readonly from?: 'top';
  /** What is wrong now, where it is not the site. */
  readonly at?: Path;
  readonly naming?: string;
  readonly what?: string;
}

const inSites = (
  rule: string,
  name: string,
  sitesIn: (seed: Seed) => readonly Site[],
  change: (json: JsonObject, site: Site) => Changes | undefined,
  { most = 4, ...rest }: Options,
): Mutator => ({
  rule,
  name,
  ...rest,
  mutants: (seeds) => {
    const found = seeds.flatMap(sitesIn).flatMap((site): Mutant[] => {
      const changes = change(site.json, site);
      if (!changes) return [];
      const base = changes.from === 'top' ? [] : site.at;
      const value = changes.set.reduce((one, [path, to]) => changed(one, [...base, ...path], to), site.seed.value);
      const [[path, to] = [[], undefined]] = changes.set;
      const was = valueAt(site.seed.value, [...base, ...path]);
      return [
        {
          seed: site.seed,
          value,
          at: changes.at ?? site.at,
          ...(changes.naming !== undefined && { naming: changes.naming }),
          what: changes.what ?? `${path.join('.')}: ${brief(was)} -> ${brief(to)}`,
        },
      ];
    });
    return spread(found, most);
  },
});

const brief = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};

/** Where two texts differ, in words. */
const difference = (before: string, after: string): string => {
  let from = 0;
  while (from < before.length && before[from] === after[from]) from += 1;
  let end = 0;
  while (end < Math.min(before.length, after.length) - from && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const around = (text: string): string => text.slice(Math.max(0, from - 12), text.length - end + 6);
  return `${brief(around(before))} -> ${brief(around(after))}`;
};

/** A text with another one at a span. */
export const replaced = (text: string, { from, to }: Span, by: string): string =>
  text.slice(0, from) + by + text.slice(to);

/** What a span says. */
export const slice = (text: string, { from, to }: Span): string => text.slice(from, to);

/** All parts of an expression of a kind, with those around, innermost first. */
export const partsOf = <Kind extends Expr['kind']>(
  tree: Expr,
  kind: Kind,
): readonly { readonly node: Extract<Expr, { kind: Kind }>; readonly around: readonly Expr[] }[] =>
  [...walk(tree)].filter((each) => each.node.kind === kind) as unknown as ReturnType<typeof partsOf<Kind>>;

/** The selectors of an expression. */
export const selectorsOf = (tree: Expr): readonly Selector[] => partsOf(tree, 'selector').map(({ node }) => node);

/** The item of a list that a text chooses, always the same: so that not all mutants change the first. */
export const chosen = <Item>(items: readonly Item[], by: string): Item | undefined =>
  items[[...by].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7) % Math.max(1, items.length)];

/** A misspelt word: a letter dropped, doubled, or two swapped, in its middle. */
export const misspelt = {
  dropped: (word: string): string => word.slice(0, middle(word)) + word.slice(middle(word) + 1),
  doubled: (word: string): string => word.slice(0, middle(word)) + word.slice(middle(word) - 1),
  swapped: (word: string): string => {
    for (let at = middle(word); at < word.length - 1; at += 1)
      if (word[at] !== word[at + 1] && word[at] !== '_' && word[at + 1] !== '_')
        return word.slice(0, at) + (word[at + 1] as string) + (word[at] as string) + word.slice(at + 2);
    return `${word}${word.at(-1) ?? 'x'}`;
  },
};

const middle = (word: string): number => Math.max(1, Math.floor(word.length / 2));
