import { ownSeverity } from '../own-severity';
import { defineRule } from '../rule';
import type { Query } from '../subject';

/** Lines of one panel can be told apart. */
export const legendDistinct = defineRule({
  id: 'legend-distinct',
  on: 'panel',
  severity: 'info',
  needs: 'nothing',
  says: 'two queries of a panel with the same legend',
  why: 'Lines of the same name cannot be told apart, and Grafana gives overrides by name to both.',
  instead: 'Say in the legend what each query shows: `read {{device}}`, `written {{device}}`.',

  *check(panel) {
    if (panel.type === 'table' || panel.transformations.length > 0) return;
    const byLegend = new Map<string, Query[]>();
    for (const query of panel.queries) {
      const legend = query.legend?.trim() ?? '';
      if (query.hidden || legend === '' || legend === '__auto') continue;
      byLegend.set(legend, [...(byLegend.get(legend) ?? []), query]);
    }
    for (const [legend, [first, ...others]] of byLegend) {
      // Names of one thing, of which a host has either, may share a legend: no more than `info` for strangers.
      const other = others.find((query) => first && query.text.trim() !== first.text.trim());
      if (!first || !other) continue;
      yield {
        message: `queries ${first.refId} and ${other.refId} have the same legend \`${legend}\``,
        culprit: legend,
        expected: 'say in each legend what it shows',
        at: other.at,
        severity: ownSeverity(panel, 'warning', 'info'),
      };
    }
  },

  accepts: [
    {
      name: 'two legends',
      panel: {
        targets: [
          { refId: 'A', expr: 'up == 1', legendFormat: 'up' },
          { refId: 'B', expr: 'up == 0', legendFormat: 'down' },
        ],
      },
    },
    {
      name: 'none',
      panel: {
        targets: [
          { refId: 'A', expr: 'up == 1' },
          { refId: 'B', expr: 'up == 0' },
        ],
      },
    },
    {
      name: 'one of them hidden',
      panel: {
        targets: [
          { refId: 'A', expr: 'up == 1', legendFormat: 'up' },
          { refId: 'B', expr: 'up == 0', legendFormat: 'up', hide: true },
        ],
      },
    },
  ],
  rejects: [
    {
      name: 'the same',
      panel: {
        targets: [
          { refId: 'A', expr: 'sum(up == 1)', legendFormat: 'up' },
          { refId: 'B', expr: 'sum(up == 0)', legendFormat: 'up' },
        ],
      },
      because: 'the same legend',
    },
  ],
});
