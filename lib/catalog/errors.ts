/** A catalog or a metrics page that cannot be used, or must not be overwritten: what, where, and what to do. */
export class CatalogFileError extends Error {
  override readonly name = 'CatalogFileError';
  readonly exitCode = 2;

  constructor(
    /** With the line, where one is known: `old.json:12`. */
    readonly file: string,
    readonly problems: readonly string[],
    readonly next: string,
  ) {
    super(`${file}: ${problems.join('; ')}`);
  }

  /** The message as commands print it. */
  format(): string {
    return `error: ${this.file} cannot be used\n${this.problems.map((each) => `  ${each}\n`).join('')}  try: ${this.next}\n`;
  }
}
