import { counted, grown, level, observed, type Amount, type Rows, type Value } from '../content';
import type { Behave, Place } from '../place';
import { during, scaled, steady, sum, wave, type Course } from '../time/course';
import { disksOf } from '../world/disks';
import { machineOf } from '../world/machine';
import { windowsOf } from '../world/world';

/** Jobs that come with each new photograph; the others run at night. */
const frequent =
  /^(asset_(extract_metadata|generate_thumbnails|detect_faces|detect_duplicates)|facial_recognition|smart_search|ocr|sidecar_check)$/;
/** What the machine-learning container does. */
const learning = /^(asset_detect_faces|smart_search|ocr)$/;

/** Which process a metric belongs to: the API's page on one port, the jobs' on another, where both are scraped. */
const isElsewhere = (place: Place, name: string): boolean => {
  const { instances } = place.world.homelab.sources['immich'] ?? { instances: [] };
  const own = instances.filter(({ service }) => service === null || service === place.service);
  if (own.length < 2) return false;
  const isJobs = own.findIndex(({ port }) => port === place.port) === own.length - 1;
  const ofJobs = /^immich_(jobs_|queues_.*_active$|machine_learning_|media_)/.test(name);
  const ofApi = /^(http_server_|http_client_request_error|immich_users_total|immich_queues_.*_started_total$)/.test(
    name,
  );
  return (ofJobs && !isJobs) || (ofApi && isJobs);
};

/** Immich's own telemetry: job counters by outcome, queues, durations of its repositories, the API. */
export const immich: Behave = (place) => {
  const { world, key, service, host, catalog, version } = place;
  const failing = windowsOf(world, 'immich-jobs-failing', service);
  const withoutLearning = windowsOf(world, 'ml-down', service);
  const photos = wave(`${world.seed} photos ${service}`, { mean: 0.02, day: 0.7, noise: 0.3 });
  const paceOf = (job: string): Course => (frequent.test(job) ? photos : steady(4 / 86_400));
  const outcome = (job: string, status: string): Course => {
    const pace = paceOf(job);
    const bad = [
      ...(frequent.test(job) && !learning.test(job) ? failing : []),
      ...(learning.test(job) ? withoutLearning : []),
    ];
    if (status === 'success') return during(bad, scaled(pace, 0.99), steady(0));
    if (status === 'failed') return during(bad, steady(0), sum(pace, steady(0.05)));
    return scaled(pace, 0.01);
  };
  const rowsFor = (name: string): Rows | undefined => {
    const [, job, status] = /^immich_jobs_(.+)_(success|failed|skipped)_total$/.exec(name) ?? [];
    if (job && status) return counted(outcome(job, status));
    if (/^immich_queues_.*_active$/.test(name))
      return (time) => (/thumbnail|metadata|smart_search|face/.test(name) ? Number(photos.at(time) > 0.022) : 0);
    if (/^immich_queues_.*_started_total$/.test(name))
      return counted(/thumbnail|metadata|smart_search|face|sidecar|ocr/.test(name) ? photos : steady(1 / 86_400));
    if (/^immich_machine_learning_/.test(name))
      return observed(during(withoutLearning, scaled(photos, 2), steady(0)), 180);
    if (/^immich_media_.*transcode/.test(name)) return observed(steady(1 / 600), 8_000);
    if (/^immich_.*_repository_/.test(name)) return observed(sum(scaled(photos, 3), steady(0.01)), 12);
    return undefined;
  };
  const machine = machineOf(world, host);
  const requests = [
    { method: 'GET', path: '/api/assets/{id}/thumbnail', mean: 1.4 },
    { method: 'GET', path: '/api/timeline/bucket', mean: 0.3 },
    { method: 'POST', path: '/api/assets', mean: 0.02 },
  ].map((one) => ({ ...one, pace: wave(`${key} ${one.path}`, { mean: one.mean, day: 0.6, noise: 0.3 }) }));
  const labelled = (content: (pace: Course) => ReturnType<typeof counted>): Rows =>
    requests.map(({ method, path, pace }) => [{ method, path }, content(pace)]);
  const answered = (content: (pace: Course) => ReturnType<typeof counted>): Rows =>
    requests.flatMap(({ method, path, pace }) => [
      [{ method, path, status: '200' }, content(pace)] as const,
      [{ method, path, status: '500' }, content(scaled(pace, 0.0005))] as const,
    ]);
  const all = sum(...requests.map(({ pace }) => pace));
  const metrics: Readonly<Record<string, Rows>> = {
    immich_users_total: 5,
    http_server_duration: [
      // Two instruments share the name; each fills labels of its own.
      ...requests.map(
        ({ method, path, pace }) =>
          [
            {
              method,
              path,
              status: '200',
              http_flavor: '',
              http_method: '',
              http_route: '',
              http_scheme: '',
              http_status_code: '',
              net_host_name: '',
              net_host_port: '',
            },
            observed(pace, 25),
          ] as const,
      ),
      ...requests.map(
        ({ method, path, pace }) =>
          [
            {
              method: '',
              path: '',
              status: '',
              http_flavor: '1.1',
              http_method: method,
              http_route: path,
              http_scheme: 'http',
              http_status_code: '200',
              net_host_name: 'immich',
              net_host_port: '2283',
            },
            observed(pace, 27),
          ] as const,
      ),
    ],
    http_server_request_count_total: labelled((pace) => counted(pace)),
    http_server_response_count_total: answered((pace) => counted(pace)),
    http_server_response_success_count_total: counted(all),
    http_server_response_error_count_total: counted(steady(0)),
    http_server_abort_count_total: counted(scaled(all, 0.002)),
    http_client_request_error_count_total: counted(scaled(all, 0.003)),
    process_cpu_time_total: (['system', 'user'] as const).map((state, index) => [
      { process_cpu_state: state },
      counted(wave(`${key} cpu ${state}`, { mean: 0.05 + 0.2 * index, day: 0.5, noise: 0.2 })),
    ]),
    process_cpu_utilization: (['system', 'user'] as const).map((state, index) => [
      { process_cpu_state: state },
      level(scaled(wave(`${key} cpu ${state}`, { mean: 0.05 + 0.2 * index, day: 0.5, noise: 0.2 }), 0.25)),
    ]),
    process_memory_usage: (time) => Math.round(wave(`${key} memory`, { mean: 6e8, day: 0.05, noise: 0.05 }).at(time)),
    system_cpu_utilization: cpuStates(machine, (course) => level(course)),
    system_cpu_time_total: cpuStates(machine, (course) => counted(course, 'machine')),
    system_memory_usage: [
      [{ system_memory_state: 'used' }, (time) => Math.round(machine.memory.used.at(time))],
      [{ system_memory_state: 'free' }, (time) => Math.round(machine.memory.total - machine.memory.used.at(time))],
    ],
    system_memory_utilization: [
      [{ system_memory_state: 'used' }, (time) => machine.memory.used.at(time) / machine.memory.total],
      [{ system_memory_state: 'free' }, (time) => 1 - machine.memory.used.at(time) / machine.memory.total],
    ],
    target_info: [[{ service_name: 'immich', service_version: version }, 1]],
  };
  return {
    labels: { system_device: 'eth0' },
    metrics: Object.fromEntries(
      Object.keys(catalog.metrics).flatMap((name): (readonly [string, Rows | null])[] => {
        if (isElsewhere(place, name)) return [[name, null]];
        const rows = metrics[name] ?? rowsFor(name);
        return rows === undefined ? [] : [[name, rows]];
      }),
    ),
  };
};

const cpuStates = (
  machine: ReturnType<typeof machineOf>,
  content: (course: Course) => Value | ReturnType<typeof counted>,
): Rows =>
  [0, 1].flatMap((number) => {
    const { idle, irq, nice, system, user } = machine.core(number);
    return Object.entries({ idle, interrupt: irq, nice, system, user }).map(
      ([state, course]) =>
        [{ system_cpu_logical_number: String(number), system_cpu_state: state }, content(course)] as const,
    );
  });

/** friendlyFriend4000/prometheus-immich-exporter: what the server's statistics page says. */
export const immichCommunity: Behave = ({ world, host }) => {
  const { data } = disksOf(world, host);
  const machine = machineOf(world, host);
  const memory = machine.memory;
  const people = ['Ada', 'Bruno', 'Clara'];
  const photosOf = (index: number): Amount => grown(9_000 + 4_000 * index, 7);
  const videosOf = (index: number): Amount => grown(700 + 200 * index, 0.5);
  const sumOf =
    (of: (index: number) => Amount): Amount =>
    (time) =>
      people.reduce((total, _, index) => total + of(index)(time), 0);
  const bytesOf =
    (index: number): Amount =>
    (time) =>
      photosOf(index)(time) * 4.1e6 + videosOf(index)(time) * 1.2e8;
  return {
    metrics: {
      immich_server_info_diskAvailable: data.free,
      immich_server_info_diskUse: data.used,
      immich_server_info_totalDiskSize: data.size,
      immich_server_info_diskUsagePercentage: (time) => (100 * data.used(time)) / data.size,
      immich_server_info_version_number: [[{ version: '2.2.2' }, 1]],
      immich_server_stats_user_count: people.length,
      immich_server_stats_photos_by_users: people.map((firstName, index) => [{ firstName }, photosOf(index)]),
      immich_server_stats_videos_by_users: people.map((firstName, index) => [{ firstName }, videosOf(index)]),
      immich_server_stats_usage_by_users: people.map((firstName, index) => [{ firstName }, bytesOf(index)]),
      immich_server_stats_photos_growth: sumOf(photosOf),
      immich_server_stats_videos_growth: sumOf(videosOf),
      immich_server_stats_usage_growth: sumOf(bytesOf),
      immich_system_info_cpu_usage: level(scaled(machine.busy, 100)),
      immich_system_info_loadAverage: (['1m', '5m', '15m'] as const).map((period) => [
        { period },
        level(scaled(machine.busy, 4)),
      ]),
      immich_system_info_memory: [
        [{ type: 'Total' }, memory.total],
        [{ type: 'Used' }, (time) => Math.round(memory.used.at(time))],
        [{ type: 'Free' }, (time) => Math.round(memory.total - memory.used.at(time) - memory.cached.at(time))],
        [{ type: 'Available' }, (time) => Math.round(memory.total - memory.used.at(time))],
        [{ type: 'Percent' }, (time) => (100 * memory.used.at(time)) / memory.total],
      ],
    },
  };
};
