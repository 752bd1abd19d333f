import type { BoardPanel } from '../proof/board';
import type { QueryProof } from '../proof/prove';

/** Looks whose queries are columns or fields: their legends are not names of lines. */
const tables = new Set(['table']);

/**
 * What is wrong with the names of a panel's series, one sentence each: a legend that asks for a label which no series has, a name that is
 * empty, two series of one name. A legend may ask for a label that some of the series lack.
 */
export const legendFaults = (panel: BoardPanel, queries: readonly QueryProof[]): readonly string[] => {
  if (tables.has(panel.type)) return [];
  const faults: string[] = [];
  const names = new Map<string, number>();
  for (const { refId, series } of queries) {
    const target = (panel.targets ?? []).find((each) => each.refId === refId);
    const legend = target?.legendFormat;
    // What Grafana names itself (`__auto`), and what is a field of a table.
    if (legend === undefined || legend === '' || legend === '__auto' || target?.format === 'table') continue;
    if (target?.format === 'heatmap' || series.length === 0) continue;
    for (const [, label] of legend.matchAll(/\{\{\s*(\w+)\s*\}\}/g))
      if (!series.some(({ labels }) => labels[label as string]))
        faults.push(`${refId}: the legend asks for \`${label}\`, which no series has`);
    for (const { labels } of series) {
      const name = legend.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, label: string) => labels[label] ?? '').trim();
      if (name.replace(/[\s·,]/g, '') === '') faults.push(`${refId}: a series has no name in the legend`);
      names.set(name, (names.get(name) ?? 0) + 1);
    }
  }
  const [twice] = [...names].find(([name, times]) => name !== '' && times > 1) ?? [];
  if (twice !== undefined) faults.push(`${names.get(twice)} series are called “${twice}”`);
  return [...new Set(faults)];
};
