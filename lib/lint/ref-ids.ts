import type { Alert } from './subject';

/** Every refId of a Grafana rule, those of queries that we do not read too. */
export const refIdsOf = ({ json, queries, nodes }: Alert): ReadonlySet<string> => {
  const rule = 'grafana_alert' in json ? json.grafana_alert : json;
  const data = (rule as { readonly data?: unknown } | undefined)?.data;
  const written = Array.isArray(data) ? data.map((part: { refId?: unknown } | null) => part?.refId) : [];
  const read = [...queries, ...nodes].map(({ refId }) => refId);
  return new Set([...read, ...written.filter((refId) => typeof refId === 'string')]);
};
