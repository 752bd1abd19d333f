import { collapsed, defineDashboard, mark, pickOne, section } from '../lib/dashboards/dashboard';
import { each } from '../panels/each';
import { barGauge } from '../panels/gauges';
import { heatmap } from '../panels/heatmap';
import { labelStat } from '../panels/label-stat';
import { logCount, logs, logsOf } from '../panels/logs';
import { withPreflight } from '../panels/preflight';
import { stat } from '../panels/stat';
import { stateTimeline } from '../panels/state-timeline';
import { asColour, asNumber, shortTable, table } from '../panels/table';
import { mirrored, timeseries } from '../panels/timeseries';

export default defineDashboard({
  name: 'jellyfin-health',
  title: 'Jellyfin / Service health',
  folder: 'Media',
  question: 'Is Jellyfin up and fast, has it what it needs, and does anything fail?',
  tags: ['media', 'jellyfin'],
  refresh: '1m',

  variables: [pickOne('service', ({ jellyfin }) => jellyfin.healthTold)],
  annotations: ({ jellyfin }) => [mark('Jellyfin restarted', jellyfin.restarted, 'warning')],
  links: ['jellyfin-library', 'jellyfin-activity', 'jellyfin-transcoding'],

  sections: ({ jellyfin }, _, home) =>
    withPreflight([
      section('Right now', [
        stat(jellyfin.up),
        stat(jellyfin.answerTime),
        stat(jellyfin.streams),
        stat(jellyfin.cpu).title('CPU'),
        stat(jellyfin.memoryShare).title('Memory'),
        stat(jellyfin.tasksFailed),
        stat(jellyfin.uptime),
        labelStat(jellyfin.version, 'version'),
      ]),

      section('Is it up?', [stateTimeline(jellyfin.up)]),
      section('Is it fast?', [
        timeseries(jellyfin.answerTime),
        heatmap(jellyfin.requestTimes),
        ...each(timeseries, jellyfin.requests, jellyfin.exceptions),
      ]),
      section('Has it what it needs?', [
        ...each(timeseries, jellyfin.cpu, jellyfin.hostBusy, jellyfin.memory),
        mirrored(jellyfin.received, jellyfin.sent).title('Network traffic'),
        barGauge(jellyfin.diskUsed),
      ]),
      section('Does anything fail?', [
        stat(jellyfin.restartPending),
        stat(jellyfin.updateAvailable),
        shortTable(['task'], asColour(jellyfin.taskWorked), asNumber(jellyfin.taskDuration)).title('Tasks'),
        logCount({
          title: 'Errors in the log',
          description: 'Lines that Jellyfin itself marks as errors. A burst has its reason in the lines.',
          query: `${logsOf('jellyfin')} |= "[ERR]"`,
          dataSource: home.logs,
        }),
        logs({
          title: 'Errors',
          description: 'What Jellyfin itself marks as errors, newest first.',
          query: `${logsOf('jellyfin')} |= "[ERR]"`,
          dataSource: home.logs,
          personal: home.privacy,
        }),
      ]),

      collapsed('Requests and runtime in detail', [
        table(['controller', 'action'], asColour(jellyfin.slowest)),
        ...each(timeseries, jellyfin.inProgress, jellyfin.requestTimeMiddle, jellyfin.gcPause, jellyfin.threads),
      ]),
      collapsed('Exporter health', [
        stateTimeline(jellyfin.scraped),
        stateTimeline(jellyfin.collectors),
        ...each(timeseries, jellyfin.roundTime, jellyfin.dataAge),
      ]),
    ]),
});
