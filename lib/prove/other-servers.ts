import { serverAddress } from '../server/address';
import { authenticationFromEnv, type Environment } from '../server/authentication';
import { Connection } from '../server/connection';
import { record } from '../server/shape';
import type { AskOther, OtherServers } from './other-languages';

/** How far back logs and traces are looked for, in seconds. */
const reach = 6 * 3_600;

/** A Loki and a Tempo that are asked for real, with the `LOKI_…` and `TEMPO_…` variables. */
export const othersAt = (
  { loki, tempo }: { readonly loki?: string | undefined; readonly tempo?: string | undefined },
  environment: Environment,
): OtherServers => ({
  ...(loki !== undefined && { logql: askLoki(connectionTo(loki, 'Loki', '--loki', 'LOKI', environment)) }),
  ...(tempo !== undefined && { traceql: askTempo(connectionTo(tempo, 'Tempo', '--tempo', 'TEMPO', environment)) }),
});

const connectionTo = (
  url: string,
  name: string,
  option: string,
  prefix: 'LOKI' | 'TEMPO',
  environment: Environment,
): Connection =>
  new Connection(
    serverAddress(url, option, `${option} http://localhost:${name === 'Loki' ? 3100 : 3200}`),
    name,
    authenticationFromEnv(prefix, environment),
  );

const askLoki =
  (loki: Connection): AskOther =>
  async (query) => {
    const now = Math.floor(Date.now() / 1000);
    const path = '/loki/api/v1/query_range';
    const answer = await loki.getLong(path, { query, start: String(now - reach), end: String(now), limit: '1' });
    if (answer.status !== 200) throw loki.refused(path, answer);
    const { data } = record(JSON.parse(answer.text));
    return (record(data)['result'] as readonly unknown[]).length > 0;
  };

/** As far back as Tempo lets numbers be asked by default (`query_frontend.metrics.max_duration`), in seconds. */
const mostOfNumbers = 3 * 3_600;

const askTempo =
  (tempo: Connection): AskOther =>
  async (query) => {
    const now = Math.floor(Date.now() / 1000);
    const span = (back: number) => ({ q: query, start: String(now - back), end: String(now) });
    // The search takes a query of numbers, too, and leaves out what makes it one: any span that is selected would count.
    const [path, parameters, found] = isOfNumbers(query)
      ? ['/api/metrics/query_range', { ...span(mostOfNumbers), step: '5m' }, 'series']
      : ['/api/search', { ...span(reach), limit: '1' }, 'traces'];
    const answer = await tempo.get(path, parameters);
    if (answer.status !== 200) throw tempo.refused(path, answer);
    return ((record(JSON.parse(answer.text))[found] ?? []) as readonly unknown[]).length > 0;
  };

/** Whether a TraceQL query gives numbers over time instead of traces. */
const isOfNumbers = (query: string): boolean =>
  /\|\s*(rate|compare|(count|min|max|avg|sum|quantile|histogram)_over_time)\s*\(/.test(query.replace(/"[^"]*"/g, '""'));
