import type { Language } from '../../query/parsed';
import type { DataSourceRef } from '../subject';
import { isObject, textIn } from './value';

/** Plugins whose queries are PromQL, or MetricsQL. */
const promql = new Set([
  'prometheus',
  'grafana-amazonprometheus-datasource',
  'grafana-azureprometheus-datasource',
  'victoriametrics-datasource',
  'victoriametrics-metrics-datasource',
]);

/** What the queries to a plugin are written in; undefined where no plugin is known. */
export const languageOfPlugin = (plugin: string | undefined): Language | undefined => {
  if (plugin === undefined) return undefined;
  if (promql.has(plugin)) return 'promql';
  if (plugin === 'loki') return 'logql';
  if (plugin === 'tempo') return 'traceql';
  return 'other';
};

/** Grafana's own data sources, by the names that stand in files. */
const builtIn: Readonly<Record<string, string>> = {
  '-- Mixed --': 'mixed',
  '-- Dashboard --': 'dashboard',
  '-- Grafana --': 'grafana',
  grafana: 'grafana',
  __expr__: '__expr__',
  '-100': '__expr__',
};

/** The data source as files have had it: an object, a name, a variable, nothing for the default. */
export const dataSourceOf = (value: unknown): DataSourceRef | undefined => {
  if (typeof value === 'string') {
    const known = Object.hasOwn(builtIn, value) ? builtIn[value] : undefined;
    return value === '' || value === 'default' ? undefined : { type: known, uid: value };
  }
  if (!isObject(value)) return undefined;
  const uid = textIn(value, 'uid') ?? textIn(value, 'name');
  const written = textIn(value, 'type');
  // Older files give Grafana's own the type `datasource`, and type and uid may say `-- Mixed --` alike.
  const known =
    (uid !== undefined && Object.hasOwn(builtIn, uid) ? builtIn[uid] : undefined) ??
    (written !== undefined && Object.hasOwn(builtIn, written) ? builtIn[written] : undefined);
  const type = known ?? (written === '' ? undefined : written);
  return type === undefined && uid === undefined ? undefined : { type, uid };
};

/** The variable that a data source is chosen by: `datasource` of `$datasource`, `${DS_X}`, `[[ds]]`. */
export const variableOf = (uid: string | undefined): string | undefined =>
  uid === undefined ? undefined : /^\$\{?(\w+)(?::\w+)?\}?$|^\[\[(\w+)\]\]$/.exec(uid)?.slice(1).find(Boolean);
