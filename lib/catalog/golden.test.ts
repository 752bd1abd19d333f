import { describe, expect, it } from 'vitest';
import type { Catalog } from './catalog';
import { isRuntime } from './from-page';
import { goldenPages, pagesOf } from './golden';
import { catalogNames, loadCatalog } from './load';
import { parsePage, type PageMetric } from './page';

const catalogs = catalogNames().map(loadCatalog);
const kept = catalogs.flatMap((catalog) => pagesOf(catalog).map(({ name, text }) => ({ catalog, name, text })));

describe('the kept pages', () => {
  it('belong to one recording each, none is left over', () => {
    expect(kept.map(({ name }) => name).sort()).toEqual(goldenPages());
  });

  it.each(kept)('$name says what the catalog says', ({ catalog, text }) => {
    expect(parsePage(text).flatMap((metric) => contradictions(catalog, metric))).toEqual([]);
  });

  it.each(kept)('$name begins with who served it, has no HELP, and nothing of the Go runtime', ({ catalog, text }) => {
    const repositories = catalog.provenance.map(({ repository }) => repository);
    expect(repositories).toContain(/^# (\S+\/\S+) /.exec(text)?.[1]);
    expect(text).not.toMatch(/^# HELP/m);
    expect(
      parsePage(text)
        .map(({ name }) => name)
        .filter(isRuntime),
    ).toEqual([]);
  });
});

describe('contradictions', () => {
  const catalog: Pick<Catalog, 'metrics' | 'evidence'> = {
    evidence: 'source',
    metrics: {
      seen_total: { type: 'counter', labels: { state: { on: {} }, host: {} }, evidence: 'golden' },
      unproven: { type: 'gauge', labels: {} },
    },
  };
  const of = (page: string) => parsePage(page).flatMap((metric) => contradictions(catalog, metric));

  it('are none where page and catalog agree', () => {
    expect(of('# TYPE seen_total counter\nseen_total{state="on",host="any"} 1')).toEqual([]);
  });

  it('are a metric, type, label or value that the catalog has otherwise, and a grade that is too low', () => {
    expect(of('other 1')).toEqual(['other is not in the catalog']);
    expect(of('# TYPE seen_total gauge\nseen_total{new="x",state="off"} 1')).toEqual([
      'seen_total is a gauge, the catalog says counter',
      'seen_total has the label new',
      'seen_total has state=off',
    ]);
    expect(of('# TYPE unproven gauge\nunproven 1')).toEqual(['unproven is on a page, the catalog says source']);
  });
});

function contradictions(
  { metrics, evidence }: Pick<Catalog, 'metrics' | 'evidence'>,
  { name, type, labels }: PageMetric,
): readonly string[] {
  const metric = metrics[name];
  if (!metric) return [`${name} is not in the catalog`];
  const grade = metric.evidence ?? evidence;
  return [
    ...(type === metric.type || type === undefined ? [] : [`${name} is a ${type}, the catalog says ${metric.type}`]),
    ...[...labels].flatMap(([label, values]) => {
      const known = metric.labels[label];
      if (!known) return [`${name} has the label ${label}`];
      if (Object.keys(known).length === 0) return [];
      return [...values].flatMap((value) => (value in known ? [] : [`${name} has ${label}=${value}`]));
    }),
    ...(grade === 'live' || grade === 'golden' ? [] : [`${name} is on a page, the catalog says ${grade}`]),
  ];
}
