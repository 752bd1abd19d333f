import { labelsOf } from '../labels';
import { misspelt } from '../promql/label-doubt';
import { labelsOfLegend } from '../promql/template-labels';
import { defineRule } from '../rule';

const panelWith = (expr: string, legendFormat: string): object => ({ targets: [{ refId: 'A', expr, legendFormat }] });

export const legendLabels = defineRule({
  id: 'legend-labels',
  on: 'query',
  severity: 'warning',
  needs: 'catalog',
  says: 'a legend that names a label which the query does not keep',
  why: 'The label is left empty, so that lines have half a name, or all the same one.',
  instead: 'Keep the label in `by (...)`, or take it out of the legend.',

  *check({ owner, text, legend, hidden, format, parsed: { tree } }, { knowledge, homelab }) {
    if (!tree || !legend || hidden || format === 'table' || owner.kind !== 'panel' || unnamed.test(owner.type)) return;
    const labels = labelsOf(tree, knowledge);
    for (const { name } of labelsOfLegend(legend)) {
      if (name.includes('$')) continue;
      const has = labels.has(name);
      if (has === 'yes') continue;
      const nearest = misspelt(name, labels.names);
      if (has === 'maybe' && nearest.length === 0) continue;
      const lost = labels.lostAt(name);
      const several = name.split(',').map((each) => each.trim());
      yield {
        message:
          several.length > 1
            ? `the legend names \`${name}\`, which is no label`
            : has === 'no' && lost
              ? `the legend names \`${name}\`, which \`${nameAt(text, lost)}\` takes away`
              : `the legend names \`${name}\`, which the query does not have`,
        culprit: name,
        ...(lost && several.length === 1 && { span: lost }),
        ...(several.length > 1 && { expected: several.map((each) => `\`{{${each}}}\``).join(' and ') }),
        nearest,
        // Without the homelab file, somebody may have added what was not taken away. The name of the metric goes at most operations; a legend without it still tells lines apart.
        ...((name === '__name__' || single.has(owner.type) || (!lost && nearest.length === 0 && !homelab)) && {
          severity: 'info' as const,
        }),
      };
    }
  },

  accepts: [
    { name: 'a label that is kept', panel: panelWith('sum by (instance) (node_load1)', '{{instance}}') },
    {
      name: 'a label of the metric',
      panel: panelWith('rate(node_network_receive_bytes_total[$__rate_interval])', '{{ device }}'),
    },
    { name: 'a label that scraping may add', panel: panelWith('node_load1', '{{cluster}}') },
    {
      name: 'a label that a join brings',
      panel: panelWith('node_load1 * on (instance) group_left (nodename) node_uname_info', '{{nodename}}'),
    },
    {
      name: 'the buckets of a heatmap',
      panel: {
        type: 'heatmap',
        targets: [
          {
            refId: 'A',
            expr: 'sum by (le) (rate(prometheus_http_request_duration_seconds_bucket[$__rate_interval]))',
            format: 'heatmap',
            legendFormat: '{{handler}}',
          },
        ],
      },
    },
    { name: 'no label at all', panel: panelWith('sum(node_load1)', 'load') },
  ],
  rejects: [
    {
      name: 'a label that is gone',
      panel: panelWith('sum by (job) (node_load1)', '{{instance}}'),
      because: '`instance`',
    },
    {
      name: 'a label that only one side of a join has',
      panel: panelWith('node_filesystem_avail_bytes / on (instance) group_right () node_load1', '{{mountpoint}}'),
      because: '`mountpoint`',
    },
    {
      name: 'two labels in one',
      panel: panelWith('sum by (job, instance) (node_load1)', '{{job,instance}}'),
      because: 'which is no label',
    },
    {
      name: 'a misspelt label',
      panel: panelWith('node_filesystem_avail_bytes', '{{mountpont}}'),
      because: '`mountpont`',
    },
  ],
});

/** Panels that show no names of lines: a table has the labels in columns, a heatmap the limits of its buckets. */
const unnamed = /^(table|heatmap)/;

/** Panels that show a legend only where there are several values. */
const single = new Set(['stat', 'gauge', 'singlestat', 'bargauge', 'piechart']);

/** The word of the query that stands there, not all that follows it. */
const nameAt = (text: string, { from, to }: { readonly from: number; readonly to: number }): string =>
  /^\w+/.exec(text.slice(from, to))?.[0] ?? text.slice(from, to);
