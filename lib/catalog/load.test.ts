import { createRequire } from 'node:module';
import { sep } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { loadCatalog } from './load';

const read = createRequire(__filename);
const inMemory = (): readonly string[] =>
  Object.keys(read.cache).filter((file) => file.includes(`${sep}catalog${sep}recorded${sep}`));

describe('loadCatalog', () => {
  it('reads the catalog asked for, once, and no other', async () => {
    // Another file's tests, in the same process, may have read some.
    vi.resetModules();
    for (const file of inMemory()) delete read.cache[file];
    const load = await import('./load.js');
    await Promise.all([import('./lookup.js'), import('./page.js'), import('./record.js')]);
    expect(load.catalogNames()).toContain('node_exporter');
    expect(inMemory()).toEqual([]);
    const catalog = load.loadCatalog('scrape');
    expect(catalog.metrics.up?.type).toBe('gauge');
    expect(load.loadCatalog('scrape')).toBe(catalog);
    expect(inMemory()).toHaveLength(1);
  });

  it.each([
    ['node-exporter', 'did you mean `node_exporter`'],
    ['sonarr', '`exportarr_sonarr`'],
    ['zzz', 'none is near'],
    ['../load', 'no catalog `../load`'],
  ])('refuses %s with what was meant', (name, said) => {
    expect(() => loadCatalog(name)).toThrow(said);
  });
});
