import { plain } from '../render/runbooks';
import { alloyJobs } from '../render/alloy';
import { toAlloy } from '../render/alloy-syntax';
import { exporterService, exporterVariables } from '../render/exporters-compose';
import { scrapeConfig } from '../render/scrape';
import { scrapeJobsOf } from '../render/scrape-jobs';
import { toYaml } from '../render/yaml';
import { isBuiltIn, runningOf } from '../exporters/running';
import type { Provenance } from '../catalog/catalog';
import { gradesOf, graded, type AppFacts, type BoardFacts, type ExporterFacts } from './app-facts';

/** The first line of every page about apps. */
export const generated =
  '<!-- Made from boards, alerts and catalogs by `npm run snapshot -- --examples`: change those, or the notes, not this page. -->';

/** What is known of an app that no program can find out, in our words: `docs/apps/<name>.notes.md`. */
export interface Notes {
  /** Name of the file in `docs/apps`. */
  readonly file: string;
  readonly text: string;
  /** Whether it is about this app alone, and so a part of its page. */
  readonly alone: boolean;
}

/** Whether there is more to say of an app than that its exporters have catalogs. */
export const hasPage = ({ boards, alsoOn, alerts }: AppFacts): boolean =>
  boards.length + alsoOn.length + alerts.length > 0;

/** `docs/apps/<app>.md`: how its exporters are run and scraped, what boards and alerts show of it, by which metrics, and what nothing shows. */
export const appPage = (facts: AppFacts, notes: readonly Notes[]): string =>
  [
    generated,
    '',
    `# ${facts.app}`,
    '',
    summary(facts),
    ...section('Exporters', exporterTable(facts)),
    ...facts.exporters.flatMap((exporter) => ['', `### Exporter ${exporter.name}`, '', ...aboutExporter(exporter)]),
    ...section('Boards', boardTable(facts)),
    ...[...facts.boards, ...facts.alsoOn].flatMap((board) => [
      '',
      `### ${board.board.title}`,
      '',
      ...panelTable(board, facts),
    ]),
    ...section('Alerts', alertTable(facts)),
    ...facts.alerts.flatMap(({ alert }) => [
      '',
      `### ${alert.name}`,
      '',
      ...alert.firstSteps.map((step, index) => `${index + 1}. ${plain(step, alert)}`),
    ]),
    ...section('Metrics', [
      'What boards and alerts read, exporter by exporter: two of them may give one name to different things. `live`: seen on a running exporter of a running app. `golden`: seen on a running exporter, against a stand-in of the app, or in its own tests. `source`: read in its code. `docs`: only described.',
    ]),
    ...facts.exporters.flatMap((exporter) => ['', `### Metrics of ${exporter.name}`, '', ...dictionary(exporter)]),
    ...section('What it cannot show, and why', cannot(facts, notes)),
    '',
  ].join('\n');

const section = (title: string, lines: readonly string[]): readonly string[] => ['', `## ${title}`, '', ...lines];

const summary = ({ exporters, boards, alerts }: AppFacts): string =>
  `${counted(exporters.length, 'exporter')} with a catalog, ${counted(boards.length, 'board')}, ${counted(alerts.length, 'alert')}. All apps: [README.md](README.md).`;

export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

// --- exporters -----------------------------------------------------------------------------------------------------
const exporterTable = ({ exporters, boards, alerts }: AppFacts): readonly string[] => [
  '| `exporter` in the homelab file | Image | Page | Catalog read at | Metrics used, proven | Panels | Alerts |',
  '| --- | --- | --- | --- | --- | --- | --- |',
  ...exporters.map(
    (exporter) =>
      `| [${exporter.name}](#${anchor(`Exporter ${exporter.name}`)}) | ${imageOf(exporter)} | ${pageOf(exporter)} | ${exporter.catalog.version} | ${proven(exporter)} | ${boards.flatMap(({ panels }) => panels).filter(({ by, reads }) => by.has(exporter.name) && reads.size > 0).length} | ${alerts.filter(({ by }) => by.has(exporter.name)).length} |`,
  ),
  '',
  '`Proven` are metrics whose evidence is `live` or `golden`, [see below](#metrics). Panels are those of boards about the app that the exporter gives alone, beside node_exporter, a probe and a log.',
];

const imageOf = ({ name }: ExporterFacts): string => {
  const running = runningOf(name);
  if (!running) return 'not known here';
  if (isBuiltIn(running)) return 'none, the app itself';
  return running.image === undefined ? `none published: ${running.build}` : code(running.image);
};

const pageOf = ({ catalog: { port, path } }: ExporterFacts): string =>
  path === '' ? 'pushed' : code(`${port === null ? '' : `:${port}`}${path}`);

/** `12 of 20`; of all in the catalog where none is used. */
export const proven = ({ used, catalog }: ExporterFacts): string => {
  const metrics = used.length > 0 ? used : gradesOf(catalog);
  const { live, golden } = graded(metrics);
  return `${live + golden} of ${metrics.length}`;
};

const aboutExporter = (exporter: ExporterFacts): readonly string[] => {
  const { name, catalog, entry, homelab } = exporter;
  const running = runningOf(name);
  const compose = exporterService(homelab, name);
  const jobs = scrapeJobsOf(homelab).filter(({ source }) => source === name);
  const variables = [
    ...new Set(exporterVariables(homelab).flatMap(({ name, usual }) => (usual === undefined ? [code(name)] : []))),
  ];
  return [
    ...(catalog.note ? [sentence(catalog.note), ''] : []),
    `Read at ${provenance(catalog.provenance)}, version ${catalog.version}; its metrics: ${grades(gradesOf(catalog))}.`,
    ...(catalog.recordings?.length ? [''] : []),
    ...(catalog.recordings ?? []).map(
      ({ version, how, evidence = 'live', page }) =>
        `- ${evidence}, version ${version}: ${how}${page === undefined ? '' : `; [the page](../../lib/catalog/golden/${page})`}`,
    ),
    '',
    'In the homelab file:',
    '',
    ...fenced('ts', inTypeScript(entry)),
    ...(isBuiltIn(running) ? ['', `To switch it on: ${running.inApp}.`] : []),
    ...(compose === undefined
      ? []
      : [
          '',
          `To start it${variables.length > 0 ? `, with ${variables.join(' and ')} in \`.env\`` : ''}; \`npm run render\` writes this for your machines:`,
          '',
          ...fenced('yaml', compose),
          ...(running && !isBuiltIn(running) && running.then ? ['', running.then] : []),
        ]),
    ...(jobs.length === 0
      ? ['', 'Nothing scrapes it: its series arrive by remote write or OTLP.']
      : [
          '',
          'Prometheus:',
          '',
          ...fenced(
            'yaml',
            toYaml({ scrape_configs: jobs.map(scrapeConfig) }, '')
              .split('\n')
              .slice(2)
              .join('\n')
              .trimEnd(),
          ),
          '',
          `Alloy, which sends on to \`prometheus.remote_write "prometheus"\` (a block that you have, or that \`npm run render\` writes):`,
          '',
          ...fenced('alloy', toAlloy(alloyJobs(jobs, homelab)).trimEnd()),
        ]),
  ];
};

const fenced = (language: string, text: string): readonly string[] => [`\`\`\`${language}`, ...text.split('\n'), '```'];

const inTypeScript = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(inTypeScript).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .map(([key, each]) => `${/^\w+$/.test(key) ? key : `'${key}'`}: ${inTypeScript(each)}`)
      .join(', ')} }`;
  return typeof value === 'string' ? `'${value}'` : String(value);
};

/** Each repository once, at its commit. */
const provenance = (read: readonly Provenance[]): string =>
  [
    ...new Set(
      read.map(
        ({ repository, commit }) =>
          `[${repository}@${commit.slice(0, 8)}](https://github.com/${repository}/tree/${commit})`,
      ),
    ),
  ].join(', ');

const grades = (metrics: Parameters<typeof graded>[0]): string =>
  Object.entries(graded(metrics))
    .filter(([, count]) => count > 0)
    .map(([grade, count]) => `${count} ${grade}`)
    .join(', ');

// --- boards --------------------------------------------------------------------------------------------------------
const boardTable = ({ boards, alsoOn }: AppFacts): readonly string[] => [
  ...(boards.length === 0
    ? ['None is about it yet.']
    : [
        '| Board | Question | Panels |',
        '| --- | --- | --- |',
        ...boards.map(
          ({ board, panels }) => `| [${board.title}](#${anchor(board.title)}) | ${board.question} | ${panels.length} |`,
        ),
      ]),
  ...(alsoOn.length > 0 ? ['', `Also on ${alsoOn.map(({ board }) => board.title).join(', ')}.`] : []),
];

const panelTable = ({ board, panels }: BoardFacts, { exporters }: AppFacts): readonly string[] => {
  const with_ = exporters.filter(({ name }) => panels.some(({ by }) => by.has(name)));
  const without = exporters.filter((exporter) => !with_.includes(exporter));
  const shown = panels.filter(({ reads }) => reads.size > 0);
  const others = panels.filter(({ reads }) => reads.size === 0);
  return [
    `${board.question} \`dashboards: { include: ['${board.name}'] }\``,
    '',
    `| Section | Panel |${with_.map(({ name }) => ` ${name} |`).join('')}`,
    `| --- | --- |${with_.map(() => ' --- |').join('')}`,
    ...shown.map(
      ({ section, title, by, personal }) =>
        `| ${cell(section)} | ${cell(title)}${personal ? ' (names people)' : ''} |${with_.map(({ name }) => (by.has(name) ? ' yes |' : ' – |')).join('')}`,
    ),
    ...(others.length > 0
      ? ['', `From the machine, a probe or the log: ${others.map(({ title }) => title).join(', ')}.`]
      : []),
    ...(without.length > 0 ? ['', `Cannot be drawn with ${without.map(({ name }) => name).join(', ')} alone.`] : []),
    ...(shown.some(({ personal }) => personal)
      ? ['', "What names people needs `privacy: 'full'` in the homelab file."]
      : []),
  ];
};

// --- alerts --------------------------------------------------------------------------------------------------------
const alertTable = ({ alerts, exporters }: AppFacts): readonly string[] =>
  alerts.length === 0
    ? ['None is about it yet; `TargetDown`, `TargetAbsent` and `ServiceDown` tell of every target and probe.']
    : [
        '| Alert | Severity | Pack | For | What it tells | With |',
        '| --- | --- | --- | --- | --- | --- |',
        ...alerts.map(
          ({ alert, by }) =>
            `| [${alert.name}](../runbooks/${alert.name}.md) | ${alert.severity} | ${alert.pack ?? 'always on'} | ${alert.for} | ${plain(alert.summary, alert)} | ${by.size === exporters.length ? 'all' : [...by].join(', ')} |`,
        ),
        '',
        'First steps, of each; its name above leads to the whole runbook.',
      ];

// --- metrics -------------------------------------------------------------------------------------------------------
const dictionary = ({ used, catalog }: ExporterFacts): readonly string[] =>
  used.length === 0
    ? [`None of its ${counted(Object.keys(catalog.metrics).length, 'metric')} is used.`]
    : [
        '| Metric | Type | Unit | Labels | Used on | Evidence | Note |',
        '| --- | --- | --- | --- | --- | --- | --- |',
        ...used.map(
          ({ name, metric, evidence, on }) =>
            `| ${code(name)} | ${metric.type} | ${metric.unit ?? '–'} | ${Object.keys(metric.labels).sort().map(code).join(' ') || '–'} | ${on.map(cell).join(', ')} | ${evidence} | ${cell([metric.note, whenOff(metric)].filter(Boolean).join('; '))} |`,
        ),
      ];

const whenOff = (metric: ExporterFacts['used'][number]['metric']): string =>
  [
    ...(metric.default === false ? [`off by default: \`${metric.flag ?? metric.collector}\``] : []),
    ...(metric.since ? [`since ${metric.since}`] : []),
    ...(metric.until ? [`until ${metric.until}`] : []),
  ].join('; ');

// --- what there is not ---------------------------------------------------------------------------------------------
const cannot = ({ boards, exporters }: AppFacts, notes: readonly Notes[]): readonly string[] => {
  const parts = [
    ...(boards.length > 0 && exporters.length > 1
      ? [
          [
            'What one exporter cannot give and another can is a dash in the tables of the boards; the library leaves such panels out.',
          ],
        ]
      : []),
    ...notes.map((one) => (one.alone ? demoted(one.text) : [`Written down in [${one.file}](${one.file}).`])),
    ...(notes.length === 0 ? [['Nothing is written down beside the notes on metrics above.']] : []),
  ];
  return parts.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
};

/** Without its title, each heading a step lower: it stands inside another page. */
const demoted = (text: string): readonly string[] =>
  text
    .replace(/^<!--.*?-->\s*/s, '')
    .replace(/^# .*\n+/, '')
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/^(#+ )/, '#$1'));

// --- Markdown ------------------------------------------------------------------------------------------------------
export const code = (text: string): string => `\`${text}\``;
export const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
/** As GitHub and Forgejo make it of a heading. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
const sentence = (text: string): string => {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
};
