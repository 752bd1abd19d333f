import { textAt, type Json } from '../../grafana-json/json';

export const alertingPath = '/api/v1/provisioning';

/** Keeps an alerting object open to people and to files. */
export const withoutProvenance = { 'X-Disable-Provenance': 'true' } as const;

/** Whom an alerting object belongs to, where that is not everybody. */
export const ownerOf = (body: unknown): string | undefined => {
  const provenance = textAt(body, 'provenance') ?? '';
  return provenance === '' ? undefined : (owners[provenance] ?? `another program (provenance ${provenance})`);
};

const owners: Readonly<Record<string, string>> = {
  file: 'a file that Grafana reads',
  api: 'another program, which wrote it through the API',
  converted_prometheus: 'rules that were imported from Prometheus',
};

/** A copy without some keys. */
export const omit = (body: Json, ...keys: readonly string[]): Json =>
  Object.fromEntries(Object.entries(body).filter(([key]) => !keys.includes(key)));
