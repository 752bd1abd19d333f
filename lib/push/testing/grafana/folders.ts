import { denied, demand, needs } from './auth';
import { badRequest, bodyOf, coded, ok, refused, route, status, textOf, type Asked, type Route } from './exchange';
import { newId, newUid, stamp, uidFault, type Folder, type State } from './state';

/** Contract 2.1: parents at most. */
const maxDepth = 4;

const apis = '/apis/folder.grafana.app/v1beta1/namespaces/:namespace/folders';

export const folderRoutes: readonly Route[] = [
  route('GET', '/api/folders', [], (asked) => list(asked)),
  route('POST', '/api/folders', ['folders:create'], (asked) => create(asked)),
  route('GET', '/api/folders/:uid', ['folders:read'], ({ state, params }) => {
    // Contract 2.1: the root answers, too.
    if (params['uid'] === 'general')
      return ok({ id: 0, uid: 'general', orgId: 0, title: 'Dashboards', url: '', hasAcl: false, ...rights(true) });
    return ok(shown(state, found(state, params['uid'])));
  }),
  route('PUT', '/api/folders/:uid', ['folders:write'], (asked) => rename(asked)),
  route('POST', '/api/folders/:uid/move', ['folders:write'], (asked) => move(asked)),
  route('DELETE', '/api/folders/:uid', ['folders:delete'], (asked) => remove(asked)),
  route('GET', '/api/folders/:uid/counts', ['folders:read'], ({ state, params }) =>
    ok(countsBelow(state, found(state, params['uid']).uid)),
  ),
  route('GET', apis, ['folders:read'], ({ state }) =>
    ok({
      kind: 'FolderList',
      apiVersion: 'folder.grafana.app/v1beta1',
      metadata: {},
      items: [...state.world.folders.values()].map(resourceOf),
    }),
  ),
  route('GET', `${apis}/:uid`, ['folders:read'], ({ state, params: { uid = '' } }) => {
    const folder = state.world.folders.get(uid);
    if (!folder)
      throw status(404, `folders.folder.grafana.app "${uid}" not found`, {
        reason: 'NotFound',
        details: { name: uid, group: 'folder.grafana.app', kind: 'folders' },
      });
    return ok(resourceOf(folder));
  }),
];

const notFound = (): Error => refused(404, 'folder not found', { status: 'not-found' });

const found = (state: State, uid = ''): Folder => {
  const folder = state.world.folders.get(uid);
  if (!folder) throw notFound();
  return folder;
};

const list = ({ state, query, caller }: Asked) => {
  // Contract 2.2: a caller without a folder of its own sees a made-up one first.
  if (caller.role === 'None') return ok([{ id: -1, uid: 'sharedwithme', title: 'Shared with me' }]);
  const parent = query.get('parentUid') ?? '';
  if (parent && !state.world.folders.has(parent)) throw notFound();
  const limit = Number(query.get('limit') ?? 100_000);
  const page = Number(query.get('page') ?? 1);
  return ok(
    childrenOf(state, parent)
      .sort((a, b) => (a.title < b.title ? -1 : 1))
      .slice((page - 1) * limit, page * limit)
      .map(({ id, uid, title, parentUid }) => ({ id, uid, title, ...(parentUid && { parentUid }) })),
  );
};

const create = async (asked: Asked) => {
  const { state, caller } = asked;
  const body = bodyOf(asked);
  const uid = textOf(body, 'uid') || newUid(state);
  const title = textOf(body, 'title').trim();
  const parentUid = textOf(body, 'parentUid');
  // Contract 2.1: rules of uids and titles.
  const fault = uidFault(uid);
  if (fault) throw refused(400, fault);
  if (uid === 'general') throw refused(500, 'Folder API error: invalid uid for folder provided');
  if (uid === 'sharedwithme') throw coded(400, 'folder.bad-request', 'BadRequest');
  if (title === '') throw refused(400, 'folder title cannot be empty');
  if (/^general$/i.test(title)) throw refused(400, 'A folder with that name already exists');
  // Contract 2.3: an unknown parent is 404 without a `status`.
  if (parentUid && !state.world.folders.has(parentUid)) throw refused(404, 'folder not found');
  if (parentUid && ancestorsOf(state, parentUid).length >= maxDepth)
    throw refused(400, 'Maximum nested folder depth reached');
  // Contract 2.1: folders and dashboards share their uids.
  if (state.world.dashboards.has(uid)) throw refused(400, 'Dashboard cannot be changed to a folder');
  const early = state.world.folders.has(uid);
  await asked.pause();
  const late = !early && state.world.folders.has(uid);
  // Seen on a busy 12.3.0: who loses at the very same moment may be told of the constraint instead.
  if (late && asked.random() < 0.2)
    throw refused(500, 'Folder API error: UNIQUE constraint failed: folder.org_id, folder.uid');
  // Contract 2.3: 412, not 409; one of ten at once passes.
  if (state.world.folders.has(uid)) throw refused(412, 'the folder has been changed by someone else');
  const at = stamp(state);
  const folder: Folder = {
    id: newId(state),
    uid,
    title,
    parentUid,
    description: textOf(body, 'description'),
    version: 1,
    created: at,
    updated: at,
    createdBy: caller.name,
    updatedBy: caller.name,
  };
  state.world.folders.set(uid, folder);
  // Contract 2.2: what its maker may do is not known yet.
  return ok(shown(state, folder, caller.role === 'Admin'));
};

const rename = (asked: Asked) => {
  const { state, params, caller } = asked;
  const folder = found(state, params['uid']);
  const body = bodyOf(asked);
  // Contract 2.3: the text of dashboards, no `status`.
  if (body['overwrite'] !== true && body['version'] !== folder.version)
    throw refused(412, 'The dashboard has been changed by someone else');
  const title = textOf(body, 'title').trim();
  if (title === '') throw refused(400, 'folder title cannot be empty');
  folder.title = title;
  // Contract 2.2: a description that is left out stays.
  if (body['description'] !== undefined) folder.description = textOf(body, 'description');
  folder.version += 1;
  folder.updated = stamp(state);
  folder.updatedBy = caller.name;
  return ok(shown(state, folder));
};

const move = (asked: Asked) => {
  const { state, params, caller } = asked;
  const parentUid = textOf(bodyOf(asked), 'parentUid');
  const folder = state.world.folders.get(params['uid'] ?? '');
  // Contract 2.2: unknown on either side is 500.
  if (!folder || (parentUid && !state.world.folders.has(parentUid))) throw refused(500, 'move folder failed');
  const above = parentUid ? [...ancestorsOf(state, parentUid).map(({ uid }) => uid), parentUid] : [];
  if (above.includes(folder.uid)) throw coded(400, 'folder.circular-reference', 'Circular reference detected');
  // Contract 2.1: the deepest that is moved ends on level 5 at most.
  if (above.length + heightOf(state, folder.uid) > maxDepth + 1)
    throw coded(400, 'folder.maximum-depth-reached', 'Maximum nested folder depth reached');
  folder.parentUid = parentUid;
  // Seen on 12.3.0: a move raises the version by two.
  folder.version += 2;
  folder.updated = stamp(state);
  folder.updatedBy = caller.name;
  return ok(shown(state, folder));
};

const remove = (asked: Asked) => {
  const { state, params, query, caller } = asked;
  const folder = state.world.folders.get(params['uid'] ?? '');
  // Contract 2.2: without a `status`.
  if (!folder) throw refused(404, 'folder not found');
  const below = descendantsOf(state, folder.uid);
  const all = new Set([folder.uid, ...below.map(({ uid }) => uid)]);
  // Contract 2.4: a dashboard of a file keeps its folder.
  if ([...state.world.dashboards.values()].some(({ folderUid, file }) => file && all.has(folderUid)))
    throw refused(400, 'provisioned dashboard cannot be deleted');
  if (query.get('forceDeleteRules') === 'true') {
    demand(caller, ['alert.rules:delete'], asked.path);
    state.world.rules = state.world.rules.filter(({ folderUid }) => !all.has(folderUid));
  } else if (state.world.rules.some(({ folderUid }) => all.has(folderUid)))
    throw coded(400, 'folder.not-empty', 'Folder cannot be deleted: folder is not empty');
  for (const { uid, folderUid } of [...state.world.dashboards.values()])
    if (all.has(folderUid)) state.world.dashboards.delete(uid);
  const deep = heightOf(state, folder.uid) > 2;
  for (const { uid } of below) state.world.folders.delete(uid);
  stamp(state);
  // Contract 2.4: with two levels below, 404 after the descendants went; the folder itself stays.
  if (deep) throw refused(404, 'folder not found');
  state.world.folders.delete(folder.uid);
  return ok({ message: 'Folder deleted' });
};

/** Contract 2.2: of everything below. */
const countsBelow = (state: State, uid: string): Readonly<Record<string, number>> => {
  const all = new Set([uid, ...descendantsOf(state, uid).map((folder) => folder.uid)]);
  const inside = ({ folderUid }: { readonly folderUid: string }): boolean => all.has(folderUid);
  return {
    alertrule: state.world.rules.filter(inside).length,
    dashboard: [...state.world.dashboards.values()].filter(inside).length,
    folder: all.size - 1,
    librarypanel: [...state.world.libraryPanels.values()].filter(inside).length,
  };
};

export const childrenOf = (state: State, parent: string): Folder[] =>
  [...state.world.folders.values()].filter(({ parentUid }) => parentUid === parent);

/** From the root down, without the folder itself. */
export const ancestorsOf = (state: State, uid: string): readonly Folder[] => {
  const parent = state.world.folders.get(state.world.folders.get(uid)?.parentUid ?? '');
  return parent ? [...ancestorsOf(state, parent.uid), parent] : [];
};

const descendantsOf = (state: State, uid: string): readonly Folder[] =>
  childrenOf(state, uid).flatMap((child) => [child, ...descendantsOf(state, child.uid)]);

/** Levels from the folder down, itself included. */
const heightOf = (state: State, uid: string): number =>
  1 + Math.max(0, ...childrenOf(state, uid).map((child) => heightOf(state, child.uid)));

export const slugOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

export const folderUrl = (state: State, { uid, title }: Folder): string =>
  `${state.settings.subPath}/dashboards/f/${uid}/${slugOf(title)}`;

const rights = (may: boolean) => ({ canSave: may, canEdit: may, canAdmin: may, canDelete: may });

/** Contract 2.2: never with its description. */
const shown = (state: State, folder: Folder, may = true, withParents = true): unknown => {
  const { id, uid, title, createdBy, created, updatedBy, updated, version, parentUid } = folder;
  return {
    id,
    uid,
    orgId: 1,
    title,
    url: folderUrl(state, folder),
    hasAcl: false,
    ...rights(may),
    createdBy,
    created,
    updatedBy,
    updated,
    version,
    ...(parentUid && { parentUid }),
    ...(parentUid &&
      withParents && { parents: ancestorsOf(state, uid).map((parent) => shown(state, parent, may, false)) }),
  };
};

/** Contract 2.6. */
const resourceOf = ({ id, uid, title, description, parentUid, version, created, updated }: Folder) => ({
  kind: 'Folder',
  apiVersion: 'folder.grafana.app/v1beta1',
  metadata: {
    name: uid,
    namespace: 'default',
    uid: `k8s-${id}`,
    resourceVersion: String(Date.parse(updated)),
    generation: version,
    creationTimestamp: created,
    labels: { 'grafana.app/deprecatedInternalID': String(id) },
    annotations: { ...(parentUid && { 'grafana.app/folder': parentUid }), 'grafana.app/updatedTimestamp': updated },
  },
  spec: { title, description },
  status: {},
});

/** Contract 4.2: an Editor reaches rules through folders that are there. */
export const demandFolder = ({ state, caller }: Asked, uid: string): void => {
  if (caller.role !== 'Admin' && !state.world.folders.has(uid)) throw denied(needs.rulesWrite);
};

/** For numbers in a query that must be some. */
export const numberIn = (query: URLSearchParams, key: string, otherwise: number): number => {
  const value = Number(query.get(key) ?? otherwise);
  if (!Number.isFinite(value)) throw badRequest();
  return value;
};
