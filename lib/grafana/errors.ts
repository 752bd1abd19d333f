/** Something about a server that the reader can mend: what failed, the evidence, the next step. */
export abstract class RemoteFailure extends Error {
  /** What a command ends with. */
  abstract readonly exitCode: number;

  constructor(
    readonly what: string,
    readonly evidence: string,
    readonly next: string,
  ) {
    super(`${what}: ${evidence}`);
  }

  /** The message as commands print it. */
  format(): string {
    return `error: ${this.what}\n${this.evidence ? `  ${this.evidence}\n` : ''}  try: ${this.next}\n`;
  }
}

/** Fix a setting. */
export class GrafanaConfigError extends RemoteFailure {
  override readonly name = 'GrafanaConfigError';
  readonly exitCode = 2;
}

/** Fix the token, or the role of its service account. */
export class AuthError extends RemoteFailure {
  override readonly name = 'AuthError';
  readonly exitCode = 3;

  constructor(
    what: string,
    evidence: string,
    next: string,
    /** What the server answered: with 401 nothing is open to us, with 403 this is not. Undefined where it was not asked. */
    readonly status?: number,
  ) {
    super(what, evidence, next);
  }
}

/** Fix the network or the URL. */
export class UnreachableError extends RemoteFailure {
  override readonly name = 'UnreachableError';
  readonly exitCode = 2;

  constructor(
    what: string,
    evidence: string,
    next: string,
    /** Whether it may pass: `refused` reached nobody; after `broken` and `slow` nobody knows what the server has done. */
    readonly passing?: 'refused' | 'broken' | 'slow',
  ) {
    super(what, evidence, next);
  }
}

/** The server answered, and refused what was asked. */
export class RefusedError extends RemoteFailure {
  override readonly name = 'RefusedError';
  readonly exitCode = 2;

  constructor(
    what: string,
    evidence: string,
    next: string,
    readonly status: number,
    /** The answer, where it was JSON. */
    readonly body: unknown,
    /** Milliseconds after which the server wants to be asked again. */
    readonly retryAfter?: number,
  ) {
    super(what, evidence, next);
  }
}
