import { above } from '../lib/alerts/condition';
import { defineAlerts } from '../lib/alerts/define';
import { appDown } from './app-down';
import { dataStale } from './data-stale';
import { toldElsewhere } from './told-elsewhere';

const unlessGone = toldElsewhere('SeerrDown');

export default defineAlerts('seerr', ({ seerr }) => [
  appDown({
    name: 'SeerrDown',
    signals: seerr,
    dashboard: 'seerr',
    for: '10m',
    forReason: 'An update takes minutes, and changes its database.',
    severity: 'warning',
    description:
      'The exporter of {service} has had no good answer for {for}: {service} is stopped, hangs, or refuses the exporter’s key.',
    impact: 'Nobody can ask for a film or a series. What is there can be watched.',
    firstSteps: [
      'Open {service} in a browser: if it works, only the exporter’s address or key is wrong.',
      'Run docker ps -a on its machine, and read the end of its log.',
      'Check the API key of the exporter: Settings > General.',
    ],
    causes: [
      'It crashed or is being updated',
      'Its API key was made anew',
      'Plex or Jellyfin, which it needs to start',
    ],
    silenceWhen: 'You stopped it on purpose.',
  }),
  {
    name: 'SeerrRequestsFailing',
    signal: seerr.newlyFailed,
    when: above(0),
    for: '5m',
    forReason: 'A request that is tried again at once is none.',
    severity: 'warning',
    category: 'performance',
    pack: 'standard',
    summary: '{service} cannot hand on requests',
    description: 'Within an hour, {value} requests could not be handed on to Sonarr or Radarr by {service}.',
    impact: 'What was asked for does not come, and whoever asked is not told why.',
    firstSteps: [
      'Open Requests in {service}, filter by Failed, and try one again.',
      'Open Settings > Services, and test Sonarr and Radarr: their address, key, folder and profile.',
      'Read its log.',
    ],
    causes: [
      'Sonarr or Radarr is down, or has another key',
      'A folder or a quality profile that was removed there',
      'A film that is there already, under another name',
    ],
    silenceWhen: 'You are moving Sonarr or Radarr.',
    panel: { dashboard: 'seerr', signal: seerr.failed },
    noData: 'ok',
    noDataReason: 'Without any failed request there is no number. ' + unlessGone,
  },
  {
    name: 'SeerrRequestsWaiting',
    signal: seerr.pending,
    when: above(0),
    for: '3d',
    forReason: 'Nobody looks at requests every day.',
    severity: 'info',
    category: 'performance',
    pack: 'all',
    summary: 'Requests in {service} wait for somebody',
    description: 'In {service} {value} requests wait to be allowed; some have waited for {for}.',
    impact: 'Somebody waits for a film or a series.',
    firstSteps: ['Open Requests in {service}, and allow or decline them.'],
    causes: ['Nobody looked', 'Messages of {service} to its owner are not set up'],
    silenceWhen: 'Never needed: it is no message.',
    panel: { dashboard: 'seerr', signal: seerr.pending },
    noData: 'ok',
    noDataReason: unlessGone,
  },
  {
    name: 'SeerrNewComplaints',
    signal: seerr.newIssues,
    when: above(0),
    for: '0s',
    forReason: 'What was told is told.',
    severity: 'info',
    category: 'performance',
    pack: 'all',
    summary: 'Somebody complains in {service}',
    description: 'Within an hour, {value} problems with films or series were told in {service}.',
    impact: 'A film or a series does not play as it should.',
    firstSteps: ['Open Issues in {service}, and play what it is about.'],
    causes: ['Wrong sound or subtitles', 'A file that is broken'],
    silenceWhen: 'Never needed: it is no message.',
    panel: { dashboard: 'seerr', signal: seerr.issues },
    noData: 'ok',
    noDataReason: unlessGone,
  },
  dataStale({
    name: 'SeerrDataStale',
    app: 'the app',
    dashboard: 'seerr',
    signals: seerr,
    noDataReason: unlessGone,
  }),
]);
