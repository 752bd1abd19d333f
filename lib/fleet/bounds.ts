import known from './bounds.gen.json';

/** The upper bound of a bucket: as the exporter writes it, and the number. */
export interface Bound {
  readonly text: string;
  readonly value: number;
}

/**
 * The upper bounds of a histogram, ascending, without `+Inf`; undefined where no page of the exporter was seen. `bounds.gen.json` is read off
 * the kept pages of exporters, and off those of Prometheus 3.15.0 and Alertmanager 0.34.2; for Immich, whose kept pages are cut, in its
 * `telemetry.repository.ts`.
 */
export const boundsOf = (source: string, metric: string): readonly Bound[] | undefined =>
  (known as Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>)[source]?.[metric]?.map(boundOf);

/** The bound that an exporter writes so. */
export const boundOf = (text: string): Bound => ({ text, value: Number(text) });
