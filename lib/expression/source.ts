import type { Catalog, Metric, MetricType } from '../catalog/catalog';
import type { LabelName, LabelValue, MetricName } from '../catalog/typed';
import type { EntityName } from '../homelab/homelab';
import { makeExpression, type Expression, type Leaf, type Matcher, type MatcherValue, type ScrapeLabel, type SourceReference } from './expression';

/** What a label must be. Built by `not`, `oneOf`, `noneOf`, `matching`, `notMatching`, `ignoring`, `picked`. */
export interface Condition<V extends string = string> {
  readonly operator: Matcher['operator'];
  readonly value: MatcherValue;
  /** Compile-time only. */
  readonly of?: V;
}

export const not = <V extends string>(value: V): Condition<V> => ({ operator: '!=', value: { text: value } });
export const oneOf = <V extends string>(...values: readonly V[]): Condition<V> => ({
  operator: '=~',
  value: { text: alternation(values) },
});
export const noneOf = <V extends string>(...values: readonly V[]): Condition<V> => ({
  operator: '!~',
  value: { text: alternation(values) },
});
/** An anchored regular expression (RE2). */
export const matching = (expression: string): Condition<never> => ({ operator: '=~', value: { text: expression } });
export const notMatching = (expression: string): Condition<never> => ({ operator: '!~', value: { text: expression } });
/** Leaves out what the homelab file says no panel shows. */
export const ignoring = (setting: 'ignoredDevices' | 'ignoredFilesystems'): Condition<never> => ({
  operator: '!~',
  value: { setting },
});
/** What the reader chose in the dashboard's variable of that name; no condition where there is none. */
export const picked = (variable: string): Condition<never> => ({ operator: '=~', value: { picked: variable } });

type Match<V extends string> = V | Condition<V> | Condition<never> | readonly (Condition<V> | Condition<never>)[];

export type Where<C extends CatalogShape, M extends MetricName<C>, E extends string> = {
  readonly [L in LabelName<C, M>]?: Match<LabelValue<C, M, L>>;
} & { readonly [L in ScrapeLabel | E]?: Match<string> };

/** A catalog as TypeScript reads it from JSON. */
export interface CatalogShape {
  readonly source: string;
  readonly metrics: object;
}

/** A source whose metrics can be named. */
export interface Source<C extends CatalogShape, E extends EntityName> {
  readonly reference: SourceReference;
  /** The series of one metric, with the conditions given. Metric, label and closed label values are held at compile time. */
  metric<M extends MetricName<C>>(
    name: M,
    where?: Where<C, M, E>,
  ): Expression<LabelName<C, M> | ScrapeLabel | E>;
  /** The same for a metric that the exporter leaves untyped: what it is, and why we know. */
  untyped<M extends MetricName<C>>(
    name: M,
    type: Exclude<MetricType, 'untyped'>,
    because: string,
    where?: Where<C, M, E>,
  ): Expression<LabelName<C, M> | ScrapeLabel | E>;
}

/** Makes the metrics of a recorded catalog nameable; `entities` says what its series are about. */
export const defineSource = <const C extends CatalogShape, const E extends EntityName>(
  catalog: C,
  entities: readonly E[],
): Source<C, E> => {
  const reference: SourceReference = { name: catalog.source, entities };
  const metrics = (catalog as unknown as Catalog).metrics;

  const leaf = (name: string, where: object | undefined, type?: MetricType): Expression<never> => {
    const facts = metrics[name];
    if (!facts) throw new Error(`\`${name}\` is not in the catalog ${catalog.source}`);
    if (facts.type === 'untyped' && !type) {
      throw new Error(`\`${name}\` is untyped in the catalog ${catalog.source}: name it with \`untyped\`, its type and the reason`);
    }
    const node: Leaf = {
      kind: 'leaf',
      source: reference,
      metric: name,
      facts,
      type: type ?? facts.type,
      where: Object.entries(where ?? {}).flatMap(([label, match]) => toMatchers(label, match as Match<string>)),
    };
    return makeExpression(node, labelsOf(facts, entities));
  };

  return {
    reference,
    metric: (name, where) => leaf(name, where) as never,
    untyped: (name, type, _because, where) => leaf(name, where, type) as never,
  };
};

const labelsOf = (facts: Metric, entities: readonly EntityName[]): readonly string[] => [
  ...Object.keys(facts.labels),
  'job',
  'instance',
  ...entities,
];

const toMatchers = (label: string, match: Match<string>): readonly Matcher[] => {
  if (typeof match === 'string') return [{ label, operator: '=', value: { text: match } }];
  const conditions = (Array.isArray(match) ? match : [match]) as readonly Condition[];
  return conditions.map(({ operator, value }) => ({ label, operator, value }));
};

const alternation = (values: readonly string[]): string => values.map(escapeRegex).join('|');

/** A text as a regular expression (RE2) that matches exactly it. */
export const escapeRegex = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
