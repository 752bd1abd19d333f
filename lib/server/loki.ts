import { serverAddress } from './address';
import { authenticationFromEnv, type Environment } from './authentication';
import { Connection, type ConnectionOptions, type Query } from './connection';
import type { Period, SeriesLabels } from './prometheus';
import { labels, list, openEnvelope, readData, strings } from './shape';

/** A Loki: the labels of its streams. Errors as of `PrometheusServer`. Loki looks at the last hour where no period is given. */
export class LokiServer {
  constructor(readonly connection: Connection) {}

  get url(): string {
    return this.connection.url;
  }

  /** Requests that went out so far. */
  get requests(): number {
    return this.connection.requests;
  }

  /** Names of the labels of streams. */
  async labelNames(period: Period = {}): Promise<readonly string[]> {
    return this.ask('/loki/api/v1/labels', times(period), (data) => strings(data));
  }

  /** Values of a label, among the streams that fit a selector if one is given. */
  async labelValues(
    label: string,
    { selector, period = {} }: { readonly selector?: string; readonly period?: Period } = {},
  ): Promise<readonly string[]> {
    return this.ask(
      `/loki/api/v1/label/${encodeURIComponent(label)}/values`,
      { ...(selector !== undefined && { query: selector }), ...times(period) },
      (data) => strings(data),
    );
  }

  /** The labels of the streams that fit a selector. */
  async series(selector: string, period: Period = {}): Promise<readonly SeriesLabels[]> {
    return this.ask('/loki/api/v1/series', { 'match[]': selector, ...times(period) }, (data) =>
      list(data).map((each) => labels(each, 'data[]')),
    );
  }

  private async ask<T>(path: string, query: Query, read: (data: unknown) => T): Promise<T> {
    const answer = await this.connection.get(path, query);
    if (answer.status !== 200) throw this.connection.refused(path, answer);
    // Loki leaves `data` out where there is nothing.
    const { data } = openEnvelope(answer, path, this.connection, { withoutData: true });
    return readData(data ?? [], path, this.connection, read);
  }
}

/** The Loki at an address, asked with the `LOKI_…` variables. `name` says where the address comes from. */
export const lokiServer = (
  url: string,
  environment: Environment,
  options: ConnectionOptions = {},
  name = '--loki',
): LokiServer =>
  new LokiServer(
    new Connection(
      serverAddress(url, name, `${name} http://localhost:3100`),
      'Loki',
      authenticationFromEnv('LOKI', environment),
      options,
    ),
  );

/** Nanoseconds: a small number of seconds would be read as such. */
const times = ({ start, end }: Period): Query => ({
  ...(start !== undefined && { start: nanoseconds(start) }),
  ...(end !== undefined && { end: nanoseconds(end) }),
});

const nanoseconds = (seconds: number): string => String(BigInt(Math.round(seconds * 1000)) * 1_000_000n);
