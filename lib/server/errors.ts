import { RemoteFailure } from '../grafana/errors';

export { AuthError, RefusedError, RemoteFailure, UnreachableError } from '../grafana/errors';

/** Fix an address, or a variable of the environment. */
export class ServerConfigError extends RemoteFailure {
  override readonly name = 'ServerConfigError';
  readonly exitCode = 2;
}

/** Something answers that no such server would say: a login page, half of an answer, JSON of another program. */
export class AnswerError extends RemoteFailure {
  override readonly name = 'AnswerError';
  readonly exitCode = 2;
}
