import { readSeconds } from '../../duration';
import type { GrafanaClient } from '../../grafana/client';
import { RefusedError } from '../../grafana/errors';
import { isObject, objectsAt, textAt, type Json } from '../../grafana-json/json';
import type { ActualObject, DesiredObject } from '../object';
import { MovedError, type HeldElsewhere, type Store } from '../store';
import { alertingPath, omit, ownerOf, withoutProvenance } from './alerting';
import { orAbsent, type StoreContext } from './context';
import { visibleFolder } from './folder';
import { segment } from './segment';

/** Groups of alert rules, `<folder uid>/<name>`: written and removed as a whole. A body is `{title, folderUid, interval, rules}`. */
export class RuleGroupStore implements Store {
  readonly kind = 'rule-group';
  private readonly client: GrafanaClient;
  /** Rule uid -> group, as last listed. */
  private groupOfRule = new Map<string, string>();
  private ownerOfRule = new Map<string, string | undefined>();
  /** Rule uid -> when it was last changed, as last listed. */
  private changedAt = new Map<string, string>();
  private ours = new Set<string>();

  constructor(private readonly context: StoreContext) {
    this.client = context.client;
  }

  /** Two lists: rules with their owners, and the export, which alone knows how often a group is evaluated. */
  async readAll(keys: readonly string[]): Promise<ReadonlyMap<string, ActualObject>> {
    this.ours = new Set(keys);
    if (keys.length === 0) return new Map();
    const listed = await orAbsent(this.client.get(`${alertingPath}/alert-rules`));
    const rules = Array.isArray(listed) ? listed.filter(isObject) : [];
    this.groupOfRule = new Map(rules.map((rule) => [textAt(rule, 'uid') ?? '', keyOf(rule)]));
    this.ownerOfRule = new Map(rules.map((rule) => [textAt(rule, 'uid') ?? '', ownerOf(rule)]));
    this.changedAt = new Map(rules.map((rule) => [textAt(rule, 'uid') ?? '', textAt(rule, 'updated') ?? '']));
    const groups = new Map<string, Json[]>();
    for (const rule of rules) {
      const key = keyOf(rule);
      if (this.ours.has(key)) groups.set(key, [...(groups.get(key) ?? []), rule]);
    }
    if (groups.size === 0) return new Map();
    const intervals = await this.intervals(new Set([...groups.keys()].map((key) => splitKey(key).folder)));
    const found = await Promise.all(
      [...groups].map(async ([key, members]): Promise<[string, ActualObject][]> => {
        const interval = intervals.get(textAt(members[0], 'uid') ?? '');
        // Not in the export: changed between the two lists.
        const group =
          interval === undefined ? await this.read(key) : actual(key, interval, members, ownerOfRules(members));
        return group ? [[key, group]] : [];
      }),
    );
    return new Map(found.flat());
  }

  async read(key: string): Promise<ActualObject | undefined> {
    const group = await orAbsent(this.client.get(pathOf(key)));
    if (!isObject(group)) return undefined;
    const rules = objectsAt(group, 'rules').map(([rule]) => rule);
    const [first] = rules;
    if (!first) return undefined;
    // A group does not tell whose it is. Rules of different owners in one group are refused by the server when it is written.
    const told = await orAbsent(this.client.get(`${alertingPath}/alert-rules/${segment(textAt(first, 'uid') ?? '')}`));
    return actual(key, group['interval'], rules, ownerOf(told));
  }

  /** Groups that are among the keys of the last `readAll` are no such place. */
  heldElsewhere(wanted: readonly DesiredObject[]): readonly HeldElsewhere[] {
    return wanted.flatMap(({ key, body }) =>
      uidsIn(body).flatMap((uid): HeldElsewhere[] => {
        const group = this.groupOfRule.get(uid);
        if (group === undefined || group === key || this.ours.has(group)) return [];
        return [{ key, uid, where: groupInWords(group), readOnly: this.ownerOfRule.get(uid) }];
      }),
    );
  }

  write(wanted: DesiredObject, before: ActualObject | undefined): Promise<ActualObject> {
    const { key, title } = wanted;
    const body = { ...wanted.body, rules: objectsAt(wanted.body, 'rules').map(([rule]) => complete(rule, title)) };
    if (body.rules.length === 0) throw new Error(`rule group ${title} has no rules: Grafana would keep the old ones`);
    return this.context.four.take(async () => {
      this.refuseTheft(wanted, before);
      await this.refuseOrphans(key, title, before);
      return this.context.write({
        wanted,
        before,
        read: () => this.read(key),
        send: async (now) => {
          await this.refuseChanged(wanted, before, now);
          await this.client.put(pathOf(key), body, { headers: withoutProvenance });
        },
      });
    });
  }

  remove(before: ActualObject): Promise<void> {
    return this.context.four.take(() =>
      this.context.remove({
        before,
        read: () => this.read(before.key),
        send: async () => void (await this.client.delete(pathOf(before.key), { headers: withoutProvenance })),
      }),
    );
  }

  /** Grafana moves a rule here from whatever group has its uid, without a word. */
  private refuseTheft(wanted: DesiredObject, before: ActualObject | undefined): void {
    const known = new Set(before ? uidsIn(before.body) : []);
    for (const uid of uidsIn(wanted.body)) {
      const group = this.groupOfRule.get(uid);
      if (known.has(uid) || group === undefined || group === wanted.key || this.ours.has(group)) continue;
      throw new RefusedError(
        `rule group ${wanted.title} is not written`,
        `rule ${uid} is in ${groupInWords(group)}, which is not ours`,
        'remove that rule, or give the project another prefix (`project` in the homelab file)',
        0,
        undefined,
      );
    }
  }

  /** A rule that comes from another group of ours is written over as it is there: nobody may have changed it since it was listed. */
  private async refuseChanged(
    { kind, key, body }: DesiredObject,
    before: ActualObject | undefined,
    now: ActualObject | undefined,
  ): Promise<void> {
    const known = new Set(before ? uidsIn(before.body) : []);
    for (const uid of uidsIn(body)) {
      const group = this.groupOfRule.get(uid);
      if (known.has(uid) || group === undefined || group === key) continue;
      const rule = await orAbsent(this.client.get(`${alertingPath}/alert-rules/${segment(uid)}`));
      // Taken out of its group meanwhile, by this push: nothing is lost. Already here: a repeat.
      if (!isObject(rule) || keyOf(rule) === key || textAt(rule, 'updated') === this.changedAt.get(uid)) continue;
      throw new MovedError({ kind, key }, now);
    }
  }

  /** Grafana takes rules for a folder that is not there, and then evaluates them where nobody sees them (12.3). */
  private async refuseOrphans(key: string, title: string, before: ActualObject | undefined): Promise<void> {
    if (before) return;
    const { folder } = splitKey(key);
    if ((await visibleFolder(this.client, folder)) !== undefined) return;
    throw new RefusedError(
      `rule group ${title} is not written`,
      `there is no folder ${folder}`,
      'npm run push -- --plan',
      0,
      undefined,
    );
  }

  /** Seconds between evaluations, by the uid of a rule. */
  private async intervals(folders: ReadonlySet<string>): Promise<ReadonlyMap<string, number>> {
    const path = `${alertingPath}/alert-rules/export`;
    const file = await orAbsent(this.client.get(path, { format: 'json', folderUid: [...folders].sort() }));
    return new Map(
      objectsAt(file, 'groups').flatMap(([group]) =>
        objectsAt(group, 'rules').flatMap(([rule]): [string, number][] => {
          const interval = readSeconds(textAt(group, 'interval') ?? '');
          return interval === undefined ? [] : [[textAt(rule, 'uid') ?? '', interval]];
        }),
      ),
    );
  }
}

const actual = (key: string, interval: unknown, rules: readonly Json[], readOnly: string | undefined): ActualObject => {
  const { folder, name } = splitKey(key);
  return {
    kind: 'rule-group',
    key,
    title: name,
    body: {
      title: name,
      folderUid: folder,
      interval,
      rules: rules.map((rule) => omit(rule, 'id', 'updated', 'orgID', 'provenance', 'folderUID', 'ruleGroup')),
    },
    version: undefined,
    readOnly,
  };
};

const ownerOfRules = (rules: readonly Json[]): string | undefined =>
  rules.map(ownerOf).find((owner) => owner !== undefined);

const uidsIn = (group: Json): readonly string[] =>
  objectsAt(group, 'rules').flatMap(([rule]) => textAt(rule, 'uid') ?? []);

const keyOf = (rule: Json): string => `${textAt(rule, 'folderUID')}/${textAt(rule, 'ruleGroup')}`;

/** A uid holds no slash, the name of a group may. */
const splitKey = (key: string): { readonly folder: string; readonly name: string } => {
  const at = key.indexOf('/');
  return { folder: key.slice(0, at), name: key.slice(at + 1) };
};

const groupInWords = (key: string): string => {
  const { folder, name } = splitKey(key);
  return `the group ${name} of the folder ${folder}`;
};

const pathOf = (key: string): string => {
  const { folder, name } = splitKey(key);
  return `${alertingPath}/folder/${segment(folder)}/rule-groups/${segment(name)}`;
};

/** Of a rule that is there, Grafana silently keeps these where they are left out or empty (12.3). A recording rule has none. */
const complete = (rule: Json, group: string): Json => {
  if (isObject(rule['record'])) return rule;
  const lacks = ['uid', 'title', 'condition', 'data'].filter((key) => isEmpty(rule[key]));
  if (lacks.length > 0)
    throw new Error(`a rule of the group ${group} lacks ${lacks.join(', ')}: Grafana would keep the old value`);
  return { ...rule, noDataState: rule['noDataState'] || 'NoData', execErrState: rule['execErrState'] || 'Error' };
};

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
