import type { JsonObject, Path } from '../../subject';
import { inAlerts, inGroups, misspelt, type Changes, type Mutator } from '../mutator';
import { listIn, valueAt } from '../seed';

const set = (path: Path, value: unknown): Changes => ({ set: [[path, value]] });
const annotation = (alert: JsonObject, name: string): string | undefined =>
  valueAt(alert, ['annotations', name]) as string | undefined;
const exprOf = (alert: JsonObject): string => String(alert['expr']);
/** Of a Grafana alert: the query, and the threshold. */
const modelAt = (index: number): Path => ['data', index, 'model'];
const isHeartbeat = (alert: JsonObject): boolean => (alert['alert'] ?? alert['title']) === 'DeadMansSwitch';
const named = (alert: JsonObject): string => String(alert['alert'] ?? alert['title']);

const conditions: readonly Mutator[] = [
  inAlerts(
    'alert-condition',
    'the comparison is forgotten',
    (alert) => {
      const to = exprOf(alert).replace(/ (?:>=|>|<|==) [\d.]+$/, '');
      return to !== exprOf(alert) && !/[<>]|==/.test(to) ? set(['expr'], to) : undefined;
    },
    { most: 8, engine: 'prometheus' },
  ),
  inAlerts(
    'alert-condition',
    'a comparison to a 0 or 1 that is always there',
    (alert) => {
      const to = exprOf(alert).replace(/ (>=|>|<|==) ([\d.]+)$/, ' $1 bool $2');
      return to !== exprOf(alert) && (to.match(/[<>]|==/g) ?? []).length === 1 ? set(['expr'], to) : undefined;
    },
    { most: 6, engine: 'prometheus' },
  ),
  inAlerts(
    'alert-for',
    'no `for`',
    (alert) =>
      alert['for'] !== undefined && alert['for'] !== '0s' && !isHeartbeat(alert) ? set(['for'], undefined) : undefined,
    { most: 10 },
  ),
  inAlerts(
    'alert-for',
    '`for` in days where minutes were meant',
    (alert) =>
      /^\d\dm$/.test(String(alert['for'])) ? set(['for'], String(alert['for']).replace('m', 'd')) : undefined,
    { most: 5 },
  ),
  inAlerts(
    'alert-graph',
    'the threshold reads a query that is not there',
    () => set([...modelAt(1), 'expression'], 'B'),
    { most: 4, engine: 'grafana' },
  ),
  inAlerts('alert-graph', 'the condition is a query that is not there', () => set(['condition'], 'D'), {
    most: 4,
    engine: 'grafana',
  }),
  inAlerts('alert-graph', 'the threshold reads itself', () => set([...modelAt(1), 'expression'], 'C'), {
    most: 3,
    engine: 'grafana',
  }),
  inAlerts(
    'alert-graph',
    'a formula of what is not there',
    (alert) => ({
      set: [
        [[...modelAt(1), 'type'], 'math'],
        [[...modelAt(1), 'expression'], '$Z > 1'],
      ],
      what: `${named(alert)}: $Z > 1`,
    }),
    { most: 3, engine: 'grafana' },
  ),
  inAlerts(
    'alert-never-fires',
    'the comparison in the query, its value in the threshold',
    (alert) => {
      const expr = String(valueAt(alert, [...modelAt(0), 'expr']));
      return /^max by \(\w+\) \((?:up|last_over_time\(probe_success)\{[^}]*\}(?:\[5m\]\))?\)$/.test(expr)
        ? {
            set: [
              [[...modelAt(0), 'expr'], `${expr} == 0`],
              [[...modelAt(1), 'conditions', 0, 'evaluator'], { type: 'gt', params: [0] }],
            ],
          }
        : undefined;
    },
    { most: 4, engine: 'grafana' },
  ),
  inAlerts(
    'alert-never-fires',
    'a threshold that no share reaches',
    (alert) => {
      const expr = String(valueAt(alert, [...modelAt(0), 'expr']));
      return /probe_success|^max by \(host\) \(up/.test(expr) && !/expiry/.test(expr)
        ? set([...modelAt(1), 'conditions', 0, 'evaluator'], { type: 'gt', params: [1] })
        : undefined;
    },
    { most: 4, engine: 'grafana' },
  ),
  inAlerts('alert-never-fires', 'paused and forgotten', () => set(['isPaused'], true), { most: 4, engine: 'grafana' }),
  inAlerts(
    'alert-no-data',
    'nothing said of no data',
    (alert) => (isHeartbeat(alert) ? undefined : set(['noDataState'], undefined)),
    { most: 5, engine: 'grafana' },
  ),
  inAlerts(
    'alert-no-data',
    'nothing said of a query that fails',
    (alert) => (isHeartbeat(alert) ? undefined : set(['execErrState'], undefined)),
    { most: 4, engine: 'grafana' },
  ),
];

const texts: readonly Mutator[] = [
  inAlerts('alert-severity', 'no severity', () => set(['labels', 'severity'], undefined), { most: 8 }),
  inAlerts('alert-severity', 'no labels at all', () => set(['labels'], undefined), { most: 4 }),
  inAlerts(
    'alert-summary',
    'no summary',
    () => ({
      set: [
        [['annotations', 'summary'], undefined],
        [['annotations', 'description'], undefined],
      ],
    }),
    { most: 8 },
  ),
  inAlerts(
    'alert-summary',
    'an empty summary',
    () => ({
      set: [
        [['annotations', 'summary'], ''],
        [['annotations', 'description'], undefined],
      ],
    }),
    { most: 4 },
  ),
  inAlerts('alert-summary', 'no annotations', () => set(['annotations'], undefined), { most: 4 }),
  inAlerts(
    'alert-runbook',
    'no runbook',
    (alert) =>
      annotation(alert, 'runbook_url')
        ? {
            set: [
              [['annotations', 'runbook_url'], undefined],
              [['annotations', 'first_step'], undefined],
            ],
          }
        : undefined,
    { most: 8 },
  ),
  inAlerts(
    'alert-runbook',
    'an empty runbook',
    (alert) =>
      annotation(alert, 'runbook_url')
        ? {
            set: [
              [['annotations', 'runbook_url'], ''],
              [['annotations', 'first_step'], undefined],
            ],
          }
        : undefined,
    { most: 3 },
  ),
  inAlerts(
    'personal-data',
    'a mail address in the summary',
    (alert) => set(['annotations', 'summary'], `${annotation(alert, 'summary') ?? ''}, ask jane.doe@gmail.com`),
    { most: 5 },
  ),
  inAlerts(
    'personal-data',
    'a mail address in the first step',
    (alert) =>
      set(
        ['annotations', 'first_step'],
        `Write to Max Muster <max.muster@t-online.de>. ${annotation(alert, 'first_step') ?? ''}`,
      ),
    { most: 4 },
  ),
  inAlerts('alert-value-in-labels', 'the value in a label', () => set(['labels', 'value'], '{{ $value }}'), {
    most: 5,
    engine: 'prometheus',
  }),
  inAlerts(
    'alert-value-in-labels',
    'the value, nicely, in a label',
    () => set(['labels', 'usage'], '{{ $value | humanizePercentage }}'),
    { most: 3, engine: 'prometheus' },
  ),
  inAlerts(
    'alert-value-in-labels',
    "the value of Grafana's query in a label",
    () => set(['labels', 'value'], '{{ $values.A.Value }}'),
    { most: 3, engine: 'grafana' },
  ),
  inAlerts(
    'alert-text-scale',
    'percent shown as percent of percent',
    (alert) => {
      const [, comparison] = /( >=? [\d.]+| < [\d.]+)$/.exec(exprOf(alert)) ?? [];
      return comparison !== undefined && /\$value \| humanizePercentage/.test(annotation(alert, 'description') ?? '')
        ? set(
            ['expr'],
            `100 * (${exprOf(alert).slice(0, -comparison.length)})${comparison.replace(/[\d.]+/, (number) => String(Number(number) * 100))}`,
          )
        : undefined;
    },
    { most: 6, engine: 'prometheus' },
  ),
];

const templated = (name: string, change: (text: string) => string, most = 5): Mutator =>
  inAlerts(
    'alert-template',
    name,
    (alert) => {
      const key = ['summary', 'description'].find(
        (each) => change(annotation(alert, each) ?? '') !== (annotation(alert, each) ?? ''),
      );
      return key === undefined ? undefined : set(['annotations', key], change(annotation(alert, key) ?? ''));
    },
    { most },
  );

const templates: readonly Mutator[] = [
  templated('a brace is missing', (text) => text.replace(' }}', ' }'), 6),
  templated('no closing braces', (text) => text.replace(/ \}\}.*$/, ''), 4),
  templated(
    'a function, two letters swapped',
    (text) => text.replace(/\b(humanize\w*)/, (_, name: string) => misspelt.swapped(name)),
    5,
  ),
  templated(
    'a function that templates do not have',
    (text) => text.replace(/\{\{ \$labels\.(\w+) \}\}/, '{{ $labels.$1 | upper }}'),
    4,
  ),
  templated('a variable, a letter missing', (text) => text.replace('$labels', '$lables'), 5),
  templated('`if` without `end`', (text) => text.replace(/\{\{ (\$labels\.\w+) \}\}/, '{{ if $1 }}{{ $1 }}'), 4),
  templated('a quote is not closed', (text) => text.replace(/printf "(%[^"]*)"/, 'printf "$1'), 3),
  inAlerts(
    'alert-template',
    'the value of a query that is not there',
    (alert) =>
      set(['annotations', 'description'], `It is {{ $values.Q.Value }}. ${annotation(alert, 'summary') ?? ''}`),
    { most: 4, engine: 'grafana' },
  ),
];

const links: readonly Mutator[] = [
  inAlerts(
    'alert-panel-exists',
    'a panel that is not there',
    (alert) => (annotation(alert, '__panelId__') ? set(['annotations', '__panelId__'], '12345') : undefined),
    { most: 5, engine: 'grafana', together: true },
  ),
  inAlerts(
    'alert-panel-exists',
    'a board that is not there',
    (alert) =>
      annotation(alert, '__dashboardUid__')
        ? set(['annotations', '__dashboardUid__'], misspelt.swapped(annotation(alert, '__dashboardUid__') as string))
        : undefined,
    { most: 5, engine: 'grafana', together: true },
  ),
  inAlerts(
    'alert-panel-exists',
    'a panel without its board',
    (alert) =>
      annotation(alert, '__dashboardUid__') ? set(['annotations', '__dashboardUid__'], undefined) : undefined,
    { most: 3, engine: 'grafana', together: true },
  ),
  inAlerts(
    'alert-panel-exists',
    'a link to a board that is not there',
    (alert) => {
      const url = annotation(alert, 'dashboard_url');
      return url?.includes('/d/lab-')
        ? set(
            ['annotations', 'dashboard_url'],
            url.replace(/\/d\/lab-(\w+)/, (_, name: string) => `/d/lab-${misspelt.swapped(name)}`),
          )
        : undefined;
    },
    { most: 5, engine: 'prometheus', together: true },
  ),
  inAlerts(
    'alert-panel-exists',
    'a link to a panel that is not there',
    (alert) => {
      const url = annotation(alert, 'dashboard_url');
      return url?.includes('viewPanel=')
        ? set(['annotations', 'dashboard_url'], url.replace(/viewPanel=\d+/, 'viewPanel=7'))
        : undefined;
    },
    { most: 4, engine: 'prometheus', together: true },
  ),
];

/** A rule more in a group. */
const added = (group: JsonObject, at: Path, rule: JsonObject, naming: string): Changes => ({
  set: [[['rules'], [...listIn(group, 'rules'), rule]]],
  at,
  naming,
  what: `${naming} a second time`,
});

const copies: readonly Mutator[] = [
  inGroups(
    'alert-duplicate',
    'an alert is copied and not changed',
    (group, { at }) => {
      const rule = listIn(group, 'rules').find((each) => !isHeartbeat(each));
      return rule
        ? added(
            group,
            at,
            { ...rule, ...(rule['uid'] !== undefined && { uid: `${String(rule['uid'])}-2` }) },
            named(rule),
          )
        : undefined;
    },
    { most: 8 },
  ),
  inGroups(
    'alert-duplicate',
    'an alert is copied and given another name',
    (group, { at }) => {
      const rule = listIn(group, 'rules').find((each) => !isHeartbeat(each));
      return rule
        ? added(
            group,
            at,
            { ...rule, ...(rule['uid'] === undefined ? { alert: 'Copy' } : { title: 'Copy', uid: 'copy' }) },
            'Copy',
          )
        : undefined;
    },
    { most: 6 },
  ),
  inGroups(
    'alert-shadowed',
    'a higher limit, the same severity',
    (group, { at }) => {
      const rule = listIn(group, 'rules').find(
        (each) => / >=? [\d.]+$/.test(exprOf(each)) && !/ and | == /.test(exprOf(each)) && !isHeartbeat(each),
      );
      if (!rule) return undefined;
      const expr = exprOf(rule).replace(/[\d.]+$/, (number) => String(Math.max(1, Number(number)) * 2));
      return added(group, at, { ...rule, alert: `${named(rule)}Much`, expr }, named(rule));
    },
    { most: 4 },
  ),
  inGroups(
    'group-duplicate',
    'two groups of one name',
    (group, { seed }) => {
      const groups = listIn(seed.value, 'groups');
      return {
        set: [[['groups'], [...groups, { ...group, rules: [] }]]],
        from: 'top',
        at: [],
        naming: String(group['name']),
        what: `a second group ${String(group['name'])}`,
      };
    },
    { most: 6 },
  ),
];

const tested: readonly Mutator[] = [
  inAlerts(
    'alert-tested',
    'an alert of ours is added without cases',
    (alert) => ('alert' in alert ? set(['alert'], 'HostOnFire') : set(['title'], 'HostOnFire')),
    { most: 5, own: true },
  ),
];

export const alertMutators: readonly Mutator[] = [
  ...conditions,
  ...texts,
  ...templates,
  ...links,
  ...copies,
  ...tested,
];
