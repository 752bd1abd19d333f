import type { Rule } from '../rule';
import { ruleTable } from './page';

/** `docs/lint/README.md`: what the linter does, and all its rules. */
export const lintGuide = (rules: readonly Rule[]): string => `# The linter

\`npm run lint\` reads dashboards and rules, ours or anybody's, and holds every query, panel and alert against what the exporters really
have. It says what cannot work (**error**), what works badly or by luck (**warning**), and what is worth knowing (**info**).

\`\`\`
npm run -s lint                                          what your homelab file renders
npm run -s lint -- boards/ rules.yaml                    files and folders of anybody
curl -s http://grafana/api/dashboards/uid/x | npm run -s lint -- -
npm run -s lint -- --prometheus http://localhost:9090    asks a live server too
npm run -s lint -- --grafana http://localhost:3000       asks through a Grafana's data source (GRAFANA_TOKEN)
npm run -s lint -- --explain metric-exists               one rule, with examples
\`\`\`

**What it reads.** Grafana dashboards (classic schema, v2, what the API answers, exports with \`__inputs\`), Grafana alerting files, rule
files of Prometheus, Mimir, Loki and VictoriaMetrics, \`PrometheusRule\` objects; JSON or YAML. What it does not understand is said, and the
exit code is 2: it never passes a file that it did not understand.

**What it asks.** The recorded catalogs (\`lib/catalog/recorded\`), those of \`--catalog FILE\`, and a server where one is given: one request
for each metric that the files name, and at most ten more. A metric of a source that no catalog covers is said once, as \`metric-not-covered\`.
Who may ask is said by environment variables only: \`PROMETHEUS_TOKEN\`, \`PROMETHEUS_USER\` and \`PROMETHEUS_PASSWORD\`, \`PROMETHEUS_HEADER\`,
\`PROMETHEUS_TENANT\`, \`PROMETHEUS_CLIENT_CERT\` and \`PROMETHEUS_CLIENT_KEY\`, \`PROMETHEUS_CA_FILE\`; the same with \`LOKI_\` and \`GRAFANA_\`.

**Exit codes.** 0: no finding at or above \`--fail-on\` (default \`warning\`). 1: findings. 2: something could not be read, understood or
reached; findings about the rest are printed all the same.

**Formats.** \`--format readable\`, \`json\`, \`sarif\` (2.1.0, for code scanning), \`github\` (annotations), \`junit\`.

## What is right all the same

An exception stands beside what it is about, with its reason, and perhaps a day on which it ends. One that allows nothing any more, or whose
day is past, is a finding itself (\`exception-unused\`, \`exception-expired\`, \`exception-unknown-rule\`).

\`\`\`ts
allow(timeseries(backup.duration), 'series-present', 'exported only while a backup runs', { until: '2027-01-31' });
\`\`\`

In YAML rules a comment above the rule, the group, or at the top of the file:

\`\`\`yaml
# lint allow alert-for until 2027-01-31: fires at once on purpose
- alert: Heartbeat
\`\`\`

For JSON boards, and for what is not yours, a file \`homelab-lint.yaml\` beside the homelab file or where the command runs (or
\`--exceptions FILE\`); what is not said fits all:

\`\`\`yaml
allow:
  - rule: metric-exists
    reason: written by a script of ours
    about: backup_*
    dashboard: Backups
\`\`\`

## Rules

Each page is made from the rule itself; its examples are the rule's tests.

${ruleTable(rules)}
How often it is wrong on boards and rules that we did not write, and how fast it is: [measured.md](measured.md).
`;
