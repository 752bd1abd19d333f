import { folderUrl, numberIn, slugOf } from './folders';
import { ok, refused, route, type Asked, type Route } from './exchange';
import type { Dashboard, Folder, State } from './state';

interface Hit {
  readonly id: number;
  readonly uid: string;
  readonly title: string;
  readonly type: 'dash-db' | 'dash-folder';
  readonly tags: readonly string[];
  readonly parent: Folder | undefined;
  readonly url: string;
}

/** Contract 2.5. */
export const searchRoutes: readonly Route[] = [route('GET', '/api/search', [], (asked) => search(asked))];

const search = ({ state, query, caller }: Asked) => {
  const limit = numberIn(query, 'limit', 1000);
  if (limit > 5000)
    throw refused(422, 'Limit is above maximum allowed (5000), use page parameter to access hits beyond limit');
  if (caller.role === 'None') return ok([]);
  const page = numberIn(query, 'page', 1);
  const text = (query.get('query') ?? '').toLowerCase();
  const tags = query.getAll('tag');
  const type = query.get('type');
  // `folderUIDs[]` is another key: it is not read, and everything comes back.
  const folders = query.getAll('folderUIDs').map((uid) => (uid === 'general' ? '' : uid));
  const uids = query.getAll('dashboardUIDs');
  const hits = allOf(state)
    .filter(
      (hit) =>
        hit.title.toLowerCase().includes(text) &&
        tags.every((tag) => hit.tags.includes(tag)) &&
        (type === null || hit.type === type) &&
        (folders.length === 0 || folders.includes(hit.parent?.uid ?? '')) &&
        (uids.length === 0 || (hit.type === 'dash-db' && uids.includes(hit.uid))),
    )
    .sort((a, b) => (a.title < b.title ? -1 : 1));
  const part = hits.slice((page - 1) * limit, page * limit);
  // Seen on 12.3.0: one hit with one tag, and the tag is not shown.
  const hidden = part.length === 1 && part[0]?.tags.length === 1;
  return ok(part.map((hit) => shown(state, hidden ? { ...hit, tags: [] } : hit)));
};

const allOf = (state: State): readonly Hit[] => [
  ...[...state.world.folders.values()].map((folder): Hit => {
    const parent = state.world.folders.get(folder.parentUid);
    return { ...folder, type: 'dash-folder', tags: [], parent, url: folderUrl(state, folder) };
  }),
  ...[...state.world.dashboards.values()].map((dashboard): Hit => {
    const title = String(dashboard.spec['title'] ?? '');
    const tags = dashboard.spec['tags'];
    return {
      id: dashboard.id,
      uid: dashboard.uid,
      title,
      type: 'dash-db',
      tags: Array.isArray(tags) ? tags.map(String) : [],
      parent: state.world.folders.get(dashboard.folderUid),
      url: dashboardUrl(state, dashboard),
    };
  }),
];

export const dashboardUrl = (state: State, { uid, spec }: Dashboard): string =>
  `${state.settings.subPath}/d/${uid}/${slugOf(String(spec['title'] ?? ''))}`;

const shown = (state: State, { id, uid, title, type, tags, parent, url }: Hit): unknown => ({
  id,
  uid,
  orgId: 1,
  title,
  uri: `db/${slugOf(title)}`,
  url,
  slug: '',
  type,
  tags,
  isStarred: false,
  ...(parent && {
    folderId: parent.id,
    folderUid: parent.uid,
    folderTitle: parent.title,
    folderUrl: folderUrl(state, parent),
  }),
  sortMeta: 0,
  isDeleted: false,
});
