import type { ActualObject, BaseObject, DesiredObject, ObjectName } from './object';
import type { HeldElsewhere } from './store';
import type { User } from './used';

/**
 * What a push does with an object. `create`, `update`, `delete`: a write; `unchanged`: none is needed; `conflict`: a person changed or removed it
 * since the last push; `foreign`: it is there and not ours; `orphan`: ours, no longer defined, and left because nobody said `--prune`.
 */
export type Action = 'create' | 'update' | 'delete' | 'unchanged' | 'conflict' | 'foreign' | 'orphan';

/** What a plan says of one object. */
export interface Step extends ObjectName {
  readonly title: string;
  readonly action: Action;
  /** What it would change on the server, one sentence each: `panel CPU busy: threshold 0.8 to 0.9`. For a conflict: what the person changed. */
  readonly changes: readonly string[];
  /** Why an action is not the one that the reader expects: `changed in Grafana since the last push`, `there before, and not ours`. */
  readonly reason?: string;
  /** A conflict that `--on-drift overwrite` turns into this write. */
  readonly instead?: 'create' | 'update' | 'delete';
  /** Secrets of which nobody can tell whether they changed, by environment variable. */
  readonly cannotTell?: readonly string[];
  readonly wanted?: DesiredObject;
  readonly before?: ActualObject;
}

/** What to do when a person changed what is ours. */
export type OnDrift = 'fail' | 'keep' | 'overwrite';

export interface PlanOptions {
  readonly onDrift: OnDrift;
  readonly prune: boolean;
  /** Most objects that `prune` may delete. */
  readonly maxDelete: number;
  readonly resendSecrets: boolean;
}

/** Everything that a plan is made of: reading is done before, so that planning asks nobody. */
export interface PlanInput {
  readonly desired: readonly DesiredObject[];
  /** By `idOf`. */
  readonly actual: ReadonlyMap<string, ActualObject>;
  /** By `idOf`; undefined where no state is there: a first push, or one whose state was lost. */
  readonly base: ReadonlyMap<string, BaseObject> | undefined;
  /** Objects of which a mark says that they are ours, by `idOf`, for the push that has no base. */
  readonly marked: ReadonlySet<string>;
  /** Folders that hold something that is not ours, and what: `2 dashboards, 1 alert rule`. Never deleted. */
  readonly occupied: ReadonlyMap<string, string>;
  /** What is there and names what may be removed, whosever it is; absent: nothing. */
  readonly users?: readonly User[];
  /** Of what has to be written: what of it is in something that is not ours, by `idOf`; absent: nothing is. */
  readonly heldElsewhere?: ReadonlyMap<string, readonly HeldElsewhere[]>;
  /** What comparing their fingerprints said of the secrets of an object, by `idOf`; absent: nobody compared them. */
  readonly secrets?: ReadonlyMap<string, SecretsSeen>;
  /** What reasons call the server; default `Grafana`. */
  readonly server?: 'Grafana' | 'the ruler';
  readonly options: PlanOptions;
}

/** Names of environment variables. */
export interface SecretsSeen {
  readonly changed: readonly string[];
  readonly cannotTell: readonly string[];
}

export interface Plan {
  /** In the order in which they are applied; removals last, in the reverse order of kinds. */
  readonly steps: readonly Step[];
  /** Why nothing of it may be applied: a conflict with `fail`, something foreign, more deletions than allowed. Empty where it may. */
  readonly refusals: readonly string[];
}
