import { isObject, type Json } from '../grafana-json/json';
import { changesOf } from './changes/changes';
import { hashOfBody } from './normal-form/hash';
import { kindInWords } from './kind-words';
import type { NormalForms } from './normal-form';
import { idOf, kinds, type ActualObject, type BaseObject, type DesiredObject } from './object';
import type { Plan, PlanInput, Step } from './plan';
import { refusalsOf } from './refusals';
import { referencesIn } from './secret-values';
import type { HeldElsewhere } from './store';
import { withUsed } from './used';
import { folderOf } from './within';

/**
 * What a push does, from what is wanted, what is there, and what was there after the last push (three-way, on normal forms): pure, the
 * same steps in the same order for the same input. What a person changed since is only written with `overwrite`, what is not ours never.
 */
export const makePlan = (input: PlanInput, normalForms: NormalForms): Plan => {
  const planner = new Planner(input, normalForms);
  const wanted = input.desired.map((desired) => planner.decided(planner.wanted(desired)));
  const others = withHeldFolders(
    planner.noLongerWanted().map((step) => planner.decided(step)),
    wanted,
  );
  const inPlace = withMissingFolders(withRulesLeftAlone(wanted, others));
  const steps = withUsed([...inPlace.map((step) => planner.decided(step)), ...others], input.users ?? []);
  return { steps, refusals: refusalsOf(steps, input.options) };
};

const noRecord = 'no record of the last push: nobody can tell whether a person changed it';

const unreadable =
  'saved with the new dashboard schema (v2) since the last push, which can be neither compared nor kept: overwrite leaves it, too';

const heldInWords = ({ uid, where, readOnly }: HeldElsewhere): string =>
  `the rule ${uid} is in ${where}, which ${readOnly === undefined ? 'is not ours' : `belongs to ${readOnly}`}`;

class Planner {
  /** Of the object that is decided now: those of many dashboards at once would be too much. */
  private readonly made = new Map<ActualObject | DesiredObject, Json>();

  constructor(
    private readonly input: PlanInput,
    private readonly normalForms: NormalForms,
  ) {}

  private get changed(): string {
    return `changed in ${this.input.server ?? 'Grafana'} since the last push`;
  }

  private get deleted(): string {
    return `deleted in ${this.input.server ?? 'Grafana'} since the last push`;
  }

  wanted(desired: DesiredObject): Step {
    this.made.clear();
    const id = idOf(desired);
    const [actual, base] = [this.input.actual.get(id), this.input.base?.get(id)];
    const { kind, key, title } = desired;
    const step = { kind, key, title, wanted: desired, changes: [], ...(actual && { before: actual }) };
    if (!actual)
      return base
        ? { ...step, action: 'conflict', instead: 'create', reason: this.deleted }
        : { ...step, action: 'create' };
    if (actual.isUnreadable)
      return base
        ? { ...step, action: 'conflict', reason: unreadable }
        : { ...step, action: 'foreign', reason: `it belongs to ${actual.readOnly}` };
    if (this.hash(actual) === this.hash(desired)) return this.equal(step, base !== undefined);
    const changes = this.changes(actual, desired);
    if (actual.readOnly !== undefined)
      return { ...step, changes, action: 'foreign', reason: `it belongs to ${actual.readOnly}` };
    if (base?.hash === this.hash(actual)) return { ...step, changes, action: 'update' };
    if (base?.normal)
      return {
        ...step,
        changes: this.since(base, actual),
        action: 'conflict',
        instead: 'update',
        reason: this.changed,
      };
    if (base)
      return {
        ...step,
        changes,
        action: 'conflict',
        instead: 'update',
        reason: `${this.changed}; listed is what a push would make of it`,
      };
    if (this.isLeftByOurFiles(actual, desired)) return { ...step, changes, action: 'update' };
    return this.input.marked.has(id)
      ? { ...step, changes, action: 'conflict', instead: 'update', reason: noRecord }
      : { ...step, changes, action: 'foreign', reason: 'it was there before, and is not ours' };
  }

  /** Our files make boards read-only. What they let go of (`--from-files`) differs in that alone: there is nothing in it that anybody could lose. */
  private isLeftByOurFiles(actual: ActualObject, { kind, body }: DesiredObject): boolean {
    const { dashboard } = body;
    if (kind !== 'dashboard' || !isObject(dashboard)) return false;
    const asFile = { ...body, dashboard: { ...dashboard, editable: false } };
    return this.hash(actual) === hashOfBody(this.normalForms[kind], asFile);
  }

  /** With `overwrite` a conflict is the write that it stands for; what it changes is then what it does to the server. */
  decided(step: Step): Step {
    const { instead, ...rest } = step;
    const isOverwritten = step.action === 'conflict' && instead && this.input.options.onDrift === 'overwrite';
    const [held] = this.input.heldElsewhere?.get(idOf(step)) ?? [];
    if (held && (isOverwritten || step.action === 'create' || step.action === 'update'))
      return { ...rest, action: 'foreign', reason: heldInWords(held) };
    if (!isOverwritten) return step;
    const { before, wanted, reason } = step;
    this.made.clear();
    const changes = before && wanted ? this.changes(before, wanted) : [];
    return { ...rest, action: instead, changes, ...(reason !== undefined && { reason: `overwritten: ${reason}` }) };
  }

  /** What is ours and nobody wants any more; of what is gone as well nothing is said. In the order of removal: rules first, folders last, the inner ones before the outer. */
  noLongerWanted(): readonly Step[] {
    const { desired, base, marked, actual } = this.input;
    const wanted = new Set(desired.map(idOf));
    const ours = [...new Set([...(base?.keys() ?? []), ...marked])]
      .filter((id) => !wanted.has(id))
      .flatMap((id) => actual.get(id) ?? []);
    return [...ours].sort(removalOrder(ours)).map((object) => this.unwanted(object));
  }

  private unwanted(actual: ActualObject): Step {
    this.made.clear();
    const id = idOf(actual);
    const base = this.input.base?.get(id);
    const { kind, key, title } = actual;
    const step = { kind, key, title, before: actual, changes: [] };
    const occupied = kind === 'folder' ? this.input.occupied.get(key) : undefined;
    if (actual.readOnly !== undefined) return { ...step, action: 'orphan', reason: `it belongs to ${actual.readOnly}` };
    if (occupied !== undefined) return { ...step, action: 'orphan', reason: `it holds what is not ours: ${occupied}` };
    const isAsLeft = base?.hash === this.hash(actual);
    const changes = !isAsLeft && base?.normal ? this.since(base, actual) : [];
    const reason = base ? this.changed : noRecord;
    if (!this.input.options.prune) return { ...step, changes, action: 'orphan', ...(!isAsLeft && { reason }) };
    return isAsLeft
      ? { ...step, action: 'delete' }
      : { ...step, changes, action: 'conflict', instead: 'delete', reason };
  }

  /** As it should be, but for secrets, which nobody can read back. */
  private equal(step: Omit<Step, 'action'> & { readonly before?: ActualObject }, ours: boolean): Step {
    const { wanted } = step;
    const seen = this.input.secrets?.get(idOf(step));
    const names = wanted ? [...new Set(referencesIn(wanted.body).map(({ name }) => name))] : [];
    const writable = ours && step.before?.readOnly === undefined;
    if (writable && names.length > 0 && this.input.options.resendSecrets)
      return { ...step, action: 'update', changes: names.map((name) => `secret ${name} is sent again`) };
    if (writable && seen && seen.changed.length > 0)
      return { ...step, action: 'update', changes: seen.changed.map((name) => `secret ${name} changed`) };
    const cannotTell = seen?.cannotTell ?? names;
    return { ...step, action: 'unchanged', ...(cannotTell.length > 0 && { cannotTell }) };
  }

  private changes(was: ActualObject, is: DesiredObject): readonly string[] {
    return changesOf(is.kind, this.normal(was), this.normal(is));
  }

  private since(base: BaseObject, actual: ActualObject): readonly string[] {
    return changesOf(actual.kind, base.normal ?? {}, this.normal(actual));
  }

  /** Each is made once: of a large dashboard that takes longer than all else. */
  private normal(object: ActualObject | DesiredObject): Json {
    const made = this.made.get(object) ?? this.normalForms[object.kind](object.body);
    this.made.set(object, made);
    return made;
  }

  private hash(object: ActualObject | DesiredObject): string {
    return hashOfBody(this.normalForms[object.kind], object.body, () => this.normal(object));
  }
}

/** Kinds backwards; of folders those inside before those around them. */
const removalOrder =
  (objects: readonly ActualObject[]) =>
  (left: ActualObject, right: ActualObject): number =>
    kinds.indexOf(right.kind) - kinds.indexOf(left.kind) ||
    depthOf(right, objects) - depthOf(left, objects) ||
    (left.key < right.key ? -1 : 1);

const depthOf = (object: ActualObject, all: readonly ActualObject[], seen: readonly ActualObject[] = []): number => {
  const above = object.kind === 'folder' ? folderOf(object) : undefined;
  const parent = all.find(({ kind, key }) => kind === 'folder' && key === above);
  return parent && !seen.includes(parent) ? 1 + depthOf(parent, all, [...seen, object]) : 0;
};

/** Grafana deletes a folder with everything in it: one that holds something that stays is left. Inner folders come before outer ones. */
const withHeldFolders = (steps: readonly Step[], wanted: readonly Step[]): readonly Step[] => {
  const done: Step[] = [];
  for (const step of steps) {
    const isRemoved = step.kind === 'folder' && (step.action === 'delete' || step.instead === 'delete');
    const held = isRemoved
      ? [...wanted, ...done].find(
          (other) => other.before && folderOf(other.before) === step.key && stays(other, step.key),
        )
      : undefined;
    const { instead: _, ...rest } = step;
    done.push(
      held
        ? { ...rest, action: 'orphan', reason: `it holds the ${kindInWords(held.kind)} ${held.title}, which stays` }
        : step,
    );
  }
  return done;
};

/** Whether an object is still in a folder after the plan; a conflict may well stay. */
const stays = ({ action, wanted }: Step, folder: string): boolean =>
  action !== 'delete' && !(action === 'update' && wanted && folderOf(wanted) !== folder);

/** Into a folder that a person deleted nothing is written unless the folder is made again: Grafana takes rules for folders that are not there. */
const withMissingFolders = (steps: readonly Step[]): readonly Step[] => {
  const missing = new Map(
    steps
      .filter(({ kind, action, before }) => kind === 'folder' && action === 'conflict' && !before)
      .map(({ key, title }) => [key, title]),
  );
  return steps.map((step) => {
    const folder = step.wanted && folderOf(step.wanted);
    const title = folder === undefined ? undefined : missing.get(folder);
    if (title === undefined || (step.action !== 'create' && step.action !== 'update')) return step;
    return {
      ...step,
      action: 'conflict',
      instead: step.action,
      reason: `its folder ${title} was deleted in Grafana since the last push`,
    };
  });
};

/** Grafana moves a rule out of the group that has it without a word: not out of one that a person changed, or that is not ours. */
const withRulesLeftAlone = (steps: readonly Step[], others: readonly Step[]): readonly Step[] => {
  const held = new Map(
    [...steps, ...others]
      // An orphan that is as the last push left it says no reason: its rules are ours to move.
      .filter(({ action, reason }) => action === 'conflict' || action === 'foreign' || (action === 'orphan' && reason))
      .flatMap((step) => rulesOf(step.before).map((uid) => [uid, step] as const)),
  );
  return steps.map((step) => {
    if (step.action !== 'create' && step.action !== 'update') return step;
    const from = rulesOf(step.wanted).flatMap((uid) => held.get(uid) ?? [])[0];
    if (!from) return step;
    return {
      ...step,
      action: 'conflict',
      instead: step.action,
      reason: `it would take a rule out of the rule group ${from.title}, which is left as it is`,
    };
  });
};

const rulesOf = (object: ActualObject | DesiredObject | undefined): readonly string[] => {
  const rules = object?.kind === 'rule-group' ? object.body['rules'] : undefined;
  return Array.isArray(rules)
    ? rules.flatMap((rule: unknown) => (isObject(rule) && typeof rule['uid'] === 'string' ? [rule['uid']] : []))
    : [];
};
