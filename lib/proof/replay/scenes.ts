import type { Event } from './event';
import { servicesOfNas } from './household';

/** What happens in the house, and how many messages are enough. */
export interface Scene {
  readonly name: string;
  /** What the people who live there would say. */
  readonly about: string;
  readonly minutes: number;
  readonly events: readonly Event[];
  readonly bar: Bar;
}

/** Messages that something is wrong, and messages that all is well again. */
export interface Bar {
  /** Somebody must hear of it; 0 for benign days. */
  readonly atLeast: number;
  readonly messages: number;
  readonly resolutions: number;
}

export const silence: Bar = { atLeast: 0, messages: 0, resolutions: 0 };

/** The same thing again and again for two hours, from the tenth minute on. */
const again = (everyMinutes: number, event: (from: number) => Event): readonly Event[] =>
  Array.from({ length: 120 / everyMinutes }, (_, index) => event(10 + index * everyMinutes));

/** The NAS during its backup. */
const busy = (metric: string, to: number, labels: Readonly<Record<string, string>> = {}): Event => ({
  what: 'changed',
  metric,
  labels: { host: 'nas', ...labels },
  from: 20,
  until: 170,
  to,
});

/** On each of these days something is wrong, and somebody wants to know it: once. */
export const troubles: readonly Scene[] = [
  {
    name: 'NAS down with 20 services on it',
    about: 'The NAS is off for 40 minutes. When it is back, its services start one after the other, for five minutes.',
    minutes: 180,
    events: [{ what: 'host off', host: 'nas', from: 10, until: 50, servicesTake: 5 }],
    bar: { atLeast: 1, messages: 2, resolutions: 1 },
  },
  {
    name: 'flapping probe',
    about: 'For two hours the photos are gone for two minutes of every five.',
    minutes: 200,
    events: again(5, (from) => ({ what: 'service down', service: 'photos', from, until: from + 2 })),
    bar: { atLeast: 0, messages: 4, resolutions: 4 },
  },
  {
    name: 'slowly flapping probe',
    about: 'For two hours the photos are gone for seven minutes of every ten: long enough to be told each time.',
    minutes: 200,
    events: again(10, (from) => ({ what: 'service down', service: 'photos', from, until: from + 7 })),
    bar: { atLeast: 1, messages: 4, resolutions: 4 },
  },
  {
    name: 'line down',
    about: 'The provider has trouble for an hour: nothing outside of the house answers, the router does.',
    minutes: 140,
    events: [{ what: 'internet gone', from: 10, until: 70 }],
    bar: { atLeast: 1, messages: 2, resolutions: 1 },
  },
  {
    name: 'router down',
    about: 'Somebody needs the socket of the router for half an hour. Within the house a switch carries on.',
    minutes: 110,
    events: [
      { what: 'internet gone', from: 10, until: 40 },
      { what: 'service down', service: 'router', from: 10, until: 39 },
      { what: 'service down', service: 'Router DNS', from: 10, until: 39 },
    ],
    bar: { atLeast: 1, messages: 2, resolutions: 1 },
  },
];

/** On each of these days all is as it should be, and nobody wants to hear of it. */
export const benignDays: readonly Scene[] = [
  {
    name: 'reboot',
    about: 'The NAS starts again after an update: three minutes, then its services within two more.',
    minutes: 90,
    events: [{ what: 'host off', host: 'nas', from: 10, until: 13, servicesTake: 2 }],
    bar: silence,
  },
  {
    name: 'nightly update',
    about: 'The services of the NAS are updated one after the other; each is gone for two minutes.',
    minutes: 120,
    events: servicesOfNas.map((service, index): Event => {
      const from = 10 + 2 * index;
      return { what: 'service down', service, from, until: from + 2 };
    }),
    bar: silence,
  },
  {
    name: 'backup',
    about: 'For two and a half hours the NAS reads all its disks, compresses, and sends it away.',
    minutes: 210,
    events: [
      // Of the 60 seconds that a core has in a minute.
      ...[
        ['user', 40],
        ['system', 8],
        ['iowait', 8],
        ['idle', 4],
      ].map(([mode, to]) => busy('node_cpu_seconds_total', Number(to), { mode: String(mode) })),
      busy('node_load1', 3),
      busy('node_disk_io_time_seconds_total', 55),
      // Four requests at once.
      busy('node_disk_io_time_weighted_seconds_total', 240),
      busy('node_disk_read_bytes_total', 6e9),
      busy('node_pressure_cpu_waiting_seconds_total', 15),
      busy('node_pressure_io_waiting_seconds_total', 25),
      busy('node_pressure_io_stalled_seconds_total', 10),
      busy('node_network_transmit_bytes_total', 3e8),
      busy('node_network_transmit_packets_total', 2e5),
      // The cache takes what is free, and gives it back when somebody asks.
      busy('node_memory_MemAvailable_bytes', 5e9),
    ],
    bar: silence,
  },
  {
    name: 'line reconnect',
    about: 'At four in the morning the provider cuts the line for a minute, and the router dials again.',
    minutes: 60,
    events: [{ what: 'internet gone', from: 10, until: 11 }],
    bar: silence,
  },
  {
    name: 'disk spin-down',
    about: 'Nobody uses the disks of the NAS: they stop, count nothing, and tell no temperature.',
    minutes: 180,
    events: [
      ...[
        'node_disk_io_time_seconds_total',
        'node_disk_io_time_weighted_seconds_total',
        'node_disk_read_bytes_total',
        'node_disk_written_bytes_total',
      ].map((metric): Event => ({ what: 'changed', metric, labels: { host: 'nas' }, from: 20, until: 160, to: 0 })),
      { what: 'missing', labels: { host: 'nas', chip: 'scsi_0_0' }, from: 20, until: 160 },
    ],
    bar: silence,
  },
  {
    name: 'sleeping laptop',
    about: 'The laptop is closed at midnight and opened at half past four, for an early train.',
    minutes: 290,
    events: [{ what: 'host off', host: 'laptop', from: 10, until: 280 }],
    bar: silence,
  },
  {
    name: 'clock change',
    about: 'Summer time begins, which series do not know, and a time server puts each clock right by a second.',
    minutes: 120,
    events: [
      { what: 'changed', metric: 'node_timex_offset_seconds', from: 30, until: 32, to: 1 },
      { what: 'changed', metric: 'node_timex_maxerror_seconds', from: 30, until: 34, to: 2 },
    ],
    bar: silence,
  },
  {
    name: 'Prometheus restart',
    about: 'Prometheus is updated: for ten minutes nothing is recorded.',
    minutes: 90,
    events: [{ what: 'Prometheus off', from: 30, until: 40 }],
    bar: silence,
  },
  {
    name: 'empty first hour',
    about: 'Prometheus was just installed: there is nothing before now, and the first scrapes come after two minutes.',
    minutes: 60,
    events: [{ what: 'missing', from: 0, until: 2 }],
    bar: silence,
  },
  {
    name: 'new target',
    about: 'Somebody starts a new container with an exporter; its first scrape fails, since it is still starting.',
    minutes: 60,
    events: [
      {
        what: 'new',
        metric: 'up',
        labels: { job: 'whoami', instance: '192.168.1.10:8090', host: 'nas', service: 'whoami' },
        value: 1,
        from: 20,
      },
      { what: 'changed', metric: 'up', labels: { job: 'whoami' }, from: 20, until: 21, to: 0 },
    ],
    bar: silence,
  },
];
