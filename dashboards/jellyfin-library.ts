import { defineDashboard, pickOne, section } from '../lib/dashboards/dashboard';
import { each } from '../panels/each';
import { withPreflight } from '../panels/preflight';
import { stat, worstStat } from '../panels/stat';
import { stateTimeline } from '../panels/state-timeline';
import { asColour, asGauge, asNumber, table } from '../panels/table';
import { stacked, timeseries } from '../panels/timeseries';
import { full } from '../panels/width';

export default defineDashboard({
  name: 'jellyfin-library',
  title: 'Jellyfin / Media library',
  folder: 'Media',
  question: 'What is there to watch, does it grow or vanish, will it still fit, and do its scans work?',
  tags: ['media', 'jellyfin'],
  reach: '30d',

  variables: [pickOne('service', ({ jellyfin }) => jellyfin.itemsTold)],
  links: ['jellyfin-health', 'jellyfin-activity', 'jellyfin-transcoding'],

  sections: ({ jellyfin }) =>
    withPreflight([
      section('Right now', [
        stat(jellyfin.up),
        ...each(stat, jellyfin.movies, jellyfin.series, jellyfin.episodes),
        ...each(stat, jellyfin.albums, jellyfin.songs),
        worstStat(jellyfin.libraryTimeToFull),
        stat(jellyfin.tasksFailed),
      ]),

      section('Does it grow, or vanish?', [
        full(timeseries(jellyfin.items)),
        ...each(stacked, jellyfin.itemsAdded, jellyfin.itemsRemoved),
      ]),
      section('What is in it, and will it still fit?', [
        table(
          ['library'],
          asNumber(jellyfin.itemsByLibrary, 'Items'),
          asNumber(jellyfin.librarySize, 'Size'),
          asGauge(jellyfin.libraryDiskUsed, 'Disk used'),
          asNumber(jellyfin.libraryDiskFree, 'Free'),
          asColour(jellyfin.libraryTimeToFull),
        ).title('Libraries'),
        ...each(timeseries, jellyfin.librarySize, jellyfin.libraryDiskFree),
        stat(jellyfin.genres),
      ]),
      section('Do its scans work?', [
        stateTimeline(jellyfin.taskRunning),
        table(
          ['task'],
          asColour(jellyfin.taskWorked),
          asNumber(jellyfin.taskDuration),
          asNumber(jellyfin.taskEnded),
        ).title('Tasks'),
      ]),
    ]),
});
