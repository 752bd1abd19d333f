import { defineRule } from '../rule';

/** Thresholds rise. */
export const thresholdOrder = defineRule({
  id: 'threshold-order',
  on: 'panel',
  severity: 'warning',
  needs: 'nothing',
  says: 'thresholds that do not rise, or two of the same value',
  why: 'Grafana walks the steps from the first on and stops at one that the value has not reached: a step behind a higher one begins where that one does, and hides it.',
  instead: 'Write them from low to high, each value once.',

  *check(panel) {
    const { thresholds } = panel.fields;
    if (!thresholds) return;
    let before: number | null = null;
    for (const [index, { value }] of thresholds.steps.entries()) {
      if (value === null) {
        if (index > 0)
          yield {
            message: 'the base of the thresholds stands behind another step',
            culprit: 'base',
            at: thresholds.at,
            expected: 'put it first',
            severity: 'info',
          };
        continue;
      }
      // Grafana takes the first step for the base, whatever its value.
      if (index === 0) continue;
      if (before !== null && value < before)
        yield {
          message: `the threshold \`${value}\` stands behind \`${before}\`, so it begins only there`,
          culprit: String(value),
          at: thresholds.at,
          expected: 'write them from low to high',
        };
      else if (before !== null && value === before)
        yield {
          message: `two thresholds begin at \`${value}\``,
          culprit: String(value),
          at: thresholds.at,
          expected: 'keep one of them',
          severity: 'info',
        };
      before = value;
    }
  },

  accepts: [
    { name: 'rising', panel: steps(null, 10, 20) },
    { name: 'below zero', panel: steps(null, -10, 0, 10) },
    { name: 'a base with a value', panel: steps(0, -80, -70) },
  ],
  rejects: [
    { name: 'falling', panel: steps(null, 20, 10), because: 'begins only there' },
    { name: 'falling behind a base with a value', panel: steps(0, 20, 10), because: 'begins only there' },
    { name: 'twice the same', panel: steps(null, 20, 20), because: 'two thresholds' },
  ],
});

function steps(...values: readonly (number | null)[]): object {
  return {
    fieldConfig: {
      defaults: { thresholds: { mode: 'absolute', steps: values.map((value) => ({ value, color: 'red' })) } },
    },
  };
}
