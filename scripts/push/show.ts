import type { Outcome, Progress } from '../../lib/push/apply';
import { objectInWords } from '../../lib/push/kind-words';
import type { OpenTarget } from '../../lib/push/open-target';
import type { Plan } from '../../lib/push/plan';
import { reportOf, type PushReport } from '../../lib/push/report/report';
import type { PushArguments } from '../commands/push';
import { colours } from '../colours';
import { reportWithWhere, type Where } from './next-command';

/** The report in the form that was asked for; `exitCode`: what the command ends with. */
export const shown = (
  planned: PushReport,
  given: Where & Pick<PushArguments, 'json' | 'markdown'>,
  exitCode: number,
): string => {
  const { json, markdown } = given;
  const report = reportWithWhere(planned, given);
  if (json)
    return (require('../../lib/push/report/json') as typeof import('../../lib/push/report/json')).reportJson(
      report,
      exitCode,
    );
  if (markdown)
    return (
      require('../../lib/push/report/markdown') as typeof import('../../lib/push/report/markdown')
    ).reportMarkdown(report);
  const { reportReadable } =
    require('../../lib/push/report/readable') as typeof import('../../lib/push/report/readable');
  return reportReadable(report, colours);
};

/** What somebody is asked about: for eyes, and beside the one document where that was asked for. */
export const showProposal = (report: PushReport, given: PushArguments): void => {
  const text = shown(report, { ...given, json: false, markdown: false }, 1);
  (given.json || given.markdown ? process.stderr : process.stdout).write(text);
};

/** Of a plan, or of what became of it. */
export const reportFor = (
  { target, serverVersion }: OpenTarget,
  plan: Plan,
  outcomes?: readonly Outcome[],
): PushReport =>
  reportOf({
    target,
    plan,
    ...(serverVersion !== undefined && { serverVersion }),
    ...(outcomes && { outcomes }),
  });

/** How far it is: a bar on a terminal, a line for each object elsewhere. */
export const showProgress = (stream: NodeJS.WriteStream): ((progress: Progress) => void) => {
  const isTerminal = stream.isTTY === true;
  return ({ name, title, action, result, ended, total }) => {
    const words = `${action} ${objectInWords({ ...name, title })}`;
    if (isTerminal) {
      const done = Math.round((ended / total) * barWidth);
      const line = `[${'#'.repeat(done)}${'.'.repeat(barWidth - done)}] ${ended}/${total} ${words}`;
      stream.write(`\r\u001b[K${line.slice(0, (stream.columns || 80) - 1)}${ended === total && result ? '\n' : ''}`);
    } else if (result) stream.write(`${ended}/${total} ${words}: ${result}\n`);
  };
};

const barWidth = 20;
