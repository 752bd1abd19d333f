import type { Matcher, Selector } from '../../query/tree';

/** The one thing that a server is asked about a metric. */
export interface MetricQuestion {
  readonly name: string;
  /**
   * `labels`: every use selects alike, so the index alone tells whether that selects anything, and which labels it has. `series`: uses
   * differ, so what there is must be seen to tell which of them select anything.
   */
  readonly ask: 'labels' | 'series';
  /** What is asked for, with the matchers that all uses share: `{__name__="up",job="node"}`. */
  readonly selector: string;
}

/** One question for each metric that selectors name, whatever is right or wrong with them, sorted by name. */
export const metricQuestions = (selectors: Iterable<Selector>): readonly MetricQuestion[] => {
  const uses = new Map<string, Map<string, readonly string[]>>();
  for (const { name, matchers } of selectors) {
    if (name === undefined) continue;
    const use = fixedMatchers(matchers).map(printMatcher).sort();
    const known = uses.get(name) ?? new Map<string, readonly string[]>();
    uses.set(name, known.set(use.join(','), use));
  }
  return [...uses]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, those]) => ({
      name,
      ask: those.size === 1 ? ('labels' as const) : ('series' as const),
      selector: selectorOf(name, shared([...those.values()])),
    }));
};

/** `{__name__="up",job="node"}`; works for names that PromQL can write only in quotes too. */
export const selectorOf = (name: string, matchers: readonly string[] = []): string =>
  `{${[`__name__=${JSON.stringify(name)}`, ...matchers].join(',')}}`;

/** Those without a variable: the others can be anything. */
export const fixedMatchers = (matchers: readonly Matcher[]): readonly Matcher[] => matchers.filter(({ open }) => !open);

const shared = ([first = [], ...others]: readonly (readonly string[])[]): readonly string[] =>
  first.filter((matcher) => others.every((other) => other.includes(matcher)));

const printMatcher = ({ label, operator, value }: Matcher): string =>
  `${/^[a-zA-Z_]\w*$/.test(label) ? label : JSON.stringify(label)}${operator}${JSON.stringify(value)}`;
