import { bare, type Aggregation, type Expr, type Selector } from '../../query/tree';
import type { Knowledge } from '../knowledge';
import { nodesOfKind, rates, sliceOf } from '../promql/nodes';
import { recordingsByName } from '../promql/recordings';
import { defineRule } from '../rule';

const mixing = new Set(['sum', 'avg', 'min', 'max', 'quantile', 'topk', 'bottomk']);

/** Counters are summed after their rate was taken. */
export const rateOfSum = defineRule({
  id: 'rate-of-sum',
  on: 'query',
  severity: 'warning',
  needs: 'nothing',
  says: 'a rate over a sum of counters',
  why: 'When one of the counters starts again at zero, or its target goes away, the sum falls, and `rate()` takes that for a reset of all: a spike as high as everything counted so far.',
  instead: 'Take the rate first, then sum: `sum(rate(x[5m]))`. In recording rules, record the rate.',

  *check(query, { all, knowledge }) {
    for (const { node } of nodesOfKind(query, 'call')) {
      if (!rates.has(node.name) || !node.args[0]) continue;
      const inner = bare(node.args[0]);
      if (inner.kind === 'subquery') {
        const summed = mixed(inner.inner, knowledge);
        if (!summed) continue;
        yield {
          message: `\`${node.name}()\` over \`${summed}\`: a counter that starts again looks like a spike of all`,
          culprit: summed,
          span: node,
          expected: `take \`${node.name}()\` first, then \`${summed}\``,
        };
      } else if (inner.kind === 'selector' && inner.name) {
        const recorded = recordingsByName(all).get(inner.name);
        const summed = recorded?.query.parsed.tree && mixed(recorded.query.parsed.tree, knowledge);
        if (!summed) continue;
        yield {
          message: `\`${node.name}()\` over \`${inner.name}\`, which a recording rule makes with \`${summed}\`: a counter that starts again looks like a spike of all`,
          culprit: inner.name,
          span: node,
          expected: `record \`${summed}\` of the rate instead`,
          ...(recorded && { evidence: sliceOf(recorded.query, { from: 0, to: 120 }) }),
        };
      }
    }
  },

  accepts: [
    { name: 'the rate first', query: 'sum(rate(node_network_receive_bytes_total[5m]))' },
    {
      name: 'the largest rate of an hour',
      query: 'max_over_time(sum(rate(node_network_receive_bytes_total[5m]))[1h:])',
    },
    { name: 'a slope of a sum that may fall', query: 'deriv(sum(node_filesystem_avail_bytes)[1h:])' },
    {
      name: 'perhaps one counter that two targets write',
      query: 'increase(max by (door, uid) (acme_opened_total)[15m:1m])',
    },
    { name: 'what counts events of a sum of rates', query: 'changes(sum(up)[1h:])' },
  ],
  rejects: [
    { name: 'a subquery', query: 'rate(sum(node_network_receive_bytes_total)[5m:])', because: '`rate()` over `sum`' },
    {
      name: 'two counters added up',
      query: 'rate((node_network_receive_bytes_total + node_network_transmit_bytes_total)[5m:])',
      because: '`rate()` over `+`',
    },
    {
      name: 'by device',
      query: 'increase(sum by (instance) (node_network_receive_bytes_total)[1h:1m])',
      because: '`increase()` over `sum`',
    },
    {
      name: 'the largest of several counters',
      query: 'increase(max by (instance) (node_network_receive_bytes_total)[15m:1m])',
      because: '`increase()` over `max`',
    },
    {
      name: 'a recording rule of the sum',
      files: {
        'rules.yaml': [
          'groups:',
          '  - name: network',
          '    rules:',
          '      - record: instance:node_network_receive_bytes:sum',
          '        expr: sum by (instance) (node_network_receive_bytes_total)',
          '      - alert: NetworkBusy',
          '        expr: rate(instance:node_network_receive_bytes:sum[5m]) > 1e8',
          '        for: 10m',
          '',
        ].join('\n'),
      },
      because: 'which a recording rule makes with `sum`',
    },
  ],
});

/** The aggregation that mixes raw counters; one that is of rates already, or of a comparison, is no counter any more. */
const mixed = (expr: Expr, knowledge: Knowledge): string | undefined => {
  const node = bare(expr);
  if (node.kind === 'binary' && node.operator === '+')
    return [node.left, node.right].every((side) => bare(side).kind === 'selector' || mixed(side, knowledge))
      ? '+'
      : undefined;
  if (node.kind !== 'aggregation' || !mixing.has(node.name)) return undefined;
  const inner = bare(node.inner);
  if (inner.kind === 'selector') return seenTwice(node, inner, knowledge) ? undefined : node.name;
  return inner.kind === 'aggregation' && mixed(inner, knowledge) ? node.name : undefined;
};

/** Whether it may take one counter that several targets write, which nobody can tell who does not know the metric. */
const seenTwice = ({ name, grouping }: Aggregation, inner: Selector, knowledge: Knowledge): boolean =>
  (name === 'max' || name === 'min') && grouping !== undefined && knowledge.of(inner).state !== 'known';
