import { isObject, objectAt, objectsAt, textAt, type Json } from '../grafana-json/json';
import { problem, type HomelabProblem, type Keys } from '../homelab/problem';

/** What a file is. */
export type Recognised = FoundDashboard | FoundRules | Unknown;

export interface FoundDashboard {
  readonly kind: 'dashboard';
  /** The classic model, without what was around it. */
  readonly model: Json;
  /** Where the model stands in the file. */
  readonly at: Keys;
  /** What the resource around it is called, which is its uid. */
  readonly uid?: string;
}

export interface FoundRules {
  readonly kind: 'rules';
  readonly file: Json;
}

interface Unknown {
  readonly kind: 'unknown';
  readonly problem: HomelabProblem;
}

/** Where resources of operators keep what we take. */
const inside = new Map([
  ['PrometheusRule', 'spec'],
  ['GrafanaDashboard', 'spec.json'],
  ['ConfigMap', 'data'],
]);

const understood =
  'a Grafana dashboard (classic JSON, bare or as `{ dashboard, meta }`, an export with `__inputs`, a v1 resource), or a rule file of Prometheus, Mimir, vmalert or Loki (`groups:`)';

/** What the value of a JSON or YAML file is; for what we do not take, in words that say what it looks like. */
export const recognise = (value: unknown): Recognised => {
  if (!isObject(value)) return unknown(Array.isArray(value) ? 'a list' : value === null ? 'empty' : 'a single value');
  const resource = recogniseResource(value);
  if (resource) return resource;
  const { dashboard } = value;
  if (isObject(dashboard) && isV2(dashboard)) return { kind: 'unknown', problem: v2(['dashboard']) };
  if (isObject(dashboard) && isDashboard(dashboard)) return { kind: 'dashboard', model: dashboard, at: ['dashboard'] };
  if (isV2(value)) return { kind: 'unknown', problem: v2([]) };
  if (isDashboard(value)) return { kind: 'dashboard', model: value, at: [] };
  const looks = Object.entries(others).find(([, test]) => test(value))?.[0];
  if (looks) return unknown(looks);
  if ('groups' in value) return { kind: 'rules', file: value };
  const keys = Object.keys(value);
  return unknown(keys.length === 0 ? 'an empty object' : `an object with ${listed(keys)}`);
};

/** `apiVersion`, `kind`, `metadata`, `spec`. */
const recogniseResource = (value: Json): Recognised | undefined => {
  const api = textAt(value, 'apiVersion');
  const kind = textAt(value, 'kind');
  if (api === undefined || kind === undefined) return undefined;
  if (!api.startsWith('dashboard.grafana.app/') || kind !== 'Dashboard') {
    const remedy = inside.get(kind);
    return unknown(`a Kubernetes ${kind}`, remedy && `write what stands under \`${remedy}\` into a file of its own`);
  }
  const spec = value['spec'];
  if (/^dashboard\.grafana\.app\/v2/.test(api) || isV2(spec)) return { kind: 'unknown', problem: v2(['apiVersion']) };
  if (!isObject(spec))
    return {
      kind: 'unknown',
      problem: problem(['spec'], { what: 'missing: the dashboard itself', try: 'export it again' }),
    };
  const uid = textAt(value['metadata'], 'name');
  return { kind: 'dashboard', model: spec, at: ['spec'], ...(uid !== undefined && { uid }) };
};

const isDashboard = (value: Json): boolean =>
  Array.isArray(value['panels']) ||
  (Array.isArray(value['rows']) && !('groups' in value)) ||
  typeof value['schemaVersion'] === 'number' ||
  Array.isArray(value['__inputs']) ||
  Array.isArray(objectAt(value, 'templating')['list']) ||
  Array.isArray(objectAt(value, 'annotations')['list']);

const isV2 = (value: unknown): boolean =>
  isObject(value) && isObject(value['elements']) && isObject(value['layout']) && !Array.isArray(value['panels']);

/** Checked in Grafana 12.3.0: its file provisioning reads the classic model only. */
const v2 = (keys: Keys): HomelabProblem =>
  problem(keys, {
    what: "a dashboard of the v2 schema, which Grafana's file provisioning does not take (12.3)",
    allowed: 'the classic schema, or a v1 resource',
    try: 'export it again: Export > Export as code, model Classic',
  });

const others: Readonly<Record<string, (value: Json) => boolean>> = {
  "alert rules of Grafana's own provisioning": (value) =>
    objectsAt(value, 'groups').some(
      ([group]) => 'orgId' in group || 'folder' in group || objectsAt(group, 'rules').some(([rule]) => 'data' in rule),
    ),
  "contact points of Grafana's provisioning": (value) => 'contactPoints' in value,
  "notification policies of Grafana's provisioning": (value) => 'policies' in value && 'apiVersion' in value,
  "data sources of Grafana's provisioning": (value) => 'datasources' in value,
  "dashboard providers of Grafana's provisioning": (value) => 'providers' in value,
  'a configuration of Prometheus': (value) => 'scrape_configs' in value || 'rule_files' in value,
  'a configuration of Alertmanager': (value) => 'route' in value && 'receivers' in value,
  'a compose file': (value) => isObject(value['services']),
  'a homelab file': (value) => Array.isArray(value['hosts']),
  'a library panel': (value) => isObject(value['model']) && 'uid' in value,
  'one panel': (value) => 'gridPos' in value || ('targets' in value && 'type' in value),
  'a test of rules for promtool': (value) => Array.isArray(value['tests']),
};

const unknown = (looks: string, remedy?: string): Unknown => ({
  kind: 'unknown',
  problem: problem([], {
    what: `it looks like ${looks}, which cannot be included`,
    allowed: understood,
    try: remedy ?? 'leave it out of the pattern in `include`',
  }),
});

const listed = (keys: readonly string[]): string =>
  `${keys
    .slice(0, 4)
    .map((key) => `\`${key}\``)
    .join(', ')}${keys.length > 4 ? ' and more' : ''}`;
