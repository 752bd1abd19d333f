import exporterCatalog from '../catalog/recorded/speedtest_exporter.json';
import trackerCatalog from '../catalog/recorded/speedtest_tracker.json';
import { divide, from, group, max, min, overTime, ratio, usual, where } from '../expression/operators';
import type { Expression } from '../expression/expression';
import { defineSource } from '../expression/source';
import { thresholds } from '../thresholds';
import { defineSignals } from './signal';
import { upOrDown } from './states';

/** speedtest_exporter: each scrape is a whole test, so it is asked rarely. */
const exporter = defineSource(exporterCatalog, ['service', 'host']);
/** Speedtest Tracker: tests by its own clock, and tells the last result with the server in its labels. */
const tracker = defineSource(trackerCatalog, ['service', 'host']);

/** One test a step is enough: speed tests are run every half hour or more rarely. */
const week = <L extends string>(of: Expression<L>): Expression<L> => usual(of, '7d', '30m');

// A test that failed says 0, which is no speed.
const download = from({
  exporter: max(where(exporter.metric('speedtest_download_bits_per_second'), '>', 0), 'service'),
  tracker: max(where(tracker.metric('speedtest_tracker_download_bits'), '>', 0), 'service'),
});
const upload = from({
  exporter: max(where(exporter.metric('speedtest_upload_bits_per_second'), '>', 0), 'service'),
  tracker: max(where(tracker.metric('speedtest_tracker_upload_bits'), '>', 0), 'service'),
});
const ping = from({
  exporter: divide(max(where(exporter.metric('speedtest_ping_latency_milliseconds'), '>', 0), 'service'), 1000),
  tracker: divide(max(where(tracker.metric('speedtest_tracker_ping_ms'), '>', 0), 'service'), 1000),
});

/** Nothing where every test failed: that says nothing of the speed. */
const best = (of: Expression<'service'>): Expression<'service'> =>
  where(max(overTime('max', of, '4h'), 'service'), '>', 0);

/** What a speed test says of the line, whichever program runs it. */
export const internet = defineSignals('internet', {
  download: {
    title: 'Download',
    description:
      'What the last speed test got from the internet. It fills the line, so whoever used it then was in its way.',
    unit: 'bitsPerSecond',
    empty: 'No test yet',
    expression: download,
  },
  upload: {
    title: 'Upload',
    description: 'What the last speed test sent to the internet. Calls and backups need it.',
    unit: 'bitsPerSecond',
    empty: 'No test yet',
    expression: upload,
  },
  downloadUsual: {
    title: 'Usual download',
    description: 'The middle of the week before.',
    unit: 'bitsPerSecond',
    legend: 'usual',
    expression: week(download),
  },
  uploadUsual: {
    title: 'Usual upload',
    description: 'The middle of the week before.',
    unit: 'bitsPerSecond',
    legend: 'usual',
    expression: week(upload),
  },
  downloadOfUsual: {
    title: 'Download of usual',
    description: 'The last speed test against the middle of the week before: 100 % is as usual.',
    unit: 'ratio',
    levels: thresholds.ofUsualSpeed,
    empty: 'No test yet',
    expression: ratio(download, week(download)),
  },
  uploadOfUsual: {
    title: 'Upload of usual',
    description: 'The last speed test against the middle of the week before: 100 % is as usual.',
    unit: 'ratio',
    levels: thresholds.ofUsualSpeed,
    empty: 'No test yet',
    expression: ratio(upload, week(upload)),
  },
  ping: {
    title: 'Ping',
    description: 'How long an echo took in the last speed test, to a server near by.',
    unit: 'seconds',
    levels: thresholds.roundTripWan,
    empty: 'No test yet',
    expression: ping,
  },
  jitter: {
    title: 'Ping jitter',
    description: 'How much the echo varied in the last speed test. Calls need it to be small.',
    unit: 'seconds',
    empty: 'No test yet',
    expression: from({
      exporter: divide(max(exporter.metric('speedtest_jitter_latency_milliseconds'), 'service'), 1000),
      tracker: divide(max(tracker.metric('speedtest_tracker_ping_jitter_ms'), 'service'), 1000),
    }),
  },
  worked: {
    title: 'Test worked',
    description: 'Whether the last speed test came to an end. One that failed may be the line, or the test’s server.',
    unit: 'state',
    values: { 0: { text: 'Failed', state: 'warning' }, 1: { text: 'Worked', state: 'ok' } },
    empty: 'No test yet',
    expression: min(exporter.metric('speedtest_up'), 'service'),
  },
  server: {
    title: 'Test server',
    description: 'Against which server the last speed test ran, and for whom the line is registered.',
    unit: 'state',
    values: { 1: { text: 'Used', state: 'neutral' } },
    empty: 'No test yet',
    expression: group(
      tracker.metric('speedtest_tracker_result_id'),
      'service',
      'isp',
      'server_name',
      'server_location',
      'status',
    ),
  },
  scrapeDuration: {
    title: 'Test duration',
    description:
      'How long the scrape took, which is the test itself. Prometheus gives up at its timeout, and then the test is lost.',
    unit: 'seconds',
    empty: 'Not scraped yet',
    expression: max(exporter.scraped('scrape_duration_seconds'), 'service'),
  },
  up: {
    title: 'Speed test up',
    description: 'Whether Prometheus reaches the program that tests.',
    unit: 'state',
    values: upOrDown,
    empty: 'Not scraped yet',
    expression: from({
      exporter: min(exporter.scraped('up'), 'service'),
      tracker: min(tracker.scraped('up'), 'service'),
    }),
  },

  // --- what alerts watch -----------------------------------------------------------------------------------------
  bestOfUsual: {
    title: 'Best download of usual',
    description:
      'The fastest of the speed tests of four hours against the middle of the week: one slow test is somebody’s download.',
    unit: 'ratio',
    levels: thresholds.ofUsualSpeed,
    empty: 'No test yet',
    expression: ratio(
      from({
        exporter: best(exporter.metric('speedtest_download_bits_per_second')),
        tracker: best(tracker.metric('speedtest_tracker_download_bits')),
      }),
      week(download),
    ),
  },
});
