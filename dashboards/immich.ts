import { collapsed, defineDashboard, pickOne, section } from '../lib/dashboards/dashboard';
import { each } from '../panels/each';
import { barGauge } from '../panels/gauges';
import { labelStat } from '../panels/label-stat';
import { logCount, logs, logsOf } from '../panels/logs';
import { withPreflight } from '../panels/preflight';
import { stat } from '../panels/stat';
import { stateTimeline } from '../panels/state-timeline';
import { asColour, asNumber, shortTable, table } from '../panels/table';
import { bars, stacked, timeseries } from '../panels/timeseries';

export default defineDashboard({
  name: 'immich',
  title: 'Media / Immich',
  folder: 'Media',
  question: 'Is Immich up and quick, is what is uploaded worked through, does anything fail, and will it still fit?',
  tags: ['media', 'immich'],
  refresh: '1m',

  variables: [pickOne('service', ({ immich }) => immich.up)],

  sections: ({ immich }, _, home) =>
    withPreflight([
      section('Right now', [
        stat(immich.up),
        ...each(
          stat,
          immich.answerTime,
          immich.errorShare,
          immich.active,
          immich.jobsDoneShown,
          immich.jobsFailedShown,
        ),
        stat(immich.diskUsed),
        ...each(stat, immich.photos, immich.videos),
        stat(immich.users),
        labelStat(immich.version, 'version'),
      ]),

      section('Is it up?', [stateTimeline(immich.pages)]),
      section('Is it quick?', [
        ...each(timeseries, immich.requestTime, immich.requestsByStatus, immich.errorShare),
        timeseries(immich.learningTime),
        timeseries(immich.readTime),
      ]),
      section('Is what is uploaded worked through?', [
        ...each(stacked, immich.queuesActive),
        ...each(bars, immich.jobsDone, immich.jobsFailed),
        barGauge(immich.jobsFailedByKind),
      ]),
      section('Will it still fit?', [
        ...each(stat, immich.timeToFull, immich.diskFree, immich.size),
        ...each(timeseries, immich.diskUsed, immich.size),
      ]),
      section('Who has how much?', [...each(barGauge, immich.sizeByUser, immich.photosByUser, immich.videosByUser)]),
      section('Has it what it needs?', [...each(timeseries, immich.cpu, immich.memory)]),
      section('What does the log say?', [
        logCount({
          title: 'Errors in the log',
          description: 'Lines that Immich itself marks as errors. A burst has its reason in the lines.',
          query: `${logsOf('immich')} |= "ERROR"`,
          dataSource: home.logs,
        }),
        logs({
          title: 'Errors',
          description: 'What Immich itself marks as errors, newest first.',
          query: `${logsOf('immich')} |= "ERROR"`,
          dataSource: home.logs,
          personal: home.privacy,
        }),
      ]),

      collapsed('Requests and calls in detail', [
        table(['method', 'path'], asColour(immich.slowest)),
        table(['method', 'path'], asColour(immich.failing)),
        timeseries(immich.requestTimeMiddle),
        shortTable(['call'], asNumber(immich.callTime)),
        shortTable(['queue'], asColour(immich.queueStanding)),
      ]),
    ]),
});
