import { labelsOf, type Labels } from '../labels';
import { misspelt } from '../promql/label-doubt';
import { labelsOfTemplate } from '../promql/template-labels';
import { defineRule } from '../rule';

export const alertTextLabels = defineRule({
  id: 'alert-text-labels',
  on: 'alert',
  severity: 'warning',
  needs: 'catalog',
  says: 'an alert whose text names a label that its query does not keep',
  why: 'The message arrives with a hole where the name of the host or disk should be, at the moment when it is needed.',
  instead: 'Keep the label in `by (...)`, or take it out of the text.',

  *check({ queries, engine, labels: own, annotations, nodes }, { knowledge, homelab }) {
    const labels = queries.flatMap(({ parsed: { tree } }) => (tree ? [labelsOf(tree, knowledge)] : []));
    if (labels.length === 0 || labels.length < queries.length) return;
    if (nodes.some(({ type }) => type === 'sql' || type === 'classic_conditions')) return;
    const texts = [
      ...Object.entries(annotations).map((entry) => ['annotation', ...entry] as const),
      ...Object.entries(own).map((entry) => ['label', ...entry] as const),
    ];
    const said = new Set<string>();
    for (const [what, key, text] of texts)
      for (const { name } of labelsOfTemplate(text)) {
        if (said.has(name) || (engine === 'grafana' && ofGrafana.has(name))) continue;
        const lack = lackOf(name, labels);
        if (!lack) continue;
        said.add(name);
        yield {
          message: `the ${what} \`${key}\` names \`${name}\`, which the query does not ${lack.lost ? 'keep' : 'have'}`,
          culprit: name,
          nearest: lack.nearest,
          ...(!lack.lost && lack.nearest.length === 0 && !homelab && { severity: 'info' as const }),
        };
      }
  },

  accepts: [
    {
      name: 'a label that is kept',
      alert: {
        expr: 'sum by (instance) (node_load1) > 4',
        annotations: { description: '', summary: '{{ $labels.instance }} is busy' },
      },
    },
    {
      name: 'a label of an absent metric, given by a matcher',
      alert: { expr: 'absent(up{job="node"})', annotations: { description: '', summary: '{{ $labels.job }} is away' } },
    },
    {
      name: 'a label that scraping may add',
      alert: { expr: 'node_load1 > 4', annotations: { description: '', summary: '{{ $labels.cluster }}' } },
    },
  ],
  rejects: [
    {
      name: 'a label that is gone',
      alert: {
        expr: 'sum by (job) (node_load1) > 4',
        annotations: { description: '', summary: '{{ $labels.instance }} is busy' },
      },
      because: '`instance`',
    },
    {
      name: 'a label of what is absent',
      alert: {
        expr: 'absent(up{job="node"})',
        annotations: { description: '', summary: '{{ $labels.instance }} is away' },
      },
      because: '`instance`',
    },
    {
      name: 'a misspelt label',
      alert: {
        expr: 'node_filesystem_avail_bytes < 1',
        annotations: { description: '', summary: '{{ $labels.mountpont }} is full' },
      },
      because: '`mountpont`',
    },
  ],
});

/** Grafana adds them to those of the series. */
const ofGrafana = new Set(['alertname', 'grafana_folder', 'ref_id', 'datasource_uid', 'rulename']);

const lackOf = (name: string, labels: readonly Labels[]): { lost: boolean; nearest: readonly string[] } | undefined => {
  if (labels.some((each) => each.has(name) === 'yes')) return undefined;
  const nearest = [...new Set(labels.flatMap((each) => misspelt(name, each.names)))];
  if (labels.some((each) => each.has(name) === 'maybe'))
    return nearest.length > 0 ? { lost: false, nearest } : undefined;
  return { lost: labels.some((each) => each.lostAt(name) !== undefined), nearest };
};
