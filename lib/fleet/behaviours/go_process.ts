import { counted, lastOf, level, whole, type Rows } from '../content';
import type { Behave } from '../place';
import { scaled, steady, wave } from '../time/course';
import { fractionOf } from '../time/seed';

const MB = 1e6;

/** The Go runtime and the process of a program: memory that adds up, files below their limit. */
export const goProcess: Behave = ({ key, lives }) => {
  const size = 0.5 + 2 * fractionOf(`${key} size`);
  const heap = wave(`${key} heap`, { mean: 18 * MB * size, day: 0.1, noise: 0.15 });
  const bytes = (factor: number): Rows => whole(scaled(heap, factor));
  return {
    metrics: {
      go_goroutines: whole(wave(`${key} goroutines`, { mean: 40 * size, day: 0.05, noise: 0.1 })),
      go_threads: 12,
      go_info: [[{ version: 'go1.25.4' }, 1]],
      go_gc_gogc_percent: 75,
      go_gc_gomemlimit_bytes: 9.2e18,
      go_sched_gomaxprocs_threads: 4,
      go_memstats_alloc_bytes: bytes(1),
      go_memstats_heap_alloc_bytes: bytes(1),
      go_memstats_heap_inuse_bytes: bytes(1.2),
      go_memstats_heap_idle_bytes: bytes(0.5),
      go_memstats_heap_sys_bytes: bytes(1.7),
      go_memstats_heap_released_bytes: bytes(0.3),
      go_memstats_sys_bytes: bytes(2.1),
      go_memstats_next_gc_bytes: bytes(1.6),
      go_memstats_alloc_bytes_total: counted(steady(2 * MB * size)),
      go_memstats_mallocs_total: counted(steady(20_000 * size)),
      go_memstats_frees_total: counted(steady(19_999 * size)),
      go_memstats_last_gc_time_seconds: lastOf(30),
      process_cpu_seconds_total: counted(wave(`${key} cpu`, { mean: 0.01 * size, day: 0.3, noise: 0.3 })),
      process_max_fds: 1_048_576,
      process_open_fds: whole(wave(`${key} files`, { mean: 24 * size, noise: 0.1 })),
      process_resident_memory_bytes: bytes(2.6),
      process_virtual_memory_bytes: bytes(70),
      process_virtual_memory_max_bytes: 1.8e19,
      process_start_time_seconds: lives.program,
      promhttp_metric_handler_requests_in_flight: 1,
      promhttp_metric_handler_requests_total: [
        [{ code: '200' }, counted(steady(1 / 15))],
        [{ code: '500' }, counted(steady(0))],
        [{ code: '503' }, counted(steady(0))],
      ],
      process_network_receive_bytes_total: counted(wave(`${key} received`, { mean: 2_000, noise: 0.3 })),
      process_network_transmit_bytes_total: counted(wave(`${key} sent`, { mean: 6_000, noise: 0.3 })),
      go_memstats_lookups_total: counted(steady(0)),
      go_memstats_gc_sys_bytes: level(steady(3 * MB)),
    },
  };
};
