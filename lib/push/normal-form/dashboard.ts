import { isObject, type Json } from '../../grafana-json/json';
import { migrate } from './migrate';
import { normalPanels } from './panels';
import { normalVariable } from './variables';
import { isEmpty, isSame, onlyKeys, withoutDefaults, withoutKeys, withoutNulls, withoutUsual } from './without';

/**
 * `{dashboard, folderUid}` without what the API, its migration to schema 42, or a save in a browser (all of Grafana 12.3) adds, drops or reorders.
 * Defaults are taken away, never filled in: which ones a save writes depends on what the person scrolled to.
 */
export const normalDashboard = (body: Json): Json => {
  const { dashboard, folderUid, ...rest } = withoutNulls(body) as Json;
  return {
    ...rest,
    ...(typeof folderUid === 'string' && !inRoot.includes(folderUid) && { folderUid }),
    ...(isObject(dashboard) ? { dashboard: normalContent(dashboard) } : dashboard !== undefined && { dashboard }),
  };
};

const inRoot = ['', 'general'];

/** Set by the server, or left over from other times; a save drops those without a word. */
const meaningless = [
  'id',
  'uid',
  'version',
  'schemaVersion',
  'style',
  'iteration',
  'revision',
  'gnetId',
  'labels',
  'meta',
  'nav',
  'pulldowns',
  'hideControls',
  'variables',
  '__inputs',
  '__requires',
  '__elements',
];

const usual = {
  description: '',
  editable: true,
  preload: false,
  liveNow: false,
  graphTooltip: 0,
  fiscalYearStartMonth: 0,
  links: [],
  tags: [],
  timezone: '',
  weekStart: '',
  refresh: '',
  time: { from: 'now-6h', to: 'now' },
};

/** Takes a copy of its own: `withoutNulls` made it. */
const normalContent = (dashboard: Json): Json => {
  migrate(dashboard);
  const { annotations, templating, panels, timepicker, title, refresh, ...rest } = withoutKeys(dashboard, meaningless);
  return withoutUndefined({
    ...withoutUsual({ ...rest, ...(refresh !== undefined && refresh !== false && { refresh }) }, usual),
    title: typeof title === 'string' ? title.trim() : title,
    timepicker: normalTimepicker(timepicker),
    annotations: listed(annotations, normalAnnotation),
    templating: listed(templating, normalVariable),
    panels: Array.isArray(panels) ? unlessEmpty(normalPanels(panels)) : panels,
  });
};

const withoutUndefined = (value: Json): Json =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined));

const unlessEmpty = (value: unknown): unknown => (isEmpty(value) ? undefined : value);

const refreshIntervals = ['5s', '10s', '30s', '1m', '5m', '15m', '30m', '1h', '2h', '1d'];

const normalTimepicker = (timepicker: unknown): unknown => {
  if (!isObject(timepicker)) return timepicker;
  const kept = onlyKeys(timepicker, ['refresh_intervals', 'hidden', 'nowDelay', 'quick_ranges']);
  const rest = withoutUsual(kept, {
    hidden: false,
    nowDelay: '',
    quick_ranges: [],
    refresh_intervals: refreshIntervals,
  });
  return unlessEmpty(rest);
};

/** `{list: [...]}`: what is beside the list is dropped by a save. */
const listed = (holder: unknown, normal: (item: unknown) => unknown): unknown => {
  if (!isObject(holder)) return holder;
  const { list } = holder;
  if (!Array.isArray(list)) return list === undefined ? undefined : holder;
  const items: unknown[] = list.map(normal).filter((item) => item !== undefined);
  return items.length > 0 ? { list: items } : undefined;
};

const builtIn = {
  builtIn: 1,
  datasource: { type: 'grafana', uid: '-- Grafana --' },
  enable: true,
  hide: true,
  iconColor: 'rgba(0, 211, 255, 1)',
  name: 'Annotations & Alerts',
  target: { limit: 100, matchAny: false, tags: [], type: 'dashboard' },
  type: 'dashboard',
};

const normalAnnotation = (annotation: unknown): unknown => {
  if (!isObject(annotation)) return annotation;
  if (annotation['builtIn'] !== 1) return withoutUsual(annotation, { hide: false, enable: false });
  const changed = withoutDefaults(annotation, builtIn);
  return isSame(changed, {}) ? undefined : { ...changed, builtIn: 1 };
};
