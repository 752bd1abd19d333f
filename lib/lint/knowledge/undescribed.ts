import type { KnownMetric } from '../knowledge';

/** A metric that is there, and of which no more is known than that. */
export const undescribed = (name: string, evidence: string): KnownMetric => ({
  state: 'known',
  name,
  family: name,
  part: undefined,
  type: undefined,
  unit: undefined,
  labels: { names: new Set(), open: true, valuesOf: () => undefined },
  evidence,
  grade: undefined,
  recording: false,
  note: undefined,
});
