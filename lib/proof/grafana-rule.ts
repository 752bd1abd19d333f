import { evaluationRequest, firingOf, type EvaluationResponse } from '../alerts/grafana-eval';
import type { GrafanaClient } from '../grafana/client';
import type { GrafanaRule } from '../render/grafana-alerting';
import type { Labels } from './prometheus';

/** An alert that Grafana would send. */
export interface PostableAlert {
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly startsAt: string;
  readonly endsAt: string;
}

/** A rule as the folder's rule tester wants it; it tells at once, because a test has no past. */
interface TestedRule {
  readonly folderUid: string;
  readonly folderTitle: string;
  readonly ruleGroup: string;
  readonly rule: object;
}

/** The rule asking another data source. */
export const askingOf = (rule: GrafanaRule, dataSource: string): GrafanaRule => ({
  ...rule,
  data: rule.data.map((query) =>
    query.datasourceUid === '__expr__'
      ? query
      : {
          ...query,
          datasourceUid: dataSource,
          model: { ...query.model, datasource: { type: 'prometheus', uid: dataSource } },
        },
  ),
});

/** Label sets for which Grafana says that the rule's condition holds now; it knows no `for` here. */
export const conditionIn = async (grafana: GrafanaClient, rule: GrafanaRule): Promise<readonly Labels[]> =>
  firingOf((await grafana.post('/api/v1/eval', evaluationRequest(rule))) as EvaluationResponse, rule.condition);

/** What Grafana would send now if the rule's `for` were over: alerts that fire, with their texts. */
export const toldBy = async (
  grafana: GrafanaClient,
  rule: GrafanaRule,
  folder: string,
): Promise<readonly PostableAlert[]> => {
  const body: TestedRule = {
    folderUid: folder,
    folderTitle: folder,
    ruleGroup: 'proof',
    rule: {
      for: '0s',
      labels: rule['labels'],
      annotations: rule['annotations'],
      grafana_alert: {
        title: rule.title,
        condition: rule.condition,
        data: rule.data.map((query) => ({ queryType: '', ...query })),
        no_data_state: rule['noDataState'],
        exec_err_state: rule['execErrState'],
      },
    },
  };
  const alerts = (await grafana.post('/api/v1/rule/test/grafana', body)) as readonly PostableAlert[];
  // One that does not fire ends when it starts.
  return alerts.filter(({ startsAt, endsAt }) => Date.parse(endsAt) > Date.parse(startsAt));
};

/** A rule of ours as Grafana evaluated it last. */
export interface RuleState {
  readonly uid: string;
  readonly name: string;
  readonly health: string;
  readonly lastError?: string;
  readonly lastEvaluation: string;
}

/** What became of the rules whose uid begins with `prefix`. */
export const statesOf = async (grafana: GrafanaClient, prefix: string): Promise<readonly RuleState[]> => {
  const answer = (await grafana.get('/api/prometheus/grafana/api/v1/rules')) as {
    readonly data: { readonly groups: readonly { readonly rules: readonly RuleState[] }[] };
  };
  return answer.data.groups.flatMap(({ rules }) => rules).filter(({ uid }) => uid.startsWith(prefix));
};
