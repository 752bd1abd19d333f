import grafanaCatalog from '../catalog/recorded/grafana.json';
import mimirCatalog from '../catalog/recorded/mimir.json';
import victoriametricsCatalog from '../catalog/recorded/victoriametrics.json';
import { increase, sum } from '../expression/operators';
import { defineSource } from '../expression/source';
import { thresholds } from '../thresholds';
import { defineSignals, type SignalDefinition } from './signal';

const grafana = defineSource(grafanaCatalog, ['service']);
const mimir = defineSource(mimirCatalog, ['service']);
const victoriametrics = defineSource(victoriametricsCatalog, ['service']);

const failures = {
  description: 'Evaluations of alerts that failed. An alert among them cannot fire.',
  unit: 'count',
  levels: thresholds.some,
  empty: 'No rules',
} as const satisfies Partial<SignalDefinition>;

/** What evaluates the alerts, where that is not Prometheus: does it get through? */
export const engine = defineSignals('engine', {
  grafanaRuleFailures: {
    ...failures,
    title: 'Failing rules of Grafana',
    expression: sum(increase(grafana.metric('grafana_alerting_rule_evaluation_failures_total')), 'service'),
  },
  mimirRuleFailures: {
    ...failures,
    title: 'Failing rules of Mimir',
    expression: sum(increase(mimir.metric('cortex_prometheus_rule_evaluation_failures_total')), 'service'),
  },
  vmalertRuleFailures: {
    ...failures,
    title: 'Failing rules of vmalert',
    expression: sum(increase(victoriametrics.metric('vmalert_alerting_rules_errors_total')), 'service'),
  },
});
