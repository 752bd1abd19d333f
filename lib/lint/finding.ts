import type { JsonObject, Path, Place } from './subject';

/** `error`: it cannot work. `warning`: it works badly, or only by luck. `info`: worth knowing. */
export type Severity = 'error' | 'warning' | 'info';

/** What a rule says of its subject; the runner adds the place. */
export interface Report {
  /** What is wrong, in a sentence without a full stop, naming the culprit in backticks. */
  readonly message: string;
  /** The metric, label, value, variable or panel that it is about: exceptions can name it. */
  readonly culprit: string;
  /** What would be right, as an instruction: `use rate() over a counter`. */
  readonly expected?: string;
  /** The part of the query's text. */
  readonly span?: { readonly from: number; readonly to: number };
  /** Somewhere else in the file than the subject itself. */
  readonly at?: Path;
  /** Which catalog or server says so. */
  readonly evidence?: string;
  /** What may have been meant. */
  readonly nearest?: readonly string[];
  /** Where the rule's own severity does not fit. */
  readonly severity?: Severity;
  readonly fix?: Fix;
}

/** A mechanical change of a JSON file: `value` at `at`; without a value, the key goes. */
export interface Fix {
  readonly at: Path;
  /** Of the text at `at` only these characters are replaced by `value`. */
  readonly span?: { readonly from: number; readonly to: number };
  readonly value?: string | number | boolean | null | JsonObject | readonly unknown[];
  /** What it does: `sets noValue to 0`. */
  readonly says: string;
}

/** One lint result. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly culprit: string;
  readonly place: Place;
  /** Our own content: where it is declared, `dashboards/host-use.ts:31`. */
  readonly declared?: string;
  /** `Hosts / USE › CPU › CPU busy › A`, `host › HostDown`. */
  readonly where: string;
  readonly dashboard?: string;
  readonly panel?: string;
  readonly alert?: string;
  readonly dashboardUid?: string;
  /** The query as written, and the slice that is wrong. */
  readonly query?: { readonly text: string; readonly from: number; readonly to: number };
  readonly expected?: string;
  readonly evidence?: string;
  readonly nearest: readonly string[];
  readonly fix?: Fix;
}
