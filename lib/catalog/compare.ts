import type { Catalog, Metric } from './catalog';
import { isOlder } from './lookup';

/** One thing that differs between two catalogs of a source. `gone`: what used it finds nothing any more. */
export interface CatalogChange {
  readonly kind:
    | 'metric gone'
    | 'metric new'
    | 'type changed'
    | 'type told'
    | 'unit changed'
    | 'label gone'
    | 'label new'
    | 'value gone'
    | 'value new';
  readonly metric: string;
  readonly label?: string;
  readonly value?: string;
  /** A sentence without a full stop. */
  readonly message: string;
}

/**
 * What NEW has otherwise than OLD, sorted by metric; what is gone first. A metric that OLD gives only with a flag or a collector, or
 * that had ended before OLD, is not called gone.
 */
export const compareCatalogs = (before: Catalog, after: Catalog): readonly CatalogChange[] => {
  const names = [...new Set([...Object.keys(before.metrics), ...Object.keys(after.metrics)])].sort();
  const changes = names.flatMap((name) => changesOf(name, before.metrics[name], after.metrics[name], before.version));
  const rank = ({ kind }: CatalogChange): number => (kind.endsWith('gone') ? 0 : kind.endsWith('changed') ? 1 : 2);
  return changes.sort((a, b) => rank(a) - rank(b));
};

const changesOf = (
  metric: string,
  before: Metric | undefined,
  after: Metric | undefined,
  version: string,
): readonly CatalogChange[] => {
  if (!before) return [{ kind: 'metric new', metric, message: `${metric} is new, a ${after?.type}` }];
  if (!after) {
    const hadEnded = before.until !== undefined && !isOlder(version, before.until);
    return hadEnded || before.default === false ? [] : [{ kind: 'metric gone', metric, message: `${metric} is gone` }];
  }
  return [
    ...typeChange(metric, before.type, after.type),
    ...(before.unit === after.unit || before.unit === undefined || after.unit === undefined
      ? []
      : [{ kind: 'unit changed', metric, message: `${metric} is in ${after.unit}, was in ${before.unit}` } as const]),
    ...labelChanges(metric, before.labels, after.labels),
  ];
};

/** `untyped` is what is not known: to be told a type breaks nothing, and a page that tells none says nothing. */
const typeChange = (metric: string, before: Metric['type'], after: Metric['type']): readonly CatalogChange[] => {
  if (before === after || after === 'untyped') return [];
  if (before === 'untyped')
    return [{ kind: 'type told', metric, message: `${metric} is a ${after}, which was not told` }];
  return [{ kind: 'type changed', metric, message: `${metric} is a ${after}, was a ${before}` }];
};

const labelChanges = (metric: string, before: Metric['labels'], after: Metric['labels']): readonly CatalogChange[] => [
  ...Object.keys(before).flatMap((label): readonly CatalogChange[] => {
    if (!Object.hasOwn(after, label))
      return [{ kind: 'label gone', metric, label, message: `${metric} has no label ${label} any more` }];
    const [old, now] = [Object.keys(before[label] ?? {}), Object.keys(after[label] ?? {})];
    // An open set on one side says nothing of single values.
    if (old.length === 0 || now.length === 0) return [];
    return [
      ...old
        .filter((value) => !now.includes(value))
        .map(
          (value) =>
            ({
              kind: 'value gone',
              metric,
              label,
              value,
              message: `${metric} has no ${label}="${value}" any more`,
            }) as const,
        ),
      ...now
        .filter((value) => !old.includes(value))
        .map(
          (value) =>
            ({ kind: 'value new', metric, label, value, message: `${metric} has ${label}="${value}"` }) as const,
        ),
    ];
  }),
  ...Object.keys(after)
    .filter((label) => !Object.hasOwn(before, label))
    .map((label) => ({ kind: 'label new', metric, label, message: `${metric} has a label ${label}` }) as const),
];
