import { collapsed, defineDashboard, pickOne, section } from '../lib/dashboards/dashboard';
import { each } from '../panels/each';
import { heatmap } from '../panels/heatmap';
import { stateTimeline } from '../panels/state-timeline';
import { stat, worstStat } from '../panels/stat';
import { asColour, labelTable, shortTable } from '../panels/table';
import { bars, manyLines, timeseries } from '../panels/timeseries';

export default defineDashboard({
  name: 'prometheus',
  title: 'Stack / Prometheus',
  folder: 'Stack',
  question: 'Can I trust what I see: does Prometheus reach its targets, store what they say, and evaluate its rules?',
  tags: ['stack', 'prometheus'],
  refresh: '1m',

  variables: [pickOne('service', ({ prometheus }) => prometheus.version)],
  links: ['home', 'host-fleet', 'host-use'],

  // Which Prometheus is looked at says nothing of which targets are.
  sections: ({ prometheus }, { scrape }) => [
    section('Right now', [
      stat(scrape.downCount).title('Down'),
      stat(prometheus.configLoaded).title('Config'),
      stat(prometheus.samples).title('Samples'),
      stat(prometheus.series).title('Series'),
      worstStat(prometheus.ruleGroupTime).title('Rules'),
      stat(prometheus.queryLoad).title('Queries'),
      stat(prometheus.history),
      stat(prometheus.uptime).title('Uptime'),
    ]),

    section('Are the targets answering?', [
      shortTable(['job', 'host', 'service', 'instance'], asColour(scrape.down)),
      shortTable(['job'], asColour(scrape.absent)),
      ...each(manyLines, scrape.slowest, scrape.largest),
    ]),
    section('Is everything stored?', [
      ...each(timeseries, prometheus.samples, prometheus.series),
      bars(prometheus.refusedSamples),
      timeseries(prometheus.storage, prometheus.walSize).title('Room on the disk'),
    ]),
    section('Are rules evaluated and messages sent?', [
      timeseries(prometheus.ruleGroupTime),
      ...each(bars, prometheus.ruleFailures, prometheus.missedIterations),
      timeseries(prometheus.notificationErrors),
    ]),

    collapsed('Queries', [
      ...each(timeseries, prometheus.queryDuration, prometheus.queryLoad, prometheus.requestErrors),
      ...each(manyLines, prometheus.requests, prometheus.requestDuration),
      heatmap(prometheus.requestSpread),
    ]),
    collapsed('Storage in detail', [
      ...each(timeseries, prometheus.seriesCreated, prometheus.seriesGrowth, prometheus.storageShare),
      ...each(bars, prometheus.compactionsFailed, prometheus.walCorruptions),
      ...each(bars, prometheus.limitedScrapes, prometheus.misorderedSamples, prometheus.targetsNotRead),
    ]),
    collapsed('Remote write and notifications', [
      ...each(timeseries, prometheus.remoteWriteLag, prometheus.remoteWriteFailed, prometheus.remoteWriteShards),
      ...each(timeseries, prometheus.notifications, prometheus.notificationQueue, prometheus.alertmanagers),
      bars(prometheus.notificationsDropped),
    ]),
    collapsed('Prometheus itself', [
      stateTimeline(prometheus.up),
      ...each(timeseries, prometheus.memory, prometheus.cpu, prometheus.openFiles),
      stateTimeline(scrape.up),
      labelTable(prometheus.version, 'service', 'version'),
    ]),
  ],
});
