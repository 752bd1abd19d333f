import { canonicalJson } from '../grafana-json/canonical-json';
import { isObject, objectsAt, pathOf, textAt, type Json } from '../grafana-json/json';
import { writesOf, type PlannedWrite, type WriteAction } from './apply';
import { anotherValue, redacted, withReferencesOnly, withValueAt } from './secret-values';
import { BackupError } from './errors';
import { hashOfBody } from './normal-form/hash';
import { rulesIn, withoutRules } from './moved-rules';
import type { NormalForms } from './normal-form';
import { idOf, kinds, type ActualObject, type BaseObject, type Kind, type ObjectName } from './object';
import type { OnDrift, Plan } from './plan';
import { folderOf } from './within';

/** An object as it was before a push. */
export interface SavedObject extends ObjectName {
  readonly title: string;
  /** What the push was about to do with it. */
  readonly action: WriteAction;
  /** As it was, without secrets and names of users; absent where it was not there. */
  readonly before?: Json;
  /** SHA-256 of the normal form of what the push was about to make of it; absent for a deletion. */
  readonly wanted?: string;
  /** What the state said of it, so that a person's edit that was overwritten is one again after a rollback. */
  readonly base?: { readonly hash: string; readonly normal?: Json };
  /** Where a secret of somebody else stood, which the push replaced and nobody keeps: `settings.url`. Absent: nowhere. */
  readonly notKept?: readonly string[];
}

/** A folder of ours that a push leaves, around something that it changes or deletes: one day it may be gone. */
export interface SavedFolder extends ObjectName {
  readonly kind: 'folder';
  readonly title: string;
  readonly body: Json;
  readonly base: { readonly hash: string; readonly normal?: Json };
}

/** Everything that a push is about to change or delete. */
export interface Backup {
  readonly tool: 'homelab-dashboards';
  readonly version: 1;
  readonly project: string;
  readonly target: string;
  /** ISO 8601. */
  readonly time: string;
  readonly objects: readonly SavedObject[];
  /** The outer ones first; absent: none. */
  readonly folders?: readonly SavedFolder[];
}

export interface BackupInput {
  readonly plan: Plan;
  readonly onDrift: OnDrift;
  readonly base: ReadonlyMap<string, BaseObject> | undefined;
  /** All that is there and ours, by `idOf`. */
  readonly actual: ReadonlyMap<string, ActualObject>;
  readonly normalForms: NormalForms;
  readonly project: string;
  readonly target: string;
  readonly time: Date;
}

/** The backup of what a plan writes; undefined where it writes nothing. */
export const backupOf = ({
  plan,
  onDrift,
  base,
  actual,
  normalForms,
  project,
  target,
  time,
}: BackupInput): Backup | undefined => {
  const writes = writesOf(plan, onDrift);
  if (writes.length === 0) return undefined;
  const objects = [...writes, ...groupsThatGiveUpRules(plan, writes)];
  const saved = new Set(objects.map(({ step }) => idOf(step)));
  const folders = ourFoldersAround(
    objects.flatMap(({ step }) => step.before ?? []),
    actual,
    base,
  ).filter((folder) => !saved.has(idOf(folder)));
  return {
    tool: 'homelab-dashboards',
    version: 1,
    project,
    target,
    time: time.toISOString(),
    objects: objects.map(({ step, action }): SavedObject => {
      const { kind, key, title, before, wanted } = step;
      const known = base?.get(idOf(step));
      const notKept = before ? pathsOf(anotherValue, before.body) : [];
      return {
        kind,
        key,
        title,
        action,
        ...(before && { before: withoutSecrets(kind, before.body, [wanted?.body, known?.normal]) }),
        ...(wanted && action !== 'delete' && { wanted: hashOfBody(normalForms[kind], wanted.body) }),
        ...(known && { base: knownOf(known) }),
        ...(notKept.length > 0 && { notKept }),
      };
    }),
    ...(folders.length > 0 && { folders }),
  };
};

/** Grafana takes a rule out of the group that has it when another one is written with it: groups that the plan leaves alone otherwise. */
const groupsThatGiveUpRules = ({ steps }: Plan, writes: readonly PlannedWrite[]): readonly PlannedWrite[] => {
  const written = new Set(writes.map(({ step }) => step));
  const moved = new Set(
    writes.flatMap(({ step }) => (step.kind === 'rule-group' ? rulesIn(step.wanted?.body ?? {}) : [])),
  );
  return steps.flatMap((step): PlannedWrite[] => {
    const { kind, key, title, before } = step;
    if (kind !== 'rule-group' || !before || written.has(step)) return [];
    const left = withoutRules(before.body, moved);
    if (left === undefined) return [];
    return left === null
      ? [{ step, action: 'delete' }]
      : [{ step: { ...step, wanted: { kind, key, title, body: left } }, action: 'update' }];
  });
};

const knownOf = ({ hash, normal }: BaseObject): { readonly hash: string; readonly normal?: Json } => ({
  hash,
  ...(normal && { normal }),
});

/** The outer ones first. */
const ourFoldersAround = (
  objects: readonly ActualObject[],
  actual: ReadonlyMap<string, ActualObject>,
  base: ReadonlyMap<string, BaseObject> | undefined,
): readonly SavedFolder[] => {
  const found = new Map<string, SavedFolder>();
  const add = (key: string | undefined, seen: readonly string[] = []): void => {
    if (key === undefined || seen.includes(key) || found.has(key)) return;
    const id = idOf({ kind: 'folder', key });
    const [there, known] = [actual.get(id), base?.get(id)];
    if (!there || !known) return;
    const { title, body } = there;
    add(folderOf(there), [...seen, key]);
    found.set(key, { kind: 'folder', key, title, body, base: knownOf(known) });
  };
  for (const object of objects) add(folderOf(object));
  return [...found.values()];
};

/** The text of a backup in parts, one for each object: the whole of many dashboards takes as much memory as all else. */
export function* formatBackup({ objects, ...rest }: Backup): Generator<string> {
  yield '{\n"objects": [';
  for (const [index, object] of objects.entries())
    yield `${index === 0 ? '' : ','}\n${canonicalJson(object).trimEnd()}`;
  yield `\n],${canonicalJson(rest).slice(1)}`;
}

/** Reads the text of a backup file. Throws `BackupError` where it is none, or one of another version. */
export const parseBackup = (text: string, file: string): Backup => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BackupError(`${file} is no backup`, 'it is no JSON', 'give a file whose name ends in -backup.json');
  }
  if (!isObject(value) || value['tool'] !== 'homelab-dashboards' || !Array.isArray(value['objects']))
    throw new BackupError(`${file} is no backup`, 'it does not say so', 'give a file whose name ends in -backup.json');
  if (value['version'] !== 1)
    throw new BackupError(
      `${file} cannot be restored`,
      `it is a backup of version ${String(value['version'])}, and this program knows 1`,
      'restore it with the version of homelab-dashboards that made it',
    );
  for (const [object, index] of objectsAt(value, 'objects'))
    if (!kinds.includes(object['kind'] as Kind) || typeof object['key'] !== 'string')
      throw new BackupError(`${file} is no backup`, `objects[${index}] names no object`, 'give another file');
  for (const [folder, index] of objectsAt(value, 'folders'))
    if (folder['kind'] !== 'folder' || typeof folder['key'] !== 'string' || !isObject(folder['body']))
      throw new BackupError(`${file} is no backup`, `folders[${index}] is no folder`, 'give another file');
  return value as unknown as Backup;
};

/**
 * A body without secrets: where one of `references` wants the value of an environment variable, that name stands; what else Grafana
 * counts as a secret is `[REDACTED]`. Names of users are left out.
 */
export const withoutSecrets = (kind: Kind, body: Json, references: readonly (Json | undefined)[]): Json => {
  let safe = withReferencesOnly(body, references);
  for (const steps of secretStepsOf(kind, safe)) safe = withValueAt(safe, steps, redacted);
  return withoutUsers(safe);
};

/** Paths of texts that still are `[REDACTED]`: what nobody could send again. */
export const redactedIn = (body: Json): readonly string[] => pathsOf(redacted, body);

const pathsOf = (text: string, value: unknown, steps: readonly (string | number)[] = []): readonly string[] => {
  if (value === text) return [pathOf('', ...steps)];
  if (Array.isArray(value)) return value.flatMap((item, index) => pathsOf(text, item, [...steps, index]));
  return isObject(value) ? Object.entries(value).flatMap(([key, item]) => pathsOf(text, item, [...steps, key])) : [];
};

const secretStepsOf = (kind: Kind, body: Json): readonly (readonly string[])[] => {
  if (kind === 'data-source') return textsBelow(body, 'secureJsonData', () => true);
  if (kind === 'contact-point') {
    const type = textAt(body, 'type') ?? '';
    const ofItsType = Object.hasOwn(secretForSome, type) ? (secretForSome[type] ?? []) : [];
    return [
      ...textsBelow(body, 'settings', (name) => secretSettings.has(name) || ofItsType.includes(name)),
      ...textsBelow(body, 'secureSettings', () => true),
    ];
  }
  return [];
};

const textsBelow = (body: Json, key: string, isSecret: (name: string) => boolean): readonly (readonly string[])[] => {
  const below = (value: unknown, steps: readonly string[]): readonly (readonly string[])[] =>
    isObject(value)
      ? Object.entries(value).flatMap(([name, item]) =>
          typeof item === 'string' ? (isSecret(name) ? [[...steps, name]] : []) : below(item, [...steps, name]),
        )
      : [];
  return below(body[key], [key]);
};

/**
 * Settings that `GET /api/alert-notifiers` marks as secure for a type (12.3.0). A name that is secret for one type is masked for all, but for those
 * of `secretForSome`, which others show to everybody.
 */
const secretSettings: ReadonlySet<string> = new Set([
  'access_key',
  'apiKey',
  'apiToken',
  'api_secret',
  'api_token',
  'apikey',
  'authorization_credentials',
  'basicAuthPassword',
  'bot_token',
  'bottoken',
  'caCertificate',
  'clientCertificate',
  'clientKey',
  'client_secret',
  'integrationKey',
  'password',
  'secret',
  'secret_key',
  'token',
  'userKey',
]);

const secretForSome: Readonly<Record<string, readonly string[]>> = {
  dingding: ['url'],
  discord: ['url'],
  googlechat: ['url'],
  jira: ['user'],
  slack: ['url'],
  victorops: ['url'],
  wecom: ['url'],
};

const userKeys = new Set([
  'createdBy',
  'updatedBy',
  'created_by',
  'updated_by',
  'grafana.app/createdBy',
  'grafana.app/updatedBy',
]);

/** Only where the server puts them: a panel may well have a column of that name. */
const withoutUsers = (body: Json): Json => {
  const without = (value: Json): Json =>
    Object.fromEntries(Object.entries(value).filter(([key]) => !userKeys.has(key)));
  const inside = (value: unknown): unknown => (isObject(value) ? withoutUsers(value) : value);
  const top = without(body);
  for (const key of ['meta', 'metadata', 'annotations']) if (isObject(top[key])) top[key] = inside(top[key]);
  if (Array.isArray(top['rules']))
    top['rules'] = top['rules'].map((rule: unknown) => (isObject(rule) ? without(rule) : rule));
  return top;
};
