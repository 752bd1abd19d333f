import type { KnownMetric } from '../knowledge';
import { isSlip } from '../knowledge/catalog-index';
import { isOftenAdded } from './added-labels';

/** Why a label is probably not on a metric, with how sure that is; undefined where it may well be. */
export interface LabelDoubt {
  readonly sure: 'taken' | 'closed' | 'misspelt' | 'elsewhere' | 'unheard';
  readonly nearest: readonly string[];
}

/** Looks at a label that is written beside a metric, as a matcher or in `by (...)` right around it. */
export const doubtOf = (
  label: string,
  { name, labels, recording }: KnownMetric,
  scraped: ReadonlySet<string>,
): LabelDoubt | undefined => {
  if (label === '__name__' || label === 'job' || label === 'instance' || labels.names.has(label)) return undefined;
  // OpenTelemetry's names with dots, of a server that keeps them.
  if (label.includes('.')) return undefined;
  // An alert's labels are its author's.
  if (name.startsWith('ALERTS')) return undefined;
  if (labels.taken?.has(label)) return { sure: 'taken', nearest: [] };
  if (scraped.has(label)) return undefined;
  const near = misspelt(label, [...labels.names, ...scraped]);
  if (!labels.open) return { sure: 'closed', nearest: near };
  if (isOftenAdded(label)) return undefined;
  if (near.length > 0) return { sure: 'misspelt', nearest: near };
  if (recording) return undefined;
  return labels.elsewhere?.has(label) ? { sure: 'elsewhere', nearest: [] } : { sure: 'unheard', nearest: [] };
};

/** Labels that differ by one letter; short ones are too often both words. */
export const misspelt = (label: string, known: Iterable<string>): readonly string[] =>
  label.length < 4 || label.includes('.') || isOftenAdded(label)
    ? []
    : [...known].filter((each) => each.length >= 4 && isSlip(label, each));
