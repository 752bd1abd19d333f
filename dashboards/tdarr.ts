import { collapsed, defineDashboard, pickOne, section } from '../lib/dashboards/dashboard';
import { each } from '../panels/each';
import { barGauge } from '../panels/gauges';
import { labelStat } from '../panels/label-stat';
import { withPreflight } from '../panels/preflight';
import { stat } from '../panels/stat';
import { stateTimeline } from '../panels/state-timeline';
import { asColour, asGauge, asNumber, labelTable, table } from '../panels/table';
import { bars, stacked, timeseries } from '../panels/timeseries';

export default defineDashboard({
  name: 'tdarr',
  title: 'Media / Tdarr',
  folder: 'Media',
  question:
    'Does Tdarr get through its queue, does anything fail, does it save room, and which node is slow or paused?',
  tags: ['media', 'tdarr'],
  reach: '24h',
  refresh: '1m',

  variables: [pickOne('service', ({ tdarr }) => tdarr.scraped)],
  links: ['plex', 'tautulli', 'seerr'],

  sections: ({ tdarr }) =>
    withPreflight([
      section('Right now', [
        stat(tdarr.healthy),
        ...each(stat, tdarr.score, tdarr.healthScore, tdarr.waiting, tdarr.failedTranscodes),
        stat(tdarr.failedChecks),
        stat(tdarr.saved),
        labelStat(tdarr.version, 'version'),
      ]),

      section('Does it get through its queue?', [
        ...each(stacked, tdarr.doneInADay, tdarr.checkedInADay),
        timeseries(tdarr.waiting),
        timeseries(tdarr.frames),
      ]),
      section('Who works on what?', [
        table(
          ['node', 'worker'],
          asGauge(tdarr.progress),
          asNumber(tdarr.workerFrames),
          asNumber(tdarr.timeLeft),
          asNumber(tdarr.sizeBefore),
          asNumber(tdarr.sizeAfter),
        ).title('Workers'),
        labelTable(tdarr.workerFiles, 'node', 'worker', 'worker_type', 'compute_type', 'title'),
        table(
          ['node'],
          asColour(tdarr.paused),
          asNumber(tdarr.workers),
          asNumber(tdarr.workerLimit),
          asGauge(tdarr.nodeCpu),
          asGauge(tdarr.nodeMemory),
          asNumber(tdarr.nodeUptime),
        ).title('Nodes'),
      ]),
      section('Does anything fail?', [
        ...each(stacked, tdarr.transcodesByStatus, tdarr.checksByStatus),
        ...each(bars, tdarr.newlyFailed, tdarr.newlyBroken),
      ]),

      collapsed('Libraries', [
        table(
          ['library'],
          asColour(tdarr.libraryFailed, 'Failed'),
          asNumber(tdarr.libraryFiles, 'Files'),
          asNumber(tdarr.libraryDone),
          asNumber(tdarr.libraryWaiting, 'Waiting'),
          asNumber(tdarr.librarySaved, 'Saved'),
        ).title('Libraries'),
        ...each(barGauge, tdarr.videoCodecs, tdarr.resolutions, tdarr.containers, tdarr.audioCodecs),
      ]),
      collapsed('Server and exporter', [
        stateTimeline(tdarr.up),
        stateTimeline(tdarr.scraped),
        ...each(stat, tdarr.serverUptime, tdarr.files, tdarr.longestLeft),
        timeseries(tdarr.nodeQueue),
      ]),
    ]),
});
