import { fullMatch } from '../lint/promql/re2';
import { parseQuery } from '../query/parse';
import type { KnownVariable } from '../query/parsed';
import { walk, type Duration, type Expr, type Selector } from '../query/tree';

/** A query, and how many seconds the reader looks at: what `$__range` stands for. */
export interface Reader {
  readonly expr: string;
  readonly seconds: number;
  readonly variables?: readonly KnownVariable[];
}

/** What some queries read, so that nothing else need be stored. */
export interface Reads {
  /** Whether any of them selects this metric, or may. */
  readonly reads: (name: string) => boolean;
  /** The farthest that any of them looks back for a series of it, in seconds; 0 where none reads it. */
  readonly reach: (name: string, labels: Readonly<Record<string, string>>) => number;
}

/** Which metrics queries read, and how far back. What does not parse reads nothing: asking it says why. */
export const readsOf = (readers: readonly Reader[]): Reads => {
  const named = new Map<string, Map<string, Reading>>();
  const patterns = new Map<string, Map<string, Reading>>();
  for (const { expr, seconds, variables = [] } of readers) {
    const { tree, selectors } = parseQuery('promql', expr, { variables });
    const back = tree ? lookBacks(tree, seconds) : new Map<Selector, number>();
    for (const selector of selectors) {
      const [known, key] = selector.name === undefined ? [patterns, patternOf(selector)] : [named, selector.name];
      farther(known, key, selector, back.get(selector) ?? 0);
    }
  }
  const found = [...patterns].map(([pattern, of]) => ({ fits: patternTest(pattern), readings: [...of.values()] }));
  const readingsOf = (name: string): readonly Reading[] => [
    ...(named.get(name)?.values() ?? []),
    ...found.flatMap(({ fits, readings }) => (fits(name) ? readings : [])),
  ];
  const known = new Map<string, readonly Reading[]>();
  const cached = (name: string): readonly Reading[] => {
    const readings = known.get(name) ?? readingsOf(name);
    known.set(name, readings);
    return readings;
  };
  return {
    reads: (name) => cached(name).length > 0,
    reach: (name, labels) =>
      cached(name).reduce(
        (farthest, { seconds, fits }) =>
          seconds > farthest && fits.every(([label, test]) => test(labels[label] ?? '')) ? seconds : farthest,
        0,
      ),
  };
};

/** Series of a metric that some query reads: how far back, and what it asks of their labels. */
interface Reading {
  readonly seconds: number;
  readonly fits: readonly (readonly [string, (value: string) => boolean])[];
}

/** Queries that ask the same of the labels are one reading, the farthest. */
const farther = (
  known: Map<string, Map<string, Reading>>,
  key: string,
  { matchers }: Selector,
  seconds: number,
): void => {
  // What a picker says can be anything.
  const fixed = matchers.filter(({ label, open }) => !open && label !== '__name__');
  const text = fixed.map(({ label, operator, value }) => `${label}${operator}${value}`).join('\n');
  const readings = known.get(key) ?? new Map<string, Reading>();
  known.set(key, readings);
  const before = readings.get(text);
  if (before && before.seconds >= seconds) return;
  readings.set(text, { seconds, fits: before?.fits ?? fixed.map((matcher) => [matcher.label, testOf(matcher)]) });
};

const testOf = ({ operator, value }: Selector['matchers'][number]): ((text: string) => boolean) => {
  const wanted = !operator.startsWith('!');
  const test = operator.endsWith('~') ? patternTest(value) : (text: string) => text === value;
  return (text) => test(text) === wanted;
};

/** What is no pattern, Prometheus refuses when it is asked: until then it may mean anything. */
const patternTest = (pattern: string): ((text: string) => boolean) => fullMatch(pattern) ?? (() => true);

/** A name that is a pattern, or that only a variable knows: anything may be meant. */
const patternOf = ({ matchers }: Selector): string => {
  const name = matchers.find(({ label, operator }) => label === '__name__' && operator === '=~');
  return name && !name.open ? name.value : '.*';
};

const lookBacks = (tree: Expr, range: number): ReadonlyMap<Selector, number> => {
  const found = new Map<Selector, number>();
  for (const { node, around } of walk(tree)) {
    if (node.kind !== 'selector') continue;
    const outer = around.reduce(
      (total, each) =>
        each.kind === 'subquery' ? total + secondsOf(each.window, range) + secondsOf(each.offset, range) : total,
      0,
    );
    found.set(node, outer + secondsOf(node.window, range) + secondsOf(node.offset, range));
  }
  return found;
};

/** `$__range` is what is looked at; `$__rate_interval` and its like are short. */
const secondsOf = (duration: Duration | undefined, range: number): number =>
  duration === undefined ? 0 : (duration.seconds ?? (duration.variable?.startsWith('__range') ? range : 0));
