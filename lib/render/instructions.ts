import type { ResolvedHomelab } from '../homelab/resolved';
import type { Artifact } from './artifact';

/** `NEXT-STEPS.md`: the lines to add to one's own Grafana, Prometheus and exporters, so that they read the rendered files; `written` are those. */
export const renderInstructions = (homelab: ResolvedHomelab, written: readonly Artifact[]): readonly Artifact[] => {
  const text = [
    grafanaSteps(homelab, written),
    prometheusSteps(homelab),
    blackboxSteps(homelab),
    alertmanagerSteps(homelab),
  ]
    .filter(Boolean)
    .join('\n\n');
  return [
    {
      kind: 'instructions',
      path: 'NEXT-STEPS.md',
      name: 'NEXT-STEPS.md',
      text: `# What to add to your own\n\n${text}\n`,
    },
  ];
};

const grafanaSteps = ({ grafana, dataSources, project }: ResolvedHomelab, written: readonly Artifact[]): string => {
  // One by one: a folder would hide the user's own files in it.
  const mounted = written.filter(({ path }) => path.startsWith('grafana/provisioning/'));
  const uids = Object.values(dataSources).map(({ name, uid, kind }) => `- ${name} (${kind}): uid \`${uid}\``);
  const existing = [
    'The boards ask these data sources; their uids must be as they are in your Grafana (Connections > Data sources, the last part of the address):',
    '',
    ...uids,
    '',
    `Nothing else of your Grafana is touched: every uid of ours begins with \`${project}-\`, and no data source and no notification policy is written.`,
  ];
  return [
    '## Grafana',
    '',
    'In its compose file:',
    '',
    '```yaml',
    'services:',
    '  grafana:',
    '    env_file: [.env]',
    '    volumes:',
    ...mounted.map(({ path }) => `      - ./dist/${path}:/etc/${path}:ro`),
    `      - ./dist/grafana/dashboards:${grafana.dashboardsPath}:ro`,
    '```',
    '',
    'Grafana reads its provisioning when it starts: restart it when a render changes one of these files. Dashboards are read again within 30 seconds.',
    '',
    ...(grafana.mode === 'existing'
      ? existing
      : ['Its data sources and notification policies are ours, too: use a Grafana that has none.']),
  ].join('\n');
};

const prometheusSteps = ({ project, alerting }: ResolvedHomelab): string =>
  [
    '## Prometheus',
    '',
    `\`prometheus/prometheus.yml\` is a whole configuration. To keep your own, include the scrape configurations (Prometheus 2.43 and later; before that, copy them from \`prometheus/scrape/${project}.yml\`):`,
    '',
    '```yaml',
    'scrape_config_files: [/etc/prometheus/homelab/scrape/*.yml]',
    ...(alerting.engine === 'grafana' ? [] : ['rule_files: [/etc/prometheus/homelab/rules/*.yaml]']),
    '```',
    '',
    'with `./dist/prometheus:/etc/prometheus/homelab:ro` among its volumes.',
  ].join('\n');

const blackboxSteps = ({ probes }: ResolvedHomelab): string =>
  probes.exporter
    ? [
        '## blackbox_exporter',
        '',
        'Start it with `--config.file=/etc/blackbox/blackbox.yml` on `prometheus/blackbox.yml`; a ping needs `cap_add: [NET_RAW]`.',
      ].join('\n')
    : '';

const alertmanagerSteps = ({ alerting }: ResolvedHomelab): string =>
  alerting.engine === 'grafana'
    ? ''
    : [
        '## Alertmanager',
        '',
        '`alertmanager/alertmanager.yml` is a whole configuration. It reads each secret from `/etc/alertmanager/secrets/<NAME>`, a file named as in `.env.example` that holds the value alone.',
      ].join('\n');
