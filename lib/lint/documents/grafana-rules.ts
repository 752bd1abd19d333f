import type { Alert, ExpressionNode, JsonObject, Path, Query, Recording, RuleGroup } from '../subject';
import { readAllowances, type Allowances } from './allowances';
import { dataSourceOf } from './data-source';
import type { AlertDeclarations } from './declarations';
import { secondsOf } from './duration';
import { queryOf, type Reading } from './reading';
import { askedBy, modeOf, targetFields } from './target';
import { isObject, numberIn, objectIn, objectsIn, textIn, textsIn, wordIn, type Building } from './value';

/** Whether a value is a rule as Grafana has it, of files, of the provisioning API, or of its ruler (`grafana_alert`). */
export const isGrafanaRule = (value: unknown): value is JsonObject =>
  isObject(value) &&
  (isObject(value['grafana_alert']) ||
    (Array.isArray(value['data']) && ('condition' in value || 'record' in value) && 'title' in value));

/** Whether a value is an alerting file of Grafana: groups of rules in folders, or what surrounds them. */
export const isGrafanaAlerting = (value: unknown): value is JsonObject => {
  if (!isObject(value) || 'kind' in value) return false;
  if (Array.isArray(value['groups']))
    return (
      value['groups'].length === 0 ||
      value['groups'].some(
        (group: unknown) =>
          isObject(group) && ('folder' in group || objectsIn(group, 'rules').some(([rule]) => isGrafanaRule(rule))),
      )
    );
  return 'apiVersion' in value && passedOver.some(([key]) => key in value);
};

/** Parts of an alerting file that hold nothing that we look at. */
const passedOver = [
  ['contactPoints', 'contact points'],
  ['policies', 'notification policies'],
  ['muteTimes', 'mute timings'],
  ['templates', 'message templates'],
  ['deleteRules', 'rules to delete'],
  ['deleteContactPoints', 'contact points to delete'],
  ['deleteMuteTimes', 'mute timings to delete'],
  ['deleteTemplates', 'templates to delete'],
  ['resetPolicies', 'policies to reset'],
] as const;

/** Reads an alerting file. */
export const readGrafanaAlerting = (
  reading: Reading,
  value: JsonObject,
  at: Path,
  declarations?: AlertDeclarations,
): readonly RuleGroup[] => {
  for (const [key, words] of passedOver)
    if (key in value && value[key] !== null) reading.note(`${words} are not looked at`);
  return objectsIn(value, 'groups').map(([json, index]) =>
    readGrafanaGroup(reading, json, [...at, 'groups', index], {}, declarations),
  );
};

/** Reads a group of rules; `known`: what stands outside of it. */
export const readGrafanaGroup = (
  reading: Reading,
  json: JsonObject,
  at: Path,
  known: { readonly name?: string | undefined; readonly folder?: string | undefined },
  declarations?: AlertDeclarations,
): RuleGroup => {
  const allowances = readAllowances(reading.source, (line) => reading.badAllowance(line));
  const rules: (Alert | Recording)[] = [];
  const group: RuleGroup = {
    kind: 'group',
    document: reading.document,
    at,
    allowed: [...allowances.ofFile, ...allowances.above(at)],
    name: wordIn(json, 'name') ?? wordIn(json, 'title') ?? known.name ?? '',
    folder: wordIn(json, 'folder') ?? wordIn(json, 'folderUID') ?? wordIn(json, 'folderUid') ?? known.folder,
    interval: secondsOf(json['interval']),
    rules,
  };
  if (json['rules'] !== undefined && json['rules'] !== null && !Array.isArray(json['rules']))
    reading.problem([...at, 'rules'], '`rules` should be a list');
  for (const [rule, index] of objectsIn(json, 'rules'))
    rules.push(readGrafanaRule(reading, group, rule, [...at, 'rules', index], allowances, declarations));
  return group;
};

/** Reads a rule that stands alone, as the provisioning API gives it, in a group of its own. */
export const readSingleRule = (reading: Reading, json: JsonObject, at: Path): RuleGroup => {
  const rules: (Alert | Recording)[] = [];
  const group: RuleGroup = {
    kind: 'group',
    document: reading.document,
    at,
    allowed: [],
    name: wordIn(json, 'ruleGroup') ?? '',
    folder: wordIn(json, 'folderUID'),
    interval: undefined,
    rules,
  };
  rules.push(readGrafanaRule(reading, group, json, at, undefined));
  return group;
};

/** A rule as `rules.alerting.grafana.app` has it, as files have it. */
export const readRuleResource = (reading: Reading, value: JsonObject, at: Path): RuleGroup => {
  const spec = objectIn(value, 'spec');
  const metadata = objectIn(value, 'metadata');
  const labels = objectIn(metadata, 'labels');
  const nodes = objectIn(spec, 'expressions');
  const rules: (Alert | Recording)[] = [];
  const group: RuleGroup = {
    kind: 'group',
    document: reading.document,
    at,
    allowed: [],
    name: textIn(labels, 'grafana.com/group') ?? '',
    folder: textIn(objectIn(metadata, 'annotations'), 'grafana.app/folder'),
    interval: secondsOf(objectIn(spec, 'trigger')['interval']),
    rules,
  };
  const parts = Object.keys(nodes).map((refId): Part => {
    const node = objectIn(nodes, refId);
    return {
      refId,
      json: node,
      model: objectIn(node, 'model'),
      path: ['expressions', refId, 'model'],
      dataSourceUid: wordIn(node, 'datasourceUID') ?? wordIn(node, 'datasourceUid'),
    };
  });
  const condition = Object.keys(nodes).find((refId) => objectIn(nodes, refId)['source'] === true);
  rules.push(
    ruleOf(reading, group, [...at, 'spec'], spec, parts, {
      name: wordIn(spec, 'title') ?? '',
      uid: textIn(metadata, 'name'),
      condition,
      record: value['kind'] === 'RecordingRule' ? (textIn(spec, 'metric') ?? '') : undefined,
      paused: spec['paused'] === true,
      labels: textsIn(spec, 'labels'),
    }),
  );
  return group;
};

/** One entry of a rule's `data`. */
interface Part {
  readonly refId: string;
  readonly json: JsonObject;
  readonly model: JsonObject;
  /** Of the model, from the rule. */
  readonly path: Path;
  readonly dataSourceUid: string | undefined;
}

const readGrafanaRule = (
  reading: Reading,
  group: RuleGroup,
  written: JsonObject,
  writtenAt: Path,
  allowances: Allowances | undefined,
  declarations?: AlertDeclarations,
): Alert | Recording => {
  // Grafana's ruler keeps what Prometheus does not have apart, with names of its own.
  const inner = isObject(written['grafana_alert']) ? written['grafana_alert'] : undefined;
  const json = inner ? { ...written, ...inner } : written;
  const at = inner ? [...writtenAt, 'grafana_alert'] : writtenAt;
  if (!Array.isArray(json['data'])) reading.problem(at, `the rule \`${wordIn(json, 'title') ?? ''}\` has no \`data\``);
  const parts = objectsIn(json, 'data').map(([part, index]): Part => ({
    refId: wordIn(part, 'refId') ?? '',
    json: part,
    model: objectIn(part, 'model'),
    path: ['data', index, 'model'],
    dataSourceUid: wordIn(part, 'datasourceUid') ?? wordIn(part, 'datasourceUID'),
  }));
  const recorded = objectIn(json, 'record');
  return ruleOf(
    reading,
    group,
    at,
    json,
    parts,
    {
      name: wordIn(json, 'title') ?? '',
      uid: wordIn(json, 'uid'),
      condition: wordIn(json, 'condition'),
      record: wordIn(recorded, 'metric'),
      paused: json['isPaused'] === true || json['is_paused'] === true,
      labels: unescaped(textsIn(json, 'labels')),
    },
    allowances?.above(at),
    declarations,
  );
};

const ruleOf = (
  reading: Reading,
  group: RuleGroup,
  at: Path,
  json: JsonObject,
  parts: readonly Part[],
  known: {
    readonly name: string;
    readonly uid: string | undefined;
    readonly condition: string | undefined;
    readonly record: string | undefined;
    readonly paused: boolean;
    readonly labels: Readonly<Record<string, string>>;
  },
  above: Alert['allowed'] = [],
  declarations?: AlertDeclarations,
): Alert | Recording => {
  const annotations = textsIn(json, 'annotations');
  const allowed = [...above, ...(declarations?.allowed(known.name) ?? [])];
  const alert: Building<Alert> = {
    kind: 'alert',
    document: reading.document,
    at,
    allowed,
    get declared() {
      return declarations?.place(known.name);
    },
    group,
    name: known.name,
    engine: 'grafana',
    uid: known.uid,
    queries: [],
    nodes: parts.filter(isExpression).map((part) => nodeOf(part, at)),
    condition: known.condition,
    for: secondsOf(json['for']),
    keepFiringFor: secondsOf(json['keep_firing_for'] ?? json['keepFiringFor']),
    labels: known.labels,
    annotations,
    noDataState: wordIn(json, 'noDataState') ?? wordIn(json, 'no_data_state'),
    execErrState: wordIn(json, 'execErrState') ?? wordIn(json, 'exec_err_state'),
    dashboardUid: wordIn(json, 'dashboardUid') ?? annotations['__dashboardUid__'],
    panelId: numberIn(json, 'panelId') ?? numberIn(annotations, '__panelId__'),
    paused: known.paused,
    json,
  };
  alert.queries = parts
    .filter((part) => !isExpression(part))
    .flatMap((part, index) => partQuery(reading, alert, part, at, index) ?? []);
  const [first] = alert.queries;
  if (known.record === undefined || !first) return alert;
  const recording: Building<Recording> = {
    kind: 'recording',
    document: reading.document,
    at,
    allowed,
    group,
    name: known.record,
    query: first,
    labels: alert.labels,
  };
  const [part] = parts.filter((one) => !isExpression(one));
  const query = part && partQuery(reading, recording, part, at, 0);
  if (query) recording.query = query;
  return recording;
};

/** In files `$` stands doubled wherever Grafana expands it. */
const unescaped = (labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.values(labels).some((text) => text.includes('$$'))
    ? Object.fromEntries(Object.entries(labels).map(([name, text]) => [name, text.replaceAll('$$', '$')]))
    : labels;

const isExpression = ({ dataSourceUid, model }: Part): boolean =>
  dataSourceUid === '__expr__' || dataSourceUid === '-100' || dataSourceOf(model['datasource'])?.type === '__expr__';

/** The refIds that an expression reads: named by `expression`, by conditions, by `$A` in a formula. */
const nodeOf = ({ refId, model, path }: Part, at: Path): ExpressionNode => {
  const type = textIn(model, 'type') ?? '';
  const expression = textIn(model, 'expression') ?? '';
  const reads =
    type === 'math'
      ? [...expression.matchAll(/\$\{?([A-Za-z_][\w ]*?)\}?(?![\w])/g)].map(([, name]) => name as string)
      : type === 'classic_conditions'
        ? objectsIn(model, 'conditions').flatMap(([condition]) => firstText(objectIn(condition, 'query')['params']))
        : expression === ''
          ? []
          : [expression.replace(/^\$\{?(.*?)\}?$/, '$1')];
  return { refId, type, reads: [...new Set(reads)], json: model, at: [...at, ...path] };
};

const firstText = (list: unknown): readonly string[] => {
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  return typeof first === 'string' ? [first] : [];
};

const partQuery = (
  reading: Reading,
  owner: Alert | Recording,
  part: Part,
  at: Path,
  index: number,
): Query | undefined => {
  const own = dataSourceOf(part.model['datasource']);
  const dataSource = { type: own?.type, uid: part.dataSourceUid ?? own?.uid };
  // The uid beside the model decides whom Grafana asks; the model has the plugin.
  const asked = askedBy({ ...part.model, datasource: undefined }, dataSource, () => undefined);
  if (!asked) return undefined;
  return queryOf(
    {
      document: reading.document,
      at: [...at, ...part.path, ...asked.path],
      from: 0,
      allowed: [],
      owner,
      language: asked.language,
      text: asked.text,
      mode: modeOf(part.model, ''),
      ...targetFields(part.model, index),
      refId: part.refId,
      dataSource,
      json: part.model,
    },
    () => [],
  );
};
