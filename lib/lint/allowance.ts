import type { Place } from './place';

/** A finding that is wanted, and why. */
export interface Allowance {
  /** Id of the rule. */
  readonly rule: string;
  readonly reason: string;
  /** `2027-01-31`: a finding again after that day. */
  readonly until?: string;
  /** Only findings about this metric, label, variable …: what the finding calls its culprit. */
  readonly about?: string;
  /** Where the exception itself stands, for when it matches nothing any more. */
  readonly place?: Place;
}
