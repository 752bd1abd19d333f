import { linkSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fillBlocks, type BackfillRange, type Fleet } from '../fleet';
import { requireProgram } from '../proof/programs';
import { startServer, type Server } from '../proof/servers';
import type { Reads } from './reads';

/** The moment at which boards are opened: an evening on which nothing has restarted for hours (UTC). Always the same, so that a proof is. */
export const moment = Date.UTC(2026, 10, 20, 20, 40) / 1000;

/** So far back there are samples at the interval of each source: six hours. */
export const recent = 6 * 3_600;

/** So far back there are samples for what a longer window reads, each four minutes: eight days. */
export const past = 8 * 86_400;
const pastStep = 240;

/** How long incidents last. Before that, a homelab with one is like a homelab without: those samples are stored once for all. */
export const trouble = 2 * 3_600;

/** Samples from here on are those of one homelab; those before are of all. */
const own = moment - trouble - 600;

/** Rules are evaluated from the first of the recent samples on: who looks back longer than this, in seconds, must find something there. */
const lead = 600;

const isBetween = (seconds: number, over: number, most: number): boolean => seconds > over && seconds <= most;

/** What all homelabs have in common, those with incidents included. */
export const sharedRanges = ({ reads, reach }: Reads): readonly Omit<BackfillRange, 'share'>[] => [
  { from: moment - recent, to: own - 1, only: reads },
  {
    from: moment - past,
    to: moment - recent - 1,
    step: pastStep,
    only: (name, labels) => reach(name, labels) > recent,
  },
  {
    from: moment - 2 * recent,
    to: moment - recent - 1,
    step: pastStep,
    only: (name, labels) => isBetween(reach(name, labels), lead, recent),
  },
];

/** The last hours of one of them. */
export const ownRanges = (reads: (name: string) => boolean): readonly Omit<BackfillRange, 'share'>[] => [
  { from: own, to: moment, only: reads },
];

/** Fills a data folder; gives the number of samples and the seconds that it took. */
export const fill = (
  fleet: Fleet,
  ranges: readonly Omit<BackfillRange, 'share'>[],
  data: string,
): ReturnType<typeof fillBlocks> => fillBlocks(fleet, ranges, data, { shares: 2 });

/** Starts a Prometheus that has what is in `data`, and scrapes nothing. */
export const startFilled = (folder: string, data: string): Promise<Server> => {
  mkdirSync(join(folder, data), { recursive: true });
  writeFileSync(join(folder, 'prometheus.yml'), 'global: {}\n');
  return startServer({
    name: 'Prometheus',
    command: requireProgram('prometheus'),
    args: (port) => [
      `--web.listen-address=127.0.0.1:${port}`,
      '--config.file=prometheus.yml',
      `--storage.tsdb.path=${data}`,
      // The moment of a proof is neither now nor recent.
      '--storage.tsdb.retention.time=20y',
      '--log.level=warn',
    ],
    folder,
    ready: '/-/ready',
  });
};

/** The same blocks in another folder, without writing them again: nobody changes a block. */
export const linkBlocks = (from: string, to: string): void => {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = relative(from, join(entry.parentPath, entry.name));
    mkdirSync(dirname(join(to, path)), { recursive: true });
    linkSync(join(from, path), join(to, path));
  }
};
