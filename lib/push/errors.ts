import { RemoteFailure } from '../grafana/errors';

/** Make room, or give another folder: a file of the push cannot be written. Thrown before anything is changed on the server. */
export class PushFileError extends RemoteFailure {
  override readonly name = 'PushFileError';
  readonly exitCode = 2;

  /** `what`: `the backup`. */
  constructor(what: string, file: string, error: NodeJS.ErrnoException) {
    super(
      `${what} cannot be written, so nothing was changed on the server`,
      `${file}: ${reasons[error.code ?? ''] ?? error.message}`,
      error.code === 'ENOSPC'
        ? `make room, then run the same command again`
        : `give this user the right to write there`,
    );
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the quota of this user is used up',
  EROFS: 'the disk is mounted read-only',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  ENOTDIR: 'part of the path is a file, not a folder',
};

/** Mend or remove it by hand: the state dashboard is there, and cannot be trusted. */
export class StateError extends RemoteFailure {
  override readonly name = 'StateError';
  readonly exitCode = 2;
}

/** Give another file: it is no backup that this version can restore. */
export class BackupError extends RemoteFailure {
  override readonly name = 'BackupError';
  readonly exitCode = 2;
}
