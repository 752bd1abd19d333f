import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../catalog/load';
import { parseSeries } from '../catalog/page';
import { recordedCatalogs } from '../homelab/catalogs';
import { everywhere } from '../homelab/jobs';
import { identify, seriesNames } from './identify';
import { pageOf } from './testing/pages';

const look = (names: Iterable<string>, ...hints: readonly string[]) => {
  const { fits, ambiguous, unknown } = identify(new Set(names), recordedCatalogs, hints);
  return { fits: fits.map(({ source }) => source), ambiguous: ambiguous.map(({ source }) => source), unknown };
};

const namesOf = (source: string, version?: string): readonly string[] =>
  parseSeries(pageOf(source, version)).map(({ name }) => name);

describe('what a page belongs to', () => {
  const sources = recordedCatalogs.names().filter((name) => !everywhere.includes(name));

  it.each(sources)('%s is known by its own names among those of all', (source) => {
    const { app = '' } = loadCatalog(source);
    expect(look([...namesOf(source), ...namesOf('go_process')], app)).toEqual({
      fits: [source],
      ambiguous: [],
      unknown: [],
    });
  });

  it('is nobody’s without a name that somebody owns, however many there are', () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `thing_${index}_total`);
    const { fits, unknown } = look([...names, ...namesOf('go_process'), 'up']);
    expect([fits, unknown.length]).toEqual([[], 10_000]);
  });

  it('is not guessed from names that every .NET program has, unless the job names the app', () => {
    const names = namesOf('jellyfin');
    expect(look(names, 'backend').fits).toEqual([]);
    expect(look(names, 'jellyfin').fits).toEqual(['jellyfin']);
  });

  it('is not taken for what it only contains', () => {
    const borrowed = namesOf('mimir').slice(0, 12);
    expect(look([...namesOf('loki'), ...borrowed]).fits).toEqual(['loki']);
    expect(look([...namesOf('loki'), ...namesOf('mimir')]).fits).toEqual(['mimir', 'loki']);
  });

  it('is several where one program tells about several apps', () => {
    const names = [...namesOf('scraparr_sonarr'), ...namesOf('scraparr_radarr')];
    expect(look(names).fits.toSorted()).toEqual(['scraparr_radarr', 'scraparr_sonarr']);
  });

  it('is open where two exporters would look the same', () => {
    const shared = seriesNames('jellyfin_up', { type: 'gauge' });
    expect(look(shared)).toEqual({ fits: [], ambiguous: [], unknown: shared });
    const both = namesOf('uptime_kuma').filter((name) => namesOf('uptime_kuma_v1').includes(name));
    expect(look(both).fits).toEqual(['uptime_kuma_v1']);
  });

  it('does not count what rules have written', () => {
    expect(look(['job:up:sum', 'ALERTS'])).toEqual({ fits: [], ambiguous: [], unknown: [] });
  });
});
