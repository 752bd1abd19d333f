import type { Homelab } from '../homelab/homelab';

/** What `init` would write, and why. */
export interface Proposal {
  readonly homelab: Homelab;
  /** Place in the homelab, such as `hosts[0].exporters[0]` -> what stands above it, line by line. */
  readonly comments: Comments;
  /** Parts that are written as comments, because something must happen first. */
  readonly suggestions: readonly Suggestion[];
  /** What only the reader can say. */
  readonly questions: readonly Question[];
  /** What was found, each with its evidence, line by line. */
  readonly report: readonly string[];
  /** What was seen and not used, or not understood, each as a sentence. */
  readonly unsaid: readonly string[];
}

export type Comments = Readonly<Record<string, readonly string[]>>;

export interface Suggestion {
  /** Why it is not switched on, line by line. */
  readonly why: readonly string[];
  /** A part of a homelab, as it would stand in the file. */
  readonly part: Partial<Homelab>;
}

export interface Question {
  /** Under which the answer is given. */
  readonly id: string;
  readonly text: string;
  /** What may be answered; absent: any text. */
  readonly choices?: readonly string[];
  /** What an answer looks like, where it is free. */
  readonly pattern?: RegExp;
  /** What is written without an answer. */
  readonly otherwise: string;
}

/** Question -> what was answered. */
export type Answers = Readonly<Record<string, string>>;
