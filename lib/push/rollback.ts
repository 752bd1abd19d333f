import { isThere, type Outcome } from './apply';
import { redactedIn, type Backup, type SavedObject } from './backup';
import { referencesIn, redacted, withReferences, withValueAt } from './secret-values';
import { hashOf } from './normal-form/hash';
import type { NormalForms } from './normal-form';
import { idOf, type ActualObject, type BaseObject, type ObjectName } from './object';
import type { OnDrift, Plan, Step } from './plan';
import { withUsed, type User } from './used';
import { folderOf } from './within';

export interface RollbackInput {
  readonly backup: Backup;
  /** By `idOf`, of everything that `readFor` names and that is there. */
  readonly actual: ReadonlyMap<string, ActualObject>;
  /** What the state says now. */
  readonly base: ReadonlyMap<string, BaseObject> | undefined;
  /** Folders that hold something that is not ours, and what. Never deleted. */
  readonly occupied: ReadonlyMap<string, string>;
  /** What is there and names what may be removed, whosever it is; absent: nothing. */
  readonly users?: readonly User[];
  readonly normalForms: NormalForms;
  /** Value of an environment variable, where it has one. */
  readonly secret: (name: string) => string | undefined;
  readonly onDrift: OnDrift;
  /** Whether objects lie in folders there, as they do in Grafana and not in a ruler. Default: they do. */
  readonly hasFolders?: boolean;
}

/** A plan that takes a push back, and what it cannot put back because it was a secret. */
export interface Rollback {
  readonly plan: Plan;
  /** Objects that cannot be made again, and the variables or paths of the secrets that nobody knows. */
  readonly withoutSecret: readonly { readonly title: string; readonly missing: readonly string[] }[];
  /** Objects that are there, with our secret where somebody had put another one, and the paths of these. */
  readonly withOurSecret: readonly { readonly title: string; readonly paths: readonly string[] }[];
}

/**
 * The plan that puts back what a backup holds: what was changed gets its old content, what was deleted is made again, what was created goes. What
 * somebody changed since the push is a conflict. Pure.
 */
export const planRollback = (input: RollbackInput): Rollback => {
  const told = input.backup.objects.map((saved) => ({ saved, ...stepFor(saved, input) }));
  const steps = withUsed(
    withFolders(
      told.map(({ step }) => step),
      input,
    ),
    input.users ?? [],
  );
  const conflicts = steps.filter(({ action, instead }) => action === 'conflict' && instead);
  const notKept = new Map(input.backup.objects.map((saved) => [idOf(saved), saved.notKept]));
  return {
    plan: {
      steps,
      refusals:
        input.onDrift === 'fail' && conflicts.length > 0
          ? [
              `${conflicts.length} of ${steps.length} objects were changed since that push: ${conflicts.map(({ title }) => title).join(', ')}`,
            ]
          : [],
    },
    withoutSecret: told.flatMap(({ saved, missing }) => (missing ? [{ title: saved.title, missing }] : [])),
    withOurSecret: steps.flatMap(({ action, title, ...name }) => {
      const paths = notKept.get(idOf(name)) ?? [];
      const isPutBack = action === 'unchanged' || action === 'create' || action === 'update';
      return isPutBack && paths.length > 0 ? [{ title, paths }] : [];
    }),
  };
};

/** What has to be read for a rollback: the objects of a backup, and the folders in which they lay. */
export const readFor = ({ objects, folders = [] }: Backup): readonly ObjectName[] => {
  const around = objects.flatMap(({ kind, key, before }) => (before && folderOf({ kind, key, body: before })) ?? []);
  return [...objects, ...folders, ...[...new Set(around)].map((key) => ({ kind: 'folder', key }) as const)];
};

/** Folders of ours that are gone by now are made again around what is put back into them; without its folder nothing is. */
const withFolders = (
  steps: readonly Step[],
  { backup, actual, onDrift, hasFolders = true }: RollbackInput,
): readonly Step[] => {
  if (!hasFolders) return steps;
  const isWritten = ({ action, instead, wanted }: Step): boolean =>
    wanted !== undefined && (action !== 'conflict' || (instead !== undefined && onDrift === 'overwrite'));
  const made: Step[] = [];
  /** Why a folder will not be there. */
  const lack = (key: string): string | undefined => {
    if (actual.has(idOf({ kind: 'folder', key })) || made.some((step) => step.key === key)) return undefined;
    const planned = steps.find((step) => step.kind === 'folder' && step.key === key);
    if (planned) return isWritten(planned) ? undefined : `its folder ${planned.title} was deleted since that push`;
    const saved = backup.folders?.find((folder) => folder.key === key);
    if (!saved)
      return `its folder ${key} is gone, and not in this backup: make one with that uid, or roll back the push that deleted it, then run the same command again`;
    const above = folderOf(saved);
    const lacking = above === undefined ? undefined : lack(above);
    if (lacking !== undefined) return lacking;
    const { kind, title, body } = saved;
    const changes = ['made again, for what was in it'];
    made.push({ kind, key, title, action: 'create', changes, wanted: { kind, key, title, body } });
    return undefined;
  };
  const checked = steps.map((step): Step => {
    const folder = step.wanted && folderOf(step.wanted);
    const reason = folder !== undefined && isWritten(step) ? lack(folder) : undefined;
    if (reason === undefined) return step;
    const { instead: _, ...rest } = step;
    return { ...rest, action: 'conflict', changes: [], reason };
  });
  return [...made, ...checked];
};

interface Told {
  readonly step: Step;
  /** Variables or paths of secrets without which the object cannot be made. */
  readonly missing?: readonly string[];
}

const stepFor = (saved: SavedObject, { actual, base, occupied, normalForms, secret }: RollbackInput): Told => {
  const { kind, key, title, before } = saved;
  const there = actual.get(idOf(saved));
  const hash = (body: ActualObject['body']): string => hashOf(normalForms[kind](body));
  const known = base?.get(idOf(saved));
  const now = there && hash(withReferences(there.body, [before, saved.base?.normal, known?.normal], secret));
  const asWeLeftIt = there ? now === saved.wanted || now === known?.hash : saved.action === 'delete';
  const name = { kind, key, title };
  const step = (rest: Omit<Step, 'kind' | 'key' | 'title'>): Told => ({
    step: { ...name, ...rest, ...(there && { before: there }) },
  });

  if (!before) {
    if (!there) return step({ action: 'unchanged', changes: [] });
    if (there.readOnly) return step({ action: 'foreign', changes: [], reason: there.readOnly });
    const changes = ['it was made by that push'];
    const held = kind === 'folder' ? occupied.get(key) : undefined;
    if (held) return step({ action: 'orphan', changes: [], reason: `it holds ${held}, which is not ours` });
    if (asWeLeftIt) return step({ action: 'delete', changes });
    return step({ action: 'conflict', instead: 'delete', changes, reason: 'changed since that push' });
  }
  if (there && now === hash(before)) return step({ action: 'unchanged', changes: [] });
  if (there?.readOnly) return step({ action: 'foreign', changes: [], reason: there.readOnly });

  const { body, missing } = sendable(before, secret);
  if (!there && missing.length > 0) {
    const told = step({
      action: 'conflict',
      changes: [],
      reason: `it cannot be made again: nobody knows its secrets (${missing.join(', ')})`,
    });
    return { ...told, missing };
  }
  const wanted = { ...name, body };
  const action = there ? 'update' : 'create';
  const changes = [there ? 'back to what it was before that push' : 'made again'];
  if (asWeLeftIt) return step({ action, changes, wanted });
  // It is gone although the push did not delete it, or the push never came to it: a person decides.
  const reason = there ? 'changed since that push' : 'deleted since that push';
  return step({ action: 'conflict', instead: action, changes, reason, wanted });
};

/** What can be sent: a variable that is not set leaves the secret that the server has, and is missing where it has none. */
const sendable = (
  before: SavedObject['before'] & object,
  secret: (name: string) => string | undefined,
): { readonly body: NonNullable<SavedObject['before']>; readonly missing: readonly string[] } => {
  const unset = referencesIn(before).filter(({ name }) => secret(name) === undefined);
  const body = unset.reduce((at, { steps }) => withValueAt(at, steps, redacted), before);
  return { body, missing: [...new Set([...unset.map(({ name }) => name), ...redactedIn(before)])] };
};

/** What the state should say after a rollback: of what was put back, what it said before that push. */
export const stateAfterRollback = (
  base: ReadonlyMap<string, BaseObject> | undefined,
  { objects, folders = [] }: Backup,
  outcomes: readonly Outcome[],
): ReadonlyMap<string, BaseObject> => {
  const next = new Map(base);
  const ended = new Set(outcomes.filter(isThere).map(idOf));
  for (const { kind, key, base: known } of [...folders, ...objects]) {
    const id = idOf({ kind, key });
    if (!ended.has(id)) continue;
    if (known) next.set(id, { kind, key, hash: known.hash, normal: known.normal });
    else next.delete(id);
  }
  return next;
};
