import { describe, expect, it } from 'vitest';
import { contextOf } from '../expression/testing/context';
import { bindAll } from './index';
import type { Signal } from './signal';
import { printed } from './sketches/sketch';
import { tdarr } from './tdarr';

const queries = printed(tdarr, { exporters: ['tdarr_exporter'] });

describe('signals of Tdarr', () => {
  it('call libraries by their names, which are in a metric of their own', () => {
    expect(queries['libraryFiles']).toBe(
      'sum by (service, library) (label_replace(sum by (service, library_id) (tdarr_library_files{job="tdarr"}) * on (service, library_id) group_left (library_name) group by (service, library_id, library_name) (tdarr_library_info{job="tdarr"}), "library", "$1", "library_name", "(.*)"))',
    );
  });

  it('tell what failed within the hour, not what ever did', () => {
    expect(queries['newlyFailed']).toContain('tdarr_library_transcodes{job="tdarr", status="error"} offset 1h');
  });

  it('miss a node only while the server answers', () => {
    expect(queries['nodeGone']).toMatch(/ and .*tdarr_up\{job="tdarr"\}\) == 1$/);
  });
});

describe('which file Tdarr works on', () => {
  const signals = (privacy?: 'full'): Readonly<Record<string, Signal>> =>
    bindAll({ ...contextOf({ exporters: ['tdarr_exporter'] }), ...(privacy && { privacy }) }).tdarr;

  it('is shown with privacy `full` only', () => {
    expect(signals('full')['workerFiles']?.missing).toBeUndefined();
    expect(signals()['workerFiles']?.missing).toContain("`privacy: 'full'`");
  });

  it('is not in any label of what is shown otherwise', () => {
    const shown = Object.values(signals()).filter(({ missing }) => missing === undefined);
    const labels = [...new Set(shown.flatMap((signal) => [...signal.labels]))].sort();
    expect(labels).toEqual([
      'codec', 'container_kind', 'host', 'library', 'node', 'resolution', 'service', 'status', 'version', 'worker',
    ]); // prettier-ignore
  });
});
