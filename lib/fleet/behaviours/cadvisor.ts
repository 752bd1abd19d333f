import { counted, whole, type Content, type Labels, type Rows } from '../content';
import type { Behave } from '../place';
import { during, scaled, steady, wave } from '../time/course';
import { fractionOf } from '../time/seed';
import { windowsOf } from '../world/world';

const MB = 1e6;

/** One container for each of the first services on the host, in Docker. */
export const cadvisor: Behave = ({ world, host, key, lives }) => {
  const services = world.homelab.services.filter((service) => service.host === host).slice(0, 6);
  const names = services.length > 0 ? services.map(({ name }) => name) : ['web', 'database'];
  const containers = names.map((name) => ({
    name,
    size: 0.3 + 2 * fractionOf(`${world.seed} container ${name}`),
    labels: { name, image: `docker.io/library/${name}:latest`, id: `/system.slice/docker-${name}.scope` } as Labels,
  }));
  const each = (content: (container: (typeof containers)[number]) => Content, more: Labels = {}): Rows =>
    containers.map((container) => [{ ...container.labels, ...more }, content(container)]);
  const course =
    (what: string, mean: number, noise = 0.25) =>
    (container: (typeof containers)[number]) =>
      wave(`${key} ${what} ${container.name}`, { mean: mean * container.size, day: 0.4, noise });
  const memory = course('memory', 300 * MB, 0.1);
  const cpu = course('cpu', 0.06);
  const never = counted(steady(0));
  const card = { interface: 'eth0' };
  return {
    metrics: {
      container_last_seen: each(() => (time) => time),
      container_start_time_seconds: each(() => lives.machine),
      container_creation_time_seconds: each(() => lives.machine),
      container_cpu_usage_seconds_total: each((one) => counted(cpu(one)), { cpu: 'total' }),
      container_cpu_user_seconds_total: each((one) => counted(scaled(cpu(one), 0.7))),
      container_cpu_system_seconds_total: each((one) => counted(scaled(cpu(one), 0.3))),
      container_cpu_cfs_periods_total: each(() => counted(steady(10))),
      container_cpu_cfs_throttled_periods_total: each(() => never),
      container_cpu_cfs_throttled_seconds_total: each(() => never),
      container_memory_usage_bytes: each((one) => whole(scaled(memory(one), 1.4))),
      container_memory_working_set_bytes: each((one) => whole(memory(one))),
      container_memory_rss: each((one) => whole(scaled(memory(one), 0.8))),
      container_memory_cache: each((one) => whole(scaled(memory(one), 0.4))),
      container_memory_max_usage_bytes: each(({ size }) => Math.round(600 * MB * size)),
      container_memory_swap: each(() => 0),
      container_memory_failcnt: each(() => never),
      container_spec_memory_limit_bytes: each(() => 4e9),
      container_spec_memory_swap_limit_bytes: each(() => 0),
      container_oom_events_total: each(({ name }) =>
        counted(during(windowsOf(world, 'container-oom', name), steady(0), steady(0.01))),
      ),
      container_health_state: each(() => 1),
      container_network_receive_bytes_total: each((one) => counted(course('received', 40_000)(one)), card),
      container_network_transmit_bytes_total: each((one) => counted(course('sent', 60_000)(one)), card),
      container_network_receive_packets_total: each((one) => counted(course('packets in', 60)(one)), card),
      container_network_transmit_packets_total: each((one) => counted(course('packets out', 70)(one)), card),
      container_fs_reads_bytes_total: each((one) => counted(course('read', 20_000)(one)), { device: '/dev/nvme0n1' }),
      container_fs_writes_bytes_total: each((one) => counted(course('written', 30_000)(one)), {
        device: '/dev/nvme0n1',
      }),
      container_fs_usage_bytes: each(({ size }) => Math.round(900 * MB * size), { device: '/dev/nvme0n1p2' }),
      container_fs_limit_bytes: each(() => 1.2e11, { device: '/dev/nvme0n1p2' }),
    },
  };
};
