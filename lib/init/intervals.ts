import { formatDuration } from '../duration';
import type { PrometheusServer } from '../server/prometheus';
import type { Scraping } from '../server/scraping';
import type { SeenTarget } from './seen';

/** How often something is scraped, and how that is known. */
export interface IntervalSeen {
  readonly text: string;
  readonly evidence: string;
}

/** The slowest of a job's targets, as the server says it of each. */
export const intervalOfTargets = (targets: readonly SeenTarget[]): IntervalSeen | undefined => {
  const seconds = targets.flatMap(({ interval }) => (interval === undefined ? [] : [interval]));
  if (seconds.length === 0) return undefined;
  const slowest = Math.max(...seconds);
  const others = [...new Set(seconds)].filter((one) => one !== slowest);
  return {
    text: written(slowest),
    evidence:
      others.length === 0
        ? 'the server says so of its targets'
        : `the slowest of its targets; others have ${others.map(written).join(', ')}`,
  };
};

/** Job -> scrape interval, as a Prometheus configuration says it. */
export const configuredIntervals = (scraping: Scraping | undefined): ReadonlyMap<string, IntervalSeen> =>
  new Map(
    Object.entries(scraping?.jobs ?? {}).map(([job, seconds]) => [
      job,
      { text: written(seconds), evidence: "the server's configuration says so" },
    ]),
  );

/** From the times of the samples of a series: what lies between most of them. */
export const measuredInterval = async (
  server: PrometheusServer,
  selector: string,
): Promise<IntervalSeen | undefined> => {
  const series = await server.instant(`${selector}[15m]`);
  const gaps = series
    .flatMap(({ samples }) => samples.slice(1).map(([time], index) => time - (samples[index]?.[0] ?? time)))
    .filter((gap) => gap > 0)
    .sort((a, b) => a - b);
  const middle = gaps[Math.floor(gaps.length / 2)];
  if (middle === undefined) return undefined;
  return {
    text: written(Math.max(1, Math.round(middle))),
    evidence: `measured: that lies between the samples of ${gaps.length + series.length} scrapes`,
  };
};

const written = (seconds: number): string =>
  Number.isInteger(seconds) ? formatDuration(seconds) : `${Math.round(seconds * 1000)}ms`;
