import { describe, expect, it } from 'vitest';
import type { Exporter } from '../homelab/homelab';
import { immich } from './immich';
import { expectParity, printed } from './sketches/sketch';

const of = (...exporters: readonly (string | Exporter)[]): Readonly<Record<string, string>> =>
  printed(immich, { exporters });
const two: Exporter = { exporter: 'immich', version: '2.5.6' };

describe('signals of Immich', () => {
  it('mean the same with each exporter', () =>
    expectParity(immich, [
      'Immich itself',
      'community',
      'Immich before 3',
      'a probe',
      'where it is probed',
      'where it is not',
    ]));

  it('take one of the two instruments that share a name, in seconds, without uploads', () => {
    const query = of(two)['requestTime'] as string;
    expect(query).toContain('path!="", path!~".*/(original|download.*|video/playback|archive)|/api/assets"');
    expect(query).toMatch(/ \/ 1000$/);
  });

  it('are not of requests since Immich 3, and say why', () => {
    expect(of('immich')['requestTime']).toBe(
      'missing: `http_server_duration` of immich: gone since version 3.0.0, 3.1.0 runs',
    );
    expect(of('immich')['requestsByStatus']).toMatch(/^missing: .*gone since version 3\.0\.0/);
    expect(of('immich')['jobsDone']).not.toMatch(/^missing/);
  });

  it('name queues and jobs, which are parts of metrics’ names', () => {
    const { queuesActive, jobsFailed, jobsDone } = of('immich');
    expect(queuesActive).toContain(
      'label_replace(max by (service) (immich_queues_thumbnail_generation_active{job="immich"}), "queue", "thumbnails", "", "")',
    );
    expect(queuesActive?.match(/immich_queues_/g)).toHaveLength(18);
    expect(jobsFailed).toContain('immich_jobs_asset_extract_metadata_failed_total');
    // Immich counts those only when they fail.
    expect(jobsDone).not.toContain('extract_metadata');
  });

  it('name people only as `user`, which only full privacy shows', () => {
    expect(of('immich_exporter_community')['sizeByUser']).toMatch(/^missing: it names people/);
    expect(of('immich_exporter_community')['size']).toBe(
      'max by (service) (immich_server_stats_usage_growth{job="immich"})',
    );
  });
});
