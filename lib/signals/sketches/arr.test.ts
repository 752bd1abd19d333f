import { describe, expect, it } from 'vitest';
import radarrCatalog from '../../catalog/recorded/exportarr_radarr.json';
import radarrV2Catalog from '../../catalog/recorded/exportarr_v2_radarr.json';
import scraparrRadarrCatalog from '../../catalog/recorded/scraparr_radarr.json';
import scraparrSonarrCatalog from '../../catalog/recorded/scraparr_sonarr.json';
import sonarrCatalog from '../../catalog/recorded/exportarr_sonarr.json';
import sonarrV2Catalog from '../../catalog/recorded/exportarr_v2_sonarr.json';
import { add, answering, from, max, min, sum, together, zeroWhile } from '../../expression/operators';
import { defineSource, oneOf } from '../../expression/source';
import { defineSignals } from '../signal';
import { expectParity, printed } from './sketch';

const sonarr = defineSource(sonarrCatalog, ['service', 'host']);
const sonarrV2 = defineSource(sonarrV2Catalog, ['service', 'host']);
const sonarrScraparr = defineSource(scraparrSonarrCatalog, ['service', 'host']);
const radarr = defineSource(radarrCatalog, ['service', 'host']);
const radarrV2 = defineSource(radarrV2Catalog, ['service', 'host']);
const radarrScraparr = defineSource(scraparrRadarrCatalog, ['service', 'host']);

const stuck = { download_status: oneOf('warning', 'error') } as const;

/** Several apps on one graph, each by the exporter that this homelab has for it. */
const arr = defineSignals('arr', {
  queue: {
    title: 'Queue',
    description: 'What waits to be downloaded or imported.',
    unit: 'count',
    expression: together(
      from({
        exportarr: zeroWhile(
          sum(sonarr.metric('sonarr_queue_total'), 'service'),
          answering(sonarr.scraped('up')),
          'service',
        ),
        'exportarr v2': zeroWhile(
          sum(sonarrV2.metric('sonarr_queue_total'), 'service'),
          answering(sonarrV2.scraped('up')),
          'service',
        ),
        scraparr: sum(sonarrScraparr.metric('sonarr_queue_count'), 'service'),
      }),
      from({
        exportarr: zeroWhile(
          sum(radarr.metric('radarr_queue_total'), 'service'),
          answering(radarr.scraped('up')),
          'service',
        ),
        'exportarr v2': zeroWhile(
          sum(radarrV2.metric('radarr_queue_total'), 'service'),
          answering(radarrV2.scraped('up')),
          'service',
        ),
        scraparr: sum(radarrScraparr.metric('radarr_queue_count'), 'service'),
      }),
    ),
  },
  stuck: {
    title: 'Stuck',
    description: 'What is in the queue and will not come out of it by itself.',
    unit: 'count',
    empty: 'Nothing',
    expression: from({
      exportarr: sum(sonarr.metric('sonarr_queue_total', stuck), 'service'),
      'exportarr v2': sum(sonarrV2.metric('sonarr_queue_total', stuck), 'service'),
      scraparr: sum(
        add(sonarrScraparr.metric('sonarr_queue_error'), sonarrScraparr.metric('sonarr_queue_warning')),
        'service',
      ),
    }),
  },
  missing: {
    title: 'Missing',
    description: 'What is wanted and not there.',
    unit: 'count',
    expression: together(
      from({
        exportarr: max(sonarr.metric('sonarr_episode_missing_total'), 'service'),
        'exportarr v2': max(sonarrV2.metric('sonarr_episode_missing_total'), 'service'),
        scraparr: max(sonarrScraparr.metric('sonarr_missing_episodes_total'), 'service'),
      }),
      from({
        exportarr: max(radarr.metric('radarr_movie_missing_total'), 'service'),
        'exportarr v2': max(radarrV2.metric('radarr_movie_missing_total'), 'service'),
        scraparr: max(radarrScraparr.metric('radarr_missing_movies_total'), 'service'),
      }),
    ),
  },
  free: {
    title: 'Free space',
    description: 'What is left for each root folder.',
    unit: 'bytes',
    expression: from({
      exportarr: min(sonarr.metric('sonarr_rootfolder_freespace_bytes'), 'service', 'path'),
      'exportarr v2': min(sonarrV2.metric('sonarr_rootfolder_freespace_bytes'), 'service', 'path'),
      scraparr: min(sonarrScraparr.metric('sonarr_free_disk_size'), 'service', 'path'),
    }),
  },
});

describe('*arr apps, from three exporters', () => {
  it('means the same with each', () => expectParity(arr, ['exportarr', 'exportarr v2', 'scraparr']));

  it('exportarr', () => {
    expect(printed(arr, { exporters: ['exportarr_sonarr', 'exportarr_radarr'] })).toEqual({
      queue:
        'sum by (service) (sonarr_queue_total{job="sonarr"}) or count by (service) (up{job="sonarr"} == 1) * 0 or (sum by (service) (radarr_queue_total{job="radarr"}) or count by (service) (up{job="radarr"} == 1) * 0)',
      stuck: 'sum by (service) (sonarr_queue_total{job="sonarr", download_status=~"warning|error"})',
      missing:
        'max by (service) (sonarr_episode_missing_total{job="sonarr"}) or max by (service) (radarr_movie_missing_total{job="radarr"})',
      free: 'min by (service, path) (sonarr_rootfolder_freespace_bytes{job="sonarr"})',
    });
  });

  it('exportarr v2, of one app alone', () => {
    expect(printed(arr, { exporters: ['exportarr_v2_radarr'] })).toEqual({
      queue: 'sum by (service) (radarr_queue_total{job="radarr"}) or count by (service) (up{job="radarr"} == 1) * 0',
      stuck: 'missing: needs one of exportarr_sonarr, exportarr_v2_sonarr, scraparr_sonarr',
      missing: 'max by (service) (radarr_movie_missing_total{job="radarr"})',
      free: 'missing: needs one of exportarr_sonarr, exportarr_v2_sonarr, scraparr_sonarr',
    });
  });

  it('scraparr for one app, exportarr for the other', () => {
    expect(printed(arr, { exporters: ['scraparr_sonarr', 'exportarr_v2_radarr'] })).toEqual({
      queue:
        'sum by (service) (sonarr_queue_count{job="sonarr"}) or (sum by (service) (radarr_queue_total{job="radarr"}) or count by (service) (up{job="radarr"} == 1) * 0)',
      stuck: 'sum by (service) (sonarr_queue_error{job="sonarr"} + sonarr_queue_warning{job="sonarr"})',
      missing:
        'max by (service) (sonarr_missing_episodes_total{job="sonarr"}) or max by (service) (radarr_movie_missing_total{job="radarr"})',
      free: 'min by (service, path) (sonarr_free_disk_size{job="sonarr"})',
    });
  });
});
