import type { Argv, CommandModule } from 'yargs';
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
      .option('prune', { type: 'boolean', default: false, describe: 'Delete what is ours and no longer defined' })
      .option('max-delete', { type: 'number', default: 5, describe: 'Most objects that --prune may delete' })
      .option('on-drift', {
        choices: ['fail', 'keep', 'overwrite'] as const,
        default: 'fail' as const,
        describe: 'What to do where a person changed something of ours since the last push',
      })
      .option('resend-secrets', { type: 'boolean', default: false, describe: 'Send all secrets again' })
      .option('adopt', {
        type: 'boolean',
        default: false,
        describe: 'Write what people changed as files beside the homelab file, to look at',
      })
      .option('rollback', { type: 'string', describe: 'Put back what this backup holds' })
      .option('uninstall', { type: 'boolean', default: false, describe: 'Remove all that is ours' })
      .option('from-files', {
        type: 'boolean',
        default: false,
        describe: 'Say how to take over what file provisioning made',
      })
      .option('test-notify', { type: 'string', describe: 'Send one marked message to this receiver' })
      .option('json', { type: 'boolean', default: false, describe: 'Print one JSON document' })
      .option('markdown', { type: 'boolean', default: false, describe: 'Print Markdown, for a pull request' })
      .option('yes', { type: 'boolean', default: false, describe: 'Apply without asking' })
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
        'Who we are is said by environment variables: GRAFANA_TOKEN or GRAFANA_TOKEN_FILE, and GRAFANA_URL instead of the url of the target.\n' +
          'Exit codes: 0 nothing to do or all applied; 1 --plan found changes, or a person’s edit was left; 2 could not run, or refused before the first write; 3 not authorised; 4 applied in part.',
      ) as unknown as Argv<PushArguments>,
  handler: async (given) => {
    // Loaded only when it runs, so that --help is quick.
    const { runPush } = require('../push/run-push') as typeof import('../push/run-push');
    process.exitCode = await runPush(given);
  },
};
