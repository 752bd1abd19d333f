import scrape from '../catalog/recorded/scrape.json';
import type { Catalog, Metric, MetricType } from '../catalog/catalog';
import { nearest } from '../nearest';
import type { LabelName, LabelValue, MetricName } from '../catalog/typed';
import type { EntityName } from '../homelab/homelab';
import { toMatchers, type Match } from './condition';
import { makeExpression, type Expression, type Leaf, type ScrapeLabel, type SourceReference } from './expression';

export * from './condition';

/** A catalog as TypeScript reads it from JSON. */
export interface CatalogShape {
  readonly source: string;
  readonly metrics: object;
}

/** What Prometheus itself writes about each target it scrapes. */
type Scrape = typeof scrape;

/** The labels that series of a metric have: the exporter's own, those of the scrape, the entities, and those added on the way (`A`). `X` are renamed to `exported_…`. */
type Label<C extends CatalogShape, M extends MetricName<C>, E extends string, X extends string, A extends string> =
  Exclude<LabelName<C, M>, X> | `exported_${LabelName<C, M> & X}` | ScrapeLabel | E | A;

/** Conditions on labels; a label with a closed set of values takes only those. */
export type Where<C extends CatalogShape, M extends MetricName<C>, E extends string, X extends string> = {
  readonly [L in Exclude<LabelName<C, M>, X>]?: Match<LabelValue<C, M, L>>;
} & {
  readonly [L in LabelName<C, M> & X as `exported_${L}`]?: Match<LabelValue<C, M, L>>;
} & { readonly [L in Exclude<ScrapeLabel | E, Exclude<LabelName<C, M>, X>>]?: Match<string> };

type StatingType<C extends CatalogShape, E extends string, X extends string, A extends string> = <
  M extends MetricName<C>,
>(
  name: M,
  type: Exclude<MetricType, 'untyped'>,
  because: string,
  where?: Where<C, M, E | A, X>,
) => Expression<Label<C, M, E, X, A>>;

/** A source whose metrics can be named. */
export interface Source<
  C extends CatalogShape,
  E extends EntityName,
  X extends string = never,
  A extends string = never,
> {
  readonly reference: SourceReference;
  /** The series of one metric, with the conditions given. Metric, label and closed label values are held at compile time. */
  readonly metric: <M extends MetricName<C>>(
    name: M,
    where?: Where<C, M, E | A, X>,
  ) => Expression<Label<C, M, E, X, A>>;
  /** The same for a metric that the exporter leaves untyped: what it is, and why we know. */
  readonly untyped: StatingType<C, E, X, A>;
  /** The same for a metric whose type the exporter tells wrongly, such as a counter that falls: what it is, and why we know. */
  readonly mistyped: StatingType<C, E, X, A>;
  /** What Prometheus writes about the scrapes of this source: `up`, `scrape_duration_seconds` … */
  readonly scraped: Source<Scrape, E, never, A>['metric'];
  /** Metrics of another catalog on the same page, such as `go_process`. */
  readonly with: <const D extends CatalogShape>(catalog: D) => Source<D, E, never, A>;
}

export interface SourceOptions<X extends string, A extends string> {
  /** Name in the homelab file, where that is not the catalog's. */
  readonly name?: string;
  /**
   * Labels of the exporter that are also labels that our scrape configuration writes (`service` of Traefik). Prometheus
   * renames them; in signals they are always called `exported_service`, whatever this homelab's data call them.
   */
  readonly exported?: readonly X[];
  /** Labels that series get on their way, beside those of the scrape: external labels, the labels of rules. */
  readonly added?: readonly A[];
  /** The series are written by rules, so they carry entities by name, however the scraped series spell them. */
  readonly byRules?: true;
}

/** Makes the metrics of a recorded catalog nameable; `entities` says what its series are about. */
export const defineSource = <
  const C extends CatalogShape,
  const E extends EntityName,
  const X extends string = never,
  const A extends string = never,
>(
  catalog: C,
  entities: readonly E[],
  options: SourceOptions<X, A> = {},
): Source<C, E, X, A> => {
  const reference: SourceReference = {
    name: options.name ?? catalog.source,
    entities,
    exported: options.exported ?? [],
    added: options.added ?? [],
    ...(options.byRules && { byRules: true }),
  };
  return sourceOf(catalog, reference);
};

const sourceOf = <C extends CatalogShape, E extends EntityName, X extends string, A extends string>(
  shape: C,
  reference: SourceReference,
): Source<C, E, X, A> => {
  const catalog = shape as unknown as Catalog;
  const plain: SourceReference = { ...reference, exported: [] };
  return {
    reference,
    metric: (name, where) => leaf(catalog, reference, name, where) as never,
    untyped: (name, type, _because, where) =>
      leaf(catalog, reference, name, where, { from: ['untyped'], type }) as never,
    mistyped: (name, type, _because, where) =>
      leaf(catalog, reference, name, where, { from: typesBut(type), type }) as never,
    scraped: (name, where) => leaf(scrape as unknown as Catalog, plain, name, where) as never,
    with: (other) => sourceOf(other, plain),
  };
};

/** What the signal says a metric is, and what the catalog may say instead. */
interface Stated {
  readonly from: readonly MetricType[];
  readonly type: MetricType;
}

const typesBut = (type: MetricType): readonly MetricType[] =>
  (['counter', 'gauge', 'histogram', 'summary', 'info', 'stateset'] as const).filter((other) => other !== type);

const leaf = (
  { source, metrics }: Catalog,
  reference: SourceReference,
  name: string,
  where: object | undefined,
  stated?: Stated,
): Expression => {
  const facts = metrics[name];
  if (!facts)
    throw new Error(`\`${name}\` is not in the catalog ${source}${didYouMean(nearest(name, Object.keys(metrics)))}`);
  if (facts.type === 'untyped' && !stated) {
    throw new Error(`\`${name}\` is untyped in the catalog ${source}: name it with \`untyped\`, what it is and why`);
  }
  if (stated && !stated.from.includes(facts.type)) {
    throw new Error(`\`${name}\` is a ${facts.type} in the catalog ${source}: name it with \`metric\``);
  }
  const labels = labelsOf(facts, reference);
  const matchers = Object.entries(where ?? {}).flatMap(([label, match]) => toMatchers(label, match as Match<string>));
  const unknown = matchers.find(({ label }) => !labels.has(label));
  if (unknown) {
    throw new Error(
      `\`${name}\` has no label \`${unknown.label}\`${didYouMean(nearest(unknown.label, labels))}; it has ${[...labels].sort().join(', ')}`,
    );
  }
  const node: Leaf = {
    kind: 'leaf',
    source: reference,
    metric: name,
    facts,
    type: stated?.type ?? facts.type,
    where: matchers,
  };
  return makeExpression(node, labels);
};

const labelsOf = (facts: Metric, { exported, entities, added }: SourceReference): ReadonlySet<string> =>
  new Set([
    ...Object.keys(facts.labels).map((label) => (exported.includes(label) ? `exported_${label}` : label)),
    'job',
    'instance',
    ...entities,
    ...added,
  ]);

const didYouMean = ([first]: readonly string[]): string => (first ? `; did you mean \`${first}\`?` : '');
