import { createHash } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { canonicalJson } from '../grafana-json/canonical-json';
import { isObject, objectsAt, textAt, type Json } from '../grafana-json/json';
import type { ResolvedTarget } from '../homelab/resolved';
import { hashOfBody } from './normal-form/hash';
import { objectInWords } from './kind-words';
import type { NormalForms } from './normal-form';
import { idOf, kinds, type Kind } from './object';
import { withUsed } from './used';
import { shellWord } from './shell-word';
import type { Action, Plan, PlanInput, Step } from './plan';

/** A plan that was saved: what `--apply` may do, and to which state of the server. No secret is in it, and nothing that is there but ours. */
export interface SavedPlan {
  readonly target: Json;
  readonly steps: readonly SavedStep[];
  readonly refusals: readonly string[];
}

export interface SavedStep extends Omit<Step, 'before'> {
  /** SHA-256 of the normal form of what was there; null: nothing was. */
  readonly before: string | null;
}

/** A saved plan that cannot be applied: what is wrong with the file, and the next step. */
export class PlanFileError extends Error {
  override readonly name = 'PlanFileError';
  readonly exitCode = 2;

  constructor(
    readonly file: string,
    readonly what: string,
    readonly next: string,
  ) {
    super(`${file}: ${what}`);
  }

  /** The message as commands print it. */
  format(): string {
    return `error: ${this.file}: ${this.what}\n  try: ${this.next}\n`;
  }
}

const tool = 'homelab-dashboards plan';
/** Of what stands in the file; another one is refused. */
const format = 1;

const makeAnew = (file: string): string => `npm run push -- --plan --out ${shellWord(file)}`;

/**
 * A plan as a file: versioned, with the target that it is for, what was there as hashes, what is wanted whole (with the names of environment
 * variables, never their values), and a digest over it all.
 */
export const planFileText = ({ steps, refusals }: Plan, target: ResolvedTarget, normalForms: NormalForms): string => {
  const content = {
    tool,
    format,
    target: { ...target },
    steps: steps.map(({ before, ...step }) => ({
      ...step,
      before: before ? hashOfBody(normalForms[before.kind], before.body) : null,
    })),
    refusals,
  };
  return canonicalJson({ ...content, digest: digestOf(content) });
};

/** Writes the file whole or not at all, for its owner only. Throws a `PlanFileError`. */
export const writePlanFile = (file: string, text: string): void => {
  const temporary = `${file}.${process.pid}.new`;
  try {
    rmSync(temporary, { force: true });
    writeFileSync(temporary, text, { mode: 0o600, flag: 'wx' });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new PlanFileError(
      file,
      `cannot be written: ${messageOf(error)}`,
      'give a file in a folder where there is room and you may write',
    );
  }
};

/** Reads a saved plan for a target. Throws a `PlanFileError` where it is none, of another version, edited, or for another target. */
export const readPlanFile = (file: string, target: ResolvedTarget): SavedPlan => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new PlanFileError(file, `cannot be read: ${messageOf(error)}`, makeAnew(file));
  }
  return parsePlanFile(text, file, target);
};

/** The same for a text; `file` is for messages. */
export const parsePlanFile = (text: string, file: string, target: ResolvedTarget): SavedPlan => {
  const refuse = (what: string, next = makeAnew(file)): PlanFileError => new PlanFileError(file, what, next);
  const value = parsed(text);
  if (!isObject(value) || value['tool'] !== tool) throw refuse('is no plan of a push, or only a part of one');
  if (value['format'] !== format)
    throw refuse(`is a plan of format ${String(value['format'])}, and this version reads ${format}: make it anew`);
  const { digest, ...content } = value;
  if (digest !== digestOf(content))
    throw refuse('was edited after it was made: nobody knows whether somebody looked at what it says now');
  const { target: saved, refusals } = content;
  if (!isObject(saved) || !Array.isArray(refusals)) throw refuse('is no plan of a push, or only a part of one');
  const [was, is] = [placeInWords(saved), placeInWords({ ...target })];
  if (was !== is)
    throw refuse(
      `is a plan for ${was}, not for ${is}`,
      `name its target: npm run push -- --target ${shellWord(textAt(saved, 'name') ?? 'NAME')} --apply ${shellWord(file)}`,
    );
  const steps = objectsAt(content, 'steps').map(([step]) => {
    if (!isSavedStep(step)) throw refuse('has a step that this version does not know');
    return step;
  });
  return { target: saved, steps, refusals: refusals.map(String) };
};

/**
 * The plan with what is there now: exactly its writes, whatever `--on-drift` says now. It refuses, with the object and the next command, where
 * something that it writes was changed since, a folder that it deletes holds what is not ours, or something that it deletes is in use. `actual`: at least the objects of all
 * steps, by `idOf`.
 */
export const planFromFile = (
  { steps, refusals }: SavedPlan,
  file: string,
  { actual, occupied, users = [] }: Pick<PlanInput, 'actual' | 'occupied' | 'users'>,
  normalForms: NormalForms,
): Plan => {
  const since: string[] = [];
  const now = steps.map((saved): Step => {
    const { before: expected, instead: _, ...step } = saved;
    const before = actual.get(idOf(saved));
    const isSame = (before ? hashOfBody(normalForms[before.kind], before.body) : null) === expected;
    const there = { ...step, ...(before && { before }) };
    if (!isWrite(saved.action))
      return isSame ? there : { ...there, action: 'conflict', changes: [], reason: 'changed since the plan was made' };
    const holds = saved.kind === 'folder' && saved.action === 'delete' ? occupied.get(saved.key) : undefined;
    if (!isSame) since.push(`${objectInWords(saved)} was changed since the plan was made`);
    else if (before?.readOnly !== undefined)
      since.push(`${objectInWords(saved)} belongs to ${before.readOnly} since the plan was made`);
    else if (holds !== undefined) since.push(`${objectInWords(saved)} holds what is not ours by now: ${holds}`);
    return there;
  });
  for (const [index, { action, reason }] of withUsed(now, users).entries()) {
    const saved = now[index];
    if (saved?.action === 'delete' && action !== 'delete')
      since.push(`${objectInWords(saved)} is in use by now: ${reason}`);
  }
  const next = `Next: ${makeAnew(file)}, and look at it again.`;
  return { steps: now, refusals: [...refusals, ...since.map((what) => `${what}. ${next}`)] };
};

const isWrite = (action: Action): boolean => action === 'create' || action === 'update' || action === 'delete';

const known: ReadonlySet<string> = new Set<Action>([
  'create',
  'update',
  'delete',
  'unchanged',
  'conflict',
  'foreign',
  'orphan',
]);

/** The digest says that we wrote it; this that it is of a version which means the same by it. */
const isSavedStep = (value: Json): value is Json & SavedStep =>
  kinds.includes(value['kind'] as Kind) &&
  typeof value['key'] === 'string' &&
  typeof value['title'] === 'string' &&
  known.has(String(value['action'])) &&
  Array.isArray(value['changes']) &&
  (value['before'] === null || typeof value['before'] === 'string') &&
  (value['wanted'] === undefined || (isObject(value['wanted']) && isObject(value['wanted']['body']))) &&
  (value['wanted'] !== undefined || (value['action'] !== 'create' && value['action'] !== 'update'));

const digestOf = (content: object): string => createHash('sha256').update(canonicalJson(content)).digest('hex');

const placeInWords = (target: Json): string => {
  const { kind, url, org, folder, tenant, project } = target;
  return [
    `${String(kind)} ${String(url)}`,
    ...(typeof org === 'number' ? [`organisation ${org}`] : []),
    ...(typeof folder === 'string' ? [`folder ${folder}`] : []),
    ...(typeof tenant === 'string' ? [`tenant ${tenant}`] : []),
    `prefix ${String(project)}`,
  ].join(', ');
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

const messageOf = (error: unknown): string =>
  (error as NodeJS.ErrnoException).code === 'ENOENT'
    ? 'there is no such file or folder'
    : error instanceof Error
      ? error.message
      : String(error);
