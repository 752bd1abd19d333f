import { colours } from './colours';
import type { HomelabArguments } from './homelab-options';
import { renderHomelab } from './render-homelab';
import { compareSnapshots, fromHere, snapshotsOf, writeSnapshots, type Snapshots, type Stale } from './snapshots';

export interface SnapshotArguments extends HomelabArguments {
  readonly examples: boolean;
  readonly check: boolean;
  readonly release: boolean;
}

/** Writes the snapshots (or compares), prints what changed; gives the exit code. */
export const runSnapshot = (given: SnapshotArguments): number => {
  if (given.release) return recordRelease();
  const { all, examples } = wanted(given);
  const results = all.map((snapshots) => ({
    snapshots,
    found: given.check ? compareSnapshots(snapshots) : writeSnapshots(snapshots),
  }));
  const changes = results.flatMap(({ snapshots, found }) => changesOf(snapshots, found, given.check));
  const count = all.reduce((sum, { files }) => sum + files.length, 0);
  const summary =
    changes.length === 0 ? 'none changed' : `${changes.length} ${given.check ? 'would change' : 'changed'}`;
  process.stdout.write(`${[`${count} snapshot files, ${summary}`, ...changes].join('\n')}\n`);
  if (!given.check || changes.length === 0) return 0;
  process.stderr.write(
    `error: what is rendered is not what the snapshots say\n  try: npm run snapshot${examples ? ' -- --examples' : ''}, and read what changes\n`,
  );
  return 1;
};

/** Today's boards and alerts become what later ones are compared with. */
const recordRelease = (): number => {
  const { currentRelease } = require('./example-snapshots') as typeof import('./example-snapshots');
  const { version, files } = (require('./changelog') as typeof import('./changelog')).writeRelease(currentRelease());
  process.stdout.write(
    `${[`release ${version} is recorded`, ...files.map((path) => `  ${colours.yellow('changed')}  ${path}`)].join('\n')}\n`,
  );
  return 0;
};

const wanted = (given: SnapshotArguments): { readonly all: readonly Snapshots[]; readonly examples: boolean } => {
  const run = given.examples ? undefined : renderHomelab(given);
  if (run && !run.example) return { all: [snapshotsOf(run)], examples: false };
  if (run) process.stderr.write('no homelab file found: taking the snapshots of our examples\n');
  const { exampleSnapshots } = require('./example-snapshots') as typeof import('./example-snapshots');
  return { all: exampleSnapshots(), examples: true };
};

const changesOf = ({ folder }: Snapshots, { missing, changed, left }: Stale, check: boolean): readonly string[] => [
  ...missing.map((path) => `  ${colours.green('new')}      ${fromHere(folder, path)}`),
  ...changed.map((path) => `  ${colours.yellow('changed')}  ${fromHere(folder, path)}`),
  ...left.map((path) => `  ${colours.red(check ? 'gone   ' : 'deleted')}  ${fromHere(folder, path)}`),
];
