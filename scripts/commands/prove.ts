import type { Argv, CommandModule } from 'yargs';
import { homelabOptions, type HomelabArguments } from '../homelab-options';

export interface ProveArguments extends HomelabArguments {
  prometheus: string | undefined;
  loki: string | undefined;
  tempo: string | undefined;
  incidents: boolean;
  only: string[] | undefined;
  json: boolean;
  markdown: boolean;
}

export const proveCommand: CommandModule<object, ProveArguments> = {
  command: 'prove',
  describe: 'Run every query and alert against a real Prometheus, filled by a simulated homelab or your own',
  builder: (yargs) =>
    homelabOptions(yargs)
      .option('prometheus', {
        type: 'string',
        requiresArg: true,
        describe: 'Your own server instead: which panels would be empty at home, and why',
      })
      .option('loki', { type: 'string', requiresArg: true, describe: 'Ask this Loki for queries of logs' })
      .option('tempo', { type: 'string', requiresArg: true, describe: 'Ask this Tempo for queries of traces' })
      .option('incidents', {
        type: 'boolean',
        default: true,
        describe: 'Let things go wrong, and see which alerts fire; --no-incidents leaves that out',
      })
      .option('only', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'Only these incidents: disk-filling',
      })
      .option('json', { type: 'boolean', default: false, describe: 'Print one JSON document' })
      .option('markdown', { type: 'boolean', default: false, describe: 'Print Markdown: for a pull request' })
      .example('npm run prove', 'the queries of your homelab file, against a simulated homelab')
      .example('npm run prove -- --prometheus http://localhost:9090', 'what would be empty at home, and why')
      .check(({ json, markdown, only, incidents, prometheus }) => {
        if (json && markdown) throw new Error('--json and --markdown: choose one');
        if (only && !incidents) throw new Error('--only names incidents, and --no-incidents leaves them out');
        if (only && prometheus !== undefined)
          throw new Error('--only names incidents of the simulated homelab: nothing is broken at home');
        return true;
      })
      .epilogue(
        'Exit codes: 0 all proven, 1 something is empty, refused, or told wrongly, 2 could not run. More: docs/prove.md',
      ) as unknown as Argv<ProveArguments>,
  handler: async (given) => {
    // Loaded only when it runs, so that --help is quick.
    const { runProve } = require('../run-prove') as typeof import('../run-prove');
    process.exitCode = await runProve(given);
  },
};
