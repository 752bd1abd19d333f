import type { JsonObject } from '../../subject';
import { inGroups, inPanels, inQueries, misspelt, type Changes, type Mutator } from '../mutator';
import { listIn } from '../seed';

const recordingsOf = (group: JsonObject): readonly JsonObject[] =>
  listIn(group, 'rules').filter((rule) => 'record' in rule);

const eachRecording =
  (change: (recording: JsonObject) => JsonObject, naming: (changed: JsonObject) => string) =>
  (index: number) =>
  (group: JsonObject): Changes | undefined => {
    const rule = recordingsOf(group)[index];
    if (!rule) return undefined;
    const to = change(rule);
    return {
      set: [[['rules', index], to]],
      naming: naming(to),
      what: `${String(rule['record'])} -> ${String(to['record'])}`,
    };
  };

const several = (
  rule: string,
  name: string,
  make: (index: number) => (group: JsonObject) => Changes | undefined,
): readonly Mutator[] =>
  [0, 1, 2].map((index) => inGroups(rule, index === 0 ? name : `${name}, rule ${index + 1}`, make(index)));

const recordings: readonly Mutator[] = [
  ...several(
    'recording-name',
    'a name without colons',
    eachRecording(
      (rule) => ({ ...rule, record: String(rule['record']).replaceAll(':', '_') }),
      (rule) => String(rule['record']),
    ),
  ),
  ...several('recording-duplicate', 'a rule is copied and not changed', (index) => (group) => {
    const rule = recordingsOf(group)[index];
    return (
      rule && {
        set: [[['rules'], [...listIn(group, 'rules'), rule]]],
        naming: String(rule['record']),
        what: `${String(rule['record'])} twice`,
      }
    );
  }),
  ...['10m', '1h', '1d'].map((interval) =>
    inGroups('group-interval', `evaluated every ${interval}`, (group) =>
      recordingsOf(group).length > 0 ? { set: [[['interval'], interval]] } : undefined,
    ),
  ),
  inQueries(
    'metric-exists',
    'a metric of a recording rule, a letter missing',
    ({ text }) => text.replace(/node_\w+/, misspelt.dropped),
    { of: ['recording'] },
  ),
  inQueries('query-parses', 'a bracket of a recording rule is missing', ({ text }) => text.replace(/\)$/, ''), {
    of: ['recording'],
  }),
  inQueries(
    'label-exists',
    'a label of a recording rule, a letter missing',
    ({ text }) => text.replace(/by \((\w+)/, (_, label: string) => `by (${misspelt.dropped(label)}`),
    { of: ['recording'] },
  ),
  inQueries(
    'explicit-window-in-alerts',
    "Grafana's window in a recording rule",
    ({ text }) => text.replace('[5m]', '[$__rate_interval]'),
    { of: ['recording'] },
  ),
];

const inLogs = (rule: string, name: string, change: (text: string) => string): Mutator =>
  inPanels(rule, name, (panel) => {
    const [target] = listIn(panel, 'targets');
    const { type } = (panel['datasource'] ?? {}) as { type?: unknown };
    const text = String(target?.['expr']);
    return type === 'loki' && change(text) !== text ? { set: [[['targets', 0, 'expr'], change(text)]] } : undefined;
  });

const logs: readonly Mutator[] = [
  inLogs('query-parses', 'no labels', (text) => text.replace(/\{[^}]*\}/, '{}')),
  inLogs('log-stream-selector', 'a label that may be anything', (text) => text.replace(/\{[^}]*\}/, '{job=~".*"}')),
  inLogs('log-stream-selector', 'only what it is not', (text) => text.replace(/\{[^}]*\}/, '{job!="nginx"}')),
  inLogs('query-parses', 'a bracket of a log query is missing', (text) => text.replace(/\)$/, '')),
  inLogs('query-parses', 'a filter of a log query without quotes', (text) => text.replace(/\|= "error"/, '|= error')),
  inLogs('regexp-invalid', 'a pattern of a log query is not closed', (text) =>
    text.replace('"Failed|Invalid"', '"(Failed|Invalid"'),
  ),
];

export const recordingMutators: readonly Mutator[] = [...recordings, ...logs];
