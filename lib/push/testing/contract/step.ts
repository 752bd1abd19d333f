/** Who asks: the server's administrator with a password, a token of a role, or somebody who is not let in. */
export type Who =
  | 'root'
  | 'Admin'
  | 'Editor'
  | 'Viewer'
  | 'None'
  | 'nobody'
  | 'unknown-token'
  | 'expired-token'
  | 'deleted-token'
  | 'unknown-user';

/**
 * What must be found in an answer: objects may hold more keys than are named, lists are as long as they are here; a pattern is for a text,
 * a function for whatever else. `§` in texts stands for the prefix of the case.
 */
export type Shape =
  | string
  | number
  | boolean
  | null
  | RegExp
  | ((value: unknown) => boolean)
  | Listing
  | Exact
  | readonly Shape[]
  | { readonly [key: string]: Shape };

/** For a list of which only some items matter. */
export class Listing {
  constructor(
    readonly shapes: readonly Shape[],
    readonly wanted: boolean,
  ) {}
}

/** For a value of which every key matters. */
export class Exact {
  constructor(readonly wanted: unknown) {}
}

/** Answers to the steps before, in their order. */
export type Earlier = readonly unknown[];

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string | ((earlier: Earlier) => string);
  readonly body?: unknown;
  /** Made of earlier answers, such as a version that was read. */
  readonly bodyFrom?: (earlier: Earlier) => unknown;
  readonly as?: Who;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Step extends Call {
  readonly status: number;
  readonly answer?: Shape;
}

/** The same moment for several calls: some pass, the others are told why not. */
export interface Race {
  readonly calls: readonly Call[];
  readonly passes: number;
  /** Fewest that pass. */
  readonly atLeast: number;
  readonly refusals: readonly { readonly status: number; readonly answer: Shape }[];
}

/** One thing that the contract says. */
export interface ContractCase {
  readonly name: string;
  /** Of the contract: `2.3`. */
  readonly section: string;
  readonly steps: readonly (Step | Race)[];
}

type Extra = Pick<Step, 'as' | 'headers' | 'bodyFrom'>;

export const get = (path: Step['path'], status: number, answer?: Shape, extra: Extra = {}): Step => ({
  method: 'GET',
  path,
  status,
  ...(answer !== undefined && { answer }),
  ...extra,
});

const writing =
  (method: 'POST' | 'PUT' | 'DELETE') =>
  (path: Step['path'], body: unknown, status: number, answer?: Shape, extra: Extra = {}): Step => ({
    method,
    path,
    status,
    ...(body !== undefined && { body }),
    ...(answer !== undefined && { answer }),
    ...extra,
  });

export const post = writing('POST');
export const put = writing('PUT');
export const remove = (path: Step['path'], status: number, answer?: Shape, extra: Extra = {}): Step =>
  writing('DELETE')(path, undefined, status, answer, extra);

export const isAbsent = (value: unknown): boolean => value === undefined;
export const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
export const isNumber = (value: unknown): boolean => typeof value === 'number';
export const isEmpty = (value: unknown): boolean => value === undefined || value === '';
export const isNoMessage = (value: unknown): boolean => value === undefined || value === '';

/** A list or text answer without any of these keys. */
export const lacks =
  (...keys: readonly string[]) =>
  (value: unknown): boolean =>
    typeof value === 'object' && value !== null && keys.every((key) => !(key in value));

/** A value that was in an earlier answer. */
export const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined),
    value,
  );
