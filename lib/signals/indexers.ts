import type { Expression } from '../expression/expression';
import {
  clamp,
  compare,
  countWhere,
  delta,
  divide,
  fallback,
  from,
  max,
  multiply,
  share,
  subtract,
  sum,
  timeLeft,
  when,
  where,
  zeroWhile,
} from '../expression/operators';
import { oneOf } from '../expression/source';
import { thresholds } from '../thresholds';
import { prowlarrs, prowlarrScraparr, type prowlarrV2 } from './arr-sources';
import { defineSignals } from './signal';

type Exportarr = typeof prowlarrV2;

/**
 * How much one of Exportarr's numbers grew. It calls them gauges: they begin at zero again with the exporter, or with the whole
 * history where PROWLARR__BACKFILL is set, and neither is news.
 */
const grown = <L extends string>(of: Expression<L>, reach?: string): Expression<L> => clamp(delta(of, reach), 0, 1e6);

const failureRatio = (source: Exportarr, reach?: string) =>
  share(
    sum(grown(source.metric('prowlarr_indexer_failed_queries_total'), reach), 'service', 'indexer'),
    sum(grown(source.metric('prowlarr_indexer_queries_total'), reach), 'service', 'indexer'),
  );

const enabled = from({
  ...prowlarrs((source) => max(source.metric('prowlarr_indexer_enabled_total'), 'service')),
  scraparr: max(prowlarrScraparr.metric('prowlarr_indexer_enabled_total'), 'service'),
});
const unavailable = from({
  ...prowlarrs((source) =>
    zeroWhile(
      sum(source.metric('prowlarr_indexer_unavailable'), 'service'),
      where(source.metric('prowlarr_system_status'), '==', 1),
      'service',
    ),
  ),
  scraparr: countWhere(prowlarrScraparr.metric('prowlarr_indexer_healthy'), '==', 0, 'service'),
});

/**
 * The indexers that are left. Exportarr reads the names of those that failed from Prowlarr's own health issues; when all did, that
 * issue is an error and names none.
 */
const noneLeft = {
  source: oneOf('IndexerStatusCheck', 'IndexerLongTermStatusCheck'),
  type: 'error',
} as const;
const someLeft = clamp(when(subtract(enabled, unavailable), where(enabled, '>', 0)), 0, 1e6);

/** What Prowlarr tells of its indexers: by Exportarr or by scraparr. */
export const indexers = defineSignals('indexers', {
  enabled: {
    title: 'Indexers',
    description: 'Indexers that are switched on in Prowlarr.',
    unit: 'count',
    expression: enabled,
  },
  unavailable: {
    title: 'Switched off by failures',
    description: 'Indexers that Prowlarr does not ask for a while, because they failed.',
    unit: 'count',
    levels: thresholds.some,
    expression: unavailable,
  },
  left: {
    title: 'Indexers that work',
    description: 'Indexers that are switched on and asked.',
    unit: 'count',
    levels: thresholds.indexersLeft,
    empty: 'None switched on',
    expression: from({
      ...prowlarrs((source) =>
        fallback(multiply(max(source.metric('prowlarr_system_health_issues', noneLeft), 'service'), 0), someLeft),
      ),
      scraparr: someLeft,
    }),
  },
  state: {
    title: 'State',
    description: 'Whether Prowlarr asks the indexer, or waits because it failed.',
    unit: 'state',
    values: { 0: { text: 'Works', state: 'ok' }, 1: { text: 'Off', state: 'warning' } },
    empty: 'All work',
    expression: from({
      ...prowlarrs((source) => max(source.metric('prowlarr_indexer_unavailable'), 'service', 'indexer')),
      scraparr: max(compare(prowlarrScraparr.metric('prowlarr_indexer_healthy'), '==', 0), 'service', 'indexer'),
    }),
  },
  responseTime: {
    title: 'Answer time',
    description: 'How long each indexer takes to answer, on average.',
    unit: 'seconds',
    levels: thresholds.indexerTime,
    empty: 'No searches',
    expression: from(
      prowlarrs((source) =>
        divide(max(source.metric('prowlarr_indexer_average_response_time_ms'), 'service', 'indexer'), 1000),
      ),
    ),
  },
  failureRatio: {
    title: 'Failed searches',
    description: 'Share of the searches of an hour that failed, by indexer.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.indexerFailures,
    empty: 'No searches',
    expression: from(prowlarrs((source) => failureRatio(source, '1h'))),
  },
  searches: {
    title: 'Searches',
    description: 'How often each indexer is asked.',
    unit: 'count',
    empty: 'No searches',
    expression: from(
      prowlarrs((source) => sum(grown(source.metric('prowlarr_indexer_queries_total'), '1h'), 'service', 'indexer')),
    ),
  },
  grabs: {
    title: 'Grabs',
    description: 'How much is taken from each indexer, of the hour before. The others cost time and find nothing.',
    unit: 'count',
    empty: 'None taken',
    expression: from(
      prowlarrs((source) => sum(grown(source.metric('prowlarr_indexer_grabs_total'), '1h'), 'service', 'indexer')),
    ),
  },
  membershipLeft: {
    title: 'Membership ends in',
    description: 'Time until the paid membership of an indexer ends, where Prowlarr knows it.',
    unit: 'duration',
    levels: thresholds.membershipLeft,
    empty: 'None has an end',
    expression: from({
      ...prowlarrs((source) => max(source.metric('prowlarr_indexer_vip_expires_in_seconds'), 'service', 'indexer')),
      scraparr: timeLeft(max(where(prowlarrScraparr.metric('prowlarr_vip_expiration'), '>', 0), 'service', 'indexer')),
    }),
  },
});
