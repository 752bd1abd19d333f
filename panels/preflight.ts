import { collapsed, type Section } from '../lib/dashboards/dashboard';
import { factsOf, keyed } from '../lib/panel-facts';
import { preflightOf } from '../lib/signals/preflight';
import type { Signal } from '../lib/signals/signal';
import { tokens } from '../lib/tokens';
import { asColour, asNumber, columnName, shortTable } from './table';

/**
 * The sections, and a folded last one that says whether their data are there: the exporters that they read, when each answered last,
 * and the metrics that are missing. What it asks for is found in the panels, so it never differs from them.
 *
 * @example sections: ({ jellyfin }) => withPreflight([section('Right now', [stat(jellyfin.up)])])
 */
export const withPreflight = (sections: readonly Section[]): readonly Section[] => {
  const drawn = sections.flatMap(({ panels }) =>
    panels.map(factsOf).flatMap(({ missing, signals }) => (missing === undefined ? signals : [])),
  );
  const panels = byDataSource(drawn).flatMap(([dataSource, signals], index) => {
    const found = preflightOf(signals);
    if (!found) return [];
    const suffix = index === 0 ? '' : ` in ${dataSource}`;
    const exporters = shortTable(
      ['exporter', 'instance'],
      asColour(found.up),
      asNumber(found.lastAnswer),
      asNumber(found.samples),
    );
    // A name that is cut off cannot be looked for.
    exporters.overrideByName(columnName('exporter'), [{ id: 'custom.minWidth', value: tokens.column.name }]);
    const metrics = shortTable(['metric', 'exporter', 'normal_if'], asColour(found.missing, 'State'));
    metrics.overrideByName(columnName('metric'), [{ id: 'custom.minWidth', value: tokens.column.name }]);
    return [
      ...(found.isScraped
        ? [keyed(exporters.title(`Exporters of this board${suffix}`), `preflight exporters ${dataSource}`)]
        : []),
      keyed(metrics.title(`${found.missing.title}${suffix}`), `preflight metrics ${dataSource}`),
    ];
  });
  return panels.length === 0 ? sections : [...sections, collapsed('Is my data here?', panels)];
};

/** One query has one data source. */
const byDataSource = (signals: readonly Signal[]): readonly (readonly [string, readonly Signal[]])[] => {
  const groups = new Map<string, Signal[]>();
  for (const signal of signals) {
    const key = signal.sources[0]?.dataSource;
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), signal]);
  }
  return [...groups];
};
