import type { Path, Place } from '../subject';

/** A file as data, before anybody knows what it is; a YAML file of several documents is several of them. */
export interface Source {
  readonly file: string;
  readonly text: string;
  readonly value: unknown;
  /** As in {@link LintDocument.placeOf}. */
  placeOf(path: Path, offset?: number): Place;
  /** Comments that stand alone on their line, in YAML. */
  readonly comments: readonly Comment[];
}

export interface Comment {
  readonly line: number;
  /** Without `#` and the space around it. */
  readonly text: string;
}

/** Why something was not read. A command that meets one ends with exit code 2. */
export interface Problem {
  readonly file: string;
  /** Absent where it is about the file as a whole. */
  readonly place?: Place;
  /** What is wrong, without a full stop: `no JSON: a comma is missing`. */
  readonly message: string;
  /** The line with a caret below. */
  readonly caret?: string;
  /** What to do, or what can be read. */
  readonly expected?: string;
  /** What the file certainly is, where another program reads it: `a Docker Compose file`. */
  readonly recognised?: string;
}
