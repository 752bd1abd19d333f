import { isObject, objectAt, objectsAt, textAt, type Json } from '../../../grafana-json/json';
import { demand, denied, needs } from './auth';
import { canonicalDuration } from './durations';
import {
  badRequest,
  bodyOf,
  coded,
  copy,
  ok,
  Refusal,
  refused,
  route,
  textOf,
  type Answer,
  type Asked,
  type Route,
} from './exchange';
import { ancestorsOf, demandFolder } from './folders';
import { decodeRule, echoOf, mergeRule, storedBody, validateNew, validateReferences } from './rule-bodies';
import { newId, newUid, stamp, type Provenance, type Rule, type State } from './state';

const rules = '/api/v1/provisioning/alert-rules';
const group = '/api/v1/provisioning/folder/:folder/rule-groups/:group';
const ruler = '/api/ruler/grafana/api/v1/rules';

/** Contract 4.2. */
export const alertRuleRoutes: readonly Route[] = [
  route('GET', rules, needs.rulesRead, ({ state, caller }) => {
    // Seen on 12.3.0: one orphan (contract 4.2) and nobody but an Admin can list rules any more.
    if (caller.role !== 'Admin' && state.world.rules.some(({ folderUid }) => !state.world.folders.has(folderUid)))
      throw coded(500, 'accesscontrol.internal', 'InternalError');
    return ok(state.world.rules.map(shownRule));
  }),
  route('POST', rules, needs.rulesWrite, (asked) => createRule(asked)),
  route('GET', `${rules}/export`, needs.rulesRead, (asked) => exportRules(asked)),
  route('GET', `${rules}/:uid`, needs.rulesRead, ({ state, params }) => {
    const rule = ruleOf(state, params['uid']);
    // Contract 4.2: 404 with an empty body.
    return rule ? ok(shownRule(rule)) : { status: 404 };
  }),
  route('PUT', `${rules}/:uid`, needs.rulesWrite, (asked) => replaceRule(asked)),
  route('DELETE', `${rules}/:uid`, needs.rulesWrite, (asked) => removeRule(asked)),
  route('GET', group, needs.rulesRead, (asked) => ok(shownGroup(asked))),
  route('PUT', group, needs.rulesWrite, (asked) => replaceGroup(asked)),
  route('DELETE', group, needs.rulesWrite, (asked) => removeGroup(asked)),
  // Contract 4.8: 200 for all, 202 for one; orphans (contract 4.2) are not in it.
  route('GET', ruler, ['alert.rules:read'], ({ state }) => ok(rulerGroups(state))),
  route('GET', `${ruler}/:folder/:group`, ['alert.rules:read'], ({ state, params }) => {
    const found = groupOf(state, params['folder'] ?? '', params['group'] ?? '');
    return found.length > 0 ? ok(rulerGroup(found), 202) : { status: 404, body: { message: 'rule group not found' } };
  }),
];

export const ruleOf = (state: State, uid = ''): Rule | undefined => state.world.rules.find((rule) => rule.uid === uid);

export const groupOf = (state: State, folderUid: string, name: string): readonly Rule[] =>
  state.world.rules
    .filter((rule) => rule.folderUid === folderUid && rule.group === name)
    .sort((a, b) => a.index - b.index);

/** Contract 4.1: without the header `api`, with it, whatever its value, none. */
export const provenanceOf = ({ headers }: Asked): Provenance =>
  headers['x-disable-provenance'] === undefined ? 'api' : '';

const notFound = (): Error => coded(404, 'alerting.alert-rule.notFound', 'NotFound');

const mismatch = (operation: string, provided: Provenance, stored: Provenance): Error =>
  coded(
    409,
    'alerting.provenanceMismatch',
    `cannot ${operation} with provided provenance '${provided}', needs '${stored}'`,
    { Operation: operation, ProvidedProvenance: provided, StoredProvenance: stored },
  );

/** Contract 4.1, rule groups: the same, from none, or from `api` and `converted_prometheus` to none. */
const mayReplace = (stored: Provenance, wanted: Provenance): boolean =>
  stored === wanted || stored === '' || (wanted === '' && stored !== 'file');

const conflict = (uid: string): Error => {
  const Error = 'UNIQUE constraint failed: alert_rule.org_id, alert_rule.uid';
  return coded(
    409,
    'alerting.alert-rule.conflict',
    `Failed to save alert rule '${uid}' in organization 1 due to conflict: ${Error}`,
    { Error, OrgID: 1, RuleUID: uid },
  );
};

/** A rule as the API gives it. */
export const shownRule = ({ id, uid, folderUid, group: name, updated, provenance, body }: Rule): Json => ({
  id,
  uid,
  orgID: 1,
  folderUID: folderUid,
  ruleGroup: name,
  ...copy(body),
  updated,
  ...(provenance && { provenance }),
});

/** Contract 4.1: the group never shows the provenance. */
const shownGroup = ({ state, params }: Asked): Json => {
  const { folder = '', group: name = '' } = params;
  const found = groupOf(state, folder, name);
  if (found.length === 0) throw notFound();
  return {
    title: name,
    folderUid: folder,
    interval: found[0]?.interval,
    rules: found.map((rule) => {
      const { provenance, ...shown } = shownRule(rule);
      void provenance;
      return shown;
    }),
  };
};

const replaceGroup = async (asked: Asked): Promise<Answer> => {
  const { state, params } = asked;
  const { folder = '', group: name = '' } = params;
  const body = bodyOf(asked);
  const interval = body['interval'];
  // Contract 4.2: seconds as a number; a text is not decoded.
  if (interval !== undefined && !Number.isInteger(interval)) throw badRequest();
  const list = body['rules'] ?? null;
  if (list !== null && !Array.isArray(list)) throw badRequest();
  const sent = (list ?? []).map((rule: unknown) => decodeRule(rule));
  const seconds = Number(interval ?? 0);
  checkInterval(seconds);
  demandFolder(asked, folder);
  if (Buffer.byteLength(name) > 190) throw refused(400, 'invalid alert rule: rule group name is too long');
  const wanted = provenanceOf(asked);
  const before = groupOf(state, folder, name);
  const uids = sent.map((rule) => textOf(rule, 'uid') || newUid(state));
  for (const [index, rule] of sent.entries()) validateReferences(state, rule, uids[index] as string);
  const complete = sent.map((rule, index) => {
    const old = ruleOf(state, uids[index]);
    // Contract 4.2, the merge trap: what an old rule has fills what is left out.
    const merged = old ? mergeRule(rule, old.body) : rule;
    validateNew(merged, 'failed to insert alert rules: ');
    return storedBody(merged);
  });
  const twice = uids.find((uid, index) => uids.indexOf(uid) !== index);
  if (twice !== undefined) throw conflict(twice);
  const touched = [...new Set([...before, ...uids.flatMap((uid) => ruleOf(state, uid) ?? [])])];
  for (const { provenance } of touched)
    if (!mayReplace(provenance, wanted)) throw mismatch('update', wanted, provenance);
  const versions = touched.map((rule) => [rule.uid, rule.version] as const);
  await asked.pause();
  // Contract 4.1: optimistic locking per rule; no `messageId`.
  for (const [uid, version] of versions)
    if (ruleOf(state, uid)?.version !== version)
      throw refused(
        409,
        `failed to update alert rules: version conflict while updating a record in the database with optimistic locking: alert rule UID ${uid} version ${version}`,
      );
  const news = uids.find((uid) => ruleOf(state, uid) && !versions.some(([known]) => known === uid));
  if (news !== undefined) throw conflict(news);
  if (sent.length === 0) {
    // Contract 4.2: nothing is removed. Seen on 12.3.0: versions rise, and the provenance is set.
    for (const rule of before)
      Object.assign(rule, { interval: seconds, version: rule.version + 1, updated: stamp(state), provenance: wanted });
  } else writeGroup(state, { folder, name, seconds, uids, bodies: complete, provenance: wanted });
  return ok({
    title: name,
    folderUid: folder,
    interval: seconds,
    // Contract 4.2: an echo, with the durations in their canonical form.
    rules: list === null ? null : sent.map((rule) => echoOf(rule)),
  });
};

const checkInterval = (seconds: number): void => {
  if (seconds <= 0 || seconds % 10 !== 0)
    throw refused(
      400,
      `invalid alert rule: interval (${canonicalDuration(seconds * 1000)}) should be non-zero and divided exactly by scheduler interval: 10`,
    );
};

interface Group {
  readonly folder: string;
  readonly name: string;
  readonly seconds: number;
  readonly uids: readonly string[];
  readonly bodies: readonly Json[];
  readonly provenance: Provenance;
}

/** Contract 4.2: all rules are rewritten, those left out removed, those of other groups moved here. */
export const writeGroup = (state: State, { folder, name, seconds, uids, bodies, provenance }: Group): void => {
  const at = stamp(state);
  const written = uids.map((uid, index): Rule => {
    const old = ruleOf(state, uid);
    return {
      id: old?.id ?? newId(state),
      uid,
      folderUid: folder,
      group: name,
      interval: seconds,
      index: index + 1,
      version: (old?.version ?? 0) + 1,
      updated: at,
      provenance,
      body: bodies[index] as Json,
    };
  });
  state.world.rules = [
    ...state.world.rules.filter(
      (rule) => !uids.includes(rule.uid) && !(rule.folderUid === folder && rule.group === name),
    ),
    ...written,
  ];
};

const removeGroup = async (asked: Asked): Promise<Answer> => {
  const { state, params } = asked;
  const { folder = '', group: name = '' } = params;
  demandFolder(asked, folder);
  const found = groupOf(state, folder, name);
  if (found.length === 0) throw notFound();
  const wanted = provenanceOf(asked);
  for (const { provenance } of found) if (!mayReplace(provenance, wanted)) throw mismatch('delete', wanted, provenance);
  await asked.pause();
  state.world.rules = state.world.rules.filter((rule) => !(rule.folderUid === folder && rule.group === name));
  stamp(state);
  return { status: 204 };
};

/** The folder and the rule that a single write is about. Throws a 400. */
const singleOf = (asked: Asked): { readonly rule: Json; readonly folderUid: string; readonly name: string } => {
  const rule = decodeRule(bodyOf(asked));
  const folderUid = textOf(rule, 'folderUID');
  const name = textOf(rule, 'ruleGroup');
  // Contract 4.2: checked here, not for groups.
  if (!asked.state.world.folders.has(folderUid)) {
    if (asked.caller.role !== 'Admin') throw denied(needs.rulesWrite);
    throw refused(400, 'invalid alert rule: folder does not exist');
  }
  return { rule, folderUid, name };
};

const createRule = async (asked: Asked): Promise<Answer> => {
  const { state } = asked;
  const { rule, folderUid, name } = singleOf(asked);
  const uid = textOf(rule, 'uid') || newUid(state);
  validateReferences(state, rule, uid);
  validateNew(rule, '');
  await asked.pause();
  // Contract 4.2: also when the body has the `id` of another rule.
  if (ruleOf(state, uid) || state.world.rules.some(({ id }) => id === rule['id'])) throw conflict(uid);
  const group = groupOf(state, folderUid, name);
  const made: Rule = {
    id: newId(state),
    uid,
    folderUid,
    group: name,
    interval: group[0]?.interval ?? 60,
    index: group.length + 1,
    version: 1,
    updated: stamp(state),
    provenance: provenanceOf(asked),
    body: storedBody(rule),
  };
  state.world.rules = [...state.world.rules, made];
  return ok(shownRule(made), 201);
};

const replaceRule = async (asked: Asked): Promise<Answer> => {
  const { state, params } = asked;
  const { rule, folderUid, name } = singleOf(asked);
  const old = ruleOf(state, params['uid']);
  if (!old) return { status: 404 };
  validateReferences(state, rule, old.uid);
  // Contract 4.2: no merge here; an empty `condition` is stored.
  validateNew(rule, '');
  const wanted = provenanceOf(asked);
  // Contract 4.1: permanent, though it is a 500.
  if (old.provenance !== wanted && old.provenance !== '') throw refused(500, 'Internal Server Error');
  const { version } = old;
  await asked.pause();
  if (ruleOf(state, old.uid)?.version !== version)
    throw refused(
      409,
      `version conflict while updating a record in the database with optimistic locking: alert rule UID ${old.uid} version ${version}`,
    );
  Object.assign(old, {
    folderUid,
    group: name,
    version: version + 1,
    updated: stamp(state),
    provenance: wanted,
    body: storedBody(rule),
  });
  return ok(shownRule(old));
};

const removeRule = (asked: Asked): Answer => {
  const { state, params } = asked;
  const rule = ruleOf(state, params['uid']);
  // Contract 4.2: nothing there is fine.
  if (!rule) return { status: 204 };
  demandFolder(asked, rule.folderUid);
  const wanted = provenanceOf(asked);
  // Contract 4.1, single rule: same, or stored none.
  if (rule.provenance !== wanted && rule.provenance !== '') throw mismatch('delete', wanted, rule.provenance);
  state.world.rules = state.world.rules.filter(({ uid }) => uid !== rule.uid);
  stamp(state);
  return { status: 204 };
};

const groupsOf = (state: State): readonly (readonly Rule[])[] => {
  const keys = new Map(state.world.rules.map((rule) => [`${rule.folderUid}/${rule.group}`, rule]));
  return [...keys.values()].map(({ folderUid, group: name }) => groupOf(state, folderUid, name));
};

const pathOf = (state: State, uid: string): string =>
  [...ancestorsOf(state, uid), state.world.folders.get(uid)].map((folder) => folder?.title ?? '').join('/');

const rulerGroups = (state: State): Json => {
  const byFolder: Record<string, Json[]> = {};
  for (const found of groupsOf(state)) {
    const folder = found[0]?.folderUid ?? '';
    if (state.world.folders.has(folder)) (byFolder[pathOf(state, folder)] ??= []).push(rulerGroup(found));
  }
  return byFolder;
};

const rulerGroup = (found: readonly Rule[]): Json => ({
  name: found[0]?.group,
  interval: canonicalDuration((found[0]?.interval ?? 0) * 1000),
  rules: found.map(({ uid, folderUid, group: name, interval, version, updated, provenance, body }) => ({
    expr: '',
    for: body['for'],
    keep_firing_for: body['keep_firing_for'],
    ...(isObject(body['labels']) && { labels: body['labels'] }),
    ...(isObject(body['annotations']) && { annotations: body['annotations'] }),
    grafana_alert: {
      title: body['title'],
      condition: body['condition'],
      data: body['data'],
      updated,
      intervalSeconds: interval,
      version,
      uid,
      namespace_uid: folderUid,
      rule_group: name,
      no_data_state: body['noDataState'],
      exec_err_state: body['execErrState'],
      is_paused: body['isPaused'],
      ...(provenance && { provenance }),
    },
  })),
});

/** Contract 4.7, the form that gives right folders; as JSON only. */
const exportRules = (asked: Asked): Answer => {
  const { state, query, caller, path } = asked;
  demand(caller, needs.rulesRead, path);
  const folders = query.getAll('folderUid');
  const name = query.get('group');
  const found = groupsOf(state).filter(
    ([first]) =>
      first && (folders.length === 0 || folders.includes(first.folderUid)) && (name === null || first.group === name),
  );
  if (found.length === 0) throw new Refusal({ status: 404 });
  return ok({
    apiVersion: 1,
    groups: found.map((group) => ({
      orgId: 1,
      name: group[0]?.group,
      folder: [...ancestorsOf(state, group[0]?.folderUid ?? ''), state.world.folders.get(group[0]?.folderUid ?? '')]
        .map((folder) => (folder?.title ?? '').replaceAll('/', '\\/'))
        .join('/'),
      interval: canonicalDuration((group[0]?.interval ?? 0) * 1000),
      rules: group.map(({ uid, body }) => ({ uid, ...exported(body) })),
    })),
  });
};

const exported = (body: Json): Json => {
  const { keep_firing_for: keep, notification_settings: settings, record, ...rest } = copy(body);
  return {
    ...rest,
    data: objectsAt(body, 'data').map(([{ queryType, ...query }]) => ({
      ...query,
      ...(queryType !== '' && { queryType }),
    })),
    ...(keep !== '0s' && { keepFiringFor: keep }),
    ...(settings !== null && { notification_settings: settings }),
    ...(record !== null && { record }),
  };
};

/** Receivers and time intervals that rules name, for those who want to remove one (contract 4.3, 4.5). */
export const rulesNaming = (state: State, key: 'receiver' | 'mute_time_intervals', name: string): readonly Rule[] =>
  state.world.rules.filter(({ body }) => {
    const settings = objectAt(body, 'notification_settings');
    if (key === 'receiver') return textAt(settings, 'receiver') === name;
    return ['mute_time_intervals', 'active_time_intervals'].some((list) => {
      const names = settings[list];
      return Array.isArray(names) && names.includes(name);
    });
  });
