export { fleetOf, type Fleet, type FleetOptions } from './fleet';
export type { BackfillRange } from './backfill';
export type { FleetPage, FleetTarget } from './pages';
export { fillBlocks, type Filled } from './blocks';
export { scrapedFromFleet } from './scraped';
export type { FleetServer, ServeOptions } from './serve';
export type { Window } from './time/course';
export { incidents, type Incident } from './incidents';
