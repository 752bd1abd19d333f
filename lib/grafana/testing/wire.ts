import { AxiosError, CanceledError, type AxiosAdapter, type InternalAxiosRequestConfig } from 'axios';
import type { GrafanaStandIn } from '../../push/testing/grafana';

export interface WireOptions {
  readonly grafana: Pick<GrafanaStandIn, 'ask' | 'url'>;
  /** What the server sees as the address. */
  readonly from: string;
  /** Lets others go first: a while on the way there, and on the way back. */
  readonly way: () => Promise<void>;
  /** Called before a request leaves, and before its answer is heard. */
  readonly onTurn?: () => void;
}

/**
 * Carries requests to a stand-in without a network: what arrives when depends on no clock and no kernel, so that a run with several
 * clients at once is the same each time. Whoever goes away does not hear the answer; the server does what it was asked all the same.
 */
export const wireTo =
  ({ grafana, from, way, onTurn }: WireOptions): AxiosAdapter =>
  async (config) => {
    const stopped = (): boolean => config.signal?.aborted === true;
    onTurn?.();
    if (stopped()) throw new CanceledError();
    await way();
    // As of a socket that was closed before anything was sent.
    if (stopped()) throw new CanceledError();
    const answer = await grafana.ask({
      method: (config.method ?? 'get').toUpperCase(),
      url: (config.url ?? '').slice(grafana.url.length),
      headers: Object.fromEntries(
        Object.entries(config.headers.toJSON()).map(([name, value]) => [name.toLowerCase(), String(value)]),
      ),
      text: typeof config.data === 'string' ? config.data : '',
      from,
    });
    await way();
    onTurn?.();
    if (stopped()) throw new CanceledError();
    if (answer === 'reset' || answer === 'hang') throw brokenOff(config);
    const { status, body, text, type, headers } = answer;
    const data = text ?? (body === undefined ? '' : JSON.stringify(body));
    return {
      status,
      statusText: '',
      data,
      headers: { ...(data !== '' && { 'content-type': type ?? 'application/json' }), ...lowered(headers) },
      config,
      request: {},
    };
  };

const brokenOff = (config: InternalAxiosRequestConfig): AxiosError =>
  new AxiosError('read ECONNRESET', 'ECONNRESET', config);

const lowered = (headers: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
