import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { requireProgram } from '../proof/programs';
import type { BackfillRange } from './backfill';
import type { Fleet } from './fleet';

/** What was filled in, and what it cost. */
export interface Filled {
  readonly samples: number;
  /** Seconds of writing and of promtool, in all. */
  readonly seconds: number;
}

/**
 * Fills the data folder of a Prometheus with what the fleet was in some ranges, as blocks written by promtool: while it reads one
 * share of the series, the next is written. Text and blocks are of the order of a hundred and of two bytes a sample. Throws with
 * what promtool printed where it fails.
 */
export const fillBlocks = async (
  fleet: Fleet,
  ranges: readonly Omit<BackfillRange, 'share'>[],
  data: string,
  { shares = 6, promtool = requireProgram('promtool') }: { readonly shares?: number; readonly promtool?: string } = {},
): Promise<Filled> => {
  const started = performance.now();
  mkdirSync(data, { recursive: true });
  const reading: Promise<void>[] = [];
  let samples = 0;
  for (const [index, range] of ranges.entries()) {
    for (let number = 0; number < shares; number++) {
      const file = join(data, `backfill-${index}-${number}.om`);
      const written = writeShare(fleet, { ...range, share: { number, of: shares } }, file);
      samples += written;
      // promtool reads a file without samples as an error.
      if (written === 0) rmSync(file);
      // One reads while one writes: more would wait for the processors of a small machine.
      else {
        await reading.at(-2);
        reading.push(read(promtool, file, data));
        await turn();
      }
    }
  }
  await Promise.all(reading);
  return { samples, seconds: (performance.now() - started) / 1000 };
};

const writeShare = (fleet: Fleet, range: BackfillRange, file: string): number => {
  const to = openSync(file, 'w');
  try {
    return fleet.backfill(range, (chunk) => writeSync(to, chunk));
  } finally {
    closeSync(to);
  }
};

/** Writing does not wait for anything by itself: here a program that ended is noticed. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const read = (promtool: string, file: string, data: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(
      promtool,
      // Without this it would read the whole file once for every two hours.
      ['tsdb', 'create-blocks-from', '--max-block-duration=240h', '--quiet', 'openmetrics', file, data],
      // Where it ends too early, it leaves a folder of its own behind: beside the blocks somebody removes it.
      { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, TMPDIR: data } },
    );
    let printed = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (printed += text));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code !== 0) return reject(new Error(`promtool could not read ${file}: ${printed.slice(0, 500)}`));
      rmSync(file);
      resolve();
    });
  });
