import type { Homelab } from '../homelab/homelab';
import { resolveHomelab } from '../homelab/resolve';
import type { ResolvedHomelab } from '../homelab/resolved';
import { allowedNames } from '../homelab/nearest';
import { writeBackfill, type BackfillRange } from './backfill';
import { textPage } from './exposition';
import { incidents } from './incidents';
import type { Incident } from './incidents/incident';
import { onlyChanges, type PlacedChange } from './incidents/placed';
import { pageKey, pagesOf, type Before, type FleetPage } from './pages';
import { servePages, type FleetServer, type ServeOptions } from './serve';
import type { Window } from './time/course';
import type { World } from './world/world';

/** What one fleet of a homelab has that another has not. */
export interface FleetOptions {
  /** Two fleets of one homelab and one seed are alike to the byte. */
  readonly seed?: string | number;
}

/** The simulated exporters of a homelab: a pure function of the homelab, the seed and the clock. Seconds are since 1970. */
export interface Fleet {
  readonly homelab: ResolvedHomelab;
  readonly pages: readonly FleetPage[];
  /** What a scrape finds at a moment, by address; undefined where nobody answers. */
  readonly page: (page: FleetPage, at: number) => string | undefined;
  /** All pages of a moment by where they are found: `host:port/path?parameters`. */
  readonly pagesAt: (at: number) => ReadonlyMap<string, string>;
  /** Serves them over HTTP until it is stopped. */
  readonly serve: (options?: ServeOptions) => Promise<FleetServer>;
  /** Writes what Prometheus would have stored, as OpenMetrics lines for `promtool tsdb create-blocks-from openmetrics`. */
  readonly backfill: (range: BackfillRange, write: (chunk: Uint8Array) => void) => number;
  /**
   * The same homelab with something wrong in it. Throws where the incident is not known, or cannot happen here. Incidents add up.
   */
  readonly withIncident: (name: string, window: Window, subject?: string) => Fleet;
  /** The same with several at once. */
  readonly withIncidents: (happening: readonly Happening[]) => Fleet;
}

/** An incident, when it takes place, and whom it befalls; default: the first whom it can. */
export interface Happening {
  readonly name: string;
  readonly window: Window;
  readonly subject?: string;
}

/** The simulated exporters of a homelab file, as its scrape configuration finds them. */
export const fleetOf = (homelab: Homelab | ResolvedHomelab, { seed = 1 }: FleetOptions = {}): Fleet =>
  build('sources' in homelab && isResolved(homelab) ? homelab : resolveHomelab(homelab as Homelab), String(seed), []);

const isResolved = (homelab: Homelab | ResolvedHomelab): homelab is ResolvedHomelab =>
  'services' in homelab && 'dataSources' in homelab;

const build = (homelab: ResolvedHomelab, seed: string, placed: readonly PlacedChange[], before?: Before): Fleet => {
  const world: World = {
    seed,
    homelab,
    befallings: placed.map(({ incident, subject, window }) => ({
      incident: incident.shows ?? incident.name,
      subject,
      window,
      restarts: incident.restarts ?? null,
    })),
  };
  const pages = pagesOf(world, placed, before);
  const page = (one: FleetPage, at: number): string | undefined =>
    one.answers(at) ? textPage(one.families, at) : undefined;
  const add = (happening: readonly Happening[]): Fleet => {
    const since = happening.map((one) => place(homelab, one));
    return build(homelab, seed, [...placed, ...since], since.every(onlyChanges) ? { pages, since } : undefined);
  };
  return {
    homelab,
    pages,
    page,
    pagesAt: (at) =>
      new Map(
        pages.flatMap((one) => {
          const text = page(one, at);
          return text === undefined ? [] : [[pageKey(one.address, one.path, one.parameters), text] as const];
        }),
      ),
    serve: (options) => servePages(pages, options),
    backfill: (range, write) => writeBackfill(pages, range, write),
    withIncident: (name, window, subject) => add([{ name, window, ...(subject !== undefined && { subject }) }]),
    withIncidents: add,
  };
};

const place = (homelab: ResolvedHomelab, { name, window, subject }: Happening): PlacedChange => {
  const incident = incidentNamed(name);
  const subjects = incident.subjects(homelab);
  const chosen = subject ?? subjects[0];
  if (chosen === undefined || !subjects.includes(chosen))
    throw new Error(
      `the incident \`${name}\` cannot befall ${chosen === undefined ? 'anything' : `\`${chosen}\``} in this homelab: ${
        subjects.length === 0 ? 'it has nothing of the kind' : allowedNames(chosen ?? '', subjects)
      }`,
    );
  return { incident, subject: chosen, window };
};

const incidentNamed = (name: string): Incident => {
  const incident = incidents.find((one) => one.name === name);
  if (!incident)
    throw new Error(
      `no incident \`${name}\`: ${allowedNames(
        name,
        incidents.map((one) => one.name),
      )}`,
    );
  return incident;
};
