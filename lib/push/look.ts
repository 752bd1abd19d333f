import { isDeepStrictEqual } from 'node:util';
import { isObject, objectsAt, textAt, type Json } from '../grafana-json/json';
import { ownMessage, newestOwnVersion, withDashboardBases } from './dashboard-base';
import { referencesIn, withReferences } from './secret-values';
import { ownerAnnotation } from './desired/rule-groups';
import type { JournalLine } from './journal';
import { unsettledIn } from './journal';
import { normalForms } from './normal-form';
import { hashOfBody } from './normal-form/hash';
import {
  idOf,
  kinds,
  type ActualObject,
  type BaseObject,
  type DesiredObject,
  type Kind,
  type ObjectName,
} from './object';
import { occupiedFolders } from './occupied';
import type { OpenTarget } from './open-target';
import type { PlanInput, PlanOptions, SecretsSeen } from './plan';
import { baseAfterOwnMoves } from './moved-rules';
import { recoverBase } from './recover';
import { serverInWords } from './report/words';
import { takeSecretsOut } from './secret-values';
import { usersOf } from './users';
import { compareSecrets, wasSentBefore } from './secrets';
import type { State } from './state';
import type { HeldElsewhere } from './store';

export interface LookOptions {
  readonly desired: readonly DesiredObject[];
  /** What the last push left behind. */
  readonly state: State | undefined;
  /** Objects to read beside those that are wanted and those that the state names: of a backup, say. */
  readonly others?: readonly ObjectName[];
  /** Bodies with references to secrets beside those that are wanted: of a backup. By `idOf`. */
  readonly references?: ReadonlyMap<string, Json>;
  readonly journals: readonly (readonly JournalLine[])[];
  /** Value of a variable; undefined where it is not set. */
  readonly secretValue: (name: string) => string | undefined;
  readonly options: PlanOptions;
  /** All that is ours is to go, also what is wanted. */
  readonly removesAll?: boolean;
}

/** Everything that a plan is made of, read from a server. */
export interface Looked {
  readonly input: PlanInput;
  /** What the state said; the base of `input` may know more, from the journals of this machine. */
  readonly stateBefore: ReadonlyMap<string, BaseObject> | undefined;
}

/** Reads what a plan needs to know, and changes nothing. Throws a `RemoteFailure` where it cannot be read. */
export const look = async (open: OpenTarget, given: LookOptions): Promise<Looked> => {
  const { desired, state, journals, secretValue, options } = given;
  const unsettled = unsettledIn(journals);
  const wanted = new Map(desired.map((object) => [idOf(object), object]));
  const names = [
    ...desired,
    ...(given.others ?? []),
    ...(state?.objects.values() ?? []),
    ...[...unsettled.values()].flatMap(([first]) => first ?? []),
  ];
  const read = await readAll(open, names);
  const actual = new Map(
    [...read].map(([id, there]) => {
      const references = [wanted.get(id)?.body, state?.objects.get(id)?.normal, given.references?.get(id)];
      const last = state?.objects.get(id);
      // Another value stands where we put one: neither is for anybody's eyes. One that we sent is as we left it.
      const hidden = takeSecretsOut(there.body, last?.normal, {
        secretValue,
        wasSent: (path, value) => wasSentBefore(last, path, value),
      });
      const body = withReferences(hidden, references, secretValue);
      const asWanted = wanted.get(id)?.body;
      // Kept once where it is just as it is wanted, which saves half of the memory, and of the normal forms.
      return [id, { ...there, body: isDeepStrictEqual(body, asWanted) ? (asWanted ?? body) : body }];
    }),
  );
  const recovered = baseAfterOwnMoves(recoverBase(state?.objects, unsettled, actual, normalForms), actual, normalForms);
  const base = await withDashboardBases({
    http: open.grafana,
    project: open.target.project,
    base: recovered,
    actual,
    normalForms,
    toBody: (data, { body }) => ({ dashboard: data, folderUid: body['folderUid'] }),
  });
  const marked = await markedObjects(open, desired, actual, base);
  const gone = [...actual.values()].filter((object) => given.removesAll || !wanted.has(idOf(object)));
  const folders = gone.filter(({ kind }) => kind === 'folder');
  return {
    stateBefore: state?.objects,
    input: {
      desired,
      actual,
      base,
      marked,
      occupied: await occupiedFolders(open, folders, actual, { base, marked }),
      users: await usersOf(open.grafana, gone),
      heldElsewhere: heldElsewhere(open, desired),
      secrets: secretsSeen(desired, actual, base, secretValue),
      server: serverInWords(open.target),
      options,
    },
  };
};

const readAll = async (
  { stores }: OpenTarget,
  names: readonly ObjectName[],
): Promise<ReadonlyMap<string, ActualObject>> => {
  const keysOf = (kind: Kind): readonly string[] => [
    ...new Set(names.filter((name) => name.kind === kind).map(({ key }) => key)),
  ];
  const found = await Promise.all(
    kinds.map(async (kind) => {
      const keys = keysOf(kind);
      return keys.length === 0 ? [] : [...((await stores.get(kind)?.readAll(keys))?.values() ?? [])];
    }),
  );
  return new Map(found.flat().map((object) => [idOf(object), object]));
};

const heldElsewhere = (
  { stores }: OpenTarget,
  desired: readonly DesiredObject[],
): ReadonlyMap<string, readonly HeldElsewhere[]> => {
  const held = [...stores.values()].flatMap((store) =>
    (store.heldElsewhere?.(desired.filter(({ kind }) => kind === store.kind)) ?? []).map((one) => ({
      ...one,
      id: idOf({ kind: store.kind, key: one.key }),
    })),
  );
  return new Map(held.map(({ id }) => [id, held.filter((one) => one.id === id)]));
};

/** Of what no state speaks: those of which a mark says that they are ours. What is as it should be needs none. */
const markedObjects = async (
  { grafana, target }: OpenTarget,
  desired: readonly DesiredObject[],
  actual: ReadonlyMap<string, ActualObject>,
  base: ReadonlyMap<string, BaseObject> | undefined,
): Promise<ReadonlySet<string>> => {
  const { project } = target;
  const asked = desired.filter((wanted) => {
    const there = actual.get(idOf(wanted));
    const form = normalForms[wanted.kind];
    return there && !base?.has(idOf(wanted)) && hashOfBody(form, there.body) !== hashOfBody(form, wanted.body);
  });
  const found = await Promise.all(
    asked.map(async (wanted): Promise<readonly string[]> => {
      const there = actual.get(idOf(wanted)) as ActualObject;
      return (await isMarked(wanted, there)) ? [idOf(wanted)] : [];
    }),
  );
  return new Set(found.flat());

  async function isMarked({ kind, key, title }: DesiredObject, there: ActualObject): Promise<boolean> {
    switch (kind) {
      case 'dashboard': {
        const own = await newestOwnVersion(grafana, key, project);
        return own?.message.startsWith(ownMessage(project)) ?? false;
      }
      case 'rule-group':
        return target.kind === 'ruler' || rulesAreMarked(there.body, project);
      case 'folder':
        return there.title === title;
      default:
        return false;
    }
  }
};

const rulesAreMarked = (body: Json, project: string): boolean => {
  const rules = objectsAt(body, 'rules').map(([rule]) => rule);
  return (
    rules.length > 0 &&
    rules.every(({ annotations }) => isObject(annotations) && textAt(annotations, ownerAnnotation) === project)
  );
};

/** What fingerprints tell of secrets whose variables are set. */
const secretsSeen = (
  desired: readonly DesiredObject[],
  actual: ReadonlyMap<string, ActualObject>,
  base: ReadonlyMap<string, BaseObject> | undefined,
  secretValue: (name: string) => string | undefined,
): ReadonlyMap<string, SecretsSeen> => {
  const seen = new Map<string, SecretsSeen>();
  for (const { kind, key, body } of desired) {
    const id = idOf({ kind, key });
    const unset = referencesIn(body).flatMap(({ name }) => (secretValue(name) === undefined ? [name] : []));
    if (!hasSecrets(kind) || !actual.has(id) || referencesIn(body).length === 0) continue;
    seen.set(
      id,
      unset.length > 0
        ? { changed: [], cannotTell: [...new Set(unset)] }
        : compareSecrets(body, base?.get(id), (name) => secretValue(name) ?? ''),
    );
  }
  return seen;
};

/** Only these hold values of the environment; a dashboard may well have an object of that shape of its own. */
export const hasSecrets = (kind: Kind): boolean => kind === 'contact-point' || kind === 'data-source';
