import { isObject } from './value';

/** What a value looks like that is none of ours, for who gave it by mistake; undefined where it looks like nothing known. */
export const looksLike = (value: unknown): string | undefined => {
  if (Array.isArray(value)) {
    if (value.length === 0) return 'an empty list';
    return value.every((item: unknown) => isObject(item) && 'uid' in item && 'uri' in item)
      ? 'a list of search results, without the dashboards themselves'
      : undefined;
  }
  if (!isObject(value))
    return typeof value === 'string' ? 'plain text' : `a single ${value === null ? 'null' : typeof value}`;
  if (Object.keys(value).length === 0) return 'an empty object';
  return mistakes.find(([, test]) => test(value))?.[0] ?? resourceOf(value);
};

/** What a file certainly is that another program reads: no dashboard that somebody broke. Undefined where that is not certain. */
export const ofAnotherProgram = (value: unknown): string | undefined => {
  if (!isObject(value) || ours.some((key) => key in value)) return undefined;
  const program = programs.find(([, test]) => test(value))?.[0];
  if (program !== undefined) return program;
  const resource = resourceOf(value);
  return resource !== undefined && !/rule|dashboard|panel|configmap/i.test(resource) ? resource : undefined;
};

/** Who has one of these may be a broken one of ours. */
const ours = ['panels', 'groups', 'templating', 'dashboard', 'elements'];

type Keys = Readonly<Record<string, unknown>>;

const programs: readonly (readonly [string, (value: Keys) => boolean])[] = [
  ['a chart of Helm', (value) => has(value, 'apiVersion') && has(value, 'version') && !has(value, 'kind')],
  [
    'an npm package.json',
    (value) =>
      has(value, 'dependencies') ||
      has(value, 'devDependencies') ||
      has(value, 'scripts') ||
      has(value, 'lockfileVersion'),
  ],
  ['a tsconfig.json', (value) => has(value, 'compilerOptions')],
  ['tests of rules, for `promtool test rules`', (value) => has(value, 'rule_files') && has(value, 'tests')],
  [
    'a Prometheus configuration',
    (value) => has(value, 'scrape_configs') || (has(value, 'rule_files') && has(value, 'global')),
  ],
  ['an Alertmanager configuration', (value) => has(value, 'route') && has(value, 'receivers')],
  ['a blackbox_exporter configuration', (value) => has(value, 'modules')],
  ['a Docker Compose file', (value) => isObject(value['services'])],
  ['a dashboard provider of Grafana', (value) => Array.isArray(value['providers'])],
  ['data sources of Grafana', (value) => Array.isArray(value['datasources'])],
  ['a pipeline of GitHub Actions', (value) => has(value, 'jobs') && has(value, 'on')],
  ['an OpenTelemetry collector configuration', (value) => has(value, 'receivers') && has(value, 'exporters')],
];

const mistakes: typeof programs = [
  [
    'a single panel of a dashboard',
    (value) => has(value, 'type') && (has(value, 'gridPos') || has(value, 'targets') || has(value, 'fieldConfig')),
  ],
  ['an answer of the Prometheus API', (value) => value['status'] === 'success' && has(value, 'data')],
  ['an error that a server answered', (value) => has(value, 'message') && Object.keys(value).length <= 4],
];

const has = (value: Keys, key: string): boolean => Object.hasOwn(value, key);

/** How a Kubernetes object calls itself. */
export const resourceOf = (value: unknown): string | undefined =>
  isObject(value) && typeof value['kind'] === 'string' && typeof value['apiVersion'] === 'string'
    ? `a Kubernetes object of kind ${value['kind'].slice(0, 60)}`
    : undefined;

/** What a text looks like that is neither JSON nor YAML. */
export const textLooksLike = (text: string): string | undefined => textKinds.find(([, shape]) => shape.test(text))?.[0];

const textKinds: readonly (readonly [string, RegExp])[] = [
  ['metrics as an exporter gives them', /^# (?:HELP|TYPE) \w/m],
  ['HTML or XML', /^\s*<[!?a-z]/i],
  ['a program', /^(?:#!|(?:import|package|func|const|local) )/m],
  ['Markdown', /^#{1,3} \w[^\n]*\n\s*\n/m],
];
