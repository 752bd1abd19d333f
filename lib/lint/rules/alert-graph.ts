import { nearest } from '../../nearest';
import { refIdsOf } from '../ref-ids';
import { defineRule } from '../rule';
import type { Alert } from '../subject';

/** The nodes of a Grafana alert lead from its queries to its condition. */
export const alertGraph = defineRule({
  id: 'alert-graph',
  on: 'alert',
  severity: 'error',
  needs: 'nothing',
  says: 'a Grafana alert whose condition or expression reads what is not there',
  why: 'Grafana refuses the rule, or it fails at each evaluation and never fires for what it is about.',
  instead:
    'The condition is the refId of a threshold node; a threshold reads one number: of a range query, a reduce node makes one.',

  *check(alert) {
    if (alert.engine !== 'grafana' || alert.queries.length + alert.nodes.length === 0) return;
    // A recording rule of a data source that we do not read.
    if ('record' in alert.json) return;
    const byRefId = new Map<string, Alert['queries'][number] | Alert['nodes'][number]>();
    for (const part of [...alert.queries, ...alert.nodes]) {
      if (byRefId.has(part.refId))
        yield { message: `two parts have the refId \`${part.refId}\``, culprit: part.refId, at: part.at };
      byRefId.set(part.refId, part);
    }
    // Queries of data sources that we do not read are no more than a refId here.
    const known = refIdsOf(alert);
    if (!alert.condition || !known.has(alert.condition)) {
      const message = alert.condition
        ? `the condition \`${alert.condition}\` is no refId of this rule`
        : 'no condition says which part decides';
      yield { message, culprit: alert.condition ?? alert.name, nearest: nearest(alert.condition ?? '', known) };
    }
    for (const node of alert.nodes) {
      if (node.type === 'sql') continue;
      for (const refId of node.reads) {
        if (!known.has(refId)) {
          yield {
            message: `\`${node.refId}\` reads \`${refId}\`, which is not there`,
            culprit: refId,
            at: node.at,
            nearest: nearest(refId, known),
          };
        } else if (refId === node.refId) {
          yield { message: `\`${node.refId}\` reads itself`, culprit: refId, at: node.at };
        }
      }
      if (node.type !== 'threshold') continue;
      const read = byRefId.get(node.reads[0] ?? '');
      if (read && 'mode' in read && read.mode === 'range' && read.language !== 'other') {
        yield {
          message: `\`${node.refId}\` compares the range query \`${read.refId}\`, which is a series and not a number`,
          culprit: read.refId,
          at: node.at,
          expected: 'an instant query, or a reduce node between the two',
        };
      }
    }
  },

  accepts: [
    { name: 'a query and a threshold', grafanaAlert: {} },
    { name: 'a query of another data source', grafanaAlert: { condition: 'C', data: graph({ type: 'mysql' }) } },
  ],
  rejects: [
    { name: 'no such condition', grafanaAlert: { condition: 'Z' }, because: 'the condition `Z`' },
    {
      name: 'a node that reads what is not there',
      grafanaAlert: { condition: 'C', data: graph({ reads: 'B' }) },
      because: '`C` reads `B`',
    },
    {
      name: 'a range, compared',
      grafanaAlert: { condition: 'C', data: graph({ range: true }) },
      because: 'the range query `A`',
    },
  ],
});

function graph({ reads = 'A', range = false, type = 'prometheus' }): readonly object[] {
  const datasource = { type, uid: type };
  return [
    {
      refId: 'A',
      relativeTimeRange: { from: 600, to: 0 },
      datasourceUid: type,
      model: {
        refId: 'A',
        datasource,
        ...(type === 'prometheus' ? { expr: 'up' } : { rawSql: 'SELECT 1' }),
        instant: !range,
        range,
      },
    },
    {
      refId: 'C',
      datasourceUid: '__expr__',
      model: {
        refId: 'C',
        datasource: { type: '__expr__', uid: '__expr__' },
        type: 'threshold',
        expression: reads,
        conditions: [{ evaluator: { type: 'lt', params: [1] } }],
      },
    },
  ];
}
