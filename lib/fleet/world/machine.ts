import { during, scaled, steady, sum, wave, type Course } from '../time/course';
import { windowsOf, type World } from './world';

/** What the processor and the memory of a host do; all exporters on it see the same. */
export interface Machine {
  readonly cores: number;
  /** Seconds of one core spent in each mode, a second; together they are 1. */
  readonly core: (core: number) => Readonly<Record<CpuMode, Course>>;
  /** Share of all cores that is busy. */
  readonly busy: Course;
  /** Bytes. */
  readonly memory: { readonly total: number; readonly used: Course; readonly cached: Course };
  /** Shares of time in which tasks wait. */
  readonly waiting: { readonly cpu: Course; readonly memory: Course; readonly memoryStalled: Course };
}

export type CpuMode = 'idle' | 'iowait' | 'irq' | 'nice' | 'softirq' | 'steal' | 'system' | 'user';

const GiB = 2 ** 30;

/** The machine of a host, with four cores and 16 GiB. */
export const machineOf = (world: World, host: string): Machine => {
  const software = world.homelab.services
    .filter((service) => service.host === host)
    .flatMap(({ name }) => [...windowsOf(world, 'software-transcode', name)]);
  const full = windowsOf(world, 'memory-high', host);
  const total = 16 * GiB;
  const core = (number: number): Readonly<Record<CpuMode, Course>> => {
    const seed = `${world.seed} core ${host} ${number}`;
    const user = during(software, wave(`${seed} user`, { mean: 0.12, day: 0.45, noise: 0.25 }), steady(0.93));
    const system = wave(`${seed} system`, { mean: 0.035, day: 0.3, noise: 0.2 });
    const others = {
      user,
      system,
      iowait: wave(`${seed} iowait`, { mean: 0.008, day: 0.2, noise: 0.5 }),
      softirq: wave(`${seed} softirq`, { mean: 0.004, noise: 0.3 }),
      irq: steady(0),
      nice: wave(`${seed} nice`, { mean: 0.001, noise: 0.5 }),
      steal: steady(0),
    };
    return { ...others, idle: sum(steady(1), scaled(sum(...Object.values(others)), -1)) };
  };
  const cores = 4;
  return {
    cores,
    core,
    busy: scaled(
      sum(...Array.from({ length: cores }, (_, number) => sum(core(number).user, core(number).system))),
      1 / cores,
    ),
    memory: {
      total,
      used: during(
        full,
        wave(`${world.seed} memory ${host}`, { mean: 6.5 * GiB, day: 0.08, noise: 0.05 }),
        steady(15.6 * GiB),
      ),
      cached: during(
        full,
        wave(`${world.seed} cache ${host}`, { mean: 5 * GiB, day: 0.05, noise: 0.05 }),
        steady(0.2 * GiB),
      ),
    },
    waiting: {
      cpu: during(software, wave(`${world.seed} wait ${host}`, { mean: 0.015, day: 0.4, noise: 0.4 }), steady(0.55)),
      memory: during(full, steady(0.0002), steady(0.35)),
      memoryStalled: during(full, steady(0.0001), steady(0.2)),
    },
  };
};
