import { isObject, type Json } from '../../grafana-json/json';
import { normalDuration, normalSeconds } from './durations';
import { withoutNulls, withoutUsual } from './without';

/**
 * A group of rules as a ruler of Mimir says it back: durations in one spelling, values of labels and annotations as text, and without what
 * says nothing (Mimir 3.0 leaves out every zero, `false` and empty list). The order of rules counts.
 */
export const normalRulerGroup = (body: Json): Json => {
  const { rules, ...group } = withoutNulls(body) as Json;
  const { interval, ...rest } = withDurations(group, ['query_offset', 'evaluation_delay']);
  return withoutUsual(
    {
      ...withTexts(rest, ['labels']),
      ...(interval !== undefined && { interval: normalSeconds(interval) }),
      ...(rules !== undefined && { rules: Array.isArray(rules) ? rules.map(normalRule) : rules }),
    },
    {
      interval: 0,
      query_offset: '0s',
      evaluation_delay: '0s',
      limit: 0,
      labels: {},
      source_tenants: [],
      align_evaluation_time_on_interval: false,
    },
  );
};

const normalRule = (rule: unknown): unknown => {
  if (!isObject(rule)) return rule;
  const { expr, ...rest } = withTexts(withDurations(rule, ['for', 'keep_firing_for']), ['labels', 'annotations']);
  return withoutUsual(
    { ...rest, ...(expr !== undefined && { expr: asText(expr) }) },
    { for: '0s', keep_firing_for: '0s', labels: {}, annotations: {} },
  );
};

const withDurations = (value: Json, keys: readonly string[]): Json =>
  Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      keys.includes(key) ? normalDuration(item === 0 ? '0s' : item) : item,
    ]),
  );

/** YAML says `team: 1` for what is the text 1 to a ruler. */
const withTexts = (value: Json, keys: readonly string[]): Json =>
  Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      keys.includes(key) && isObject(item)
        ? Object.fromEntries(Object.entries(item).map(([name, text]) => [name, asText(text)]))
        : item,
    ]),
  );

const asText = (value: unknown): unknown =>
  typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
