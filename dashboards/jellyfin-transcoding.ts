import { defineDashboard, pickOne, section } from '../lib/dashboards/dashboard';
import { each } from '../panels/each';
import { barGauge } from '../panels/gauges';
import { labelStat } from '../panels/label-stat';
import { logCount, logs, logsOf } from '../panels/logs';
import { withPreflight } from '../panels/preflight';
import { stat, worstStat } from '../panels/stat';
import { labelTable } from '../panels/table';
import { timeseries } from '../panels/timeseries';

export default defineDashboard({
  name: 'jellyfin-transcoding',
  title: 'Jellyfin / Transcoding',
  folder: 'Media',
  question: 'Is anything converted for its player, why, can the machine keep up, and does it fail?',
  tags: ['media', 'jellyfin'],
  refresh: '1m',

  variables: [pickOne('service', ({ jellyfin }) => jellyfin.streamsTold)],
  links: ['jellyfin-health', 'jellyfin-library', 'jellyfin-activity'],

  sections: ({ jellyfin }, _, home) =>
    withPreflight([
      section('Right now', [
        ...each(stat, jellyfin.up, jellyfin.transcodes, jellyfin.transcodeShare),
        stat(jellyfin.slowestTranscode).title('Slowest').decimals(0),
        stat(jellyfin.hostBusy).title('CPU').decimals(0),
        worstStat(jellyfin.gpuBusy).title('Graphics'),
        stat(jellyfin.transcodeDiskUsed).title('Disk used'),
        labelStat(jellyfin.acceleration, 'hardware_acceleration'),
      ]),

      section('Why?', [...each(barGauge, jellyfin.transcodeReasons, jellyfin.targetCodecs)]),
      section('Can the machine keep up?', [
        timeseries(jellyfin.transcodes, jellyfin.videoTranscodes).title('Transcodes over time').min(0),
        ...each(
          timeseries,
          jellyfin.slowestTranscode,
          jellyfin.hostBusy,
          jellyfin.gpuBusy,
          jellyfin.transcodeBandwidth,
        ),
        timeseries(jellyfin.transcodeDiskUsed),
      ]),
      section('For whom?', [labelTable(jellyfin.transcodesByUser, 'user', 'video_codec', 'audio_codec', 'container')]),
      section('Does it fail?', [
        logCount({
          title: 'Failed conversions',
          description: 'How often ffmpeg ended with an error. No metric anywhere tells it.',
          query: `${logsOf('jellyfin')} |= "FFmpeg exited with code" != "code 0"`,
          dataSource: home.logs,
        }),
        logs({
          title: 'Failed conversions in the log',
          description: 'What ffmpeg ended with; the file that Jellyfin names beside it has the reason.',
          query: `${logsOf('jellyfin')} |= "FFmpeg" |= "[ERR]"`,
          dataSource: home.logs,
          personal: home.privacy,
        }),
      ]),
    ]),
});
