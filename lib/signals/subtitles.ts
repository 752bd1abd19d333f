import { add, answering, count, from, max, sum, tag, zeroWhile } from '../expression/operators';
import { noneOf } from '../expression/source';
import { thresholds } from '../thresholds';
import { bazarr, bazarrs, bazarrScraparr } from './arr-sources';
import { defineSignals } from './signal';

/** What Bazarr tells: by Exportarr or by scraparr. */
export const subtitles = defineSignals('subtitles', {
  missing: {
    title: 'Subtitles missing',
    description: 'Subtitles that are asked for and not there, in all languages.',
    unit: 'count',
    expression: from(bazarrs((source) => max(source.metric('bazarr_subtitles_missing_total'), 'service'))),
  },
  lacking: {
    title: 'Without subtitles',
    description: 'Episodes and films that lack a subtitle that is asked for.',
    unit: 'count',
    expression: max(
      add(bazarrScraparr.metric('bazarr_wanted_episodes_total'), bazarrScraparr.metric('bazarr_wanted_movies_total')),
      'service',
    ),
  },
  downloaded: {
    title: 'Subtitles',
    description: 'Subtitles that are there.',
    unit: 'count',
    expression: from(bazarrs((source) => max(source.metric('bazarr_subtitles_downloaded_total'), 'service'))),
  },
  throttled: {
    title: 'Providers throttled',
    description:
      'Providers that Bazarr does not ask for a while: too many requests, a limit of the day, a wrong login.',
    unit: 'count',
    levels: thresholds.some,
    expression: from({
      exportarr: max(bazarr.metric('bazarr_throttled_providers'), 'service'),
      scraparr: zeroWhile(
        // `History` is one that is asked no more, and still has subtitles here.
        count(bazarrScraparr.metric('bazarr_provider_status', { status: noneOf('Good', 'History') }), 'service'),
        answering(bazarrScraparr.scraped('up')),
        'service',
      ),
    }),
  },
  linked: {
    title: 'Linked to',
    description: 'Whether Sonarr and Radarr tell Bazarr at once what is new. Without it Bazarr looks now and then.',
    unit: 'state',
    values: { 0: { text: 'Not linked', state: 'warning' }, 1: { text: 'Linked', state: 'ok' } },
    empty: 'Not set up',
    expression: max(tag(bazarr.metric('bazarr_signalr_connected'), 'to', '{app}'), 'service', 'to'),
  },
  byLanguage: {
    title: 'By language',
    description: 'Subtitles that are there, by language.',
    unit: 'count',
    empty: 'None',
    expression: from(bazarrs((source) => sum(source.metric('bazarr_subtitles_language_total'), 'language'))),
  },
  byProvider: {
    title: 'By provider',
    description: 'From where subtitles came. One that gives none is worth switching off.',
    unit: 'count',
    empty: 'None',
    expression: from(bazarrs((source) => sum(source.metric('bazarr_subtitles_provider_total'), 'provider'))),
  },
});
