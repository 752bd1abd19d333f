import { describe, expect, it } from 'vitest';
import { house } from '../fleet/testing/house';
import { resolveHomelab } from '../homelab/resolve';
import { unseenOnPages } from './kept-pages';

const unseen = (query: string, ...shown: readonly string[]) => unseenOnPages([{ query, shown }], house);
const queue = (matchers: string): string => `sonarr_queue_total{job="sonarr", ${matchers}}`;

describe('what no kept page shows', () => {
  it('is a metric, with what the catalog says of it', () => {
    expect(unseen('sonarr_series_total{job="sonarr"}')).toEqual([]);
    expect(unseen('immich_jobs_file_delete_failed_total{job="immich"}')).toEqual([
      { source: 'immich', metric: 'immich_jobs_file_delete_failed_total', grade: 'source' },
    ]);
  });

  it('is a value that a matcher wants or leaves out, and that the catalog lists or does not', () => {
    const base = { source: 'exportarr_sonarr', metric: 'sonarr_queue_total', label: 'download_status' };
    expect(unseen(queue('download_status="warning"'))).toEqual([]);
    expect(unseen(queue('download_status=~"warning|error"'))).toEqual([{ ...base, value: 'error', grade: 'listed' }]);
    expect(unseen(queue('download_status!="failing"'))).toEqual([{ ...base, value: 'failing', grade: undefined }]);
    expect(unseen(queue('download_status=~"$state"'))).toEqual([]);
  });

  it('is a label that is grouped by, joined on, rewritten, or shown', () => {
    const base = { source: 'tautulli_exporter_nwalke', metric: 'tautulli_bandwidth_total' };
    expect(unseenOnPages([{ query: 'sum by (service) (tautulli_bandwidth_total{job="tautulli"})' }], old)).toEqual([]);
    expect(unseen('sonarr_queue_total{job="sonarr"}', 'download_state')).toEqual([]);
    const withLabel = {
      sources: {
        tautulli_exporter_nwalke: {
          ...source('tautulli_exporter_nwalke'),
          catalog: {
            ...source('tautulli_exporter_nwalke').catalog,
            metrics: { tautulli_bandwidth_total: { type: 'gauge' as const, labels: { user: {} } } },
          },
        },
      },
    };
    const found = { ...base, label: 'user', grade: undefined };
    for (const query of [
      'sum by (user) (tautulli_bandwidth_total)',
      'tautulli_bandwidth_total * on (user) vector(1)',
      'label_replace(tautulli_bandwidth_total, "who", "$1", "user", "(.*)")',
    ])
      expect(unseenOnPages([{ query }], withLabel)).toEqual([found]);
    expect(unseenOnPages([{ query: 'tautulli_bandwidth_total', shown: ['user'] }], withLabel)).toEqual([found]);
    expect(unseenOnPages([{ query: 'tautulli_bandwidth_total', shown: ['device'] }], withLabel)).toEqual([]);
  });

  it('is not what Prometheus writes, what has no pages, or another job', () => {
    expect(unseen('up{job="sonarr"} + ALERTS')).toEqual([]);
    expect(unseen('node_load0{job="node"}')).toEqual([]);
    expect(unseen('immich_jobs_file_delete_failed_total{job="other"}')).toEqual([]);
  });
});

const old = resolveHomelab({
  hosts: [],
  apps: [{ app: 'tautulli', exporters: [{ exporter: 'tautulli_exporter_nwalke' }] }],
});

function source(name: string) {
  const found = old.sources[name];
  if (!found) throw new Error(`the house has no ${name}`);
  return found;
}
