import { isObject, type Json } from '../../grafana-json/json';
import { onlyKeys, withoutEmpty, withoutNulls, withoutUsual } from './without';

const settings = [
  'name',
  'type',
  'access',
  'url',
  'user',
  'database',
  'basicAuth',
  'basicAuthUser',
  'withCredentials',
  'isDefault',
  'jsonData',
  'secureJsonData',
];

/** What a person sets of a data source. Grafana says of a secret only that it is there: that reads as `[REDACTED]`. */
export const normalDataSource = (body: Json): Json => {
  const all = withoutNulls(body) as Json;
  const secrets = {
    ...secretsThere(all['secureJsonFields']),
    ...(isObject(all['secureJsonData']) && all['secureJsonData']),
  };
  return withoutUsual(
    withoutEmpty({ ...onlyKeys(all, settings), ...(Object.keys(secrets).length > 0 && { secureJsonData: secrets }) }),
    { access: 'proxy', basicAuth: false, withCredentials: false, isDefault: false },
  );
};

const secretsThere = (fields: unknown): Json =>
  isObject(fields)
    ? Object.fromEntries(
        Object.entries(fields).flatMap(([key, isThere]) => (isThere === true ? [[key, '[REDACTED]']] : [])),
      )
    : {};
