import type { GrafanaRule } from '../render/grafana-alerting';

/** What `POST /api/v1/eval` takes: the queries of a rule, run once, at one moment; it knows no `for`. */
export interface EvaluationRequest {
  readonly condition: string;
  readonly data: readonly unknown[];
  /** RFC 3339; absent: now. */
  readonly now?: string;
}

/** Asks a Grafana to evaluate a rendered rule once. Names in a rule file and in this endpoint are the same for queries. */
export const evaluationRequest = (
  { condition, data }: Pick<GrafanaRule, 'condition' | 'data'>,
  at?: Date,
): EvaluationRequest => ({
  condition,
  data: data.map((query) => ({ queryType: '', ...query })),
  ...(at && { now: at.toISOString() }),
});

/** One series of a node's answer. */
export interface EvaluatedSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number | null;
}

interface Frame {
  readonly schema: {
    readonly fields: readonly { readonly type: string; readonly labels?: Readonly<Record<string, string>> }[];
  };
  readonly data: { readonly values: readonly (readonly (number | null)[])[] };
}

/** What the endpoint answers, by node. */
export interface EvaluationResponse {
  readonly results: Readonly<
    Record<string, { readonly status?: number; readonly error?: string; readonly frames?: readonly Frame[] }>
  >;
}

/** The series of one node with their values; throws with Grafana's own words when the node failed, which it reports with status 200. */
export const seriesOf = ({ results }: EvaluationResponse, refId: string): readonly EvaluatedSeries[] => {
  const node = results[refId];
  if (!node) throw new Error(`Grafana's answer has no node ${refId}`);
  if (node.error) throw new Error(`Grafana could not evaluate ${refId}: ${node.error}`);
  return (node.frames ?? []).flatMap(({ schema, data }) =>
    schema.fields.flatMap(({ type, labels }, index) =>
      type === 'number' && (data.values[index]?.length ?? 0) > 0
        ? [{ labels: labels ?? {}, value: data.values[index]?.at(-1) ?? null }]
        : [],
    ),
  );
};

/** Labels of the series for which the rule's condition holds: those would be alerts, once `for` is over. */
export const firingOf = (
  response: EvaluationResponse,
  condition: string,
): readonly Readonly<Record<string, string>>[] =>
  seriesOf(response, condition).flatMap(({ labels, value }) => (value !== null && value !== 0 ? [labels] : []));
