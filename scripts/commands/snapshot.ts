import type { CommandModule } from 'yargs';
import { homelabOptions, type HomelabArguments } from '../homelab-options';

interface Arguments extends HomelabArguments {
  examples: boolean;
  check: boolean;
  release: boolean;
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
      .option('release', {
        type: 'boolean',
        default: false,
        describe: 'Record the boards and alerts of the library as those of the version in package.json',
      })
      .check(({ release, homelab, engine, mode, check, examples }) => {
        if (release && (homelab ?? engine ?? mode ?? (check || examples)))
          throw new Error('--release is of the library as it is: give no other option with it');
        // `conflicts` of yargs would take the default of an option for its being given.
        if (examples && (homelab ?? engine ?? mode))
          throw new Error('--examples are homelabs of their own: leave --homelab, --engine and --mode out');
        return true;
      }),
  handler: (given) => {
    // Loaded only when it runs, so that --help is quick.
    process.exitCode = (require('../run-snapshot') as typeof import('../run-snapshot')).runSnapshot(given);
  },
};
