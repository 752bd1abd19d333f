import type { CommandModule } from 'yargs';
import { homelabOptions, type HomelabArguments } from '../homelab-options';

interface Arguments extends HomelabArguments {
  examples: boolean;
  check: boolean;
}

export const snapshotCommand: CommandModule<object, Arguments> = {
  command: 'snapshot',
  describe: 'Write what is rendered in the form that is reviewed',
  builder: (yargs) =>
    homelabOptions(yargs)
      .option('examples', {
        type: 'boolean',
        default: false,
        describe: 'Those of the examples that come with the library',
      })
      .option('check', {
        type: 'boolean',
        default: false,
        describe: 'Write nothing; exit 1 when something would change',
      })
      .conflicts('examples', ['homelab', 'engine', 'mode']),
  handler: (given) => {
    // Loaded only when it runs, so that --help is quick.
    process.exitCode = (require('../run-snapshot') as typeof import('../run-snapshot')).runSnapshot(given);
  },
};
