import { parse } from 'yaml';
import { readSeconds } from '../duration';

/** What a server's own configuration says of scraping. */
export interface Scraping {
  /** Seconds between scrapes of a job that does not say otherwise. */
  readonly interval: number;
  /** Job -> seconds between its scrapes. */
  readonly jobs: Readonly<Record<string, number>>;
  readonly externalLabels: Readonly<Record<string, string>>;
}

/** Reads the YAML of `/api/v1/status/config`; undefined where it configures no scraping (Mimir, Thanos, a ruler). */
export const readScraping = (yaml: string): Scraping | undefined => {
  let parsed: unknown;
  try {
    parsed = parse(yaml, { logLevel: 'silent' });
  } catch {
    return undefined;
  }
  const { global, scrape_configs: scrapes } = (parsed ?? {}) as {
    readonly global?: { readonly scrape_interval?: string; readonly external_labels?: Record<string, unknown> } | null;
    readonly scrape_configs?: unknown;
  };
  if (!Array.isArray(scrapes)) return undefined;
  // Prometheus' own default.
  const interval = secondsOf(global?.scrape_interval) ?? 60;
  const jobs = (scrapes as readonly { readonly job_name?: unknown; readonly scrape_interval?: string }[]).flatMap(
    (scrape) =>
      typeof scrape?.job_name === 'string'
        ? [[scrape.job_name, secondsOf(scrape.scrape_interval) ?? interval] as const]
        : [],
  );
  const external = Object.entries(global?.external_labels ?? {}).map(([name, value]) => [name, String(value)] as const);
  return { interval, jobs: Object.fromEntries(jobs), externalLabels: Object.fromEntries(external) };
};

const secondsOf = (duration: unknown): number | undefined =>
  typeof duration === 'string' ? readSeconds(duration) : undefined;
