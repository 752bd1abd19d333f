#!/usr/bin/env node
// First, so that everything after it comes from the cache.
import './transpile-cache';
import './later-modules';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { renderCommand } from './commands/render';
import { snapshotCommand } from './commands/snapshot';
import { exitCode, explain } from './failure';

/** Exit codes: 0 done, 1 findings or a difference, 2 could not run, 3 not authorised, 4 partly applied. */
const main = async (): Promise<void> => {
  await yargs(hideBin(process.argv))
    .scriptName('homelab-dashboards')
    .usage('$0 <command>\n\nGrafana dashboards and alerts as code for homelabs.')
    .command(renderCommand)
    .command(snapshotCommand)
    .demandCommand(1, 'which command? see --help')
    .strict()
    .recommendCommands()
    .version(false)
    .help()
    .epilogue('Exit codes: 0 done, 1 findings or a difference, 2 could not run, 3 not authorised, 4 partly applied.')
    .fail((message: string | null, error: unknown, parser) => {
      if (error) throw error;
      process.stderr.write(
        `error: ${message ?? 'unknown usage'}\n  try: homelab-dashboards ${parser.parsed ? '' : ''}--help\n`,
      );
      process.exit(2);
    })
    .parseAsync();
};

main().catch((error: unknown) => {
  process.stderr.write(explain(error));
  process.exitCode = exitCode(error);
});
