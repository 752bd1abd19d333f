export { everyFault, type Fault, type FaultPlan, type Faults, type RequestLine } from './faults';
export type { Files } from './files';
export type { Person } from './person';
export {
  startGrafanaStandIn,
  type GrafanaStandIn,
  type ArrivedRequest,
  type RawRequest,
  type LoggedRequest,
  type StandInOptions,
} from './server';
export type { Settings } from './state';
export type { Snapshot } from './world';
