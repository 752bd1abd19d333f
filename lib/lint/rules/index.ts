import type { Rule } from '../rule';
import { absentWithRegexp } from './absent-with-regexp';
import { aggregationOfOne } from './aggregation-of-one';
import { alertCondition } from './alert-condition';
import { alertDuplicate } from './alert-duplicate';
import { alertFor } from './alert-for';
import { alertGraph } from './alert-graph';
import { alertNeverFires } from './alert-never-fires';
import { alertNoData } from './alert-no-data';
import { alertPanelExists } from './alert-panel-exists';
import { alertRunbook } from './alert-runbook';
import { alertSeverity } from './alert-severity';
import { alertShadowed } from './alert-shadowed';
import { alertSummary } from './alert-summary';
import { alertTemplate } from './alert-template';
import { alertTested } from './alert-tested';
import { alertTextLabels } from './alert-text-labels';
import { alertTextScale } from './alert-text-scale';
import { alertValueInLabels } from './alert-value-in-labels';
import { alertVolume } from './alert-volume';
import { boardIdentity } from './board-identity';
import { boardLoad } from './board-load';
import { boardUidUnique } from './board-uid-unique';
import { comparisonNeverTrue } from './comparison-never-true';
import { dataSourceExists } from './data-source-exists';
import { dataSourceVariable } from './data-source-variable';
import { duplicateMatchers } from './duplicate-matchers';
import { explicitWindowInAlerts } from './explicit-window-in-alerts';
import { groupDuplicate } from './group-duplicate';
import { groupInterval } from './group-interval';
import { histogramAsGauge } from './histogram-as-gauge';
import { instantOrRange } from './instant-or-range';
import { irateInAlert } from './irate-in-alert';
import { joinLabels } from './join-labels';
import { labelExists } from './label-exists';
import { labelValueExists } from './label-value-exists';
import { layout } from './layout';
import { legendDistinct } from './legend-distinct';
import { legendLabels } from './legend-labels';
import { linksResolve } from './links-resolve';
import { logLabelExists } from './log-label-exists';
import { logStreamSelector } from './log-stream-selector';
import { mappingDuplicates } from './mapping-duplicates';
import { matcherMatchesEverything } from './matcher-matches-everything';
import { matcherMatchesNothing } from './matcher-matches-nothing';
import { metricExists } from './metric-exists';
import { metricNotCovered } from './metric-not-covered';
import { minStep } from './min-step';
import { noDataText } from './no-data-text';
import { orVectorZero } from './or-vector-zero';
import { panelDescription } from './panel-description';
import { panelIdUnique } from './panel-id-unique';
import { panelQuery } from './panel-query';
import { panelTitle } from './panel-title';
import { panelTitleUnique } from './panel-title-unique';
import { panelTypeExists } from './panel-type-exists';
import { personalData } from './personal-data';
import { quantileOfNonHistogram } from './quantile-of-non-histogram';
import { quantileOutOfRange } from './quantile-out-of-range';
import { queryCost } from './query-cost';
import { queryParses } from './query-parses';
import { rateIntervalInPanels } from './rate-interval-in-panels';
import { rateOfGauge } from './rate-of-gauge';
import { rateOfSum } from './rate-of-sum';
import { ratioWithoutGuard } from './ratio-without-guard';
import { rawCounter } from './raw-counter';
import { recordingDuplicate } from './recording-duplicate';
import { recordingName } from './recording-name';
import { redundantAnchors } from './redundant-anchors';
import { refIdExists } from './ref-id-exists';
import { refIdUnique } from './ref-id-unique';
import { regexpEquality } from './regexp-equality';
import { regexpInvalid } from './regexp-invalid';
import { schemaVersion } from './schema-version';
import { seriesPresent } from './series-present';
import { thresholdDefault } from './threshold-default';
import { thresholdOrder } from './threshold-order';
import { thresholdScale } from './threshold-scale';
import { tooBroadSelector } from './too-broad-selector';
import { topkInGraph } from './topk-in-graph';
import { unitFits } from './unit-fits';
import { unitKnown } from './unit-known';
import { unitPresent } from './unit-present';
import { variableCycle } from './variable-cycle';
import { variableDefined } from './variable-defined';
import { variableMultiMatch } from './variable-multi-match';
import { variableQuery } from './variable-query';
import { variableUsed } from './variable-used';
import { windowVsInterval } from './window-vs-interval';

/** Every rule, by id. */
export const rules: readonly Rule[] = [
  absentWithRegexp,
  aggregationOfOne,
  alertCondition,
  alertDuplicate,
  alertFor,
  alertGraph,
  alertNeverFires,
  alertNoData,
  alertPanelExists,
  alertRunbook,
  alertSeverity,
  alertShadowed,
  alertSummary,
  alertTemplate,
  alertTested,
  alertTextLabels,
  alertTextScale,
  alertValueInLabels,
  alertVolume,
  boardIdentity,
  boardLoad,
  boardUidUnique,
  comparisonNeverTrue,
  dataSourceExists,
  dataSourceVariable,
  duplicateMatchers,
  explicitWindowInAlerts,
  groupDuplicate,
  groupInterval,
  histogramAsGauge,
  instantOrRange,
  irateInAlert,
  joinLabels,
  labelExists,
  labelValueExists,
  layout,
  legendDistinct,
  legendLabels,
  linksResolve,
  logLabelExists,
  logStreamSelector,
  mappingDuplicates,
  matcherMatchesEverything,
  matcherMatchesNothing,
  metricExists,
  metricNotCovered,
  minStep,
  noDataText,
  orVectorZero,
  panelDescription,
  panelIdUnique,
  panelQuery,
  panelTitle,
  panelTitleUnique,
  panelTypeExists,
  personalData,
  quantileOfNonHistogram,
  quantileOutOfRange,
  queryCost,
  queryParses,
  rateIntervalInPanels,
  rateOfGauge,
  rateOfSum,
  ratioWithoutGuard,
  rawCounter,
  recordingDuplicate,
  recordingName,
  redundantAnchors,
  refIdExists,
  refIdUnique,
  regexpEquality,
  regexpInvalid,
  schemaVersion,
  seriesPresent,
  thresholdDefault,
  thresholdOrder,
  thresholdScale,
  tooBroadSelector,
  topkInGraph,
  unitFits,
  unitKnown,
  unitPresent,
  variableCycle,
  variableDefined,
  variableMultiMatch,
  variableQuery,
  variableUsed,
  windowVsInterval,
];
