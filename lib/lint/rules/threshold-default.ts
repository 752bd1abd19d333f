import { ownSeverity } from '../own-severity';
import { dimensionOf } from '../panel/grafana-units';
import { areDefault, drawnLimits } from '../panel/threshold-steps';
import { defineRule } from '../rule';

/** Thresholds were chosen, not left in. */
export const thresholdDefault = defineRule({
  id: 'threshold-default',
  on: 'panel',
  severity: 'warning',
  needs: 'nothing',
  says: 'the thresholds that the editor begins with, red from 80, on a value that is no percent',
  why: 'A panel of bytes or seconds with them is red nearly always, one of small counts never; either way the colour says nothing, and readers unlearn to look at it.',
  instead: 'Choose limits that mean something, or take thresholds away and give one colour.',

  *check(panel) {
    if (!areDefault(panel) || drawnLimits(panel).length === 0 || panel.fields.thresholds?.mode === 'percentage') return;
    const { unit, min, max } = panel.fields;
    const isPercent = unit === 'percent' || unit === 'humidity' || (max === 100 && (min ?? 0) === 0);
    if (isPercent || panel.queries.length === 0 || unit === 'percentunit') return;
    const measured = unit === undefined ? undefined : dimensionOf(unit);
    // Of what is counted in thousands or since 1970, all values are above 80.
    const meaningless =
      measured !== undefined && ['data', 'data rate', 'moment'].includes(measured.of) && measured.factor <= 1;
    yield {
      message: `the thresholds of \`${panel.title || panel.type}\` are those that the editor begins with: red from 80${unit ? ` \`${unit}\`` : ''}`,
      culprit: '80',
      expected: 'choose limits that mean something, or take them away',
      at: panel.fields.thresholds?.at ?? panel.at,
      severity: meaningless ? 'warning' : ownSeverity(panel, 'warning', 'info'),
    };
  },

  accepts: [
    { name: 'percent', panel: example('gauge', 'percent') },
    { name: 'a time series that does not draw them', panel: example('timeseries', 'bytes') },
    { name: 'a stat without colour', panel: { ...example('stat', 'bytes'), options: { colorMode: 'none' } } },
    { name: 'a limit of 90', panel: example('gauge', 'bytes', 90) },
  ],
  rejects: [
    { name: 'bytes', panel: example('gauge', 'bytes'), because: 'red from 80' },
    { name: 'a count', panel: example('stat', 'short'), because: 'red from 80' },
  ],
});

function example(type: string, unit: string, value = 80): object {
  const steps = [
    { color: 'green', value: null },
    { color: 'red', value },
  ];
  return {
    type,
    fieldConfig: {
      defaults: {
        unit,
        min: undefined,
        color: { mode: type === 'timeseries' ? 'palette-classic' : 'thresholds' },
        thresholds: { mode: 'absolute', steps },
      },
    },
  };
}
