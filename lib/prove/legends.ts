import type { BoardPanel } from '../proof/board';
import type { Series } from '../proof/prometheus';
import type { QueryProof } from '../proof/prove';

/** Looks whose queries are columns or fields: their legends are not names of lines. */
const tables = new Set(['table']);

/**
 * What is wrong with the names of a panel's series, one sentence each: a legend that asks for a label which no series has, a name that is
 * empty, two series of one name. A legend may ask for a label that some of the series lack.
 */
export const legendFaults = (panel: BoardPanel, queries: readonly QueryProof[]): readonly string[] => {
  const faults = [...labelFaults(panel, queries)];
  const names = new Map<string, number>();
  for (const { refId, legend, series } of named(panel, queries))
    for (const { labels } of series) {
      const name = legend.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, label: string) => labels[label] ?? '').trim();
      if (name.replace(/[\s·,]/g, '') === '') faults.push(`${refId}: a series has no name in the legend`);
      names.set(name, (names.get(name) ?? 0) + 1);
    }
  const [twice] = [...names].find(([name, times]) => name !== '' && times > 1) ?? [];
  if (twice !== undefined) faults.push(`${names.get(twice)} series are called “${twice}”`);
  return [...new Set(faults)];
};

/** Of these faults the first kind alone: labels that a legend asks for, and no series has. */
export const labelFaults = (panel: BoardPanel, queries: readonly QueryProof[]): readonly string[] =>
  named(panel, queries).flatMap(({ refId, legend, series }) =>
    [...legend.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].flatMap(([, label = '']) =>
      series.some(({ labels }) => labels[label])
        ? []
        : [`${refId}: the legend asks for \`${label}\`, which no series has`],
    ),
  );

interface Named {
  readonly refId: string;
  readonly legend: string;
  readonly series: readonly Series[];
}

/** The queries whose series the panel names by a legend; not what Grafana names itself (`__auto`), and what is a field of a table. */
const named = (panel: BoardPanel, queries: readonly QueryProof[]): readonly Named[] =>
  tables.has(panel.type)
    ? []
    : queries.flatMap(({ refId, series }) => {
        const target = (panel.targets ?? []).find((each) => each.refId === refId);
        const legend = target?.legendFormat ?? '';
        const isNamed = !['', '__auto'].includes(legend) && !['table', 'heatmap'].includes(target?.format ?? '');
        return isNamed && series.length > 0 ? [{ refId, legend, series }] : [];
      });
