import type { Rows } from '../content';
import type { Place } from '../place';

/** Only what the catalog of this version has: one behaviour serves several versions of an exporter, or several probes. */
export const inCatalog = (place: Place, metrics: Readonly<Record<string, Rows>>): Readonly<Record<string, Rows>> =>
  Object.fromEntries(Object.entries(metrics).filter(([name]) => Object.hasOwn(place.catalog.metrics, name)));
