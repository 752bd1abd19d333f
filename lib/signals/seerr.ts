import jellyseerrCatalog from '../catalog/recorded/scraparr_jellyseerr.json';
import overseerrCatalog from '../catalog/recorded/scraparr_overseerr.json';
import tentacleCatalog from '../catalog/recorded/tentacle_seerr.json';
import willFantomCatalog from '../catalog/recorded/overseerr_exporter.json';
import type { Expression } from '../expression/expression';
import {
  age,
  answering,
  clamp,
  count,
  group,
  highest,
  max,
  shift,
  subtract,
  sum,
  tag,
  together,
  translate,
  union,
  when,
  where,
  zeroWhile,
} from '../expression/operators';
import { defineSource, noneOf, not } from '../expression/source';
import { thresholds } from '../thresholds';
import { defineSignals } from './signal';
import { answersItsExporter } from './prober';
import { scrapedOf } from './scraped';
import { upOrDown } from './states';

// Overseerr, Jellyseerr and Seerr are one program under three names; a homelab may have more than one of them.

/** WillFantom/overseerr-exporter: serves nothing while there is no answer. */
const willFantom = defineSource(willFantomCatalog, ['service', 'host']);
/** Several apps on one page. It keeps its last numbers, and never says that there is none left of a state. */
const scraparrOverseerr = defineSource(overseerrCatalog, ['service', 'host']);
const scraparrJellyseerr = defineSource(jellyseerrCatalog, ['service', 'host']);
/** Several apps on one page. */
const tentacle = defineSource(tentacleCatalog, ['service', 'host']);

/** What Scraparr says alike of both. */
interface Scraparr {
  readonly of: (
    name: ScraparrName,
    where?: { readonly status: string },
  ) => Expression<'service' | 'host' | 'job' | 'instance' | 'alias' | 'status' | 'user' | 'type' | 'request'>;
  readonly up: typeof scraparrOverseerr.metric;
}
type ScraparrName =
  | 'last_scrape'
  | 'scrape_duration'
  | 'request_total'
  | 'request_movie'
  | 'request_tv'
  | 'request_status'
  | 'request_timestamp'
  | 'issue_total'
  | 'issue_status'
  | 'issue_type'
  | 'user_total'
  | 'user_requests';

const scraparrs: readonly [Scraparr, Scraparr] = [
  {
    of: (name, where) => scraparrOverseerr.metric(`overseerr_${name}`, where as never) as never,
    up: scraparrOverseerr.metric,
  },
  {
    of: (name, where) => scraparrJellyseerr.metric(`jellyseerr_${name}`, where as never) as never,
    up: scraparrJellyseerr.metric as never,
  },
];
const ofBoth = <L extends string>(of: (source: Scraparr) => Expression<L>): readonly [Expression<L>, Expression<L>] => [
  of(scraparrs[0]),
  of(scraparrs[1]),
];

/** Whether it answers the exporter. */
const answersBy = <const B extends 'service' | 'host'>(...by: readonly B[]) => {
  // The page has the states of all apps: this one’s are those with its own name.
  const scraparr = ({ of, up }: Scraparr) => max(when(up('scraparr_services_up'), of('last_scrape')), ...by);
  const known = <L extends string>(some: Expression<L | B>, up: Expression<L | B>) =>
    zeroWhile(group(some, ...(by as readonly never[])), answering(up), ...(by as readonly never[])) as Expression<B>;
  return together<B>(
    // Its owner is an account, so that there always is one.
    known(willFantom.metric('overseerr_user_requests'), willFantom.scraped('up')),
    scraparr(scraparrs[0]),
    scraparr(scraparrs[1]),
    known(tentacle.metric('seerr_requests_total'), tentacle.scraped('up')),
  );
};

/** While it answers: what Scraparr keeps from before is no news. */
const fresh =
  ({ of, up }: Scraparr) =>
  <L extends string>(what: Expression<L | 'service'>): Expression<L | 'service'> =>
    when(what, where(max(when(up('scraparr_services_up'), of('last_scrape')), 'service'), '==', 1));

// --- what is asked for ---------------------------------------------------------------------------------------------
const total = together<'service'>(
  sum(willFantom.metric('overseerr_requests_count'), 'service'),
  ...ofBoth((source) => fresh(source)(max(source.of('request_total'), 'service'))),
  max(tentacle.metric('seerr_requests_total'), 'service'),
);

/**
 * Of Scraparr only while its states add up: a state of which none is left keeps its last number, and then nobody knows which
 * of them is true.
 */
const addingUp = (source: Scraparr, of: 'request' | 'issue', status: string): Expression<'service'> =>
  when(
    fresh(source)(max(source.of(`${of}_status`, { status }), 'service')),
    where(subtract(sum(source.of(`${of}_status`), 'service'), max(source.of(`${of}_total`), 'service')), '==', 0),
  );

const pending = together<'service'>(
  zeroWhile(
    sum(willFantom.metric('overseerr_requests_count', { request_status: 'Pending' }), 'service'),
    willFantom.metric('overseerr_user_requests'),
    'service',
  ),
  ...ofBoth((source) => addingUp(source, 'request', 'Pending')),
  max(tentacle.metric('seerr_requests_by_status_total', { status: 'pending' }), 'service'),
);
const openIssues = together<'service'>(...ofBoth((source) => addingUp(source, 'issue', 'Open')));

const words = { pending: 'Pending', approved: 'Approved', available: 'Available', declined: 'Declined' } as const;
const failed = together<'service'>(
  ...ofBoth((source) => fresh(source)(max(source.of('request_status', { status: 'Failed' }), 'service'))),
);

/** How many more than before. */
const more = (of: Expression<'service'>, since: string) => clamp(subtract(of, shift(of, since)), 0, 1e9);

/** What is asked of Overseerr, Jellyseerr and Seerr, as three exporters tell. */
export const seerr = defineSignals('seerr', {
  up: {
    title: 'Requests app',
    description: 'Whether Overseerr, Jellyseerr or Seerr answers its exporter.',
    unit: 'state',
    values: upOrDown,
    expression: answersBy('service'),
  },
  scraped: scrapedOf(
    'requests',
    together<'service'>(
      max(willFantom.scraped('up'), 'service'),
      max(scraparrOverseerr.scraped('up'), 'service'),
      max(scraparrJellyseerr.scraped('up'), 'service'),
      max(tentacle.scraped('up'), 'service'),
    ),
  ),
  requests: {
    title: 'Requests',
    description: 'How many films and series were asked for, ever.',
    unit: 'count',
    expression: total,
  },
  requestsInADay: {
    title: 'Requests in a day',
    description: 'How many films and series were asked for within the day before.',
    unit: 'count',
    empty: 'No day before',
    expression: more(total, '1d'),
  },
  pending: {
    title: 'Waiting for you',
    description:
      'How many requests wait for somebody to allow them. Scraparr does not always know: then there is no number.',
    unit: 'count',
    empty: 'None, or not known',
    expression: pending,
  },
  unfinished: {
    title: 'Allowed, not there yet',
    description:
      'How many requests were allowed, and are not or not wholly in the library. Old ones are stuck somewhere.',
    unit: 'count',
    empty: 'None, or not known',
    expression: together<'service'>(
      zeroWhile(
        sum(
          willFantom.metric('overseerr_requests_count', { request_status: 'Approved', media_status: not('Available') }),
          'service',
        ),
        willFantom.metric('overseerr_user_requests'),
        'service',
      ),
      ...ofBoth((source) => addingUp(source, 'request', 'Processing')),
      max(tentacle.metric('seerr_requests_by_status_total', { status: 'approved' }), 'service'),
    ),
  },
  requestsByStatus: {
    title: 'Requests by state',
    description: 'How far the requests are. Scraparr goes on showing the last number of a state of which none is left.',
    unit: 'count',
    empty: 'No requests',
    expression: together<'service' | 'status'>(
      sum(tag(willFantom.metric('overseerr_requests_count'), 'status', '{request_status}'), 'service', 'status'),
      ...ofBoth((source) => fresh(source)(max(source.of('request_status'), 'service', 'status'))),
      max(translate(tentacle.metric('seerr_requests_by_status_total'), 'status', 'status', words), 'service', 'status'),
    ),
  },
  requestsByMedia: {
    title: 'Requests by availability',
    description: 'What became of what was asked for: it is there, on its way, or not known.',
    unit: 'count',
    empty: 'No requests',
    expression: sum(
      tag(willFantom.metric('overseerr_requests_count'), 'status', '{media_status}'),
      'service',
      'status',
    ),
  },
  requestsByKind: {
    title: 'Requests by kind',
    description: 'What was asked for: films (`movie`) or series (`tv`).',
    unit: 'count',
    empty: 'No requests',
    expression: together<'service' | 'type'>(
      sum(tag(willFantom.metric('overseerr_requests_count'), 'type', '{media_type}'), 'service', 'type'),
      ...ofBoth((source) =>
        fresh(source)(
          union(
            max(tag(source.of('request_movie'), 'type', 'movie'), 'service', 'type'),
            max(tag(source.of('request_tv'), 'type', 'tv'), 'service', 'type'),
          ),
        ),
      ),
      max(tag(tentacle.metric('seerr_requests_by_type_total'), 'type', '{media_type}'), 'service', 'type'),
    ),
  },
  requestsByGenre: {
    title: 'Requests by genre',
    description: 'Which genres are asked for most.',
    unit: 'count',
    empty: 'Genres are not collected',
    expression: highest(
      10,
      sum(willFantom.metric('overseerr_requests_count', { genre: noneOf('', 'not_collected') }), 'service', 'genre'),
    ),
  },
  failed: {
    title: 'Failed',
    description:
      'How many requests could not be handed on to Sonarr or Radarr. Scraparr goes on showing the last number when none is left.',
    unit: 'count',
    levels: thresholds.few,
    empty: 'None',
    expression: failed,
  },
  openIssues: {
    title: 'Open complaints',
    description: 'How many problems with a film or a series people told and nobody has closed.',
    unit: 'count',
    levels: thresholds.few,
    empty: 'None, or not known',
    expression: openIssues,
  },
  issues: {
    title: 'Complaints',
    description: 'How many problems with films and series people told, ever.',
    unit: 'count',
    expression: together<'service'>(...ofBoth((source) => fresh(source)(max(source.of('issue_total'), 'service')))),
  },
  issuesByKind: {
    title: 'Complaints by kind',
    description: 'What people complain of: picture, sound, subtitles.',
    unit: 'count',
    empty: 'None',
    expression: together<'service' | 'type'>(
      ...ofBoth((source) => fresh(source)(max(source.of('issue_type'), 'service', 'type'))),
    ),
  },
  users: {
    title: 'Accounts',
    description: 'How many people may ask for something.',
    unit: 'count',
    expression: together<'service'>(
      count(willFantom.metric('overseerr_user_requests'), 'service'),
      ...ofBoth((source) => max(source.of('user_total'), 'service')),
    ),
  },

  // --- who it is: only with `privacy: 'full'` ------------------------------------------------------------------
  requestsByUser: {
    title: 'Requests by person',
    description: 'Who asked for how much, ever.',
    unit: 'count',
    empty: 'Nobody asked',
    expression: highest(
      15,
      together<'service' | 'user'>(
        max(tag(willFantom.metric('overseerr_user_requests'), 'user', '{email}'), 'service', 'user'),
        ...ofBoth((source) => max(source.of('user_requests'), 'service', 'user')),
      ),
    ),
  },
  newestRequests: {
    title: 'Asked for',
    description: 'What was asked for last, where Scraparr is set to tell details.',
    unit: 'moment',
    empty: 'Needs `detailed: true`',
    expression: highest(
      20,
      together<'service' | 'title'>(
        ...ofBoth((source) => max(tag(source.of('request_timestamp'), 'title', '{request}'), 'service', 'title')),
      ),
    ),
  },

  // --- the exporter itself -------------------------------------------------------------------------------------
  dataAge: {
    title: 'Age of the data',
    description: 'Time since the exporter last heard from it. It keeps what it heard then.',
    unit: 'duration',
    levels: thresholds.dataAge,
    expression: together<'service'>(...ofBoth((source) => age(max(source.of('last_scrape'), 'service')))),
  },
  roundTime: {
    title: 'Exporter’s round',
    description: 'How long the last question of the exporter took. It slows down as requests become many.',
    unit: 'seconds',
    expression: together<'service'>(...ofBoth((source) => max(source.of('scrape_duration'), 'service'))),
  },

  // --- what alerts watch ---------------------------------------------------------------------------------------
  answers: answersItsExporter('it', answersBy('service', 'host')),
  newlyFailed: {
    title: 'Failed in an hour',
    description: 'How many more requests than an hour ago could not be handed on to Sonarr or Radarr.',
    unit: 'count',
    levels: thresholds.some,
    empty: 'No hour before',
    expression: more(failed, '1h'),
  },
  newIssues: {
    title: 'New complaints',
    description: 'How many problems people told within the hour before.',
    unit: 'count',
    empty: 'No hour before',
    expression: more(
      together<'service'>(...ofBoth((source) => fresh(source)(max(source.of('issue_total'), 'service')))),
      '1h',
    ),
  },
});
