/** Something that only a server can tell; times in seconds since 1970. */
export type Question =
  /** What a query costs, at the moment of asking. */
  | { readonly kind: 'cost'; readonly query: string }
  /** Its values over the last `seconds`, a sample each `step`. */
  | { readonly kind: 'range'; readonly query: string; readonly seconds: number; readonly step: number };

/** One per distinct question: rules that ask the same share the answer. */
export const keyOf = (question: Question): string =>
  question.kind === 'cost' ? `cost ${question.query}` : `range ${question.seconds} ${question.step} ${question.query}`;

/** The answers that came. */
export interface Answers {
  /** Undefined: the server did not answer this one, or was not asked. */
  of(question: Question): Answer | undefined;
}

export interface Answer {
  /** Series with their values: [seconds since 1970, value]; a cost has none. */
  readonly series: readonly {
    readonly labels: Readonly<Record<string, string>>;
    readonly values: readonly (readonly [number, number])[];
  }[];
  /** How many series there are. */
  readonly count: number;
  /** Seconds that the server took, and samples that it read, where it says. */
  readonly seconds: number | undefined;
  readonly samples: number | undefined;
}
