import { isObject, type Json } from '../../grafana-json/json';
import { normalDuration, normalSeconds } from './durations';
import { normalRulerGroup } from './ruler-group';
import { withoutEmpty, withoutKeys, withoutNulls, withoutUsual } from './without';

/** A group of alert rules, of Grafana or of a ruler, without what the server adds to it and to its rules; the order of rules counts. */
export const normalRuleGroup = (body: Json): Json =>
  isOfRuler(body) ? normalRulerGroup(body) : normalGrafanaGroup(body);

/** Grafana's have a title and a folder. */
const isOfRuler = (body: Json): boolean => 'name' in body && !('title' in body);

const normalGrafanaGroup = (body: Json): Json => {
  const { interval, rules, ...rest } = withoutKeys(withoutNulls(body) as Json, ['provenance', 'version']);
  return {
    ...rest,
    ...(interval !== undefined && { interval: normalSeconds(interval) }),
    ...(Array.isArray(rules) ? { rules: rules.map(normalRule) } : rules !== undefined && { rules }),
  };
};

/** Kept by the server, or said by the group. */
const ofServer = ['id', 'updated', 'updated_by', 'provenance', 'orgID', 'folderUID', 'ruleGroup', 'guid', 'version'];

/** Cleared by the server in a rule that records. */
const ofAlerts = ['condition', 'for', 'keep_firing_for', 'noDataState', 'execErrState', 'notification_settings'];

const normalRule = (rule: unknown): unknown => {
  if (!isObject(rule)) return rule;
  const kept = withoutKeys(rule, isObject(rule['record']) ? [...ofServer, ...ofAlerts] : ofServer);
  return withoutUsual(
    {
      ...withDurations(kept, ['for', 'keep_firing_for']),
      ...(Array.isArray(kept['data']) && { data: kept['data'].map(normalQuery) }),
      ...(isObject(kept['notification_settings']) && {
        notification_settings: normalSettings(kept['notification_settings']),
      }),
    },
    { for: '0s', keep_firing_for: '0s', isPaused: false, labels: {}, annotations: {} },
  );
};

const withDurations = (value: Json, keys: readonly string[]): Json =>
  Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, keys.includes(key) ? normalDuration(item) : item]),
  );

const normalSettings = (settings: Json): Json =>
  withoutEmpty(withDurations(settings, ['group_wait', 'group_interval', 'repeat_interval']));

const normalQuery = (query: unknown): unknown => {
  if (!isObject(query)) return query;
  const { relativeTimeRange, queryType, model, ...rest } = query;
  const ofModel = isObject(model) ? model['queryType'] : undefined;
  const range = isObject(relativeTimeRange) ? withoutUsual(relativeTimeRange, { from: 0, to: 0 }) : relativeTimeRange;
  return withoutEmpty({
    ...rest,
    // The server copies the type out of the model, so that the one beside it says nothing of its own.
    ...(ofModel === undefined && queryType !== undefined && { queryType }),
    ...(range !== undefined && { relativeTimeRange: range }),
    ...(model !== undefined && {
      model: isObject(model) ? withoutUsual(model, { intervalMs: 1000, maxDataPoints: 43_200 }) : model,
    }),
  });
};
