import type { Panel } from '../subject';
import { drawsThresholds, mappingsColour } from './options';

/** The limits of a panel's thresholds, without the base; none where they are not to be seen. */
export const drawnLimits = (panel: Panel): readonly number[] => {
  if (!panel.fields.thresholds || !drawsThresholds(panel) || mappingsColour(panel)) return [];
  return limitsOf(panel);
};

/** The limits, drawn or not. */
export const limitsOf = ({ fields: { thresholds } }: Panel): readonly number[] =>
  (thresholds?.steps ?? []).flatMap(({ value }) => (value === null ? [] : [value]));

/** Whether thresholds are those that the editor begins with: green, and red from 80. */
export const areDefault = ({ fields: { thresholds } }: Panel): boolean => {
  const [base, second, ...more] = thresholds?.steps ?? [];
  return (
    base !== undefined &&
    /^(green|)$/.test(base.color) &&
    second?.value === 80 &&
    second.color === 'red' &&
    more.length === 0
  );
};
