import yargs from 'yargs';
import { catalogCommand } from './commands/catalog';
import { fleetCommand } from './commands/fleet';
import { initCommand } from './commands/init';
import { lintCommand } from './commands/lint';
import { proveCommand } from './commands/prove';
import { pushCommand } from './commands/push';
import { renderCommand } from './commands/render';
import { snapshotCommand } from './commands/snapshot';
import { exitCode, explain, type ReaderError } from './failure';
import { namingStandardInput } from './standard-input';

/**
 * Runs the command that the words of a command line ask for, prints, and sets the exit code of the process, which goes on.
 * Exit codes: 0 done, 1 findings or a difference, 2 could not run, 3 not authorised, 4 partly applied.
 */
export const runProgram = async (words: readonly string[]): Promise<void> => {
  try {
    await parserOf(words).parseAsync();
  } catch (error) {
    process.stderr.write(explain(error));
    process.exitCode = exitCode(error);
  }
};

const parserOf = (words: readonly string[]) =>
  yargs(namingStandardInput(words))
    .scriptName('homelab-dashboards')
    .usage('$0 <command>\n\nGrafana dashboards and alerts as code for homelabs.')
    .command(initCommand)
    .command(renderCommand)
    .command(lintCommand)
    .command(proveCommand)
    .command(fleetCommand)
    .command(pushCommand)
    .command(snapshotCommand)
    .command(catalogCommand)
    .demandCommand(1, 'which command? see --help')
    .strict()
    .recommendCommands()
    .version(false)
    .help()
    .epilogue('Exit codes: 0 done, 1 findings or a difference, 2 could not run, 3 not authorised, 4 partly applied.')
    .exitProcess(false)
    .fail((message: string | null, error: unknown) => {
      throw error ?? usageError(message ?? 'unknown usage', words[0]);
    });

const commands = [
  initCommand,
  renderCommand,
  lintCommand,
  proveCommand,
  fleetCommand,
  pushCommand,
  snapshotCommand,
  catalogCommand,
];

const usageError = (message: string, word: string | undefined): ReaderError => {
  const isCommand = commands.some(({ command }) => String(command).split(' ')[0] === word);
  const help = isCommand ? `npm run ${word} -- --help` : 'homelab-dashboards --help';
  return Object.assign(new Error(message), { format: () => `error: ${message}\n  try: ${help}` });
};
