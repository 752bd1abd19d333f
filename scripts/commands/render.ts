import type { CommandModule } from 'yargs';
import { homelabOptions, type HomelabArguments } from '../homelab-options';

interface Arguments extends HomelabArguments {
  out: string;
  only: string[] | undefined;
  json: boolean;
  check: boolean;
  watch: boolean;
}

export const renderCommand: CommandModule<object, Arguments> = {
  command: 'render',
  describe: 'Write dashboards, alerts and scrape configuration for your homelab',
  builder: (yargs) =>
    homelabOptions(yargs)
      .option('out', { type: 'string', default: 'dist', describe: 'Folder to write into' })
      .option('only', {
        type: 'string',
        array: true,
        describe: 'Only these boards or kinds of files; the others stay as they are',
      })
      .option('json', { type: 'boolean', default: false, describe: 'Print one JSON document of what was rendered' })
      .option('check', {
        type: 'boolean',
        default: false,
        describe: 'Write nothing; exit 1 when the output or the snapshots would change',
      })
      .option('watch', { type: 'boolean', default: false, describe: 'Render again at every change' })
      .check(({ watch, check }) => {
        if (watch && check) throw new Error('--watch writes and --check does not: choose one');
        return true;
      }),
  handler: async (given) => {
    // Loaded only when it runs, so that --help is quick.
    if (given.watch) return (require('../watch') as typeof import('../watch')).watch(given);
    process.exitCode = (require('../run-render') as typeof import('../run-render')).runRender(given);
  },
};
