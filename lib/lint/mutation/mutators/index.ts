import type { Mutator } from '../mutator';
import { alertMutators } from './alerts';
import { labelMutators } from './labels';
import { metricMutators } from './metrics';
import { panelMutators } from './panels';
import { queryMutators } from './queries';
import { recordingMutators } from './recordings';

/** Every way to get something wrong. */
export const mutators: readonly Mutator[] = [
  ...metricMutators,
  ...labelMutators,
  ...queryMutators,
  ...panelMutators,
  ...alertMutators,
  ...recordingMutators,
];

/** Rules that no mutator is for, and why. */
export const withoutMutator: Readonly<Record<string, string>> = {
  'alert-volume': 'needs a server: what alerts did over a day',
  'log-label-exists': 'needs a server: what labels a Loki has',
  'query-cost': 'needs a server: what a query reads',
  'series-present': 'needs a server: what series there are',
};
