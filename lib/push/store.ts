import type { ActualObject, DesiredObject, Kind } from './object';

/** The objects of one kind on one server. The only code that knows the API's calls for it. */
export interface Store {
  readonly kind: Kind;
  /** Those of `keys` that are there, in as few requests as the server allows. */
  readAll(keys: readonly string[]): Promise<ReadonlyMap<string, ActualObject>>;
  /** Reads one anew; undefined where it is not there. */
  read(key: string): Promise<ActualObject | undefined>;
  /** Parts of wanted objects that are in objects which are not wanted, as of the last `readAll`. */
  heldElsewhere?(wanted: readonly DesiredObject[]): readonly HeldElsewhere[];
  /**
   * Writes `wanted` over `before`, what the plan saw (undefined: nothing may be there). Where the server takes no condition, reads
   * again right before and compares. Gives what is there afterwards, read back. Throws `MovedError` when somebody was faster, and then has written nothing.
   */
  write(wanted: DesiredObject, before: ActualObject | undefined, options: WriteOptions): Promise<ActualObject>;
  /** Removes what the plan saw. Throws `MovedError` like `write`; nothing there is fine. */
  remove(before: ActualObject): Promise<void>;
}

/** What stands elsewhere, and cannot be written a second time: a rule of ours in a group that is not. */
export interface HeldElsewhere {
  /** Of what the push wants to write. */
  readonly key: string;
  /** Of a rule. */
  readonly uid: string;
  /** `the group disks of the folder mine`. */
  readonly where: string;
  readonly readOnly: string | undefined;
}

export interface WriteOptions {
  /** Stays in the history of a dashboard, at most 500 bytes. */
  readonly message: string;
  /** Value of an environment variable; throws where it is not set. */
  readonly secret: (name: string) => string;
}

/** Somebody changed an object between the plan and its write. */
export class MovedError extends Error {
  override readonly name = 'MovedError';
  constructor(
    readonly object: { readonly kind: Kind; readonly key: string },
    readonly now: ActualObject | undefined,
  ) {
    super(`${object.kind} ${object.key} was changed since the plan was made`);
  }
}
