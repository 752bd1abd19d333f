import { collapsed, defineDashboard, pickMany, section } from '../lib/dashboards/dashboard';
import { each } from '../panels/each';
import { barGauge } from '../panels/gauges';
import { withPreflight } from '../panels/preflight';
import { stat } from '../panels/stat';
import { stateTimeline } from '../panels/state-timeline';
import { asNumber, table } from '../panels/table';
import { stacked, timeseries } from '../panels/timeseries';

export default defineDashboard({
  name: 'seerr',
  title: 'Media / Requests',
  folder: 'Media',
  question:
    'Does anything wait for me, is what was asked for on its way, does anything fail, and does anybody complain?',
  tags: ['media', 'seerr', 'overseerr', 'jellyseerr'],
  reach: '7d',

  variables: [pickMany('service', ({ seerr }) => seerr.scraped)],
  links: ['plex', 'tautulli', 'tdarr'],

  sections: ({ seerr }) =>
    withPreflight([
      section('Right now', [
        ...each(stat, seerr.up, seerr.pending),
        stat(seerr.unfinished).title('On its way'),
        stat(seerr.failed),
        stat(seerr.openIssues).title('Complaints'),
        stat(seerr.requestsInADay).title('In a day'),
        ...each(stat, seerr.requests, seerr.users),
      ]),

      section('Is it up?', [stateTimeline(seerr.up)]),
      section('What becomes of what is asked for?', [
        stacked(seerr.requestsByStatus),
        stacked(seerr.requestsByMedia),
        stacked(seerr.requestsInADay),
        ...each(barGauge, seerr.requestsByKind, seerr.requestsByGenre),
      ]),
      section('Who asks for what?', [
        barGauge(seerr.requestsByUser),
        table(['title'], asNumber(seerr.newestRequests)).title('Newest requests'),
      ]),
      section('Does anybody complain?', [barGauge(seerr.issuesByKind), timeseries(seerr.issues)]),

      collapsed('Exporter health', [stateTimeline(seerr.scraped), ...each(timeseries, seerr.dataAge, seerr.roundTime)]),
    ]),
});
