import { describe, expect, it } from 'vitest';
import { arr } from './arr';
import { indexers } from './indexers';
import { expectParity, printed } from './sketches/sketch';
import { subtitles } from './subtitles';

const of = (...exporters: readonly string[]): Readonly<Record<string, string>> => printed(arr, { exporters });

describe('signals of the *arr apps', () => {
  it.each([
    ['arr', arr, ['where it is probed', 'where it is not']],
    ['indexers', indexers, []],
    ['subtitles', subtitles, []],
  ])('%s: mean the same with each exporter', (_, group, others) =>
    expectParity(group, ['exportarr', 'exportarr v2', 'scraparr', ...others]),
  );

  it('take an app for down that says so, or says nothing while its exporter works', () => {
    expect(of('exportarr_sonarr')['up']).toBe(
      'max by (service) (sonarr_system_status{job="sonarr"}) or count by (service) (up{job="sonarr"} == 1) * 0',
    );
    expect(of('scraparr_sonarr')['up']).toBe(
      'max by (service) (scraparr_services_up{job="sonarr", scraparr_services="sonarr"} and on (alias, job, instance, service, host) sonarr_last_scrape{job="sonarr"})',
    );
  });

  it('ask Prometheus where the page fails as a whole, and alert on no guess', () => {
    expect(of('exportarr_v2_sonarr')['up']).toBe('max by (service) (up{job="sonarr"})');
    expect(of('exportarr_v2_sonarr')['answers']).toMatch(/^missing: needs one of /);
  });

  it('join several apps, each by the exporter that this homelab has for it', () => {
    expect(of('scraparr_sonarr', 'exportarr_v2_radarr')['missing']).toBe(
      'max by (service) (sonarr_missing_episodes_total{job="sonarr"}) or max by (service) (radarr_movie_missing_total{job="radarr"})',
    );
  });

  it('count nothing as none only while the app answers', () => {
    expect(of('exportarr_v2_radarr')['queue']).toBe(
      'sum by (service) (radarr_queue_total{job="radarr"}) or count by (service) (radarr_system_status{job="radarr"} == 1) * 0',
    );
  });

  it('find what is stuck where states are told, and not where all is counted under those of the last item', () => {
    expect(of('exportarr_lidarr')['stuck']).toContain(
      'download_state=~"importBlocked|importFailed|failedPending|downloadFailedPending"',
    );
    expect(of('scraparr_radarr')['stuck']).toBe(
      'max by (service) (radarr_queue_error{job="radarr"} + radarr_queue_warning{job="radarr"})',
    );
    expect(of('exportarr_v2_sonarr')['stuck']).toMatch(/^missing: /);
    expect(of('exportarr_v2_sonarr')['queueByState']).toMatch(/^missing: /);
  });

  it('name no title that a health issue names', () => {
    expect(of('exportarr_v2_radarr')['issues']).toContain('"source", "RemovedMovieCheck"');
  });

  it('take an indexer for off that failed, by each', () => {
    expect(printed(indexers, { exporters: ['scraparr_prowlarr'] })['state']).toBe(
      'max by (service, indexer) (prowlarr_indexer_healthy{job="prowlarr"} == bool 0)',
    );
    expect(printed(indexers, { exporters: ['exportarr_prowlarr'] })['state']).toBe(
      'max by (service, indexer) (prowlarr_indexer_unavailable{job="prowlarr"})',
    );
  });

  it('look at how much failed of late, as what begins anew with the exporter says nothing in all', () => {
    expect(printed(indexers, { exporters: ['exportarr_v2_prowlarr'] })['failureRatio']).toContain(
      'clamp(delta(prowlarr_indexer_failed_queries_total{job="prowlarr"}[1h]), 0,',
    );
    expect(printed(indexers, { exporters: ['scraparr_prowlarr'] })['failureRatio']).toMatch(/^missing: /);
  });
});
