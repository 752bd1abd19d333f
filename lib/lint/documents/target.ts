import type { Language } from '../../query/parsed';
import type { DataSourceRef, JsonObject, Path, Query } from '../subject';
import { dataSourceOf, languageOfPlugin, variableOf } from './data-source';
import { languageByLooks } from './reading';
import { flagIn, textIn, wordIn } from './value';

/** Finds the plugin behind a variable that a data source is chosen by. */
export type PluginOf = (variable: string) => string | undefined;

/** What a target asks, whom, and in what. */
export interface Asked {
  readonly language: Language;
  readonly text: string;
  /** Key of the text in the target. */
  readonly path: Path;
  readonly dataSource: DataSourceRef | undefined;
}

/** The query of a target; undefined where it asks nothing: an empty field, another panel's data, an expression of Grafana. */
export const askedBy = (
  target: JsonObject,
  inherited: DataSourceRef | undefined,
  pluginOf: PluginOf,
): Asked | undefined => {
  const dataSource = resolved(dataSourceOf(target['datasource']) ?? inherited, pluginOf);
  const type = dataSource?.type === 'mixed' ? undefined : dataSource?.type;
  if (type === 'dashboard' || type === '__expr__') return undefined;
  const written = textOf(target, type);
  if (!written) return undefined;
  const language =
    languageOfPlugin(type) ??
    (written.key === 'expr'
      ? languageByLooks(written.text)
      : /^traceql/.test(textIn(target, 'queryType') ?? '')
        ? 'traceql'
        : 'other');
  // A form of Tempo's that is no TraceQL: its search by tags, its map of services.
  const isForm =
    language === 'traceql' &&
    !['traceql', undefined, ''].includes(textIn(target, 'queryType')) &&
    !/^\s*\{/.test(written.text);
  return { language: isForm ? 'other' : language, text: written.text, path: [written.key], dataSource };
};

/** A reference with the plugin that its variable stands for. */
export const resolved = (ref: DataSourceRef | undefined, pluginOf: PluginOf): DataSourceRef | undefined => {
  if (!ref || ref.type !== undefined) return ref;
  const variable = variableOf(ref.uid);
  const type = variable === undefined ? undefined : pluginOf(variable);
  return type === undefined ? ref : { type, uid: ref.uid };
};

const textOf = (
  target: JsonObject,
  type: string | undefined,
): { readonly key: string; readonly text: string } | undefined => {
  const keys = languageOfPlugin(type) === 'traceql' ? ['query'] : ['expr', 'query', 'rawSql', 'target'];
  for (const key of keys) {
    const text = textIn(target, key);
    if (text !== undefined && text.trim() !== '') return { key, text };
  }
  return undefined;
};

export const modeOf = (target: JsonObject, type: string): Query['mode'] => {
  if (textIn(target, 'queryType') === 'instant') return 'instant';
  if (!flagIn(target, 'instant')) return 'range';
  return flagIn(target, 'range') || type === 'explore' ? 'both' : 'instant';
};

export const formatOf = (target: JsonObject): Query['format'] => {
  const format = textIn(target, 'format');
  return format === 'table' || format === 'heatmap' ? format : 'time_series';
};

/** What of a target is the same in all schemas. */
export const targetFields = (
  target: JsonObject,
  index: number,
): Pick<Query, 'refId' | 'legend' | 'format' | 'interval' | 'hidden'> => ({
  refId: wordIn(target, 'refId') ?? String.fromCharCode(65 + (index % 26)),
  legend: textIn(target, 'legendFormat'),
  format: formatOf(target),
  interval: textIn(target, 'interval') || undefined,
  hidden: flagIn(target, 'hide'),
});
