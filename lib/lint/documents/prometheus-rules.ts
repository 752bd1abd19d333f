import { nearest } from '../../nearest';
import type { Language } from '../../query/parsed';
import { parseQuery } from '../../query/parse';
import type { Alert, Allowance, JsonObject, Path, Query, Recording, RuleGroup } from '../subject';
import { readAllowances, type Allowances } from './allowances';
import type { AlertDeclarations } from './declarations';
import { secondsOf } from './duration';
import { languageByLooks, queryOf, type Reading } from './reading';
import { isObject, objectsIn, textIn, textsIn, wordIn, type Building } from './value';

/** Whether a value looks like a list of rule groups of Prometheus, Mimir, Loki or vmalert. */
export const isRuleFile = (value: unknown): value is JsonObject => {
  if (!isObject(value)) return false;
  // An empty file of rules is one, too.
  if (value['groups'] === null) return Object.keys(value).length === 1;
  if (!Array.isArray(value['groups'])) return false;
  if ('apiVersion' in value && !('namespace' in value)) return false;
  return value['groups'].every(
    (group: unknown) =>
      isObject(group) && !('folder' in group) && (!Array.isArray(group['rules']) || group['rules'].every(isRule)),
  );
};

const isRule = (rule: unknown): boolean => !isObject(rule) || !('data' in rule || 'grafana_alert' in rule);

/** Whether the expressions of a file are LogQL: the file says so by its path, or they are by their looks and no PromQL. */
export const rulesLanguage = (file: string, value: JsonObject): Language => {
  const texts = objectsIn(value, 'groups')
    .flatMap(([group]) => objectsIn(group, 'rules'))
    .flatMap(([rule]) => textIn(rule, 'expr') ?? []);
  const isNamedSo = /(^|[/_.-])loki([/_.-]|$)/i.test(file);
  if (isNamedSo && texts.length > 0 && texts.every((text) => parseQuery('logql', text).error === undefined))
    return 'logql';
  if (texts.some((text) => !isLogqlOnly(text))) return 'promql';
  return texts.length > 0 ? 'logql' : 'promql';
};

const isLogqlOnly = (text: string): boolean =>
  languageByLooks(text) === 'logql' &&
  (parseQuery('promql', text).error !== undefined || /\b\w+_over_time\s*\(\s*\{|\brate\s*\(\s*\{/.test(text));

/** Reads the groups of a rule file; `at` is where the object with `groups` stands, `groupAt` where each of them. */
export const readRuleGroups = (
  reading: Reading,
  value: JsonObject,
  at: Path,
  language: Language,
  groupAt: (index: number) => Path = (index) => [...at, 'groups', index],
  declarations?: AlertDeclarations,
): readonly RuleGroup[] => {
  const allowances = readAllowances(reading.source, (line) => reading.badAllowance(line));
  return objectsIn(value, 'groups').flatMap(([json, index]) => {
    const group = readGroup(reading, json, groupAt(index), language, allowances, declarations);
    return group ? [group] : [];
  });
};

const readGroup = (
  reading: Reading,
  json: JsonObject,
  at: Path,
  language: Language,
  allowances: Allowances,
  declarations: AlertDeclarations | undefined,
): RuleGroup | undefined => {
  const name = wordIn(json, 'name') ?? '';
  if (name === '' && 'rules' in json) reading.problem(at, 'a group has no `name`, which Prometheus refuses');
  const type = textIn(json, 'type');
  if (type !== undefined && type !== '' && type !== 'prometheus') {
    reading.note(`group \`${name}\` is written for ${type}, whose queries are not read`);
    return undefined;
  }
  const rules: (Alert | Recording)[] = [];
  const group: RuleGroup = {
    kind: 'group',
    document: reading.document,
    at,
    allowed: [...allowances.ofFile, ...allowances.above(at)],
    name,
    folder: undefined,
    interval: secondsOf(json['interval']),
    rules,
  };
  if (json['rules'] !== undefined && json['rules'] !== null && !Array.isArray(json['rules']))
    reading.problem([...at, 'rules'], '`rules` should be a list');
  else if (Array.isArray(json['rules']) && objectsIn(json, 'rules').length < json['rules'].length)
    reading.problem([...at, 'rules'], `something in the rules of \`${name}\` is no rule`);
  for (const [rule, index] of objectsIn(json, 'rules')) {
    const read = readRule(reading, group, rule, [...at, 'rules', index], language, allowances, declarations);
    if (read) rules.push(read);
  }
  return group;
};

const readRule = (
  reading: Reading,
  group: RuleGroup,
  json: JsonObject,
  at: Path,
  language: Language,
  allowances: Allowances,
  declarations: AlertDeclarations | undefined,
): Alert | Recording | undefined => {
  const alertName = wordIn(json, 'alert');
  const record = wordIn(json, 'record');
  const text = wordIn(json, 'expr');
  if (alertName === undefined && record === undefined) {
    reading.problem(at, 'a rule should have `alert` or `record`');
    return undefined;
  }
  if (text === undefined) {
    reading.problem(at, `the rule \`${alertName ?? record}\` has no \`expr\``);
    return undefined;
  }
  problemsOfRule(reading, json, at);
  const allowed = allowances.above(at);
  const engine = language === 'logql' ? 'loki' : 'prometheus';
  if (alertName !== undefined) {
    const alert: Building<Alert> = {
      kind: 'alert',
      document: reading.document,
      at,
      allowed: [...allowed, ...(declarations?.allowed(alertName) ?? [])],
      get declared() {
        return declarations?.place(alertName);
      },
      group,
      name: alertName,
      engine,
      uid: undefined,
      queries: [],
      nodes: [],
      condition: undefined,
      for: secondsOf(json['for']),
      keepFiringFor: secondsOf(json['keep_firing_for']),
      labels: textsIn(json, 'labels'),
      annotations: textsIn(json, 'annotations'),
      noDataState: undefined,
      execErrState: undefined,
      dashboardUid: undefined,
      panelId: undefined,
      paused: false,
      json,
    };
    alert.queries = [ruleQuery(reading, alert, json, text, at, language)];
    return alert;
  }
  const recording: Building<Recording> = {
    kind: 'recording',
    document: reading.document,
    at,
    allowed,
    group,
    name: record as string,
    query: undefined as unknown as Query,
    labels: textsIn(json, 'labels'),
  };
  recording.query = ruleQuery(reading, recording, json, text, at, language);
  return recording;
};

/** Fields of a rule, and what Prometheus reads no file with: a slip in one of them, what is no duration. */
const ruleFields = ['alert', 'record', 'expr', 'for', 'keep_firing_for', 'labels', 'annotations'];

const problemsOfRule = (reading: Reading, json: JsonObject, at: Path): void => {
  for (const key of Object.keys(json)) {
    if (ruleFields.includes(key)) continue;
    const meant = nearest(key.toLowerCase(), ruleFields).find((field) => key.length > 3 && !(field in json));
    if (meant !== undefined)
      reading.problem([...at, key], `a rule has no \`${key}\`, which Prometheus refuses; did you mean \`${meant}\`?`);
  }
  for (const key of ['for', 'keep_firing_for'])
    if (typeof json[key] === 'string' && !/[{$<%]/.test(json[key]) && secondsOf(json[key]) === undefined)
      reading.problem([...at, key], `\`${key}: ${json[key]}\` is no duration, such as \`5m\``);
};

const ruleQuery = (
  reading: Reading,
  owner: Alert | Recording,
  json: JsonObject,
  text: string,
  at: Path,
  language: Language,
): Query =>
  queryOf(
    {
      document: reading.document,
      at: [...at, 'expr'],
      from: 0,
      allowed: noAllowances,
      owner,
      refId: 'A',
      language,
      text,
      legend: undefined,
      mode: 'instant',
      format: 'table',
      interval: undefined,
      hidden: false,
      dataSource: undefined,
      json,
    },
    () => [],
  );

const noAllowances: readonly Allowance[] = [];
