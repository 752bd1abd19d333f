import { bodyOf, ok, refused, route, type Asked, type Route } from './exchange';
import { dashboardOf, legacyOf, storeDashboard } from './dashboards';
import { slugOf } from './folders';
import { dashboardUrl } from './search';
import type { Dashboard, DashboardVersion } from './state';

const base = '/api/dashboards/uid/:uid/versions';

/** Contract 3.5. */
export const versionRoutes: readonly Route[] = [
  route('GET', base, ['dashboards:write'], ({ state, params, query }) => {
    const dashboard = dashboardOf(state, params['uid']);
    const limit = Number(query.get('limit') ?? 1000) || 1000;
    const start = Number(query.get('start') ?? /start:(\d+)/.exec(query.get('continueToken') ?? '')?.[1] ?? Infinity);
    const rest = dashboard.history.filter(({ version }) => version < start);
    const part = rest.slice(0, limit);
    return ok({
      continueToken: part.length < rest.length ? `org:1/start:${part.at(-1)?.version ?? 0}/folder:` : '',
      versions: part.map((version) => shown(dashboard, version, listMessage(version))),
    });
  }),
  route('GET', `${base}/:version`, ['dashboards:write'], ({ state, params }) => {
    const dashboard = dashboardOf(state, params['uid']);
    const version = dashboard.history.find(({ version: number }) => number === Number(params['version']));
    if (!version)
      throw refused(500, `Dashboard version ${params['version'] ?? ''} not found for dashboardId ${dashboard.id}`);
    return ok(shown(dashboard, version, version.message));
  }),
  route('POST', '/api/dashboards/uid/:uid/restore', ['dashboards:write'], (asked) => restore(asked)),
];

/** The list hides the message of the first version and of a restore. */
const listMessage = ({ version, restoredFrom, message }: DashboardVersion): string => {
  if (restoredFrom > 0) return `Restored from version ${restoredFrom}`;
  return version === 1 ? 'Initial save' : message;
};

const shown = ({ id, uid }: Dashboard, entry: DashboardVersion, message: string): unknown => ({
  id: entry.version,
  dashboardId: id,
  uid,
  parentVersion: entry.parentVersion,
  restoredFrom: entry.restoredFrom,
  version: entry.version,
  created: entry.created,
  createdBy: entry.createdBy,
  message,
  data: legacyOf(entry.spec, undefined, uid, entry.version),
});

const restore = (asked: Asked) => {
  const { state, params, caller } = asked;
  const dashboard = dashboardOf(state, params['uid']);
  const wanted = Number(bodyOf(asked)['version']);
  const entry = dashboard.history.find(({ version }) => version === wanted);
  if (!entry) throw refused(404, 'Dashboard not found');
  const saved = storeDashboard(state, {
    uid: dashboard.uid,
    folderUid: dashboard.folderUid,
    spec: entry.spec,
    message: '',
    caller,
    api: 'v0alpha1',
    defaultPermissions: true,
    restoredFrom: wanted,
  });
  return ok({
    folderUid: saved.folderUid,
    id: saved.id,
    slug: slugOf(String(saved.spec['title'])),
    status: 'success',
    uid: saved.uid,
    url: dashboardUrl(state, saved),
    version: saved.version,
  });
};
