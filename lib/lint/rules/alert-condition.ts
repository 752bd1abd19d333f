import { bare, type Expr } from '../../query/tree';
import { limitOf, outcomeOf } from '../promql/comparison';
import { isCondition } from '../promql/condition';
import { recordingsByName } from '../promql/recordings';
import { valueRangeOf } from '../promql/value-range';
import type { Knowledge } from '../knowledge';
import { defineRule } from '../rule';

/** Alerts say when they fire. */
export const alertCondition = defineRule({
  id: 'alert-condition',
  on: 'alert',
  severity: 'warning',
  needs: 'nothing',
  says: 'an alert without a condition, or with one that always holds',
  why: 'A rule fires for every series that its expression gives, whatever the value: without a comparison that is each one, always. `bool` turns a comparison into a 0 or 1 that is always there, too.',
  instead: 'Compare: `x > 5`, without `bool`; or `absent(x)`, `a unless b`.',

  *check(alert, { all, knowledge }) {
    const [query] = alert.queries;
    const tree = query?.parsed.tree;
    if (!query || !tree) return;
    if (alert.engine === 'grafana') {
      const [decides] = alert.nodes.filter(({ refId }) => refId === alert.condition);
      // Grafana fires where the value is not 0, and a condition of several queries is not followed.
      const plain = decides ? decides.type === 'reduce' && decides.reads.length === 1 : query.refId === alert.condition;
      if (!plain || alert.queries.length !== 1 || comparesAnywhere(tree, knowledge)) return;
      yield {
        message: 'no node says when this fires: Grafana takes every value but 0 for an alert',
        culprit: alert.name,
        expected: 'a threshold node as the condition',
      };
      return;
    }
    const holds = isCondition(tree, recordingsByName(all), knowledge);
    if (holds === false) {
      yield {
        message: usesBool(tree)
          ? '`bool` gives 0 or 1 instead of nothing: this fires always'
          : 'this fires for every series, whatever its value: there is no condition',
        culprit: alert.name,
        at: query.at,
        expected: usesBool(tree) ? 'the comparison without `bool`' : 'a comparison: `… > 0`',
      };
      return;
    }
    const node = bare(tree);
    const limit = node.kind === 'binary' && !node.bool ? limitOf(node) : undefined;
    if (!limit || !['>=', '<=', '>', '<', '!='].includes(limit.operator)) return;
    const range = valueRangeOf(limit.of, knowledge);
    // `count(x) > 0` says that there is one: a condition by existence.
    const exists = range.from === range.to || /no series/.test(range.because);
    if (exists || outcomeOf(range, limit.operator, limit.value) !== 'always') return;
    yield { message: `this fires always: ${range.because}`, culprit: alert.name, at: query.at };
  },

  accepts: [
    { name: 'a comparison', alert: { expr: 'up == 0' } },
    { name: 'something missing', alert: { expr: 'absent(up{job="node"})' } },
    { name: 'one without the other', alert: { expr: 'up unless on (instance) node_uname_info' } },
    { name: 'a heartbeat', alert: { expr: 'vector(1)' } },
    { name: 'a count of what is wrong', alert: { expr: 'count by (job) (up == 0)' } },
    {
      name: 'a value of what is wrong',
      alert: { expr: '(up == 0) * on (instance) group_left (nodename) node_uname_info' },
    },
    { name: 'alerts that fire', alert: { expr: 'ALERTS{alertname="InstanceDown"}' } },
    { name: 'a recording rule that nobody gave', alert: { expr: 'instance:broken:count' } },
    { name: 'series that are there only then', alert: { expr: 'flux_instance_info{ready!="True"}' } },
    { name: 'one at least', alert: { expr: 'count(up == 0) > 0' } },
  ],
  rejects: [
    { name: 'no comparison', alert: { expr: 'rate(node_vmstat_oom_kill[5m])' }, because: 'there is no condition' },
    {
      name: 'a guard, which is no condition',
      alert: { expr: 'node_load1 / (node_load15 > 0)' },
      because: 'there is no condition',
    },
    {
      name: 'a measured value, chosen by a label',
      alert: { expr: 'node_filesystem_readonly{fstype="ext4"}' },
      because: 'there is no condition',
    },
    { name: 'bool', alert: { expr: 'up == bool 0' }, because: '`bool` gives 0 or 1' },
    { name: 'one side without', alert: { expr: 'up == 0 or probe_success' }, because: 'there is no condition' },
    { name: 'one that holds always', alert: { expr: 'rate(node_vmstat_oom_kill[5m]) >= 0' }, because: 'fires always' },
  ],
});

const comparesAnywhere = (expr: Expr, knowledge: Knowledge): boolean =>
  isCondition(expr, new Map(), knowledge) !== false || usesBool(expr);

const usesBool = (expr: Expr): boolean => {
  const node = bare(expr);
  if (node.kind === 'binary') return node.bool || usesBool(node.left) || usesBool(node.right);
  return node.kind === 'aggregation' ? usesBool(node.inner) : false;
};
