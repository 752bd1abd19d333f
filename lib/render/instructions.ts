import type { Receiver } from '../homelab/homelab';
import type { ResolvedHomelab } from '../homelab/resolved';
import { secretsFolder } from './alertmanager-receiver';
import type { Artifact } from './artifact';
import { dateFormats } from './date-formats';
import { notStarted } from './exporters-compose';

/** `NEXT-STEPS.md`: the lines to add to one's own Grafana, Prometheus and exporters, so that they read the rendered files; `written` are those. */
export const renderInstructions = (homelab: ResolvedHomelab, written: readonly Artifact[]): readonly Artifact[] => {
  const text = [
    startSteps(homelab),
    grafanaSteps(homelab, written),
    prometheusSteps(homelab, written),
    alloySteps(homelab),
    exporterSteps(homelab, written),
    includedSteps(written),
    blackboxSteps(homelab),
    alertmanagerSteps(homelab),
    clockSteps(homelab),
    mailSteps(homelab),
    receiverSteps(homelab),
  ]
    .filter(Boolean)
    .join('\n\n');
  return [
    {
      kind: 'instructions',
      path: 'NEXT-STEPS.md',
      name: 'NEXT-STEPS.md',
      text: `# ${homelab.grafana.mode === 'owned' ? 'What is left to do' : 'What to add to your own'}\n\n${text}\n`,
    },
  ];
};

const startSteps = ({ grafana }: ResolvedHomelab): string =>
  grafana.mode === 'owned'
    ? [
        '## Start',
        '',
        'Copy `.env.example` to `.env` in this folder and fill it in; then, in this folder:',
        '',
        '```sh',
        'docker compose up -d',
        '```',
        '',
        'What follows is for a compose file of your own instead of ours.',
      ].join('\n')
    : '';

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
    'Or mount nothing: `npm run push -- --plan` shows what a push over its API would write instead. Use one of the two ways for one Grafana.',
    '',
    ...(grafana.mode === 'existing'
      ? existing
      : ['Its data sources and notification policies are ours, too: use a Grafana that has none.']),
  ].join('\n');
};

/** Boards cannot say how a Grafana writes the time. */
const clockSteps = (homelab: ResolvedHomelab): string => {
  const settings = Object.entries(dateFormats(homelab));
  if (settings.length === 0 || homelab.grafana.mode !== 'existing') return '';
  return [
    '## A clock of 12 hours',
    '',
    'How axes and the time picker write the time is a setting of Grafana. Add to its compose file:',
    '',
    '```yaml',
    '    environment:',
    ...settings.map(([name, value]) => `      ${name}: "${value}"`),
    '```',
  ].join('\n');
};

/** What a Grafana of one's own has to know itself before a mail can leave it. */
const mailSteps = ({ alerting: { engine, mail, receivers }, grafana, urls }: ResolvedHomelab): string => {
  const mails = Object.values(receivers).some(({ kind }) => kind === 'email');
  if (engine !== 'grafana' || grafana.mode !== 'existing' || Object.keys(receivers).length === 0) return '';
  const settings = [
    `GF_SERVER_ROOT_URL: ${urls.grafana ?? 'https://<where your browser reaches Grafana>'}`,
    ...(mails
      ? [
          'GF_SMTP_ENABLED: "true"',
          `GF_SMTP_HOST: ${mail?.server ?? '<mail server>:587'}`,
          `GF_SMTP_FROM_ADDRESS: ${mail?.from ?? '<sender>'}`,
          ...(mail?.user === undefined ? [] : [`GF_SMTP_USER: ${mail.user}`]),
          ...(mail?.password ? [`GF_SMTP_PASSWORD: \${${mail.password.env}}`] : []),
        ]
      : []),
  ];
  return [
    '## What Grafana sends',
    '',
    `The titles of Grafana's own messages link to its \`root_url\`${mails ? ', and mails need a mail server' : ''}. Unless you have set them, add to its compose file:`,
    '',
    '```yaml',
    '    environment:',
    ...settings.map((line) => `      ${line}`),
    '```',
  ].join('\n');
};

const receiverSteps = ({ alerting: { receivers, engine } }: ResolvedHomelab): string => {
  const of = (kind: Receiver['kind']): readonly string[] =>
    Object.entries(receivers).flatMap(([name, receiver]) => (receiver.kind === kind ? [name] : []));
  const [house, matrix, ntfy] = [of('home-assistant'), of('matrix'), of('ntfy')];
  return [
    ...(house.length > 0
      ? [
          `## Home Assistant (${house.join(', ')})`,
          '',
          'An automation that shows the message on a phone; the last part of the address is its `webhook_id`, so choose a long one:',
          '',
          '```yaml',
          'alias: Homelab alerts',
          'triggers:',
          '  - trigger: webhook',
          '    webhook_id: <the last part of the address>',
          '    allowed_methods: [POST]',
          '    local_only: true',
          'actions:',
          '  - action: notify.notify',
          '    data:',
          '      title: "{{ trigger.json.title }}"',
          '      message: "{{ trigger.json.message }}"',
          '      data:',
          '        url: "{{ trigger.json.url }}"',
          '        clickAction: "{{ trigger.json.url }}"',
          '```',
          '',
          '`trigger.json.urgent` is true while something critical fires, `trigger.json.status` is `firing` or `resolved`.',
        ]
      : []),
    ...(matrix.length > 0
      ? [
          ...(house.length > 0 ? [''] : []),
          `## Matrix (${matrix.join(', ')})`,
          '',
          'Invite the bot of matrix-hookshot into the room, and write `!hookshot webhook homelab`: it answers with the address. Its generic webhooks take `text` and `html` as we send them; no transformation is needed.',
        ]
      : []),
    ...(ntfy.length > 0 && engine === 'grafana'
      ? [
          ...(house.length + matrix.length > 0 ? [''] : []),
          `## ntfy (${ntfy.join(', ')})`,
          '',
          'Subscribe to the topic in the app. Whoever knows the topic of a public server can read along.',
        ]
      : []),
  ].join('\n');
};

const prometheusSteps = ({ project, alerting }: ResolvedHomelab, written: readonly Artifact[]): string =>
  [
    '## Prometheus',
    '',
    `\`prometheus/prometheus.yml\` is a whole configuration. To keep your own, include the scrape configurations (Prometheus 2.43 and later; before that, copy them from \`prometheus/scrape/${project}.yml\`):`,
    '',
    '```yaml',
    'scrape_config_files: [/etc/prometheus/homelab/scrape/*.yml]',
    ...(alerting.engine !== 'grafana' || isWritten(written, 'prometheus/rules')
      ? ['rule_files: [/etc/prometheus/homelab/rules/*.yaml]']
      : []),
    '```',
    '',
    'with `./dist/prometheus:/etc/prometheus/homelab:ro` among its volumes.',
  ].join('\n');

const exporterSteps = (homelab: ResolvedHomelab, written: readonly Artifact[]): string => {
  const files = written.filter(({ path }) => /^exporters\/.*compose\.yaml$/.test(path));
  if (files.length === 0) return '';
  const others = notStarted(homelab);
  return [
    '## Exporters',
    '',
    'Where an exporter does not run yet, these compose files start it, one file a machine, on the ports that are scraped; take out what runs already. Copy `.env.example` to `.env` and fill in what they name; the address of an app is its usual port on its machine, and a variable such as `SONARR_URL` in `.env` says another.',
    '',
    '```sh',
    ...files.map(({ path }) => `docker compose --env-file .env -f ${path} up -d`),
    '```',
    '',
    'Images and variables are those of the exporters’ own documentation; no container engine was at hand to start them.',
    ...(others.length > 0 ? ['', `Not among them, see their own pages: ${others.join(', ')}.`] : []),
  ].join('\n');
};

const alloySteps = ({ project }: ResolvedHomelab): string =>
  [
    '## Alloy instead',
    '',
    `Where Grafana Alloy scrapes, give it \`alloy/${project}.alloy\` beside your own (\`alloy run <folder>\` reads every \`.alloy\` file in it): the same targets and labels. Prometheus has to run with \`--web.enable-remote-write-receiver\` then. Use one of the two, or every series is there twice. Its language was checked with Alloy's own parser, an Alloy itself was not at hand.`,
  ].join('\n');

const isWritten = (written: readonly Artifact[], folder: string): boolean =>
  written.some(({ path }) => path.startsWith(`${folder}/`));

/** Rule files that only others than Prometheus read. */
const includedSteps = (written: readonly Artifact[]): string =>
  [
    ...(isWritten(written, 'mimir/rules')
      ? [
          '## Included rules for Mimir',
          '',
          '`mimir/rules/` holds included rule files with keys that only Mimir knows: `mimirtool rules load mimir/rules/*.yaml`.',
        ]
      : []),
    ...(isWritten(written, 'vmalert/rules')
      ? [
          '## Included rules for vmalert',
          '',
          '`vmalert/rules/` holds included rule files that only vmalert reads: start it with `-rule=/etc/vmalert/rules/*.yaml` and `./dist/vmalert/rules:/etc/vmalert/rules:ro` among its volumes.',
        ]
      : []),
    ...(isWritten(written, 'loki/rules')
      ? [
          '## Included rules for Loki',
          '',
          'With `ruler: { storage: { type: local, local: { directory: /etc/loki/rules } } }` Loki reads the folder of its tenant, `fake` where `auth_enabled` is false: `./dist/loki/rules:/etc/loki/rules/fake:ro` among its volumes.',
        ]
      : []),
  ]
    .join('\n')
    .replace(/\n(?=## )/g, '\n\n');

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
        `\`alertmanager/alertmanager.yml\` is a whole configuration; its texts are in \`messages.tmpl\` beside it. Its first line says which version it needs. It reads each secret from \`${secretsFolder}/<NAME>\`, a file named as in \`.env.example\` that holds the value alone.`,
      ].join('\n');
