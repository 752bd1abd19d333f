import { AuthError, UnreachableError } from '../grafana/errors';
import type { Json } from '../grafana-json/json';
import { withReferences } from './secret-values';
import { hashOfBody } from './normal-form/hash';
import type { Beginning, Journal } from './journal';
import { withoutRules, rulesIn } from './moved-rules';
import type { NormalForms } from './normal-form';
import { idOf, kinds, type ActualObject, type BaseObject, type Kind, type ObjectName } from './object';
import type { OnDrift, Plan, Step } from './plan';
import { hidingSecrets } from './secrets';
import { MovedError, type Store, type WriteOptions } from './store';
import { folderOf } from './within';

export type WriteAction = 'create' | 'update' | 'delete';

/** A write that a plan asks for. */
export interface PlannedWrite {
  readonly step: Step;
  readonly action: WriteAction;
}

/**
 * What became of a write. `done`: it is as wanted; `already`: somebody else had made it so; `moved`: changed since the plan was made, and
 * left; `failed`: the server did not take it, or nobody knows; `not reached`: it was not tried.
 */
export type Result = 'done' | 'already' | 'moved' | 'failed' | 'not reached';

export interface Outcome extends ObjectName {
  readonly title: string;
  readonly action: WriteAction;
  readonly result: Result;
  /** Why, where it is neither `done` nor `already`, or what is odd about it: one sentence without a secret. */
  readonly reason?: string;
  /** The failure itself, for the command that prints it. */
  readonly failure?: Error;
  /** What is there now, where a write or a look told. */
  readonly after?: ActualObject;
}

export interface Progress {
  readonly name: ObjectName;
  readonly title: string;
  readonly action: WriteAction;
  /** Undefined when it begins. */
  readonly result: Result | undefined;
  /** Writes that have ended, and all of them. */
  readonly ended: number;
  readonly total: number;
}

export interface ApplyOptions extends WriteOptions {
  readonly onDrift: OnDrift;
  readonly normalForms: NormalForms;
  /** For the journal: what the state in Grafana said, and what the plan was made with. */
  readonly bases: readonly (ReadonlyMap<string, BaseObject> | undefined)[];
  readonly journal?: Journal;
  readonly onProgress?: (progress: Progress) => void;
  /** Called with their uids before folders are removed, where any are; what it throws keeps them. */
  readonly beforeFoldersGo?: (folders: ReadonlySet<string>) => Promise<void>;
  /** Aborted: what is under way ends, nothing else begins. */
  readonly signal?: AbortSignal;
}

/** What a plan writes: its creations, updates and deletions, and with `overwrite` what its conflicts are turned into. */
export const writesOf = ({ steps }: Plan, onDrift: OnDrift): readonly PlannedWrite[] =>
  steps.flatMap((step): PlannedWrite[] => {
    const { action } = step;
    if (action === 'create' || action === 'update' || action === 'delete') return [{ step, action }];
    if (action === 'conflict' && step.instead && onDrift === 'overwrite') return [{ step, action: step.instead }];
    return [];
  });

/**
 * Writes what a plan says: folders first and rules last, parents before children; then the deletions, the other way round. What failed stops
 * only what lies in it; a server that is gone, gives no answer twice in a row, or refuses the token, stops everything. Never throws for a single object: each has an outcome,
 * in the order of the plan.
 */
export const apply = async (
  plan: Plan,
  stores: ReadonlyMap<Kind, Store>,
  options: ApplyOptions,
): Promise<readonly Outcome[]> => {
  const writes = writesOf(plan, options.onDrift);
  const run = new Run(plan, writes, stores, options);
  for (const { writes: batch, atOnce, areFoldersGoing } of batchesOf(writes)) {
    if (areFoldersGoing) await run.beforeFoldersGo(batch);
    await run.all(batch, atOnce);
  }
  return writes.map(({ step }) => run.outcomes.get(idOf(step)) as Outcome);
};

interface Batch {
  readonly writes: readonly PlannedWrite[];
  readonly atOnce: number;
  readonly areFoldersGoing: boolean;
}

/** The notification objects of an organisation are one document, and data sources lose races too: contract 4.1 and 9.2. */
const atOnceOf = (kind: Kind): number => (kind === 'dashboard' || kind === 'rule-group' ? 4 : 1);

const batchesOf = (writes: readonly PlannedWrite[]): readonly Batch[] => {
  const depth = depthOfFolders(writes);
  const batch = (kind: Kind, deletes: boolean): Batch => {
    const mine = writes.filter(({ step, action }) => step.kind === kind && (action === 'delete') === deletes);
    if (kind === 'folder') mine.sort((left, right) => (depth(left) - depth(right)) * (deletes ? -1 : 1));
    return {
      writes: mine,
      atOnce: atOnceOf(kind),
      areFoldersGoing: kind === 'folder' && deletes && mine.length > 0,
    };
  };
  return [...kinds.map((kind) => batch(kind, false)), ...kinds.toReversed().map((kind) => batch(kind, true))];
};

const depthOfFolders = (writes: readonly PlannedWrite[]): ((write: PlannedWrite) => number) => {
  const parents = new Map(
    writes
      .filter(({ step }) => step.kind === 'folder')
      .map(({ step }) => [step.key, folderOf((step.wanted ?? step.before) as Bodied)]),
  );
  const depth = (key: string | undefined, seen: readonly string[] = []): number =>
    key === undefined || seen.includes(key) ? 0 : 1 + depth(parents.get(key), [...seen, key]);
  return ({ step }) => depth(step.key);
};

type Bodied = ObjectName & { readonly body: Json };

class Run {
  readonly outcomes = new Map<string, Outcome>();
  /** Why nothing else begins. */
  private stopped: string | undefined;
  /** Writes that ended without an answer, one after the other. */
  private unanswered = 0;
  /** Why folders cannot go. */
  private foldersKept: End | undefined;
  private readonly secrets;

  constructor(
    private readonly plan: Plan,
    private readonly writes: readonly PlannedWrite[],
    private readonly stores: ReadonlyMap<Kind, Store>,
    private readonly options: ApplyOptions,
  ) {
    this.secrets = hidingSecrets(options.secret);
  }

  async all(writes: readonly PlannedWrite[], atOnce: number): Promise<void> {
    const left = [...writes];
    const work = async (): Promise<void> => {
      for (let write = left.shift(); write; write = left.shift()) await this.one(write);
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, left.length) }, work));
  }

  async beforeFoldersGo(writes: readonly PlannedWrite[]): Promise<void> {
    if (this.stopped || this.options.signal?.aborted) return;
    try {
      await this.options.beforeFoldersGo?.(new Set(writes.map(({ step }) => step.key)));
    } catch (error) {
      this.foldersKept = this.failed(error as Error);
      this.mind(this.foldersKept);
    }
  }

  private async one(write: PlannedWrite): Promise<void> {
    const blocked = this.blocked(write);
    if (blocked) return this.end(write, blocked);
    if (!this.noted(write, (journal) => journal.begins(this.beginning(write))))
      return this.end(write, { result: 'not reached', reason: this.stopped as string });
    this.tell(write, undefined);
    const end = await this.written(write);
    this.mind(end);
    this.noted(write, (journal) =>
      end.result === 'done' || end.result === 'already'
        ? journal.done(write.step, end.after && this.hash(end.after, write.step.wanted))
        : journal.failed(write.step, end.reason ?? end.result),
    );
    this.end(write, end);
  }

  /** The journal is what a killed push leaves behind: where it cannot be written, nothing else begins. */
  private noted({ step }: PlannedWrite, note: (journal: Journal) => void): boolean {
    try {
      if (this.options.journal) note(this.options.journal);
      return true;
    } catch (error) {
      this.stopped ??= `the journal cannot be written (${(error as Error).message}), noticed at ${idOf(step)}`;
      return false;
    }
  }

  private blocked({ step, action }: PlannedWrite): End | undefined {
    if (this.options.signal?.aborted) this.stopped ??= 'stopped before its turn';
    if (this.stopped) return { result: 'not reached', reason: this.stopped };
    if (action === 'delete') return step.kind === 'folder' ? (this.stillHeld(step.key) ?? this.foldersKept) : undefined;
    const folder = step.wanted && folderOf(step.wanted);
    const above = folder === undefined ? undefined : this.outcomes.get(idOf({ kind: 'folder', key: folder }));
    // A folder that is there, and could only not be renamed, still takes what belongs in it.
    if (!above || above.action !== 'create' || isThere(above)) return undefined;
    return { result: 'not reached', reason: `its folder ${above.title} was not made` };
  }

  /** Grafana deletes a folder with all that lies in it: what this plan knows of and has not deleted keeps it. */
  private stillHeld(folder: string): End | undefined {
    for (const step of this.plan.steps) {
      const outcome = this.outcomes.get(idOf(step));
      const there = outcome && outcome.action !== 'delete' && isThere(outcome) ? step.wanted : step.before;
      if (!there || folderOf(there) !== folder) continue;
      if (outcome?.action === 'delete' && isThere(outcome)) continue;
      const unfinished = outcome?.result === 'failed' || outcome?.result === 'not reached';
      return { result: unfinished ? 'not reached' : 'moved', reason: `it still holds the ${step.kind} ${step.title}` };
    }
    return undefined;
  }

  private async written(write: PlannedWrite): Promise<End> {
    try {
      return this.done(write, await this.send(write, write.step.before));
    } catch (error) {
      if (error instanceof MovedError) return this.moved(write, error);
      return this.failed(error as Error);
    }
  }

  private done({ step: { wanted } }: PlannedWrite, after: ActualObject | undefined): End {
    if (!after) return { result: 'done' };
    const asSent = wanted !== undefined && this.hash(after, wanted) === this.hash(wanted);
    return { result: 'done', after, ...(!asSent && { reason: 'read back, it is not quite what was sent' }) };
  }

  private async moved(write: PlannedWrite, { now }: MovedError): Promise<End> {
    const { wanted, before, kind } = write.step;
    if (write.action === 'delete' && !now) return { result: 'already' };
    if (write.action !== 'delete' && now && wanted && this.hash(now, wanted) === this.hash(wanted))
      return { result: 'already', after: now };
    const left = kind === 'rule-group' && before ? withoutRules(before.body, this.rulesElsewhere(write)) : undefined;
    // Our own push took rules out of this group: what is there is what the plan saw, without them.
    if (before && left !== undefined && (left === null ? !now : now && this.same(kind, left, now.body))) {
      try {
        return this.done(write, await this.send(write, now));
      } catch (error) {
        if (!(error instanceof MovedError)) return this.failed(error as Error);
      }
    }
    return {
      result: 'moved',
      reason: now ? 'somebody changed it since the plan was made' : 'somebody deleted it since the plan was made',
      ...(now && { after: now }),
    };
  }

  private failed(error: Error): End {
    return { result: 'failed', reason: this.secrets.hide(error.message), failure: error };
  }

  /** One write that got no answer may be the fault of that object; two in a row are the server's. */
  private mind({ failure, reason }: End): void {
    this.unanswered = isSilence(failure) ? this.unanswered + 1 : 0;
    if (isHopeless(failure) || this.unanswered > 1) this.stopped ??= reason;
  }

  private async send(
    { step, action }: PlannedWrite,
    before: ActualObject | undefined,
  ): Promise<ActualObject | undefined> {
    const store = this.stores.get(step.kind);
    if (!store) throw new Error(`nobody can write a ${step.kind} here`);
    if (action === 'delete') {
      if (before) await store.remove(before);
      return undefined;
    }
    if (!step.wanted) throw new Error(`the plan does not say what ${idOf(step)} should be`);
    return store.write(step.wanted, before, { message: this.options.message, secret: this.secrets.secret });
  }

  private rulesElsewhere({ step }: PlannedWrite): ReadonlySet<string> {
    return new Set(
      this.writes.flatMap(({ step: other, action }) =>
        other.kind === 'rule-group' && other.key !== step.key && action !== 'delete' && other.wanted
          ? rulesIn(other.wanted.body)
          : [],
      ),
    );
  }

  private beginning({ step, action }: PlannedWrite): Beginning {
    const bases = this.options.bases.map((base) => base?.get(idOf(step))?.hash ?? null);
    return {
      kind: step.kind,
      key: step.key,
      action,
      ...(action !== 'delete' && step.wanted && { wanted: this.hash(step.wanted) }),
      ...(step.before && { before: this.hash(step.before, step.wanted) }),
      bases: [...new Set(bases)],
    };
  }

  private end(write: PlannedWrite, end: End): void {
    const { kind, key, title } = write.step;
    this.outcomes.set(idOf(write.step), { kind, key, title, action: write.action, ...end });
    this.tell(write, end.result);
  }

  private tell({ step, action }: PlannedWrite, result: Result | undefined): void {
    const { kind, key, title } = step;
    const total = this.writes.length;
    this.options.onProgress?.({ name: { kind, key }, title, action, result, ended: this.outcomes.size, total });
  }

  private hash({ kind, body }: Bodied, wanted?: Bodied): string {
    const shown = withReferences(body, [wanted?.body], this.secrets.ifSet);
    return hashOfBody(this.options.normalForms[kind], shown);
  }

  private same(kind: Kind, left: Json, right: Json): boolean {
    return this.hash({ kind, key: '', body: left }) === this.hash({ kind, key: '', body: right });
  }
}

type End = Pick<Outcome, 'result' | 'reason' | 'failure' | 'after'>;

/** Whether a write ended as it was meant to. */
export const isThere = ({ result }: Pick<Outcome, 'result'>): boolean => result === 'done' || result === 'already';

/** Whether somebody took the request and gave no answer to it, also when it was repeated. */
const isSilence = (error: Error | undefined): boolean =>
  error instanceof UnreachableError && (error.passing === 'slow' || error.passing === 'broken');

/** Whether the next request would fail alike: nobody is there, or the token is refused. */
const isHopeless = (error: Error | undefined): boolean =>
  (error instanceof UnreachableError && !isSilence(error)) || (error instanceof AuthError && error.status === 401);
