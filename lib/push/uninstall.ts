import { apply, isThere, type Outcome } from './apply';
import { backupOf } from './backup';
import type { CarryOutOptions } from './carry-out';
import { withReferences } from './secret-values';
import { hashOf } from './normal-form/hash';
import type { NormalForms } from './normal-form';
import { idOf, kinds, type ActualObject, type BaseObject, type Kind } from './object';
import type { Plan, Step } from './plan';
import { withUsed, type User } from './used';
import { folderOf } from './within';

export interface UninstallInput {
  /** Of everything that the state or a mark names and that is there, by `idOf`. */
  readonly actual: ReadonlyMap<string, ActualObject>;
  /** What the state says; undefined where it was lost. */
  readonly base: ReadonlyMap<string, BaseObject> | undefined;
  /** Objects of which a mark says that they are ours, by `idOf`. */
  readonly marked: ReadonlySet<string>;
  /** Folders that hold something that is not ours, and what. */
  readonly occupied: ReadonlyMap<string, string>;
  /** What is there and names what may be removed, whosever it is; absent: nothing. */
  readonly users?: readonly User[];
  readonly normalForms: NormalForms;
  /** Value of an environment variable, where it has one. */
  readonly secret: (name: string) => string | undefined;
  /** What reasons call the server; default `Grafana`. */
  readonly server?: 'Grafana' | 'the ruler';
}

/**
 * The plan that removes all that is ours and as we left it. What a person changed stays, and so does what that, or anything that is not
 * ours, names, and a folder that holds anything that stays. Without a state nobody can tell what was changed: then only empty folders
 * go. Pure.
 */
export const planUninstall = (input: UninstallInput): Plan => {
  const steps = withUsed(
    [...input.actual.entries()]
      .filter(([id]) => input.base?.has(id) || input.marked.has(id))
      .map(([id, there]) => stepFor(there, input.base?.get(id), input)),
    input.users ?? [],
  );
  const kept = new Set(
    steps.filter(({ action }) => action !== 'delete').map(({ key, kind, before }) => folderAround(kind, key, before)),
  );
  // From the inside out: a folder that stays keeps the one around it.
  const checked: Step[] = [];
  for (const step of [...steps].sort((left, right) => depthIn(input, right) - depthIn(input, left))) {
    const holds = step.kind === 'folder' && step.action === 'delete' ? reasonToStay(step.key, kept, input) : undefined;
    const final: Step = holds === undefined ? step : { ...step, action: 'orphan', changes: [], reason: holds };
    if (final.action !== 'delete') kept.add(folderAround(step.kind, step.key, step.before));
    checked.push(final);
  }
  return { steps: checked.sort((left, right) => kinds.indexOf(right.kind) - kinds.indexOf(left.kind)), refusals: [] };
};

const stepFor = (
  there: ActualObject,
  base: BaseObject | undefined,
  { normalForms, secret, server }: UninstallInput,
): Step => {
  const { kind, key, title } = there;
  const step = (rest: Pick<Step, 'action' | 'reason'>): Step => ({
    kind,
    key,
    title,
    changes: [],
    before: there,
    ...rest,
  });
  if (there.readOnly !== undefined) return step({ action: 'foreign', reason: there.readOnly });
  if (!base)
    return kind === 'folder'
      ? step({ action: 'delete' })
      : step({ action: 'conflict', reason: 'no record of the last push: cannot tell whether a person changed it' });
  const shown = withReferences(there.body, [base.normal], secret);
  if (hashOf(normalForms[kind](shown)) === base.hash) return step({ action: 'delete' });
  return step({ action: 'conflict', reason: `changed in ${server ?? 'Grafana'} since the last push` });
};

const folderAround = (kind: Kind, key: string, before: ActualObject | undefined): string | undefined =>
  before && folderOf({ kind, key, body: before.body });

const reasonToStay = (
  folder: string,
  kept: ReadonlySet<string | undefined>,
  { occupied }: UninstallInput,
): string | undefined => {
  const others = occupied.get(folder);
  if (others !== undefined) return `it holds ${others}, which is not ours`;
  return kept.has(folder) ? 'it holds something that stays' : undefined;
};

const depthIn = ({ actual }: UninstallInput, { kind, key, before }: Step): number => {
  // What lies in a folder comes before every folder.
  if (kind !== 'folder') return Number.MAX_SAFE_INTEGER;
  let depth = 0;
  const seen = new Set([key]);
  for (let around = folderAround(kind, key, before); around !== undefined && !seen.has(around); depth++) {
    seen.add(around);
    const next = actual.get(idOf({ kind: 'folder', key: around }));
    around = next && folderAround('folder', around, next);
  }
  return depth;
};

export interface UninstallOptions extends Omit<CarryOutOptions, 'input' | 'stateBefore' | 'onDrift' | 'after'> {
  readonly base: ReadonlyMap<string, BaseObject> | undefined;
}

/**
 * Removes what a plan of `planUninstall` says: everything but the folders, then the state, which lies in one of them, then the folders.
 * Where anything could not be removed the state stays, so that the same command can be run again.
 */
export const uninstall = async (
  options: UninstallOptions,
): Promise<{
  readonly outcomes: readonly Outcome[];
  readonly stateRemoved: boolean;
  readonly stateFailure?: Error;
}> => {
  const { plan, base, stores, state } = options;
  const actual = new Map(plan.steps.flatMap(({ before }) => (before ? [[idOf(before), before]] : [])));
  const backup = backupOf({ ...options, actual, onDrift: 'keep' });
  if (backup) options.keepBackup(backup);
  const remove = (steps: readonly Step[]): Promise<readonly Outcome[]> =>
    apply({ steps, refusals: [] }, stores, { ...options, onDrift: 'keep', bases: [base] });
  const outcomes = await remove(plan.steps.filter(({ kind }) => kind !== 'folder'));
  const unfinished = outcomes.some((outcome) => !isThere(outcome) && outcome.result !== 'moved');
  if (unfinished || options.signal?.aborted) return { outcomes, stateRemoved: false };
  try {
    await state.remove();
  } catch (error) {
    return { outcomes, stateRemoved: false, stateFailure: error as Error };
  }
  // What moved while we were at it stays, and keeps the folders around it.
  const stays = plan.steps.filter((step) => outcomes.some((one) => one.result === 'moved' && idOf(one) === idOf(step)));
  const left = stays.map((step): Step => ({ ...step, action: 'conflict' }));
  const folders = await remove([...left, ...plan.steps.filter(({ kind }) => kind === 'folder')]);
  return { outcomes: [...outcomes, ...folders], stateRemoved: true };
};
