import { describe, expect, it } from 'vitest';
import { pagesOf } from '../catalog/golden';
import { catalogNames, loadCatalog } from '../catalog/load';
import { parseSeries } from '../catalog/page';
import { boundsOf } from './bounds';
import known from './bounds.gen.json';

/** The bounds on the pages of an exporter, by histogram: of the page read last where they differ, as between versions. */
const seenOn = (texts: readonly string[], histograms: readonly string[]): Record<string, readonly string[]> =>
  Object.fromEntries(
    texts.flatMap((text) => {
      const series = parseSeries(text);
      return histograms.flatMap((name) => {
        const bounds = new Set(
          series.flatMap((one) => (one.name === `${name}_bucket` ? [one.labels['le'] ?? ''] : [])),
        );
        bounds.delete('+Inf');
        return bounds.size === 0 ? [] : [[name, [...bounds].sort((a, b) => Number(a) - Number(b))] as const];
      });
    }),
  );

/** On the pages that are kept of these, buckets were cut: their bounds stay as they were read in the source. */
const cut: ReadonlySet<string> = new Set(['immich']);

const histogramsOf = (source: string): readonly string[] =>
  Object.entries(loadCatalog(source).metrics).flatMap(([name, { type }]) => (type === 'histogram' ? [name] : []));

describe('bounds of buckets', () => {
  it('are those of the kept pages: `npx vitest run lib/fleet/bounds.test.ts -u` writes them', async () => {
    const read = Object.fromEntries(
      catalogNames().flatMap((source) => {
        const texts = pagesOf(loadCatalog(source)).map(({ text }) => text);
        const seen = seenOn(texts, histogramsOf(source));
        return cut.has(source) || Object.keys(seen).length === 0 ? [] : [[source, sorted(seen)] as const];
      }),
    );
    expect(Object.keys(read).length).toBeGreaterThan(5);
    await expect(`${JSON.stringify(sorted({ ...known, ...read }), null, 2)}\n`).toMatchFileSnapshot('bounds.gen.json');
  });

  it('are of histograms that the catalogs have, and ascend', () => {
    for (const [source, metrics] of Object.entries(known)) {
      expect(metrics, source).not.toEqual({});
      for (const name of Object.keys(metrics)) {
        expect(histogramsOf(source), `${name} of ${source}`).toContain(name);
        const values = boundsOf(source, name)?.map(({ value }) => value) ?? [];
        expect(values, name).toEqual([...values].sort((a, b) => a - b));
        expect(values.every(Number.isFinite), name).toBe(true);
        expect(values, name).not.toEqual([]);
      }
    }
  });

  it('are as the exporter writes them, and not known of what nobody saw', () => {
    expect(boundsOf('prometheus', 'prometheus_http_response_size_bytes')?.[4]).toEqual({ text: '1e+06', value: 1e6 });
    expect(boundsOf('loki', 'loki_request_duration_seconds')).toBeUndefined();
  });
});

const sorted = <T>(of: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(of).sort(([a], [b]) => (a < b ? -1 : 1)));
