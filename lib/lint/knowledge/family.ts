import type { Metric, MetricType } from '../../catalog/catalog';
import type { KnownMetric } from '../knowledge';

export type Part = KnownMetric['part'];

/** A series' name, split as one type of metric writes it. */
export interface Reading {
  readonly family: string;
  readonly part: Part;
}

const parts: readonly (readonly [suffix: string, part: NonNullable<Part>, of: ReadonlySet<MetricType>])[] = [
  ['_bucket', 'bucket', new Set(['histogram'])],
  ['_sum', 'sum', new Set(['histogram', 'summary'])],
  ['_count', 'count', new Set(['histogram', 'summary'])],
  ['_created', 'created', new Set(['histogram', 'summary', 'counter'])],
];

/**
 * What a name may be a series of, the name itself first: `x_bucket` -> the metric `x_bucket`, else the buckets of `x`. A reading
 * holds only where the family has one of the types that write it (`fits`).
 */
export const readingsOf = (name: string): readonly Reading[] => {
  const readings: Reading[] = [{ family: name, part: undefined }];
  for (const [suffix, part] of parts) {
    if (!name.endsWith(suffix)) continue;
    const family = name.slice(0, -suffix.length);
    readings.push({ family, part });
    if (part === 'created') readings.push({ family: `${family}_total`, part });
  }
  // OpenMetrics writes a counter with `_total` and an info metric with `_info` where a program's own name has neither.
  if (name.endsWith('_total')) readings.push({ family: name.slice(0, -'_total'.length), part: undefined });
  if (name.endsWith('_info')) readings.push({ family: name.slice(0, -'_info'.length), part: undefined });
  return readings;
};

/** Whether a metric of this type writes series of that name. */
export const fits = (name: string, { family, part }: Reading, { type }: Pick<Metric, 'type'>): boolean => {
  if (family === name) return true;
  if (part) return parts.some(([, each, types]) => each === part && types.has(type));
  return name.endsWith('_info') ? type === 'info' : type === 'counter';
};

/** The label that a part has beside the metric's own. */
export const partLabel = (type: MetricType | undefined, part: Part): 'le' | 'quantile' | undefined => {
  if (type === 'histogram' && part === 'bucket') return 'le';
  return type === 'summary' && part === undefined ? 'quantile' : undefined;
};

/** The names of the series that a metric writes, for the nearest match. */
export const seriesOf = (name: string, type: MetricType): readonly string[] => {
  if (type === 'histogram') return [`${name}_bucket`, `${name}_sum`, `${name}_count`];
  if (type === 'summary') return [name, `${name}_sum`, `${name}_count`];
  return [name];
};
