import { atLevel, is } from '../lib/alerts/condition';
import { defineAlerts } from '../lib/alerts/define';

export default defineAlerts('internet', ({ internet }) => [
  {
    name: 'InternetSlow',
    signal: internet.bestOfUsual,
    when: atLevel(internet.bestOfUsual, 'critical'),
    for: '2h',
    forReason: 'An evening at the provider, or a long download at home, makes some tests slow.',
    keepFiringFor: '1h',
    severity: 'warning',
    category: 'performance',
    pack: 'standard',
    summary: 'The internet connection is much slower than usual',
    description:
      'The fastest speed test of the last four hours got {value} of what is usual in a week (below {threshold}), for {for}.',
    impact: 'Streams get blurred, downloads and backups take twice as long.',
    firstSteps: [
      'Run a speed test by hand while nothing else uses the line.',
      'Check what uses the line: a backup, an update, a download.',
      'Open the page of the router and look at the rate that the modem agreed on.',
      'Restart the modem; call the provider with the dates and numbers of the board.',
    ],
    causes: ['A line that lost its rate', 'The provider', 'A download or upload at home', 'A slow test server'],
    silenceWhen: 'The provider has announced work on the line, or a long upload runs on purpose.',
    panel: { dashboard: 'internet', signal: internet.downloadOfUsual },
    noData: 'ok',
    noDataReason:
      'Without a test that worked nothing is known of the speed; SpeedtestFailed and InternetDown tell why.',
  },
  {
    name: 'SpeedtestFailed',
    signal: internet.worked,
    when: is(0),
    for: '0s',
    forReason: 'The next test is an hour away.',
    severity: 'info',
    category: 'monitoring',
    pack: 'all',
    summary: 'The last speed test failed',
    description: 'The last speed test did not come to an end.',
    impact: 'A point is missing on the board.',
    firstSteps: [
      'Read the log of the speed test: no server, a limit, or no line?',
      'Compare with InternetDown: without a line there is no test.',
    ],
    causes: ['The line was down', 'The test’s server was down', 'Too many tests'],
    silenceWhen: 'Never needed: it is no message.',
    panel: { dashboard: 'internet', signal: internet.worked },
    noData: 'ok',
    noDataReason: 'Where the program is down there is no test, which TargetDown tells.',
  },
]);
