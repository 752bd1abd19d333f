import { stringify } from 'yaml';
import { objectsAt, textAt, type Json } from '../grafana-json/json';
import { idOf, type ActualObject, type DesiredObject, type Kind } from './object';
import type { HeldElsewhere } from './store';

/** A file for Grafana's provisioning, and what to do with it. */
export interface TakeOverFile {
  /** Below the provisioning folder: `alerting/take-over-1.yaml`. */
  readonly path: string;
  readonly text: string;
}

/** How what files made comes into the hands of a push. */
export interface TakeOver {
  /** Wanted objects that a file owns, by `idOf`. */
  readonly owned: readonly { readonly id: string; readonly title: string; readonly why: string }[];
  readonly files: readonly TakeOverFile[];
  /** What a person does, in this order, one sentence each. Empty where no file owns anything. */
  readonly order: readonly string[];
}

type Owned = Pick<ActualObject, 'kind' | 'key' | 'title' | 'body'> & { readonly why: string };

/**
 * What of the wanted objects Grafana's provisioning files own, and how to hand it over. A push cannot do that alone: rules, contact points and the rest made
 * by a file are read-only until a file deletes them, and dashboards are deleted with their file unless `disableDeletion: true` stands in their provider
 * (12.3, tried: contract 4.1, 5.2, 5.5). Pure.
 */
export const takeOverFromFiles = (
  desired: readonly DesiredObject[],
  actual: ReadonlyMap<string, ActualObject>,
  heldElsewhere: ReadonlyMap<string, readonly HeldElsewhere[]> = new Map(),
): TakeOver => {
  const owned = desired.flatMap((wanted): Owned[] => {
    const there = actual.get(idOf(wanted));
    if (there?.readOnly !== undefined && isOfFile(there.readOnly)) return [{ ...there, why: there.readOnly }];
    // Grafana gives the folder of a rule file a uid of its own (12.3): the group is not where ours goes.
    const held = (heldElsewhere.get(idOf(wanted)) ?? []).filter(({ readOnly }) => isOfFile(readOnly ?? ''));
    const [first] = held;
    if (!first) return [];
    const { kind, key, title } = wanted;
    return [{ kind, key, title, why: `${first.readOnly}, in ${first.where}`, body: { rules: held } }];
  });
  const isLeftEmpty = owned.some((object) => object.kind === 'rule-group' && !actual.has(idOf(object)));
  const files = alertingFiles(owned);
  const has = (...kinds: readonly Kind[]): boolean => owned.some(({ kind }) => kinds.includes(kind));
  const dashboards = has('dashboard');
  const dataSources = has('data-source');
  return {
    owned: owned.map(({ kind, key, title, why }) => ({ id: idOf({ kind, key }), title, why })),
    files,
    order:
      owned.length === 0
        ? []
        : [
            'make a backup of the database of Grafana (grafana.db)',
            ...(dashboards
              ? [
                  'set disableDeletion: true for our providers in provisioning/dashboards, and restart Grafana: without it the dashboards would be deleted with their files',
                  'remove our dashboard files from the folders of these providers, and wait a minute: the dashboards stay, and belong to no file any more',
                ]
              : []),
            ...(files.length > 0
              ? [
                  'remove our files from provisioning/alerting, or the next start makes everything again',
                  ...files.map(
                    ({ path }) =>
                      `put the file ${path} into the provisioning folder, restart Grafana, and remove that file again`,
                  ),
                  'alerts are not evaluated until the push is done',
                ]
              : []),
            ...(dataSources
              ? [
                  'remove our file from provisioning/datasources, and restart Grafana: the data sources stay, and can be edited',
                ]
              : []),
            ...(dashboards ? ['remove our providers from provisioning/dashboards, and restart Grafana'] : []),
            'run: npm run push -- --plan, then npm run push',
            ...(isLeftEmpty
              ? [
                  'delete the folder that Grafana made for the rule files: it has the title of ours and another uid, and is empty now',
                ]
              : []),
          ],
  };
};

/** What a store says of something that a file owns; `api` and conversions have other owners. */
const isOfFile = (why: string): boolean => /\bfile\b/.test(why);

/**
 * Files that delete, in an order that Grafana takes: times and texts are deleted before rules in one run, so what rules use goes in a second one; contact
 * points go last by themselves.
 */
const alertingFiles = (owned: readonly Owned[]): readonly TakeOverFile[] => {
  const keys = (kind: Kind): readonly string[] => owned.filter((object) => object.kind === kind).map(({ key }) => key);
  const rules = owned.filter(({ kind }) => kind === 'rule-group').flatMap(({ body }) => rulesOf(body));
  const named = (names: readonly string[]): readonly { orgId: number; name: string }[] =>
    names.map((name) => ({ orgId: 1, name }));
  const byUid = (uids: readonly string[]): readonly { orgId: number; uid: string }[] =>
    uids.map((uid) => ({ orgId: 1, uid }));
  const parts = [
    {
      ...(keys('policy').length > 0 && { resetPolicies: [1] }),
      ...(rules.length > 0 && { deleteRules: byUid(rules) }),
    },
    {
      ...(keys('contact-point').length > 0 && { deleteContactPoints: byUid(keys('contact-point')) }),
      ...(keys('mute-timing').length > 0 && { deleteMuteTimes: named(keys('mute-timing')) }),
      ...(keys('template').length > 0 && { deleteTemplates: named(keys('template')) }),
    },
  ].filter((part) => Object.keys(part).length > 0);
  return parts.map((part, index) => ({
    path: `alerting/take-over-${index + 1}.yaml`,
    text: stringify({ apiVersion: 1, ...part }),
  }));
};

const rulesOf = (body: Json): readonly string[] =>
  objectsAt(body, 'rules').flatMap(([rule]) => textAt(rule, 'uid') ?? []);
