import { describe, expect, it } from 'vitest';
import { resolveHomelab } from '../homelab/resolve';
import { includedNotes, renderIncluded } from '../render/included';
import type { Engine } from '../homelab/homelab';
import { complaintsAbout, fileOf, included } from './testing/files';

/** A rule file with these lines in its only rule. */
const rule = (...lines: readonly string[]): string =>
  [
    'groups:',
    '  - name: a',
    '    rules:',
    ...lines.map((line, index) => `      ${index === 0 ? '-' : ' '} ${line}`),
    '',
  ].join('\n');
const fine = rule('alert: Full', 'expr: a > 1');
const pathsOf = (files: Readonly<Record<string, string>>, engine: Engine = 'prometheus'): readonly string[] =>
  renderIncluded(
    included(
      Object.entries(files).map(([path, text]) => fileOf(path, text)),
      { alerting: { engine } },
    ),
  ).map(({ path }) => path);
const said = (text: string, engine: Engine = 'prometheus'): string =>
  complaintsAbout([fileOf('a.yaml', text)], { alerting: { engine } });

describe('a rule file', () => {
  it('is written as it came, comments and all', () => {
    const text = `# Ours since 2019.\n${fine}\n# end`;
    const [artifact] = renderIncluded(included([fileOf('rules/disk.yaml', text)]));
    expect(artifact).toEqual({
      kind: 'rules',
      path: 'prometheus/rules/included-rules-disk.yaml',
      name: 'included-rules-disk',
      text,
      source: 'home/rules/disk.yaml',
    });
  });

  it('has a name of its own, whatever its path', () => {
    expect(pathsOf({ 'own/Disk (old).yml': fine })).toEqual(['prometheus/rules/included-own-disk-old.yaml']);
    const paths = pathsOf({ 'a/b.yaml': fine, 'a-b.yaml': fine, 'a/b.yml': fine, 'A/b.yaml': fine, 'c.yaml': fine });
    expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(5);
    expect(paths).toContain('prometheus/rules/included-c.yaml');
  });

  it('may be JSON', () => {
    const json = JSON.stringify({ groups: [{ name: 'a', rules: [{ record: 'a:b', expr: 'sum(a)' }] }] });
    expect(pathsOf({ 'a.json': json })).toEqual(['prometheus/rules/included-a.yaml']);
  });
});

describe('who reads it', () => {
  it.each([
    ['Prometheus', fine, 'prometheus/rules'],
    ['Mimir, by its namespace', `namespace: home\n${fine}`, 'mimir/rules'],
    ['Mimir, by a key of a group', fine.replace('rules:', 'source_tenants: [a]\n    rules:'), 'mimir/rules'],
    ['vmalert', fine.replace('rules:', 'concurrency: 2\n    rules:'), 'vmalert/rules'],
    [
      'Loki, by a filter',
      rule('alert: A', 'expr: \'sum(count_over_time({app="x"} |= "error" [5m])) > 3\''),
      'loki/rules',
    ],
    ['Loki, by a selector without a name', rule('record: a', 'expr: \'sum(rate({app="x"}[5m]))\''), 'loki/rules'],
    [
      'Prometheus, by a name in braces',
      rule('record: a', 'expr: \'sum(rate({"http.requests", app="x"}[5m]))\''),
      'prometheus/rules',
    ],
    [
      'Prometheus, by a matcher of the name',
      rule('record: a', 'expr: \'count({__name__=~"a.*"})\''),
      'prometheus/rules',
    ],
    [
      'Prometheus, by another rule',
      `${rule('record: a', 'expr: \'{job="x"}\'')}      - { record: b, expr: sum(b) }\n`,
      'prometheus/rules',
    ],
    [
      'Loki, by another rule',
      `${rule('alert: A', "expr: '1 > bool 0'")}      - { record: b, expr: 'rate({a="b"}[5m])' }\n`,
      'loki/rules',
    ],
    ['Prometheus, with no selector at all', rule('record: a', "expr: '1 > bool 0'"), 'prometheus/rules'],
    ['Prometheus, by a comparison', rule('alert: A', 'expr: \'a{b="c"} != 0\''), 'prometheus/rules'],
  ])('%s', (_, text, folder) => expect(pathsOf({ 'a.yaml': text })).toEqual([`${folder}/included-a.yaml`]));

  it('is vmalert for MetricsQL where that evaluates, and nobody elsewhere', () => {
    const text = rule('record: a', 'expr: sum(rate(a)) keep_metric_names');
    expect(pathsOf({ 'a.yaml': text }, 'vmalert')).toEqual(['vmalert/rules/included-a.yaml']);
    expect(said(text)).toContain('error: home/a.yaml:5:15 groups[0].rules[0].expr: no PromQL: unexpected');
  });

  it('is told to the linter: LogQL is of a kind of its own', () => {
    const text = rule('record: a', 'expr: \'sum(rate({app="x"}[5m]))\'');
    expect(renderIncluded(included([fileOf('a.yaml', text)])).map(({ kind }) => kind)).toEqual(['loki-rules']);
  });
});

describe('what a reader of rule files would refuse', () => {
  it.each([
    ['groups: 3', 'groups: no list of groups'],
    ['groups: [a]', 'groups[0]: no group of rules'],
    ['groups: [{ rules: [] }]', 'groups[0].name: a group without a name'],
    ['groups: [{ name: a }]', 'groups[0].rules: no list of rules'],
    ['groups: [{ name: a, rules: [] }, { name: a, rules: [] }]', 'groups[1].name: groups[0] has this name too'],
    ['groups: []\ngroup: a', 'group: a key that no reader of rule files knows'],
    [fine.replace('alert', 'alrt'), 'alrt: a key that no reader of rule files knows'],
    [rule('expr: a'), 'groups[0].rules[0]: neither an alert nor a recording rule'],
    [rule('alert: A', 'record: b', 'expr: a'), 'groups[0].rules[0]: an alert and a recording rule in one'],
    [rule('record: \'a{b="c"}\'', 'expr: a'), 'groups[0].rules[0].record: no name'],
    [rule('alert: A'), 'groups[0].rules[0].expr: a rule without an expression'],
    [rule('alert: A', 'expr: sum(a'), 'groups[0].rules[0].expr: no PromQL: the query ends too early'],
    [rule('alert: A', 'expr: rate(a[$__rate_interval])'), 'groups[0].rules[0].expr: no PromQL'],
    [rule('alert: A', 'expr: a', 'for: 5 minutes'), 'groups[0].rules[0].for: no duration'],
    [rule('record: a', 'expr: a', 'for: 5m'), 'groups[0].rules[0].for: a recording rule has no `for`'],
    [rule('record: a', 'expr: a', 'labels: { __name__: b }'), 'labels.__name__: the name of a series is no label'],
    [rule('alert: A', 'expr: a', 'labels: [a]'), 'groups[0].rules[0].labels: not names with texts'],
    [`namespace: a\n${fine.replace('rules:', 'concurrency: 2\n    rules:')}`, 'keys of Mimir and of vmalert'],
    [
      `${rule('record: a', 'expr: \'sum(rate({app="x"} |= "y" [5m]))\'')}      - { record: b, expr: sum(b) }\n`,
      'LogQL in a file that holds PromQL, too',
    ],
  ])('%j', (text, words) => expect(said(text)).toContain(words));

  it.each([
    'groups: []',
    'groups: [{ name: a, rules: [], interval: 30s, limit: 3, query_offset: 1m, labels: { a: b } }]',
    rule(
      'alert: A',
      'expr: a',
      'for: 1h30m',
      'keep_firing_for: 0',
      'labels: { a: 1 }',
      'annotations: { b: "{{ $value }}" }',
    ),
    rule('record: a', 'expr: 1'),
  ])('near it, and fine: %j', (text) => expect(said(text)).toBe(''));

  it('is told with its line, all of it at once, and for all files', () => {
    const text = rule('alert: A', 'expr: a', 'for: 5 minutes', 'lables: {}');
    expect(complaintsAbout([fileOf('b.yaml', 'groups: 3'), fileOf('a.yaml', text)])).toBe(
      [
        "error: home/a.yaml:6:14 groups[0].rules[0].for: no duration, got '5 minutes'",
        '  allowed: a number and its unit, such as 5m or 1h30m',
        '  6 |         for: 5 minutes',
        '    |              ^^^^^^^^^',
        'error: home/a.yaml:7:9 groups[0].rules[0].lables: a key that no reader of rule files knows',
        '  allowed: labels, record, alert, expr, for, keep_firing_for, annotations, debug, and 1 more',
        '  try: write `labels:` instead of `lables:`',
        '  7 |         lables: {}',
        '    |         ^^^^^^',
        'error: home/b.yaml:1:9 groups: no list of groups of rules, got 3',
        '  try: write `groups:` and below it `- name: ...`',
        '  1 | groups: 3',
        '    |         ^',
      ].join('\n'),
    );
  });
});

describe('alerts beside those that Grafana evaluates', () => {
  const notes = (text: string, engine: Engine) => {
    const homelab = { hosts: [{ name: 'nas' }], alerting: { engine } };
    return includedNotes(included([fileOf('a.yaml', text)], homelab), resolveHomelab(homelab));
  };

  it('are said to be told by another; recording rules, and alerts of one engine, need no word', () => {
    expect(notes(fine, 'grafana')).toEqual([
      'home/a.yaml: the alert Full is evaluated by Prometheus, not by Grafana as ours are: who is told is up to the Alertmanager of that Prometheus',
    ]);
    expect(notes(fine, 'prometheus')).toEqual([]);
    expect(notes(rule('record: a', 'expr: b'), 'grafana')).toEqual([]);
  });
});
