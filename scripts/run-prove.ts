import { resolve } from 'node:path';
import { incidents } from '../lib/fleet';
import { allowedNames } from '../lib/homelab/nearest';
import { buildAlerts } from '../lib/alerts/define';
import type { Board } from '../lib/proof/board';
import { explainMissing, missingPrograms } from '../lib/proof/programs';
import { proveHomelab, type Subject } from '../lib/prove/homelab';
import type { OtherServers } from '../lib/prove/other-languages';
import { isProven, type ProofReport } from '../lib/prove/report/report';
import { told } from '../alerts/incidents';
import { colours } from './colours';
import type { ProveArguments } from './commands/prove';
import { contentFor } from './content';
import type { ReaderError } from './failure';
import type { HomelabArguments } from './homelab-options';
import { renderHomelab } from './render-homelab';

/** Proves what is asked for and prints what came of it; gives the exit code. */
export const runProve = async (given: ProveArguments): Promise<number> => {
  refuseUnknownIncidents(given.only);
  const subject = subjectFor(given, given.prometheus);
  const progress = progressLine();
  try {
    const report = await (given.prometheus === undefined ? simulated : atHome)(subject, given, progress.show);
    progress.end();
    process.stdout.write(written(report, given));
    return isProven(report) ? 0 : 1;
  } finally {
    progress.end();
  }
};

const simulated = (subject: Subject, given: ProveArguments, progress: (text: string) => void): Promise<ProofReport> => {
  const missing = missingPrograms(['prometheus', 'promtool']);
  if (missing.length > 0)
    throw readerError(
      `error: prove ${explainMissing(missing)}\n  try: brew install prometheus on a Mac; or --prometheus URL, against your own server\n`,
    );
  return proveHomelab(subject, {
    expected: told,
    incidents: (name) => given.incidents && (given.only?.includes(name) ?? true),
    others: otherServers(given),
    progress,
  });
};

const atHome = (subject: Subject, given: ProveArguments, progress: (text: string) => void): Promise<ProofReport> => {
  const { proveAtHome } = require('../lib/prove/prove-at-home') as typeof import('../lib/prove/prove-at-home');
  return proveAtHome(subject, {
    url: given.prometheus as string,
    environment: process.env,
    others: otherServers(given),
    progress,
  });
};

/**
 * Boards as they are rendered, and the alerts: of every pack, but for a server at home, where only those count that are on. Throws
 * where there is no homelab file to hold against one.
 */
export const subjectFor = (given: HomelabArguments, server: string | undefined): Subject => {
  const { file, example, homelab, rendered } = renderHomelab({ ...given, forLint: true });
  if (example && server !== undefined)
    throw readerError(
      `error: no homelab file found: the example ${file} does not say what runs at your home\n  try: npm run init -- --prometheus ${server}\n`,
    );
  if (example) process.stderr.write(`no homelab file found: proving the example ${file}\n`);
  const groups = [...contentFor(resolve(file)).alerts].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    file,
    homelab,
    boards: rendered.boards.map(({ json }) => json as Board),
    alerts: server === undefined ? buildAlerts(groups, homelab, { everyPack: true }) : rendered.alerts,
  };
};

const otherServers = (given: ProveArguments): OtherServers => {
  if (given.loki === undefined && given.tempo === undefined) return {};
  const { othersAt } = require('../lib/prove/other-servers') as typeof import('../lib/prove/other-servers');
  return othersAt(given, process.env);
};

const refuseUnknownIncidents = (only: readonly string[] | undefined): void => {
  const names = incidents.map(({ name }) => name);
  for (const name of only ?? [])
    if (!names.includes(name))
      throw readerError(`error: no incident is called \`${name}\`: ${allowedNames(name, names)}\n`);
};

const readerError = (text: string): ReaderError => Object.assign(new Error(text), { format: () => text });

const written = (report: ProofReport, { json, markdown }: ProveArguments): string => {
  if (json)
    return (require('../lib/prove/report/json') as typeof import('../lib/prove/report/json')).jsonReport(report);
  if (markdown)
    return (require('../lib/prove/report/markdown') as typeof import('../lib/prove/report/markdown')).markdownReport(
      report,
    );
  const { readableReport } = require('../lib/prove/report/readable') as typeof import('../lib/prove/report/readable');
  return readableReport(report, colours);
};

/** One line on a terminal, written over again; a line each elsewhere. */
const progressLine = (): { readonly show: (text: string) => void; readonly end: () => void } => {
  const { stderr } = process;
  if (!stderr.isTTY) return { show: (text) => void stderr.write(`${text}\n`), end: () => undefined };
  return {
    show: (text) => void stderr.write(`\r\u001b[K${text.slice(0, (stderr.columns || 80) - 1)}`),
    end: () => void stderr.write('\r\u001b[K'),
  };
};
