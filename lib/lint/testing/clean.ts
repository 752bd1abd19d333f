import { read } from '../documents/read';
import type { Example } from '../rule';
import type { LintDocument } from '../subject';

/** A time series panel that no rule minds. */
export const cleanPanel = {
  id: 1,
  type: 'timeseries',
  title: 'Bytes received',
  description: 'What each network interface receives.',
  datasource: { type: 'prometheus', uid: '${datasource}' },
  gridPos: { x: 0, y: 0, w: 24, h: 8 },
  fieldConfig: {
    defaults: {
      unit: 'Bps',
      min: 0,
      custom: { drawStyle: 'line' },
      color: { mode: 'palette-classic' },
      mappings: [],
    },
    overrides: [],
  },
  options: {
    legend: { displayMode: 'list', placement: 'bottom', showLegend: true, calcs: [] },
    tooltip: { mode: 'multi', sort: 'desc' },
  },
  targets: [
    {
      refId: 'A',
      datasource: { type: 'prometheus', uid: '${datasource}' },
      expr: 'rate(node_network_receive_bytes_total{job="node"}[$__rate_interval])',
      legendFormat: '{{device}}',
      range: true,
      interval: '15s',
    },
  ],
};

/** A variable that no rule minds; {@link exampleFiles} makes the clean panel use it. */
export const cleanVariable = {
  name: 'instance',
  label: 'Instance',
  type: 'query',
  datasource: { type: 'prometheus', uid: '${datasource}' },
  definition: 'label_values(node_uname_info{job="node"}, instance)',
  query: { query: 'label_values(node_uname_info{job="node"}, instance)', refId: 'instance' },
  refresh: 2,
  sort: 1,
  multi: true,
  includeAll: true,
  allValue: '.+',
  current: { text: 'All', value: ['$__all'] },
  options: [],
  hide: 0,
};

const dataSourceVariable = {
  name: 'datasource',
  label: 'Data source',
  type: 'datasource',
  query: 'prometheus',
  current: {},
  options: [],
  refresh: 1,
  hide: 0,
};

/** A board that no rule minds, around some panels and variables. */
export const cleanBoard = (panels: readonly object[] = [cleanPanel], variables: readonly object[] = []): object => ({
  uid: 'clean',
  title: 'Network',
  description: 'How busy the network is.',
  schemaVersion: 42,
  tags: ['network'],
  editable: true,
  refresh: '1m',
  time: { from: 'now-6h', to: 'now' },
  timezone: 'browser',
  links: [],
  annotations: { list: [] },
  templating: { list: [dataSourceVariable, ...variables] },
  panels,
});

/** A Prometheus alert rule that no rule minds. */
export const cleanAlert = {
  alert: 'HostDiskAlmostFull',
  expr: 'node_filesystem_avail_bytes{job="node", fstype="ext4"} / node_filesystem_size_bytes{job="node", fstype="ext4"} < 0.1',
  for: '30m',
  labels: { severity: 'warning' },
  annotations: {
    summary: 'The disk at {{ $labels.mountpoint }} of {{ $labels.instance }} is almost full',
    description: 'Only {{ $value | humanizePercentage }} are free on {{ $labels.device }}.',
    runbook_url: 'https://example.com/runbooks/host-disk-almost-full',
  },
};

/** A recording rule that no rule minds. */
export const cleanRecording = {
  record: 'instance:node_network_receive_bytes:rate5m',
  expr: 'sum by (instance) (rate(node_network_receive_bytes_total{job="node"}[5m]))',
};

/** A Grafana alert rule that no rule minds, as in file provisioning. */
export const cleanGrafanaAlert = {
  uid: 'host-disk-almost-full',
  title: 'HostDiskAlmostFull',
  condition: 'B',
  data: [
    {
      refId: 'A',
      relativeTimeRange: { from: 600, to: 0 },
      datasourceUid: 'prometheus',
      model: {
        refId: 'A',
        datasource: { type: 'prometheus', uid: 'prometheus' },
        expr: 'node_filesystem_avail_bytes{job="node", fstype="ext4"} / node_filesystem_size_bytes{job="node", fstype="ext4"}',
        instant: true,
        range: false,
        intervalMs: 60000,
        maxDataPoints: 43200,
      },
    },
    {
      refId: 'B',
      relativeTimeRange: { from: 0, to: 0 },
      datasourceUid: '__expr__',
      model: {
        refId: 'B',
        type: 'threshold',
        datasource: { type: '__expr__', uid: '__expr__' },
        expression: 'A',
        conditions: [{ evaluator: { type: 'lt', params: [0.1] } }],
      },
    },
  ],
  noDataState: 'OK',
  execErrState: 'Error',
  for: '30m',
  labels: { severity: 'warning' },
  annotations: {
    summary: 'The disk at {{ $labels.mountpoint }} of {{ $labels.instance }} is almost full',
    description: 'Only {{ humanizePercentage $values.A.Value }} are free on {{ $labels.device }}.',
    runbook_url: 'https://example.com/runbooks/host-disk-almost-full',
  },
  isPaused: false,
};

/** The files that an example stands for, by name. */
export const exampleFiles = (example: Example): Readonly<Record<string, string>> => {
  if (example.files) return example.files;
  const files: Record<string, string> = {};
  const isRule = example.alert ?? example.recording ?? example.grafanaAlert;
  if (!isRule || example.query || example.panel || example.board || example.variable)
    files['dashboard.json'] = text(exampleBoard(example));
  const rules = [
    ...(example.alert ? [laidOver(cleanAlert, example.alert)] : []),
    ...(example.recording ? [laidOver(cleanRecording, example.recording)] : []),
  ];
  if (rules.length > 0) files['rules.yaml'] = text({ groups: [{ name: 'host', interval: '1m', rules }] });
  if (example.grafanaAlert)
    files['grafana-rules.yaml'] = text({
      apiVersion: 1,
      groups: [
        {
          orgId: 1,
          name: 'host',
          folder: 'Hosts',
          interval: '1m',
          rules: [laidOver(cleanGrafanaAlert, example.grafanaAlert)],
        },
      ],
    });
  return files;
};

/** An example, read. Throws where it is not understood: an example should be. */
export const exampleDocuments = (example: Example): readonly LintDocument[] =>
  Object.entries(exampleFiles(example)).flatMap(([file, content]) => {
    const { documents, problems } = read(file, content);
    const [problem] = problems;
    if (problem)
      throw new Error(
        `${example.name}: ${file}:${problem.place?.line ?? 1}: ${problem.message}\n${problem.caret ?? ''}`,
      );
    return documents;
  });

const exampleBoard = (example: Example): object => {
  const variable = example.variable && laidOver(cleanVariable, example.variable);
  const panel = laidOver(laidOver(cleanPanel, targetOf(example, variable)), example.panel ?? {});
  return laidOver(cleanBoard([panel], variable ? [variable] : []), example.board ?? {});
};

const plugins = { promql: 'prometheus', logql: 'loki', traceql: 'tempo' } as const;

const targetOf = ({ query, ...example }: Example, variable: object | undefined): object => {
  const language: keyof typeof plugins = example.language ?? 'promql';
  const [target] = cleanPanel.targets;
  if (query === undefined) {
    const name = variable && 'name' in variable ? String(variable.name) : undefined;
    if (name === undefined) return {};
    return {
      targets: [{ ...target, expr: target?.expr.replace('{job="node"}', `{job="node", instance=~"$${name}"}`) }],
    };
  }
  const datasource = { type: plugins[language], uid: language === 'promql' ? '${datasource}' : plugins[language] };
  const { expr: _, ...rest } = { ...target, datasource };
  return {
    datasource,
    targets: [{ ...rest, ...(language === 'traceql' ? { queryType: 'traceql', query } : { expr: query }) }],
  };
};

/** Fields over fields, object by object; lists as a whole; `undefined` takes a field away. */
export const laidOver = (below: object, above: object): object => {
  const result: Record<string, unknown> = { ...below };
  for (const [key, value] of Object.entries(above) as [string, unknown][]) {
    const under = result[key];
    if (value === undefined) delete result[key];
    else result[key] = isPlain(value) && isPlain(under) ? laidOver(under, value) : value;
  }
  return result;
};

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
