import type { IncomingHttpHeaders } from 'node:http';
import { copyOf, isObject, type Json } from '../../../grafana-json/json';
import type { Caller } from './auth';
import type { State } from './state';

/** A request on its way to what answers it. */
export interface Asked {
  readonly state: State;
  readonly method: string;
  readonly path: string;
  /** Decoded, by the name in the pattern. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Undefined where none was sent, or none that can be read. */
  readonly body: unknown;
  readonly caller: Caller;
  /** Lets other requests run: between the reading and the writing of whoever is not atomic. */
  readonly pause: () => Promise<void>;
  /** From 0 to 1, by the seed: for what falls out one way or the other. */
  readonly random: () => number;
}

export interface Answer {
  readonly status: number;
  /** JSON; undefined: an empty body. */
  readonly body?: unknown;
  /** Instead of JSON. */
  readonly text?: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Handler = (asked: Asked) => Answer | Promise<Answer>;

export interface Route {
  readonly method: string;
  /** `/api/folders/:uid`. */
  readonly pattern: string;
  /** Any of these actions opens the door (contract 1.6); none: whoever is known. */
  readonly needs: readonly string[];
  readonly handle: Handler;
}

export const route = (method: string, pattern: string, needs: readonly string[], handle: Handler): Route => ({
  method,
  pattern,
  needs,
  handle,
});

/** Ends a request with an answer, wherever it is noticed. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(readonly answer: Answer) {
    super(`${answer.status} ${JSON.stringify(answer.body)}`);
  }
}

export const ok = (body: unknown, status = 200): Answer => ({ status, body });

/** A group of `/apis` with its versions, the preferred one first. */
export const apiGroup = (name: string, ...versions: readonly [string, ...string[]]): Json => {
  const named = versions.map((version) => ({ groupVersion: `${name}/${version}`, version }));
  return { name, versions: named, preferredVersion: named[0] };
};

/** Contract 1.5: `{"message"}`. */
export const refused = (status: number, message: string, more: Json = {}): Refusal =>
  new Refusal({ status, body: { message, ...more } });

/** Contract 1.5: an errutil error. */
export const coded = (status: number, messageId: string, message: string, extra?: Json): Refusal =>
  new Refusal({ status, body: { statusCode: status, messageId, message, ...(extra && { extra }) } });

/** Contract 1.5: a K8s `Status`. */
export const status = (code: number, message: string | undefined, more: Json = {}): Refusal =>
  new Refusal({
    status: code,
    body: {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      ...(message !== undefined && { message }),
      ...more,
      code,
    },
  });

/** Contract 1.5: every decode error, without a detail. */
export const badRequest = (): Refusal => refused(400, 'bad request data');

/** The body, which must be an object. */
export const bodyOf = ({ body }: Asked): Json => {
  if (!isObject(body)) throw badRequest();
  return body;
};

export const textOf = (body: Json, key: string): string => {
  const value = body[key];
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') throw badRequest();
  return value;
};

/** So that no caller can change what is stored. */
export const copy = copyOf;

/** JSON text with sorted keys: equal for equal content. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  ) ?? 'null';
