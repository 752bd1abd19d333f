import axios from 'axios';
import { withoutSecrets, type Authentication } from './authentication';
import { UnreachableError } from './errors';

/** Whom a request went to. */
export interface Asked {
  /** What messages call it: `Prometheus`. */
  readonly name: string;
  readonly url: string;
  /** `GET /api/v1/query`. */
  readonly call: string;
  readonly authentication: Authentication;
  /** Milliseconds for the whole answer. */
  readonly patience: number;
  /** The largest answer that is read, in bytes. */
  readonly largest: number;
}

/**
 * What a request that got no answer failed of, for the reader; what is no failure of axios' as it is. Without the cause: it holds the
 * request, and with it the credentials.
 */
export const noAnswer = ({ name, url, call, authentication, patience, largest }: Asked, error: unknown): Error => {
  if (!axios.isAxiosError(error) && !axios.isCancel(error)) return error as Error;
  const { code = '', message } = error as { code?: string; message: string };
  const { prefix } = authentication;
  if (axios.isCancel(error) || code === 'ECONNABORTED')
    return new UnreachableError(
      `${name} at ${url} is too slow (${call})`,
      `no whole answer within ${patience / 1000} s`,
      'ask again when it has less to do',
      'slow',
    );
  if (/maxContentLength/.test(message))
    return new UnreachableError(
      `the answer of ${name} at ${url} is too large (${call})`,
      `more than ${Math.round(largest / 1024 / 1024)} MiB, the most that is read`,
      'ask for less: a shorter time, or one job',
    );
  if (/stream has been aborted|socket hang up|ECONNRESET|EPIPE/.test(`${message} ${code}`))
    return new UnreachableError(
      `${name} at ${url} broke off (${call})`,
      'the connection was closed before the answer was whole',
      'see its log, and that of a proxy before it',
      'broken',
    );
  if (/wrong version number|packet length too long/.test(message))
    return new UnreachableError(
      `no safe connection to ${name} at ${url} (${call})`,
      'what answers there does not speak TLS',
      'give its address with http://, or that of the proxy which does speak TLS',
    );
  if (/CERT|SIGNATURE|SSL|TLS|EPROTO/.test(code))
    return new UnreachableError(
      `no safe connection to ${name} at ${url} (${call})`,
      withoutSecrets(/SSL routines/.test(message) ? code : `${code}: ${message}`, authentication),
      `name the authority's certificate in ${prefix}_CA_FILE, ours in ${prefix}_CLIENT_CERT and ${prefix}_CLIENT_KEY`,
    );
  return new UnreachableError(
    `no ${name.replace(/^the /, '')} answers at ${url} (${call})`,
    withoutSecrets(code || message, authentication),
    `curl ${url}${call.replace(/^\w+ /, '')}, on this machine`,
    /ETIMEDOUT|EAI_AGAIN/.test(code) ? 'broken' : code === 'ECONNREFUSED' ? 'refused' : undefined,
  );
};

/** Where a redirect leads, without what could be a secret. */
export const withoutQuery = (location: unknown): string => {
  if (typeof location !== 'string') return 'elsewhere';
  return location.replace(/[?#].*$/, '').replace(/\/\/[^/@]*@/, '//');
};
