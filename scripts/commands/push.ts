import type { Argv, CommandModule } from 'yargs';
import { exitCode, explain } from '../failure';
import { homelabOptions, type HomelabArguments } from '../homelab-options';

export interface PushArguments extends HomelabArguments {
  target: string | undefined;
  plan: boolean;
  out: string | undefined;
  apply: string | undefined;
  prune: boolean;
  maxDelete: number;
  onDrift: 'fail' | 'keep' | 'overwrite';
  resendSecrets: boolean;
  adopt: boolean;
  rollback: string | undefined;
  uninstall: boolean;
  fromFiles: boolean;
  testNotify: string | undefined;
  json: boolean;
  markdown: boolean;
  yes: boolean;
}

/** So many deletions are a mistake more often than not. */
export const defaultMaxDelete = 5;

/** Each does one thing: two of them in one command are a mistake. */
const modes = ['plan', 'apply', 'adopt', 'rollback', 'uninstall', 'from-files', 'test-notify'] as const;

export const pushCommand: CommandModule<object, PushArguments> = {
  command: 'push',
  describe: 'Plan, show and apply what your homelab needs to a Grafana over its HTTP API',
  builder: (yargs) =>
    homelabOptions(yargs)
      .option('target', { type: 'string', describe: 'Which target of the homelab file; default the only one' })
      .option('plan', { type: 'boolean', default: false, describe: 'Show what a push would do, and change nothing' })
      .option('out', { type: 'string', describe: 'With --plan: save the plan in this file' })
      .option('apply', { type: 'string', describe: 'Apply this saved plan, and nothing else' })
      .option('prune', {
        type: 'boolean',
        default: false,
        describe: 'Delete what pushes made and your files no longer define',
      })
      .option('max-delete', {
        type: 'number',
        default: defaultMaxDelete,
        describe: 'Most objects that --prune may delete',
      })
      .option('on-drift', {
        choices: ['fail', 'keep', 'overwrite'] as const,
        default: 'fail' as const,
        describe: 'Where a person changed what the last push made: refuse everything, leave that one, or take it back',
      })
      .option('resend-secrets', {
        type: 'boolean',
        default: false,
        describe: 'Send all secrets of receivers again, changed or not',
      })
      .option('adopt', {
        type: 'boolean',
        default: false,
        describe: 'Write what people changed into files beside the homelab file, to look at',
      })
      .option('rollback', { type: 'string', describe: 'Put back what this backup holds; a push says where it is' })
      .option('uninstall', {
        type: 'boolean',
        default: false,
        describe: 'Remove all that pushes made and nobody changed since',
      })
      .option('from-files', {
        type: 'boolean',
        default: false,
        describe: 'Say how to take over what Grafana made from provisioning files',
      })
      .option('test-notify', { type: 'string', describe: 'Have Grafana send one test message to this receiver' })
      .option('json', { type: 'boolean', default: false, describe: 'Print one JSON document' })
      .option('markdown', { type: 'boolean', default: false, describe: 'Print Markdown: for a pull request' })
      .option('yes', { type: 'boolean', default: false, describe: 'Apply without asking' })
      .group(['plan', 'out', 'apply', 'yes'], 'Look, then apply:')
      .group(['on-drift', 'adopt'], 'What people changed in Grafana:')
      .group(['prune', 'max-delete', 'uninstall', 'rollback', 'from-files'], 'Remove, take back, take over:')
      .group(['resend-secrets', 'test-notify'], 'Receivers:')
      .group(['json', 'markdown'], 'For other programs:')
      .example('npm run push -- --plan', 'show what would change')
      .example('npm run push', 'show it, ask, and apply it')
      .check((given) => {
        const [first, second] = modes.filter((mode) => given[mode] !== undefined && given[mode] !== false);
        if (first && second) throw new Error(`--${first} and --${second}: choose one`);
        if (given.json && given.markdown) throw new Error('--json and --markdown: choose one');
        if (given.out !== undefined && !given.plan) throw new Error('--out goes with --plan');
        if (!(Number.isInteger(given['max-delete']) && given['max-delete'] >= 0))
          throw new Error('--max-delete is a whole number from 0 on');
        return true;
      })
      .epilogue(
        'Environment: GRAFANA_TOKEN, or GRAFANA_TOKEN_FILE with a file that holds it; GRAFANA_URL, instead of the url of the target. More: docs/push.md\n' +
          'Exit codes: 0 nothing to do or all applied; 1 --plan found changes, or a person’s edit was left; 2 could not run, or refused before the first write; 3 not authorised; 4 applied in part.',
      ) as unknown as Argv<PushArguments>,
  handler: async (given) => {
    // Loaded only when it runs, so that --help is quick.
    const { runPush } = require('../push/run-push') as typeof import('../push/run-push');
    const { withWhere } = require('../push/next-command') as typeof import('../push/next-command');
    try {
      process.exitCode = await runPush(given);
    } catch (error) {
      const text = withWhere(explain(error), given);
      process.exitCode = exitCode(error);
      process.stderr.write(text);
      // Who reads the document gets one for a failure, too.
      if (given.json) {
        const { failureJson } = require('../../lib/push/report/json') as typeof import('../../lib/push/report/json');
        process.stdout.write(failureJson(text.trimEnd(), process.exitCode));
      }
    }
  },
};
