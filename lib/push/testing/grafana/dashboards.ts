import { isObject, objectAt, objectsAt, textAt, type Json } from '../../../grafana-json/json';
import { denied, type Caller } from './auth';
import {
  badRequest,
  bodyOf,
  canonical,
  copy,
  ok,
  refused,
  Refusal,
  route,
  textOf,
  type Answer,
  type Asked,
  type Route,
} from './exchange';
import { folderUrl, slugOf } from './folders';
import { dashboardUrl } from './search';
import { newId, newUid, stamp, uidFault, type Dashboard, type DashboardVersion, type State } from './state';

/** The legacy calls for dashboards: contract 3.1 to 3.4. */
export const dashboardRoutes: readonly Route[] = [
  route('POST', '/api/dashboards/db', ['dashboards:create', 'dashboards:write'], (asked) => save(asked)),
  route('GET', '/api/dashboards/uid/:uid', ['dashboards:read'], (asked) => read(asked)),
  route('DELETE', '/api/dashboards/uid/:uid', ['dashboards:delete'], ({ state, params }) => {
    const dashboard = dashboardOf(state, params['uid']);
    // Contract 3.4: also where the provider allows updates.
    if (dashboard.file) throw refused(400, 'provisioned dashboard cannot be deleted');
    state.world.dashboards.delete(dashboard.uid);
    stamp(state);
    const title = String(dashboard.spec['title']);
    return ok({ message: `Dashboard ${title} deleted`, title, uid: dashboard.uid });
  }),
];

/** Throws a 404. */
export const dashboardOf = (state: State, uid = ''): Dashboard => {
  const dashboard = state.world.dashboards.get(uid);
  if (!dashboard) throw refused(404, 'Dashboard not found');
  return dashboard;
};

/** Contract 3.7: without default permissions nobody but an administrator sees what is at the root. */
export const isVisible = ({ role }: Caller, { folderUid, defaultPermissions }: Dashboard): boolean =>
  role === 'Admin' || folderUid !== '' || defaultPermissions;

const mismatch = (): Error =>
  refused(412, 'The dashboard has been changed by someone else', { status: 'version-mismatch' });

const save = async (asked: Asked): Promise<Answer> => {
  const { state, caller } = asked;
  const envelope = bodyOf(asked);
  // Seen on 12.3.0: a body without `dashboard` is not decoded.
  if (!isObject(envelope['dashboard'])) throw badRequest();
  if (envelope['isFolder'] === true) throw refused(400, 'Use folders endpoint for saving folders.');
  const sent = copy(envelope['dashboard']);
  const overwrite = envelope['overwrite'] === true;
  const message = textOf(envelope, 'message');
  const { uid, before } = targetOf(state, sent);
  const spec = specOf(state, sent, message);
  const folderUid = folderIn(state, textOf(envelope, 'folderUid'));
  // Contract 9.1: also when an existing one is updated.
  if (state.world.dashboards.size >= state.settings.dashboardQuota) throw refused(403, 'Quota reached');
  if (before?.file && !before.file.allowUiUpdates) throw refused(400, 'Cannot save provisioned dashboard');
  // Contract 2.1: a folder has this uid.
  if (state.world.folders.has(uid)) throw refused(409, `dashboards.dashboard.grafana.app "${uid}" already exists`);
  // Contract 1.5: without a word.
  if (before && !isVisible(caller, before)) throw new Refusal({ status: 403, body: {} });
  const planned = before?.version;
  // Contract 3.1: a version that is no number counts as 0; without `overwrite` it must be the stored one.
  const named = typeof sent['version'] === 'number' ? sent['version'] : 0;
  if (before && !overwrite && named !== before.version) throw mismatch();
  await asked.pause();
  // Contract 3.1: the check is not atomic. One that read the same version passes as well, and overwrites.
  const there = state.world.dashboards.get(uid);
  const moved = (there?.version ?? 0) - (planned ?? 0);
  if (overwrite && moved > 0)
    throw refused(500, 'UNIQUE constraint failed: dashboard_version.dashboard_id, dashboard_version.version');
  if (!overwrite && (moved > 1 || (!before && there))) throw mismatch();
  const equal = there !== undefined && there.folderUid === folderUid && canonical(there.spec) === canonical(spec);
  const stored = storeDashboard(state, {
    uid,
    folderUid,
    spec,
    message,
    caller,
    api: 'v0alpha1',
    defaultPermissions: true,
  });
  checkLibraryPanels(state, spec);
  return ok({
    folderUid,
    id: stored.id,
    slug: slugOf(String(spec['title'])),
    status: 'success',
    uid,
    url: dashboardUrl(state, stored),
    // Contract 3.1: for equal content the answer has the old number.
    version: equal ? stored.version - 1 : stored.version,
  });
};

/** Contract 3.1: which dashboard a save means, by `id` and `uid`. */
const targetOf = (state: State, sent: Json): { readonly uid: string; readonly before: Dashboard | undefined } => {
  const uid = textAt(sent, 'uid') ?? '';
  const fault = uidFault(uid);
  if (fault) throw refused(400, fault);
  const id = sent['id'];
  const byUid = state.world.dashboards.get(uid);
  if (typeof id !== 'number' || id === 0) return { uid: uid || newUid(state), before: byUid };
  const byId = [...state.world.dashboards.values()].find((dashboard) => dashboard.id === id);
  if (!byId) throw refused(404, 'Dashboard not found', { status: 'not-found' });
  if (uid === '') return { uid: byId.uid, before: byId };
  if (byUid && byUid.id !== id) throw refused(400, 'A dashboard with the same uid already exists');
  return { uid, before: byUid };
};

/** Contract 3.1, 3.3: what is checked and changed of the content. */
const specOf = (state: State, sent: Json, message: string): Json => {
  const title = (textAt(sent, 'title') ?? '').trim();
  if (title === '') throw refused(400, 'Dashboard title cannot be empty', { status: 'empty-name' });
  if (Buffer.byteLength(title) > 5000)
    throw refused(400, 'Dashboard title cannot contain more than 5 000 characters', { status: 'title-too-long' });
  if (Buffer.byteLength(message) > 500) throw refused(400, 'message too long, max 500 characters');
  const { id, uid, version, ...rest } = sent;
  void [id, uid, version];
  const tooQuick = isTooQuick(rest['refresh'], state);
  return { ...rest, title, ...(tooQuick && { refresh: `${state.settings.minRefresh}s` }) };
};

/** Contract 3.3: below `min_refresh_interval`. */
export const isTooQuick = (refresh: unknown, { settings }: State): boolean => {
  const found = typeof refresh === 'string' ? /^(\d+)(ms|s|m|h|d)$/.exec(refresh) : null;
  const scale = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 }[found?.[2] ?? 's'] ?? 1;
  return found !== null && Number(found[1]) * scale < settings.minRefresh;
};

/** Contract 3.1: empty, missing and `general` mean the root. */
const folderIn = (state: State, uid: string): string => {
  if (uid === '' || uid === 'general') return '';
  if (!state.world.folders.has(uid)) throw refused(400, 'folder not found');
  return uid;
};

/** Contract 3.1, 3.6: said after the dashboard has been saved. */
const checkLibraryPanels = (state: State, spec: Json): void => {
  for (const [panel] of objectsAt(spec, 'panels')) {
    if (!isObject(panel['libraryPanel'])) continue;
    const uid = textAt(panel['libraryPanel'], 'uid');
    if (!uid) throw refused(500, 'library panel header is missing required property uid');
    if (!state.world.libraryPanels.has(uid)) throw refused(500, 'library element could not be found');
  }
};

interface Saved {
  readonly uid: string;
  readonly folderUid: string;
  readonly spec: Json;
  readonly message: string;
  readonly caller: Pick<Caller, 'name'>;
  readonly api: Dashboard['stored'];
  readonly defaultPermissions: boolean;
  readonly restoredFrom?: number;
  readonly file?: Dashboard['file'];
}

/** Contract 3.3: every save adds a version, also of equal content. */
export const storeDashboard = (state: State, saved: Saved): Dashboard => {
  const { uid, folderUid, spec, message, caller, api, defaultPermissions, restoredFrom = 0, file } = saved;
  const before = state.world.dashboards.get(uid);
  const at = stamp(state);
  const version = (before?.version ?? 0) + 1;
  const entry: DashboardVersion = {
    version,
    parentVersion: before?.version ?? 0,
    restoredFrom,
    message,
    created: at,
    createdBy: caller.name,
    spec: copy(spec),
  };
  const dashboard: Dashboard = {
    id: before?.id ?? newId(state),
    uid,
    folderUid,
    stored: api,
    spec: copy(spec),
    version,
    created: before?.created ?? at,
    updated: at,
    createdBy: before?.createdBy ?? caller.name,
    updatedBy: caller.name,
    history: [entry, ...(before?.history ?? [])].slice(0, state.settings.versionsToKeep),
    file: before?.file ?? file,
    defaultPermissions: before?.defaultPermissions ?? defaultPermissions,
  };
  state.world.dashboards.set(uid, dashboard);
  return dashboard;
};

/** Contract 3.2. */
const read = ({ state, params, caller }: Asked): Answer => {
  const dashboard = dashboardOf(state, params['uid']);
  if (!isVisible(caller, dashboard)) throw denied(['dashboards:read']);
  const { id, uid, spec, version, folderUid, stored, created, updated, createdBy, updatedBy, file } = dashboard;
  if (stored === 'v2beta1')
    throw refused(
      406,
      `dashboard api version not supported, use /apis/dashboard.grafana.app/v2beta1/namespaces/default/dashboards/${uid} instead`,
    );
  const folder = state.world.folders.get(folderUid);
  const may = caller.role === 'Admin' || caller.role === 'Editor';
  return ok({
    meta: {
      type: 'db',
      canSave: may,
      canEdit: may,
      canAdmin: caller.role === 'Admin',
      canStar: true,
      canDelete: may,
      slug: slugOf(String(spec['title'])),
      url: dashboardUrl(state, dashboard),
      expires: '0001-01-01T00:00:00Z',
      created,
      updated,
      updatedBy,
      createdBy,
      version,
      hasAcl: false,
      isFolder: false,
      apiVersion: 'v0alpha1',
      folderId: folder?.id ?? 0,
      folderUid: folder?.uid ?? '',
      folderTitle: folder?.title ?? 'General',
      folderUrl: folder ? folderUrl(state, folder) : '',
      // Contract 3.2: only where the provider takes no updates; the path in either case.
      provisioned: file !== undefined && !file.allowUiUpdates,
      provisionedExternalId: file?.path ?? '',
    },
    dashboard: legacyOf(dashboard.spec, id, uid, version),
  });
};

/** Contract 3.2: `id`, `uid`, `version` are set by the server, keys are sorted. */
export const legacyOf = (spec: Json, id: number | undefined, uid: string, version: number): Json =>
  JSON.parse(canonical({ ...spec, ...(id !== undefined && { id }), uid, version })) as Json;

export const annotationsOf = (metadata: Json): Json => objectAt(metadata, 'annotations');
