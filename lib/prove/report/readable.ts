import { incidentHolds, type IncidentProof } from '../incidents';
import { alertHolds } from '../rules';
import { grades } from '../grades';
import { isNeverShown, otherHolds, panelHolds, slowQueries, type PanelReport, type ProofReport } from './report';

/** What makes words stand out on a terminal. */
export interface Colours {
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly bold: (text: string) => string;
}

/** A table of boards, what is to be mended with its queries, rules, incidents, and how well the metrics are known. */
export const readableReport = (report: ProofReport, colours: Colours): string =>
  [
    table(boardRows(report.panels), colours),
    mendPanels(report.panels, colours),
    neverShown(report.panels),
    ...otherLines(report, colours),
    ...alertLines(report, colours),
    ...incidentLines(report.incidents, colours),
    ...evidenceLines(report),
    summaryLine(report, colours),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');

/** The columns of the table of boards. */
const heads = ['board', 'panels', 'data', 'quiet', 'never shown', 'lacking', 'to mend', 'evidence'] as const;

/** One row a board: how many panels have data, are rightly quiet, lack what no page has, are to be mended; the weakest evidence. */
export const boardRows = (panels: readonly PanelReport[]): readonly (readonly string[])[] => {
  const boards = [...new Set(panels.map(({ board }) => board))];
  return [
    heads,
    ...boards.map((board) => {
      const own = panels.filter((panel) => panel.board === board);
      const count = (fits: (panel: PanelReport) => boolean): string => String(own.filter(fits).length);
      return [
        board,
        String(own.length),
        count((panel) => panelHolds(panel) && panel.verdict === 'data'),
        count((panel) => panelHolds(panel) && (panel.verdict === 'quiet' || panel.verdict === 'young')),
        // Nobody looked where no incident happened.
        own.some(({ shownBy }) => shownBy !== undefined) ? count(isNeverShown) : '',
        count((panel) => panelHolds(panel) && panel.verdict === 'lacking'),
        count((panel) => !panelHolds(panel)),
        grades.find((grade) => own.some(({ evidence }) => evidence?.grade === grade)) ?? '',
      ];
    }),
  ];
};

const table = (rows: readonly (readonly string[])[], { dim, red }: Colours): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row, index) => {
      const cells = row.map((cell, column) =>
        column === 0 || column === row.length - 1
          ? cell.padEnd(widths[column] ?? 0)
          : cell.padStart(widths[column] ?? 0),
      );
      if (index === 0) return dim(cells.join('  ').trimEnd());
      return (row[6] === '0' ? (text: string) => text : red)(cells.join('  ').trimEnd());
    })
    .join('\n');
};

/** What is wrong with a panel, a sentence each. */
export const faultsOf = (panel: PanelReport): readonly string[] => [
  ...(panel.atHome
    ? panel.atHome.map(({ kind, what }) => `${kind}: ${what}`)
    : panelHolds({ ...panel, legends: [], values: [] })
      ? []
      : [`${panel.verdict}: ${panel.why}`]),
  ...panel.legends,
  ...panel.values,
];

/** Panels of one board in which the same is to be mended. */
interface Mending {
  readonly board: string;
  /** Their titles, with commas between them. */
  readonly titles: string;
  readonly faults: readonly string[];
  readonly panels: readonly PanelReport[];
}

/** What is to be mended. One cause at home is behind many panels, so those that lack the same there are one. */
export const mendings = (panels: readonly PanelReport[]): readonly Mending[] =>
  alike(
    panels.filter((panel) => !panelHolds(panel)),
    (panel) => [panel.board, ...faultsOf(panel), ...(panel.atHome ? [] : [panel.panel])].join('\n'),
  ).map((found) => ({
    board: found[0].board,
    titles: found.map(({ panel }) => panel).join(', '),
    faults: faultsOf(found[0]),
    panels: found,
  }));

/** Items of the same key together, in the order of the first of each. */
const alike = <T>(items: readonly T[], key: (item: T) => string): readonly (readonly [T, ...T[]])[] => {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return [...groups.values()];
};

const mendPanels = (panels: readonly PanelReport[], { red, dim }: Colours): string =>
  mendings(panels)
    .map(({ board, titles, faults, panels: found }) => {
      // Queries of many that lack the same would not say more.
      const asked = found.length === 1 ? found.flatMap(({ queries }) => queries) : [];
      const wrong = asked.filter(({ verdict }) => verdict !== 'data' && verdict !== 'quiet');
      return [
        red(`${board} › ${titles}`),
        ...faults.map((fault) => `  ${fault}`),
        ...wrong.map(({ refId, expr }) => dim(`  ${refId}: ${expr}`)),
      ].join('\n');
    })
    .concat(
      panels.flatMap((panel) =>
        slowQueries(panel).map(
          ({ refId, seconds }) => `${panel.board} › ${panel.panel} › ${refId} took ${seconds.toFixed(1)} s`,
        ),
      ),
    )
    .join('\n');

/** Quiet panels that no incident made show anything: that they would is not proven. */
const neverShown = (panels: readonly PanelReport[]): string => {
  const found = panels.filter(isNeverShown);
  if (found.length === 0) return '';
  return [
    `never shown: ${found.length} panels have nothing to show while all is well, and no incident gave them anything`,
    ...found.map(({ board, panel, why }) => `  ${board} › ${panel}: ${why}`),
  ].join('\n');
};

const otherLines = ({ others }: ProofReport, { red }: Colours): readonly string[] => {
  if (others.length === 0) return [];
  const wrong = others.filter((other) => !otherHolds(other));
  const unasked = others.filter(({ verdict }) => verdict === 'parsed').length;
  return [
    [
      `logs and traces: ${others.length} queries, ${others.length - wrong.length} well${unasked > 0 ? `, ${unasked} of them read only: --loki URL and --tempo URL ask` : ''}`,
      ...wrong.map(({ board, panel, why, query }) => `  ${red(`${board} › ${panel}`)}: ${why}\n    ${query}`),
    ].join('\n'),
  ];
};

const alertLines = ({ alerts }: ProofReport, { red, dim }: Colours): readonly string[] => {
  if (alerts.length === 0) return [];
  const wrong = alerts.filter((alert) => !alertHolds(alert));
  const lacking = alerts.filter(({ verdict }) => verdict === 'lacking');
  const silent = alerts.filter(({ verdict }) => verdict === 'silent').length;
  return [
    [
      `alerts while all is well: ${alerts.length}, ${silent} silent${alerts.some(({ heartbeat }) => heartbeat) ? ', the heartbeat fires' : ''}${lacking.length > 0 ? `, ${lacking.length} cannot fire here` : ''}`,
      ...wrong.map(({ alert, verdict, why, expr }) => `  ${red(alert)} ${verdict}: ${why}\n    ${dim(expr)}`),
      ...alike(lacking, ({ why }) => why).map(
        (group) => `  ${group.map(({ alert }) => alert).join(', ')}: ${group[0].why}`,
      ),
    ].join('\n'),
  ];
};

/** What an incident came to, in words. */
export const incidentInWords = ({ fired, missing, unexpected }: IncidentProof): string =>
  [
    fired.length === 0
      ? 'nothing fires'
      : fired.map(({ alert, after }) => `${alert} after ${Math.round(after / 60)} min`).join(', '),
    ...(missing.length > 0 ? [`missing: ${missing.join(', ')}`] : []),
    ...(unexpected.length > 0 ? [`not expected: ${unexpected.join(', ')}`] : []),
  ].join('; ');

const incidentLines = (incidents: readonly IncidentProof[], { red, green }: Colours): readonly string[] => {
  if (incidents.length === 0) return [];
  const width = Math.max(...incidents.map(({ incident, subject }) => `${incident} ${subject}`.length));
  return [
    [
      'incidents:',
      ...incidents.map((proof) => {
        const name = `${proof.incident} ${proof.subject}`.padEnd(width);
        return `  ${incidentHolds(proof) ? green('ok ') : red('no ')} ${name}  ${incidentInWords(proof)}`;
      }),
    ].join('\n'),
  ];
};

/** The queries work; whether real exporters say what the simulated ones do is another question, and this is its answer. */
export const evidenceCounts = (panels: readonly PanelReport[]): readonly (readonly [string, number])[] =>
  [...grades]
    .reverse()
    .map((grade) => [grade, panels.filter(({ evidence }) => evidence?.grade === grade).length] as const)
    .filter(([, count]) => count > 0);

const evidenceLines = ({ panels, server }: ProofReport): readonly string[] => {
  const counts = evidenceCounts(panels)
    .map(([grade, count]) => `${count} ${grade}`)
    .join(', ');
  if (counts === '' || server !== null) return [];
  return [
    `what the metrics are known by, the weakest of each panel: ${counts}\nThe simulated exporters say what the catalogs say: this proves queries. That real exporters say the same is proven for live and golden only.`,
  ];
};

const summaryLine = (report: ProofReport, { red, green }: Colours): string => {
  const { panels, alerts, incidents, others, server, samples, seconds } = report;
  const wrong = [
    [panels.filter((panel) => !panelHolds(panel)).length, 'panels'],
    [others.filter((other) => !otherHolds(other)).length, 'queries of logs and traces'],
    [alerts.filter((alert) => !alertHolds(alert)).length, 'alerts'],
    [incidents.filter((incident) => !incidentHolds(incident)).length, 'incidents'],
  ].filter(([count]) => count !== 0);
  const looked = [
    `${panels.length} panels`,
    ...(alerts.length > 0 ? [`${alerts.length} alerts`] : []),
    ...(incidents.length > 0 ? [`${incidents.length} incidents`] : []),
  ].join(', ');
  const how = server === null ? `${(samples / 1e6).toFixed(1)} million samples, ` : `asked ${server}, `;
  const told =
    wrong.length === 0
      ? green(server === null ? 'all proven' : 'nothing is empty')
      : red(`${wrong.map(([count, what]) => `${count} ${what}`).join(', ')} to mend`);
  return `${looked}: ${told} (${how}${seconds.toFixed(0)} s)`;
};
