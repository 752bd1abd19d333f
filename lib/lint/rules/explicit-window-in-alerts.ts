import { nodesOfKind } from '../promql/nodes';
import { isInRuleFile, isRule } from '../promql/used-in';
import { ownSeverity } from '../own-severity';
import { defineRule } from '../rule';
import type { Query } from '../subject';

/** What Grafana's data sources fill in for a rule, too (`pkg/promlib/models/query.go`, Grafana 12.3); Loki knows `__auto` beside. */
const filledIn = new Set([
  '__interval',
  '__interval_ms',
  '__range',
  '__range_s',
  '__range_ms',
  '__rate_interval',
  '__rate_interval_ms',
  '__auto',
]);

/** `${CLUSTER}`: what brings the file to the server fills it in before. */
const environment = /^\$\{[A-Z][A-Z0-9_]*\}$/;

/** Rules say their windows and labels themselves. */
export const explicitWindowInAlerts = defineRule({
  id: 'explicit-window-in-alerts',
  on: 'query',
  severity: 'error',
  needs: 'nothing',
  says: 'a variable of a dashboard in a rule',
  why: 'Nobody chooses a value when a rule is evaluated: `$host` selects nothing, and Prometheus does not load a file with `[$__rate_interval]`. Where Grafana fills in a macro, the window depends on settings of the data source that nobody sees in the rule.',
  instead: 'Write the window, `[5m]`, and leave out the matcher: a rule looks at all of them.',

  *check(query) {
    if (!isRule(query) || query.language === 'other') return;
    const groups = replacements(query);
    for (const { name, span } of query.parsed.variables) {
      if (groups.some(({ from, to }) => span.from >= from && span.to <= to)) continue;
      const written = query.text.slice(span.from, span.to);
      if (isInRuleFile(query)) {
        if (environment.test(written)) continue;
        yield {
          message: `\`${written}\` is filled in by dashboards only`,
          culprit: name,
          span,
          expected: expectedOf(name),
        };
      } else if (!filledIn.has(name)) {
        yield {
          message: `\`${written}\` has no value in an alert rule`,
          culprit: name,
          span,
          expected: expectedOf(name),
        };
      } else if (!name.startsWith('__range')) {
        yield {
          message: `how long \`${written}\` is in an alert rule depends on settings of its data source`,
          culprit: name,
          span,
          expected: expectedOf(name),
          severity:
            name.startsWith('__interval') && query.language === 'promql'
              ? 'warning'
              : ownSeverity(query, 'warning', 'info'),
        };
      }
    }
  },

  accepts: [
    { name: 'a window of its own', alert: { expr: 'rate(node_vmstat_oom_kill[5m]) > 0' } },
    {
      name: 'groups of a regular expression',
      alert: { expr: 'label_replace(up, "host", "$1", "instance", "(.*):.*") == 0' },
    },
    {
      name: 'named groups',
      alert: { expr: 'label_replace(up, "host", "$name", "instance", "(?P<name>.*):.*") == 0' },
    },
    { name: 'the end of a pattern', alert: { expr: 'up{job=~"node$|blackbox$"} == 0' } },
    { name: 'what Flux or envsubst fills in', alert: { expr: 'up{group="${CLUSTER}-external"} == 0' } },
    { name: 'a panel', query: 'rate(node_vmstat_oom_kill[$__rate_interval])' },
  ],
  rejects: [
    {
      name: 'a macro in a rule file',
      alert: { expr: 'rate(node_vmstat_oom_kill[$__rate_interval]) > 0' },
      because: 'filled in by dashboards only',
    },
    {
      name: 'a variable in a rule file',
      alert: { expr: 'up{instance=~"$host"} == 0' },
      because: 'filled in by dashboards only',
    },
    {
      name: 'a variable in a rule of Grafana',
      grafanaAlert: {
        condition: 'C',
        data: [
          {
            refId: 'A',
            relativeTimeRange: { from: 600, to: 0 },
            datasourceUid: 'prometheus',
            model: {
              refId: 'A',
              datasource: { type: 'prometheus', uid: 'prometheus' },
              expr: 'up{instance="$host"}',
              instant: true,
            },
          },
          {
            refId: 'C',
            datasourceUid: '__expr__',
            model: {
              refId: 'C',
              type: 'threshold',
              expression: 'A',
              conditions: [{ evaluator: { type: 'lt', params: [1] } }],
            },
          },
        ],
      },
      because: 'has no value',
    },
  ],
});

const expectedOf = (name: string): string =>
  name.startsWith('__') ? 'a window of its own, such as `[5m]`' : 'a matcher without it, or none';

/** Where `$1` and `$name` are groups of a pattern. */
const replacements = (query: Query): readonly { readonly from: number; readonly to: number }[] =>
  nodesOfKind(query, 'call')
    .filter(({ node }) => node.name === 'label_replace')
    .flatMap(({ node }) => node.args.slice(2));
