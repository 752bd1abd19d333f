import type { Answer, Connection } from './connection';
import { AnswerError } from './errors';

/** What one answer holds: `data`, and what the server warned of. */
export interface Envelope {
  readonly data: unknown;
  readonly warnings: readonly string[];
}

/** The envelope of Prometheus' and Loki's API: `{"status":"success","data":…}`. Throws `AnswerError` for everything else. */
export const openEnvelope = (
  answer: Answer,
  path: string,
  connection: Connection,
  { withoutData = false }: { readonly withoutData?: boolean } = {},
): Envelope => {
  const wrong = (evidence: string): AnswerError => unusable(connection, path, evidence);
  let body: unknown;
  try {
    body = JSON.parse(answer.text);
  } catch {
    if (answer.text === '') throw wrong('the answer is empty');
    const isPage = answer.type === 'text/html' || /^\s*</.test(answer.text);
    throw wrong(
      isPage ? 'the answer is a web page, not JSON' : `the answer is no whole JSON: ${connection.said(answer)}`,
    );
  }
  if (!isRecord(body)) throw wrong(`the answer is ${nameOf(body)}, not an object with \`status\``);
  if (body['status'] !== 'success')
    throw wrong(
      typeof body['status'] === 'string'
        ? `its status is ${connection.clean(body['status'])}: ${connection.said(answer)}`
        : 'the answer has no `status`',
    );
  if (!('data' in body) && !withoutData) throw wrong('the answer says success and has no `data`');
  return { data: body['data'], warnings: [...texts(body['warnings']), ...texts(body['infos'])] };
};

/** Something answers, and not as this API does. */
export const unusable = (connection: Connection, path: string, evidence: string): AnswerError =>
  new AnswerError(
    `${connection.name} at ${connection.url} gives no usable answer (GET ${path})`,
    evidence,
    `curl '${connection.url}${path}' shows what answers there; the address must be that of the API`,
  );

/** Reads `data` by a reader that throws a `ShapeError` where it is something else. */
export const readData = <T>(data: unknown, path: string, connection: Connection, read: (data: unknown) => T): T => {
  try {
    return read(data);
  } catch (error) {
    if (error instanceof ShapeError) throw unusable(connection, path, error.message);
    throw error;
  }
};

/** A part of an answer is something else than it must be. */
export class ShapeError extends Error {}

/** A list; some servers write null for an empty one. */
export const list = (value: unknown, where = 'data'): readonly unknown[] => {
  if (value === null) return [];
  if (Array.isArray(value)) return value as readonly unknown[];
  throw new ShapeError(`\`${where}\` is ${nameOf(value)}, not a list`);
};

export const record = (value: unknown, where = 'data'): Readonly<Record<string, unknown>> => {
  if (isRecord(value)) return value;
  throw new ShapeError(`\`${where}\` is ${nameOf(value)}, not an object`);
};

export const strings = (value: unknown, where = 'data'): readonly string[] =>
  list(value, where).map((each) => string(each, `${where}[]`));

export const string = (value: unknown, where: string): string => {
  if (typeof value === 'string') return value;
  throw new ShapeError(`\`${where}\` is ${nameOf(value)}, not a text`);
};

/** Label -> value; absent counts as none. */
export const labels = (value: unknown, where: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(record(value ?? {}, where)).map(([name, each]) => [name, string(each, `${where}.${name}`)]),
  );

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const nameOf = (value: unknown): string => {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
};
