import { describe, expect, it } from 'vitest';
import type { Catalog } from './catalog';
import { formatCatalog } from './format';

const catalog: Catalog = {
  metrics: {
    b_total: { note: 'last', labels: { z: {}, a: { on: {}, off: {} } }, type: 'counter' },
    a_up: { labels: {}, type: 'gauge', unit: 'bool' },
  },
  prefixes: ['b_', 'a_'],
  evidence: 'source',
  provenance: [{ repository: 'someone/exporter', commit: '0'.repeat(40), path: 'main.go' }],
  path: '/metrics',
  port: null,
  version: '1.0.0',
  source: 'example',
};

const text = `{
  "source": "example",
  "version": "1.0.0",
  "port": null,
  "path": "/metrics",
  "provenance": [
    { "repository": "someone/exporter", "commit": "0000000000000000000000000000000000000000", "path": "main.go" }
  ],
  "evidence": "source",
  "prefixes": [
    "a_",
    "b_"
  ],
  "metrics": {
    "a_up": { "type": "gauge", "unit": "bool", "labels": {} },
    "b_total": { "type": "counter", "labels": { "a": { "off": {}, "on": {} }, "z": {} }, "note": "last" }
  }
}
`;

describe('formatCatalog', () => {
  it('writes one metric a line, in one order', () => {
    expect(formatCatalog(catalog)).toBe(text);
  });

  it('comes back the same from what it wrote, empty lists too', () => {
    expect(formatCatalog(JSON.parse(text) as Catalog)).toBe(text);
    const bare = formatCatalog({ ...catalog, prefixes: [], metrics: {} });
    expect(JSON.parse(bare)).toMatchObject({ prefixes: [], metrics: {} });
    expect(bare).toContain('"prefixes": [],\n');
  });

  it('keeps a list in its order where order means something', () => {
    const provenance = ['z.go', 'a.go'].map((path) => ({ repository: 'a/b', commit: '0'.repeat(40), path }));
    const written = JSON.parse(formatCatalog({ ...catalog, provenance })) as Catalog;
    expect(written.provenance.map(({ path }) => path)).toEqual(['z.go', 'a.go']);
  });
});
