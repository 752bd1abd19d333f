import { lastOf, type Content, type Rows } from '../content';
import type { Behave, Place } from '../place';
import { scaled, wave, type Course } from '../time/course';
import { befalls } from '../world/world';

/** A line of 250 Mbit/s down and 40 up, measured once an hour. */
const lineOf = ({ world }: Place) => {
  const last = lastOf(3_600);
  const measured =
    (course: Course, slow: number): Content =>
    (time) =>
      course.at(last(time)) * (befalls(world, 'internet-slow', undefined, last(time)) ? slow : 1);
  return {
    down: (scale = 1) =>
      measured(scaled(wave(`${world.seed} down`, { mean: 250e6, day: 0.05, noise: 0.05 }), scale), 0.1),
    up: (scale = 1) => measured(scaled(wave(`${world.seed} up`, { mean: 40e6, day: 0.05, noise: 0.05 }), scale), 0.1),
    milliseconds: (mean: number) => measured(wave(`${world.seed} ping ${mean}`, { mean, day: 0.1, noise: 0.1 }), 6),
  };
};

/** MiguelNdeCarvalho/speedtest-exporter. */
export const speedtestExporter: Behave = (place) => {
  const line = lineOf(place);
  return {
    metrics: {
      speedtest_up: (time) => Number(!befalls(place.world, 'internet-down', undefined, time)),
      speedtest_download_bits_per_second: line.down(),
      speedtest_upload_bits_per_second: line.up(),
      speedtest_ping_latency_milliseconds: line.milliseconds(14),
      speedtest_jitter_latency_milliseconds: line.milliseconds(1.5),
      speedtest_server_id: 1234,
    },
  };
};

/** Speedtest Tracker: the last result only, with what it was as labels. */
export const speedtestTracker: Behave = (place) => {
  const line = lineOf(place);
  const labels = {
    healthy: 'true',
    scheduled: 'true',
    isp: 'Example Net',
    server_country: 'Norway',
    server_location: 'Bergen',
    server_name: 'Example',
    server_id: '1234',
    status: 'completed',
    app_name: 'Speedtest Tracker',
  };
  const one = (content: Content): Rows => [[labels, content]];
  const names = Object.keys(place.catalog.metrics);
  const contentOf = (name: string): Content | undefined => {
    if (/download_bits$/.test(name)) return line.down();
    if (/download_bytes$/.test(name)) return line.down(1 / 8);
    if (/upload_bits$/.test(name)) return line.up();
    if (/upload_bytes$/.test(name)) return line.up(1 / 8);
    if (/elapsed_ms$/.test(name)) return line.milliseconds(12_000);
    if (/_ms$/.test(name)) return line.milliseconds(/jitter/.test(name) ? 1.5 : 14);
    if (/packet_loss/.test(name)) return 0;
    if (/downloaded_bytes$/.test(name)) return 3.4e8;
    if (/uploaded_bytes$/.test(name)) return 6e7;
    if (/result_id$/.test(name)) return (time) => Math.floor(time / 3_600) - 490_000;
    return undefined;
  };
  return {
    metrics: Object.fromEntries(
      names.flatMap((name): (readonly [string, Rows])[] => {
        const content = contentOf(name);
        return content === undefined ? [] : [[name, one(content)]];
      }),
    ),
  };
};
