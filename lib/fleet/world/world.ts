import type { ResolvedHomelab } from '../../homelab/resolved';
import { isIn, type Window } from '../time/course';
import { lifeOf, type Life } from '../time/life';

/** An incident that takes place: whom it befalls, and when. */
export interface Befalling {
  readonly incident: string;
  /** Name of a host, a service, or whatever the incident is about. */
  readonly subject: string;
  readonly window: Window;
  /** What starts anew when it is over: the subject's program, or its machine. */
  readonly restarts: 'program' | 'machine' | null;
}

/** What all simulated exporters of a homelab have in common. */
export interface World {
  readonly seed: string;
  readonly homelab: ResolvedHomelab;
  readonly befallings: readonly Befalling[];
}

/** The windows in which an incident befalls a subject; without one, anybody. */
export const windowsOf = ({ befallings }: World, incident: string, subject?: string): readonly Window[] =>
  befallings
    .filter((one) => one.incident === incident && (subject === undefined || one.subject === subject))
    .map(({ window }) => window);

/** Whether an incident befalls a subject (or anybody) at a moment. */
export const befalls = (world: World, incident: string, subject: string | undefined, time: number): boolean =>
  windowsOf(world, incident, subject).some((window) => isIn(window, time));

/** Whether the same app runs under another name as well, which comes first: this one has less to do. */
export const isSecond = ({ homelab }: World, service: string): boolean => {
  const app = appOf(homelab, service);
  return app !== null && homelab.services.find((one) => one.app === app)?.name !== service;
};

/** What a service is (`sonarr`); null where it is only probed, or not known. */
export const appOf = ({ services }: ResolvedHomelab, service: string): string | null =>
  services.find(({ name }) => name === service)?.app ?? null;

/** The life of a machine: a new kernel every few weeks. */
export const machineLife = (world: World, host: string): Life =>
  lifeOf(`${world.seed} machine ${host}`, 47, restartsOf(world, 'machine', host));

/** The life of a program, which starts with its machine and after updates. */
export const programLife = (world: World, host: string, service: string, name: string): Life => {
  const machine = machineLife(world, host);
  const program = lifeOf(`${world.seed} program ${name}`, 13, restartsOf(world, 'program', service));
  return (time) => Math.max(machine(time) + 30, program(time));
};

const restartsOf = ({ befallings }: World, what: Befalling['restarts'], subject: string): readonly number[] =>
  befallings.filter((one) => one.restarts === what && one.subject === subject).map(({ window }) => window.to);
