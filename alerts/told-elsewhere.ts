/**
 * Why no data is taken for fine: nothing is said of what an exporter does not tell, and others tell when it is gone. `down`: the alert on
 * the app itself, where there always is one.
 */
export const toldElsewhere = (down?: string): string =>
  `While nothing is told at all, ${down === undefined ? '' : `${down}, `}TargetDown or TargetAbsent say so.`;
