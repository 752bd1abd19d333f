import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { readSeconds } from '../lib/duration';
import { fleetOf, incidents, type Fleet } from '../lib/fleet';
import { proxiedScrape } from '../lib/fleet/proxied-scrape';
import { findHomelab, readHomelab } from '../lib/homelab/read';
import { resolveHomelab } from '../lib/homelab/resolve';
import type { FleetArguments } from './commands/fleet';
import type { ReaderError } from './failure';

/** Lists, writes or serves the simulated homelab; gives the exit code. Serving ends with Ctrl-C. */
export const runFleet = async (given: FleetArguments): Promise<number> => {
  const start = timeOf(given.at);
  const fleet = troubled(calmFleet(given), given, start);
  if (given.list) return list(fleet);
  if (given.backfill !== undefined) return backfill(fleet, given.backfill, { start, reach: given.reach });
  return serve(fleet, given, start);
};

const calmFleet = ({ homelab, engine, mode, seed }: FleetArguments): Fleet => {
  const { file, example } = findHomelab(process.cwd(), homelab);
  if (example) process.stderr.write(`no homelab file found: simulating the example ${file}\n`);
  return fleetOf(resolveHomelab(readHomelab(file), { ...(engine && { engine }), ...(mode && { mode }) }), { seed });
};

/** Each `NAME` or `NAME=WHOM` takes place from the start on; in a backfill, which ends there, before it. */
const troubled = (fleet: Fleet, { incident, lasting, backfill }: FleetArguments, start: number): Fleet => {
  const seconds = secondsOf('lasting', lasting);
  const from = backfill === undefined ? start : start - seconds;
  const window = { from, to: from + seconds };
  try {
    return fleet.withIncidents(
      incident.map((text) => {
        const [, name = text, subject] = /^([^=]+)=(.*)$/.exec(text) ?? [];
        return { name, window, ...(subject !== undefined && { subject }) };
      }),
    );
  } catch (error) {
    throw readerError((error as Error).message, 'npm run fleet -- --list');
  }
};

const list = ({ homelab }: Fleet): number => {
  for (const { name, says, subjects } of incidents) {
    const whom = subjects(homelab);
    if (whom.length > 0) process.stdout.write(`${name}: ${says}\n  befalls ${whom.join(', ')}\n`);
  }
  return 0;
};

const backfill = (fleet: Fleet, file: string, { start, reach }: { start: number; reach: string }): number => {
  const range = { from: start - secondsOf('reach', reach), to: start };
  const to = file === '-' ? process.stdout.fd : openSync(file, 'w');
  try {
    const samples = fleet.backfill(range, (chunk) => writeAll(to, chunk));
    process.stderr.write(`${samples} samples\n`);
  } catch (error) {
    // Who reads the beginning only (`| head`) has all that they want.
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  } finally {
    if (file !== '-') closeSync(to);
  }
  return 0;
};

/** A pipe takes a part at a time. */
const writeAll = (to: number, chunk: Uint8Array): void => {
  for (let rest = chunk; rest.length > 0;) {
    try {
      rest = rest.subarray(writeSync(to, rest));
    } catch (error) {
      // A pipe that is full: who reads it is slower.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
};

const serve = async (fleet: Fleet, { host, port, scrapeConfig }: FleetArguments, start: number): Promise<never> => {
  const began = Date.now();
  const clock = (): number => start + Math.floor((Date.now() - began) / 1000);
  const { url } = await fleet.serve({ host, port, clock }).catch((error: Error) => {
    throw readerError(error.message, 'npm run fleet -- --port 0');
  });
  if (scrapeConfig !== undefined) writeFileSync(scrapeConfig, proxiedScrape(fleet.homelab, url));
  const there = fleet.pages.filter(({ targets }) => targets.some(({ pushed }) => !pushed));
  process.stdout.write(
    there.map(({ address, path, parameters }) => addressOf(url, address, path, parameters)).join(''),
  );
  process.stderr.write(
    `${there.length} exporters and probes from ${new Date(start * 1000).toISOString()} on; Ctrl-C ends it\n` +
      (scrapeConfig === undefined ? '' : `scrape them: prometheus --config.file=${scrapeConfig}\n`),
  );
  return new Promise<never>(() => undefined);
};

const addressOf = (
  url: string,
  address: string,
  path: string,
  parameters: Readonly<Record<string, string>>,
): string => {
  const query = new URLSearchParams(parameters).toString();
  return `${url}/${address}${path}${query && `?${query}`}\n`;
};

const timeOf = (text: string | undefined): number => {
  if (text === undefined) return Math.floor(Date.now() / 1000);
  const seconds = /^\d+$/.test(text) ? Number(text) : Math.floor(Date.parse(text) / 1000);
  if (Number.isNaN(seconds))
    throw readerError(`--at ${text} is no time`, '--at 2026-11-20T20:40:00Z, or seconds since 1970');
  return seconds;
};

const secondsOf = (option: string, text: string): number => {
  const seconds = readSeconds(text);
  if (!seconds) throw readerError(`--${option} ${text} is no duration`, `--${option} 2h, or 30m, or 1d`);
  return seconds;
};

const readerError = (message: string, next: string): ReaderError =>
  Object.assign(new Error(message), { format: () => `error: ${message}\n  try: ${next}` });
