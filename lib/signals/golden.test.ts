import { describe, expect, it } from 'vitest';
import type { Catalog } from '../catalog/catalog';
import { pagesOf } from '../catalog/golden';
import { catalogNames, loadCatalog } from '../catalog/load';
import { parsePage, type PageMetric } from '../catalog/page';
import overseerr from '../catalog/recorded/overseerr_exporter.json';
import scrape from '../catalog/recorded/scrape.json';
import { sum } from '../expression/operators';
import { defineSource } from '../expression/source';
import type { Expression } from '../expression/expression';
import { leavesOf } from '../expression/walk';
import { groupNames, signalGroup } from './index';

/** What the exporter itself served; absent where no page is kept. */
const shownBy = (source: string): ReadonlyMap<string, readonly PageMetric[]> | undefined => {
  if (!catalogNames().includes(source)) return undefined;
  const pages = pagesOf(loadCatalog(source));
  if (pages.length === 0) return undefined;
  const shown = new Map<string, PageMetric[]>();
  for (const { text } of pages) {
    for (const metric of parsePage(text)) shown.set(metric.name, [...(shown.get(metric.name) ?? []), metric]);
  }
  return shown;
};

const pages = new Map<string, ReturnType<typeof shownBy>>();
const pageOf = (source: string): ReturnType<typeof shownBy> => {
  if (!pages.has(source)) pages.set(source, shownBy(source));
  return pages.get(source);
};

const gradeOf = (source: string, metric: string): Catalog['evidence'] => {
  const { metrics, evidence } = loadCatalog(source);
  return metrics[metric]?.evidence ?? evidence;
};

/** What an expression reads of a source with kept pages that no page of it shows; metrics that are not proven are left out. */
const unseen = (expression: Expression): readonly string[] =>
  leavesOf(expression).flatMap(({ source: { name }, metric, type, where: matchers, facts }) => {
    // Prometheus writes it, no exporter serves it.
    if (metric in scrape.metrics) return [];
    const shown = pageOf(name);
    if (!shown || !['live', 'golden'].includes(gradeOf(name, metric))) return [];
    const seen = shown.get(metric);
    if (!seen) return [`${name} ${metric}`];
    const wrong = seen.find((each) => each.type !== undefined && each.type !== facts.type);
    const labels = new Set(seen.flatMap((each) => [...each.labels.keys()]));
    const used = [...matchers.map(({ label }) => label), ...expression.labels].filter((label) => label in facts.labels);
    return [
      ...(wrong ? [`${name} ${metric} is a ${wrong.type}, used as ${type}`] : []),
      ...[...new Set(used)].filter((label) => !labels.has(label)).map((label) => `${name} ${metric}{${label}}`),
    ];
  });

describe('signals of exporters that were run', () => {
  it.each(groupNames)('%s: what they read is on a page of the exporter', (group) => {
    const wrong = Object.entries(signalGroup(group).definitions).flatMap(([key, { expression }]) =>
      unseen(expression).map((each) => `${group}.${key}: ${each}`),
    );
    expect(wrong).toEqual([]);
  });

  it('would be told of a metric or a label that the page does not show', () => {
    const source = defineSource(overseerr, ['service']);
    const requests = source.metric('overseerr_requests_count');
    expect(unseen(sum(requests, 'genre'))).toEqual([]);
    pages.set('overseerr_exporter', new Map());
    expect(unseen(sum(requests, 'genre'))).toEqual(['overseerr_exporter overseerr_requests_count']);
    const [bare] = parsePage('# TYPE overseerr_requests_count counter\noverseerr_requests_count 1');
    pages.set('overseerr_exporter', new Map([['overseerr_requests_count', bare ? [bare] : []]]));
    expect(unseen(sum(requests, 'genre'))).toContain('overseerr_exporter overseerr_requests_count{genre}');
    pages.delete('overseerr_exporter');
  });
});
