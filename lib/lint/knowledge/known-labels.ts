import type { Catalog, MetricType } from '../../catalog/catalog';
import type { KnownLabels } from '../knowledge';
import type { Entry } from './catalog-index';
import { partLabel, type Part } from './family';

/** The labels of a metric over the catalogs that have it: all that any writes; a value set is closed where all close it. */
export const mergedLabels = (
  entries: readonly Entry[],
  type: MetricType | undefined,
  part: Part,
  open: boolean,
): KnownLabels => {
  const added = partLabel(type, part);
  const names = new Set(entries.flatMap(({ metric }) => Object.keys(metric.labels)));
  if (added) names.add(added);
  // With UTF-8 names the labels keep their dots.
  const dotted = entries.some(({ metric }) => metric.utf8);
  const keyOf = (label: string): string => (dotted ? label.replaceAll('.', '_') : label);
  let elsewhere: ReadonlySet<string> | undefined;
  return {
    names,
    optional: new Set(
      [...names].filter(
        (label) =>
          label !== added &&
          entries.some(({ metric }) => !(label in metric.labels) || metric.labelSince?.[label] !== undefined),
      ),
    ),
    get elsewhere() {
      return (elsewhere ??= new Set(
        [...new Set(entries.flatMap(({ catalog }) => [...labelsOfCatalog(catalog)]))].filter(
          (label) => !names.has(label),
        ),
      ));
    },
    // An alert's own labels stand beside those of the catalog.
    open: open || entries.some(({ catalog }) => catalog.source === 'scrape'),
    valuesOf: (label) => {
      const sets = entries.flatMap(({ metric }) => metric.labels[keyOf(label)] ?? []);
      if (sets.length === 0) return undefined;
      const keys = sets.map((set) => Object.keys(set));
      if (keys.some((each) => each.length === 0)) return undefined;
      return { values: new Set(keys.flat()), closed: true };
    },
  };
};

const ofCatalog = new WeakMap<Catalog, ReadonlySet<string>>();

const labelsOfCatalog = (catalog: Catalog): ReadonlySet<string> => {
  const labels =
    ofCatalog.get(catalog) ?? new Set(Object.values(catalog.metrics).flatMap((metric) => Object.keys(metric.labels)));
  ofCatalog.set(catalog, labels);
  return labels;
};
