import { isObject, objectAt, type Json } from '../../../grafana-json/json';
import { bodyOf, coded, copy, ok, refused, route, textOf, type Asked, type Route } from './exchange';
import { newId, newUid, stamp, uidFault, type DataSource, type State } from './state';

/** Contract 6.1. */
export const dataSourceRoutes: readonly Route[] = [
  route('GET', '/api/datasources', ['datasources:read'], ({ state }) =>
    ok([...state.world.dataSources.values()].sort((a, b) => (a.name < b.name ? -1 : 1)).map(inList)),
  ),
  route('GET', '/api/datasources/uid/:uid', ['datasources:read'], ({ state, params }) =>
    ok(shown(found(state, ({ uid }) => uid === params['uid']))),
  ),
  route('GET', '/api/datasources/name/:name', ['datasources:read'], ({ state, params }) =>
    ok(shown(found(state, ({ name }) => name === params['name']))),
  ),
  route('POST', '/api/datasources', ['datasources:create'], (asked) => create(asked)),
  route('PUT', '/api/datasources/uid/:uid', ['datasources:write'], (asked) => replace(asked)),
  route('DELETE', '/api/datasources/uid/:uid', ['datasources:delete'], ({ state, params }) => {
    const source = found(state, ({ uid }) => uid === params['uid']);
    if (source.readOnly) throw refused(403, 'Cannot delete read-only data source');
    state.world.dataSources.delete(source.uid);
    stamp(state);
    return ok({ id: source.id, message: 'Data source deleted' });
  }),
];

const found = (state: State, is: (source: DataSource) => boolean): DataSource => {
  const source = [...state.world.dataSources.values()].find(is);
  if (!source) throw refused(404, 'Data source not found');
  return source;
};

const inList = ({ id, uid, name, type, access, url, isDefault, jsonData, readOnly, more }: DataSource): Json => ({
  id,
  uid,
  orgId: 1,
  name,
  type,
  typeName: type.slice(0, 1).toUpperCase() + type.slice(1),
  typeLogoUrl: `public/plugins/${type}/img/${type}_logo.svg`,
  access,
  url,
  user: '',
  database: '',
  basicAuth: false,
  ...copy(more),
  isDefault,
  jsonData: copy(jsonData),
  readOnly,
});

/** Never with the value of a secret. */
const shown = (source: DataSource): Json => {
  const { typeName, ...listed } = inList(source);
  void typeName;
  return {
    basicAuthUser: '',
    withCredentials: false,
    ...listed,
    secureJsonFields: Object.fromEntries(Object.keys(source.secrets).map((key) => [key, true])),
    version: source.version,
    apiVersion: '',
  };
};

const known = ['user', 'database', 'basicAuth', 'basicAuthUser', 'withCredentials'];

const decoded = (
  body: Json,
): Pick<DataSource, 'name' | 'type' | 'access' | 'url' | 'isDefault' | 'more' | 'jsonData'> => ({
  name: textOf(body, 'name'),
  type: textOf(body, 'type'),
  access: textOf(body, 'access'),
  url: textOf(body, 'url'),
  isDefault: body['isDefault'] === true,
  more: Object.fromEntries(Object.entries(body).filter(([key]) => known.includes(key))),
  jsonData: isObject(body['jsonData']) ? copy(body['jsonData']) : {},
});

const secretsOf = (body: Json): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(objectAt(body, 'secureJsonData')).map(([key, value]) => [key, String(value)]));

const create = async (asked: Asked) => {
  const { state } = asked;
  const body = bodyOf(asked);
  const uid = textOf(body, 'uid') || newUid(state);
  if (uidFault(uid)) throw coded(400, 'datasource.uidInvalid', 'Invalid datasource UID.');
  const sent = decoded(body);
  const before = state.world.dataSources.size;
  const taken = [...state.world.dataSources.values()];
  if (taken.some(({ name }) => name === sent.name)) throw refused(409, 'data source with the same name already exists');
  if (taken.some((source) => source.uid === uid)) throw refused(409, 'data source with the same uid already exists');
  await asked.pause();
  // Contract 4.1: at the same moment some are lost.
  if (state.world.dataSources.size !== before) throw refused(500, 'Failed to add datasource');
  stamp(state);
  const made: DataSource = {
    id: newId(state),
    uid,
    ...sent,
    // Seen on 12.3.0: the first one is the default.
    isDefault: sent.isDefault || before === 0,
    secrets: secretsOf(body),
    version: 1,
    readOnly: false,
  };
  store(state, made);
  return ok({ datasource: shown(made), id: made.id, message: 'Datasource added', name: made.name });
};

/** A second default takes it away from the first, without a word. */
const store = (state: State, source: DataSource): void => {
  if (source.isDefault) for (const other of state.world.dataSources.values()) other.isDefault = false;
  state.world.dataSources.set(source.uid, source);
};

const replace = async (asked: Asked) => {
  const { state, params } = asked;
  const before = found(state, ({ uid }) => uid === params['uid']);
  const body = bodyOf(asked);
  if (before.readOnly) throw refused(403, 'Cannot update read-only data source');
  const version = typeof body['version'] === 'number' ? body['version'] : undefined;
  if (version !== undefined && version < before.version)
    throw refused(409, 'Datasource has already been updated by someone else. Please reload and try again');
  const sent = decoded(body);
  const uid = textOf(body, 'uid');
  if (uid !== '' && uid !== before.uid) throw refused(500, 'Failed to update datasource');
  if ([...state.world.dataSources.values()].some(({ name, uid: other }) => name === sent.name && other !== before.uid))
    throw refused(409, 'data source with the same name already exists');
  await asked.pause();
  stamp(state);
  const after: DataSource = {
    ...before,
    ...sent,
    // Secrets that are not sent stay; without a version it begins again at 1.
    secrets: { ...before.secrets, ...secretsOf(body) },
    version: version === undefined ? 1 : version + 1,
  };
  store(state, after);
  return ok({ datasource: shown(after), id: after.id, message: 'Datasource updated', name: after.name });
};
