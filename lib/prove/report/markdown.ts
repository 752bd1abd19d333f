import { incidentHolds } from '../incidents';
import { alertHolds } from '../rules';
import { boardRows, evidenceCounts, incidentInWords, mendings } from './readable';
import { isNeverShown, isProven, otherHolds, type ProofReport } from './report';

/** The report for a pull request: a table of boards, what is to be mended, incidents. */
export const markdownReport = (report: ProofReport): string => {
  const { panels, others, alerts, incidents, homelab, server } = report;
  const wrong = [
    ...mendings(panels).map(
      ({ board, titles, faults }) => `**${text(`${board} › ${titles}`)}**: ${text(faults.join('; '))}`,
    ),
    ...others
      .filter((other) => !otherHolds(other))
      .map(({ board, panel, why }) => `**${text(`${board} › ${panel}`)}**: ${text(why)}`),
    ...alerts
      .filter((alert) => !alertHolds(alert))
      .map(({ alert, verdict, why }) => `**${text(alert)}** ${verdict}: ${text(why)}`),
  ];
  const unseen = panels.filter(isNeverShown).map(({ board, panel }) => `${board} › ${panel}`);
  const counts = evidenceCounts(panels).map(([grade, count]) => `${count} ${grade}`);
  return [
    `## Proof of ${text(homelab)}${server === null ? '' : ` against ${text(server)}`}: ${isProven(report) ? 'nothing to mend' : 'to mend'}`,
    rows(boardRows(panels)),
    ...(wrong.length > 0 ? [wrong.map((line) => `- ${line}`).join('\n')] : []),
    ...(unseen.length > 0
      ? [`Never shown, as no incident gave them anything: ${unseen.map((one) => text(one)).join('; ')}.`]
      : []),
    ...(incidents.length > 0
      ? [
          rows([
            ['incident', 'befalls', 'tells', ''],
            ...incidents.map((proof) => [
              proof.incident,
              proof.subject,
              incidentInWords(proof),
              incidentHolds(proof) ? 'ok' : '**no**',
            ]),
          ]),
        ]
      : []),
    ...(counts.length > 0 && server === null
      ? [
          `Evidence of the weakest metric of each panel: ${counts.join(', ')}. Only live and golden are proven to be what exporters say.`,
        ]
      : []),
  ]
    .join('\n\n')
    .concat('\n');
};

const rows = ([head = [], ...body]: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...body].map((row) => `| ${row.map(text).join(' | ')} |`).join('\n');

/** A cell must not end early, nor be taken for markup. */
const text = (given: string): string =>
  given
    .replace(/\|/g, '\\|')
    .replace(/</g, '&lt;')
    .replace(/\s*\n\s*/g, ' ');
