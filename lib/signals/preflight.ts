import scrapeCatalog from '../catalog/recorded/scrape.json';
import { makeExpression, partsOf, leavesOf, type Expression, type Leaf } from '../expression/expression';
import { absent, max, momentOf, multiply, overPanelRange, tag, union, where } from '../expression/operators';
import { defineSource } from '../expression/source';
import { bindSignals, defineSignals, type Signal } from './signal';
import { upOrDown } from './states';

/** Whether the data of some signals are there. */
export interface Preflight {
  /** Whether any of the exporters is scraped: of what is pushed nobody knows `up`. */
  readonly isScraped: boolean;
  /** Whether Prometheus reaches each exporter, by `exporter` and `instance`. */
  readonly up: Signal;
  /** When it last did. */
  readonly lastAnswer: Signal;
  readonly samples: Signal;
  /** Metrics that were not there in the time shown, by `metric` and `exporter`; `normal_if` says when that is nothing to worry about. */
  readonly missing: Signal;
}

/** One metric, and when it may be away. */
interface Needed {
  readonly leaf: Leaf;
  /** Undefined: never, as long as the exporter works. */
  readonly normalIf: string | undefined;
}

/**
 * What a board needs, from the signals that it draws: their exporters and their metrics. Undefined where they read none. A metric
 * may be away where every signal that cannot do without it says what it means to be empty.
 */
export const preflightOf = (signals: readonly Signal[]): Preflight | undefined => {
  const [first] = signals;
  const needed = neededBy(signals);
  const all = [...new Map(needed.map(({ leaf }) => [leaf.source.name, leaf])).values()];
  const asked = all.filter(({ source }) => !isPushed(source.name, signals));
  const sources = asked.length > 0 ? asked : all;
  if (!first || sources.length === 0) return undefined;
  // A variable of several values would be a regular expression, with which nothing is absent while one of them is there.
  const variables = Object.fromEntries(
    Object.entries(first.context.variables).filter(([, multiplicity]) => multiplicity === 'single'),
  );
  const bound = bindSignals(
    defineSignals('preflight', {
      up: {
        title: 'State',
        description:
          'Whether Prometheus reaches the exporters that this board reads, and when it last did. While it does not, panels are empty.',
        unit: 'state',
        values: upOrDown,
        empty: 'Not scraped: the scrape configuration is another one',
        expression: each(sources, (leaf) => scraped(leaf, 'up')),
      },
      lastAnswer: {
        title: 'Last answer',
        description: 'When Prometheus last reached the exporter, in the time shown.',
        unit: 'moment',
        empty: 'Not in the time shown',
        expression: each(sources, (leaf) => overPanelRange('max', momentOf(where(scraped(leaf, 'up'), '==', 1)))),
      },
      samples: {
        title: 'Samples',
        description: 'How many samples its page has.',
        unit: 'count',
        expression: each(sources, (leaf) => scraped(leaf, 'scrape_samples_scraped')),
      },
      missing: {
        title: 'Missing metrics',
        description:
          'Metrics that this board reads and that were not there in the time shown: a collector that is off, another version, a label that differs.',
        unit: 'state',
        values: { 1: { text: 'Missing', state: 'critical' }, 2: { text: 'None now', state: 'neutral' } },
        empty: 'Nothing is missing',
        expression: max(away(needed, signals), 'metric', 'exporter', 'normal_if'),
      },
    }),
    { ...first.context, variables },
  );
  const { up, lastAnswer, samples, missing } = bound;
  return { isScraped: asked.length > 0, up, lastAnswer, samples, missing };
};

const isPushed = (name: string, signals: readonly Signal[]): boolean => {
  const instances = signals.flatMap(({ sources }) => sources).find(({ source }) => source === name)?.instances ?? [];
  return instances.length > 0 && instances.every(({ port }) => port === null);
};

type Scraped = 'up' | 'scrape_samples_scraped';

/** What Prometheus writes about the scrapes of a metric's source. */
const scraped = ({ source }: Leaf, metric: Scraped): Expression<'instance'> =>
  defineSource(scrapeCatalog, source.entities, { name: source.name }).metric(metric);

const each = (
  sources: readonly Leaf[],
  of: (leaf: Leaf) => Expression<'instance'>,
): Expression<'exporter' | 'instance'> =>
  allOf(sources.map((leaf) => tag(max(of(leaf), 'instance'), 'exporter', leaf.source.name)));

const allOf = <L extends string>(all: readonly Expression<L>[]): Expression<L> => {
  const [first, ...others] = all;
  if (!first) throw new Error('a preflight without any metric');
  return union(first, ...others);
};

/** 1, or 2 where that is normal, for each metric while it is away. */
const away = (
  needed: readonly Needed[],
  signals: readonly Signal[],
): Expression<'metric' | 'exporter' | 'normal_if'> => {
  const groups = new Map<string, Needed[]>();
  for (const one of needed) {
    const key = JSON.stringify([one.leaf.source.name, one.normalIf]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return allOf(
    [...groups.values()].map((alike) => {
      const [{ leaf, normalIf } = alike[0] as Needed] = alike;
      const metrics = allOf(
        alike.map((one) => tag(absent(plainOf(one.leaf, signals), '$__range'), 'metric', one.leaf.metric)),
      );
      const named = tag(metrics, 'exporter', leaf.source.name);
      return tag(normalIf === undefined ? named : multiply(named, 2), 'normal_if', normalIf ?? '');
    }),
  );
};

/** Any series of the metric, whatever its labels. */
const plainOf = ({ source, metric, facts, type }: Leaf, signals: readonly Signal[]): Expression => {
  const spelling = signals.flatMap(({ sources }) => sources).find((each) => each.source === source.name)?.spelling;
  // Of a histogram there are no series by its own name.
  const parted = type === 'summary' || (type === 'histogram' && spelling?.histograms !== 'native');
  return makeExpression({ kind: 'leaf', source, metric, facts, type, where: [], ...(parted && { part: 'count' }) }, []);
};

/** Every metric that some signal reads, in order; what Prometheus writes by itself is always there. */
const neededBy = (signals: readonly Signal[]): readonly Needed[] => {
  const found = new Map<string, { leaf: Leaf; always: boolean; texts: Set<string> }>();
  for (const { expression, empty, missing } of signals) {
    if (missing !== undefined) continue;
    const vital = new Set(vitalOf(expression).map(keyOf));
    for (const leaf of leavesOf(expression)) {
      if (leaf.metric in scrapeCatalog.metrics) continue;
      const key = keyOf(leaf);
      const entry = found.get(key) ?? { leaf, always: false, texts: new Set<string>() };
      found.set(key, entry);
      if (vital.has(key) && empty === undefined) entry.always = true;
      if (empty !== undefined) entry.texts.add(empty);
    }
  }
  return [...found.values()].map(({ leaf, always, texts }) => ({
    leaf,
    normalIf: always ? undefined : ([...texts][0] ?? 'There is none of it'),
  }));
};

/** The metrics without which there is nothing: what stands before a fallback, or what is left out, may be away. */
const vitalOf = (expression: Expression): readonly Leaf[] => {
  const { node } = expression;
  if (node.kind === 'absent') return [];
  if (node.kind === 'binary' && node.operator === 'or') return vitalOf(node.right);
  if (node.kind === 'binary' && node.operator === 'unless') return vitalOf(node.left);
  const parts = partsOf(node);
  return parts.length > 0 ? parts.flatMap(vitalOf) : leavesOf(expression);
};

const keyOf = ({ source, metric }: Leaf): string => `${source.name} ${metric}`;
