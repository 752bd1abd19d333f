import type { HomelabError } from '../homelab/homelab-error';

/** Everything that is wrong with the files that were to join in; each part names its file. */
export class IncludedError extends Error {
  override readonly name = 'IncludedError';
  readonly errors: readonly HomelabError[];

  constructor(errors: readonly HomelabError[]) {
    super(errors.map((error) => error.format()).join('\n'));
    this.errors = errors;
  }

  /** The problems as text for a person, one after the other. */
  format(): string {
    return this.message;
  }
}
