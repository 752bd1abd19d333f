import { resolve } from 'node:path';
import { fleetOf } from '../../lib/fleet';
import { explainMissing, missingPrograms } from '../../lib/proof/programs';
import { fill, moment, ownRanges, sharedRanges } from '../../lib/prove/fill';
import { readsOfSubject } from '../../lib/prove/homelab';
import { subjectFor } from '../run-prove';

/** What the simulated exporters of the largest example cost. */
export interface FleetCost {
  readonly exporters: number;
  readonly bytes: number;
  /** Milliseconds of processor time for one page of each of them. */
  readonly pages: number;
  readonly samples: number;
  /** Milliseconds from the first line written to the last block that promtool made of them. */
  readonly backfill: number;
}

/** Why a backfill cannot be measured here; undefined when it can. */
export const whyNoPromtool = (): string | undefined => {
  const missing = missingPrograms(['promtool']);
  return missing.length > 0 ? explainMissing(missing) : undefined;
};

/** Asks every simulated exporter of `everything` for its page, and fills a data folder with what `prove` fills it with. */
export const measureFleet = async (folder: string): Promise<FleetCost> => {
  const subject = subjectFor(
    { homelab: resolve('examples/homelabs/everything.ts'), engine: undefined, mode: undefined },
    undefined,
  );
  const fleet = fleetOf(subject.homelab);
  // The first round compiles; who is scraped for days has it behind them.
  fleet.pagesAt(moment - 15);
  const before = process.cpuUsage();
  const pages = fleet.pagesAt(moment);
  const { user, system } = process.cpuUsage(before);
  const reads = readsOfSubject(subject);
  const { samples, seconds } = await fill(fleet, [...sharedRanges(reads), ...ownRanges(reads.reads)], folder);
  return {
    exporters: pages.size,
    bytes: [...pages.values()].reduce((total, text) => total + text.length, 0),
    pages: (user + system) / 1000,
    samples,
    backfill: seconds * 1000,
  };
};
