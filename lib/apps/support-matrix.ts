import { catalogNames, loadCatalog } from '../catalog/load';
import { isBuiltIn, runningOf } from '../exporters/running';
import { gradesOf, graded, type AppFacts, type ExporterFacts } from './app-facts';
import { cell, code, counted, generated, hasPage, proven, type Notes } from './app-page';

/** Apps that people asked for and of which nothing is recorded. */
const without: readonly string[] = [
  'Docspell',
  'Firefly III',
  'Gotify',
  'JDownloader',
  'Kopia',
  'Mealie',
  'Stirling PDF',
];

/** `docs/apps/README.md`: every app, its exporters, and how far each is supported. */
export const supportMatrix = (all: readonly AppFacts[], notesOf: (app: string) => readonly Notes[]): string => {
  const exporters = all.flatMap((facts) => facts.exporters);
  const used = exporters.flatMap((exporter) => exporter.used);
  const { live, golden } = graded(used);
  const others = catalogNames()
    .map(loadCatalog)
    .filter(({ app }) => app === undefined);
  return [
    generated,
    '',
    '# What is supported',
    '',
    `${counted(all.length, 'app')} by ${counted(exporters.length, 'exporter')} whose metrics are recorded. ${counted(all.filter(({ boards }) => boards.length > 0).length, 'app')} ${all.filter(({ boards }) => boards.length > 0).length === 1 ? 'has' : 'have'} boards; these and the alerts read ${counted(used.length, 'metric')}, of which ${live + golden} are proven.`,
    '',
    '- **Boards**: panels that this exporter gives, of all that the boards about the app have. A panel that your exporter cannot feed is left out, and `npm run render` says why.',
    '- **Alerts**: those that this exporter can feed, each shown to fire and to stay silent.',
    '- **Proven**: of the metrics that boards and alerts read, how many were seen on a running exporter: `live`, with the app behind it; `golden`, with a stand-in, or in its own tests. The others were read in its code (`source`), or are only described (`docs`). Without boards: of all in the catalog.',
    '- **Weakest**: the least of these grades among them.',
    '- Without boards, a catalog is still what the linter holds your own boards against (`npm run lint`), and every target has `TargetDown` and `TargetAbsent`.',
    '',
    '| App | `exporter` | How | Read at | Boards | Alerts | Proven | Weakest |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...all.flatMap((facts) => facts.exporters.map((exporter, index) => row(facts, exporter, index === 0))),
    '',
    ...written(all, notesOf),
    '## Machines, power and network',
    '',
    'Sources that are no app; their boards are those of the folders Hosts and Network.',
    '',
    '| Source | Port | Read at | Metrics | Evidence |',
    '| --- | --- | --- | --- | --- |',
    ...others.map(
      (catalog) =>
        `| ${catalog.source} | ${catalog.port ?? '–'} | ${catalog.version} | ${Object.keys(catalog.metrics).length} | ${inGrades(catalog)} |`,
    ),
    '',
    '## Not recorded',
    '',
    `Nothing is recorded of ${without.slice(0, -1).join(', ')} and ${without.at(-1)}. A probe tells whether they answer (\`probes.services\`), and their containers are there where cAdvisor is.`,
    '',
  ].join('\n');
};

const row = (facts: AppFacts, exporter: ExporterFacts, first: boolean): string => {
  const { app, boards, alerts } = facts;
  const panels = boards.flatMap((board) => board.panels).filter(({ reads }) => reads.size > 0);
  const given = panels.filter(({ by }) => by.has(exporter.name)).length;
  const fed = alerts.filter(({ by }) => by.has(exporter.name)).length;
  const name = !first ? '' : hasPage(facts) ? `[${app}](${app}.md)` : app;
  return `| ${name} | ${exporter.name} | ${how(exporter)} | ${cell(exporter.catalog.version)} | ${panels.length > 0 ? `${given} of ${panels.length}` : 'none yet'} | ${alerts.length > 0 ? `${fed} of ${alerts.length}` : 'none yet'} | ${proven(exporter)} | ${weakest(exporter)} |`;
};

const how = ({ name, catalog: { path, port } }: ExporterFacts): string => {
  if (path === '') return 'pushed (OTLP or remote write)';
  const page = code(`${port === null ? '' : `:${port}`}${path}`);
  return isBuiltIn(runningOf(name)) || !/exporter|arr_|tentacle|unpoller/.test(name) ? `itself, ${page}` : page;
};

const weakest = ({ used, catalog }: ExporterFacts): string => {
  const counts = graded(used.length > 0 ? used : gradesOf(catalog));
  return (['docs', 'source', 'golden', 'live'] as const).find((grade) => counts[grade] > 0) ?? '–';
};

const inGrades = (catalog: Parameters<typeof gradesOf>[0]): string =>
  Object.entries(graded(gradesOf(catalog)))
    .filter(([, count]) => count > 0)
    .map(([grade, count]) => `${count} ${grade}`)
    .join(', ');

const written = (all: readonly AppFacts[], notesOf: (app: string) => readonly Notes[]): readonly string[] => {
  const files = [...new Set(all.flatMap(({ app }) => notesOf(app).map(({ file }) => file)))].sort();
  return files.length === 0
    ? []
    : [`What cannot be shown, and why: ${files.map((file) => `[${file}](${file})`).join(', ')}.`, ''];
};
