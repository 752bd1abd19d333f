import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Alert } from '../alerts/alert';
import { defineAlerts } from '../alerts/define';
import { defineDashboard, section } from '../dashboards/dashboard';
import { resolveHomelab } from '../homelab/resolve';
import type { IncludedFile } from '../included/included-file';
import { allow } from '../panel-facts';
import { render, type Content } from '../render/render';
import { above } from '../alerts/condition';
import { timeseries } from '../../panels/timeseries';
import { documentsOf } from './documents/own';
import { readIncluded } from './documents/included';
import { read } from './documents/read';
import { applyExceptions, type ExceptionOptions, type ListedException } from './exceptions';
import { lint, subjectsIn } from './lint';
import { defineRule, type Rule } from './rule';
import type { LintDocument } from './subject';
import { cleanBoard, cleanPanel } from './testing/clean';
import { noKnowledge } from './testing/rule-cases';

const texts = { says: '', why: '', accepts: [], rejects: [] } as const;
/** Reports each metric that a query names. */
const named = defineRule({
  ...texts,
  id: 'names-metric',
  on: 'query',
  severity: 'error',
  needs: 'nothing',
  *check(query) {
    for (const { name = '' } of query.parsed.selectors) yield { message: `it names ${name}`, culprit: name };
  },
});
/** Reports each alert. */
const alerting = defineRule({
  ...texts,
  id: 'is-alert',
  on: 'alert',
  severity: 'warning',
  needs: 'nothing',
  *check({ name }) {
    yield { message: `${name} is an alert`, culprit: name };
  },
});
const rules: readonly Rule[] = [named, alerting];
const today = '2026-11-21';

const excepted = (
  documents: readonly LintDocument[],
  listed: readonly ListedException[] = [],
  options: Partial<ExceptionOptions> = {},
) => {
  const { findings } = lint(documents, rules, { knowledge: noKnowledge, today });
  const ids = new Set(rules.map(({ id }) => id));
  const situated = findings.map(({ subject, ...finding }) => ({ subject, finding }));
  return applyExceptions(situated, subjectsIn(documents), listed, { today, ran: ids, known: ids, ...options });
};
const said = ({ findings }: ReturnType<typeof excepted>): readonly string[] =>
  findings.map(({ rule, message }) => `${rule}: ${message}`);

const boardOf = (expr: string, title = 'Bytes received'): object =>
  cleanBoard([{ ...cleanPanel, title, targets: [{ ...cleanPanel.targets[0], expr }] }]);
const board = (expr: string, file = 'own/network.json'): readonly LintDocument[] =>
  read(file, JSON.stringify(boardOf(expr))).documents;
const one = (differs: Partial<ListedException> = {}): ListedException => ({
  rule: 'names-metric',
  reason: 'it is right here',
  place: { file: 'homelab-lint.yaml', line: 2, column: 5 },
  ...differs,
});
const unused = 'exception-unused: the exception from `names-metric` allows nothing any more';

describe('an exception of a lint file', () => {
  it('takes its findings away, and counts them', () => {
    const { findings, allowed } = excepted(board('up + up'), [one()]);
    expect([findings, allowed]).toEqual([[], 2]);
  });

  it.each([
    [{ rule: 'is-alert' }],
    [{ about: 'down' }],
    [{ file: 'own/*.yaml' }],
    [{ file: '*.json' }],
    [{ dashboard: 'Networks' }],
    [{ panel: 'Bytes' }],
    [{ alert: 'HostDown' }],
  ] as const)('of something else takes nothing away, and is a finding itself: %j', (differs) => {
    expect([...said(excepted(board('up'), [one(differs)]))].sort()).toEqual(
      [expect.stringContaining('allows nothing any more'), 'names-metric: it names up'].sort(),
    );
  });

  it.each([
    [{ about: 'up' }],
    [{ about: 'u*' }],
    [{ file: 'own/*.json' }],
    [{ file: '**/network.json' }],
    [{ dashboard: 'Network' }],
    [{ dashboard: 'clean' }],
    [{ panel: 'Bytes received' }],
    [{ dashboard: 'Network', panel: 'Bytes received', about: '?p' }],
  ] as const)('fits by name, glob, title and uid: %j', (differs) =>
    expect(said(excepted(board('up'), [one(differs)]))).toEqual([]),
  );

  it('may be about some of the findings only', () => {
    expect(said(excepted(board('up + node_load1'), [one({ about: 'node_*' })]))).toEqual(['names-metric: it names up']);
    const slash = read('a.json', JSON.stringify(boardOf('{"a/b"}'))).documents;
    expect(said(excepted(slash, [one({ about: 'a*' })]))).toEqual([]);
  });

  it('holds on its last day, and is a finding beside the one it allowed on the day after', () => {
    expect(said(excepted(board('up'), [one({ until: today })]))).toEqual([]);
    const past = excepted(board('up'), [one({ until: '2026-11-20' })]);
    expect(said(past)).toEqual([
      'exception-expired: the exception from `names-metric` ended on 2026-11-20: it is right here',
      'names-metric: it names up',
    ]);
    expect(past.findings[0]?.place).toEqual({ file: 'homelab-lint.yaml', line: 2, column: 5 });
    expect(past.allowed).toBe(0);
    expect(said(excepted(board('1'), [one({ until: '2026-11-20' })]))).toEqual([unused]);
  });

  it('is used where another one fits too; one that holds suffices', () => {
    expect(said(excepted(board('up'), [one(), one({ about: 'up' })]))).toEqual([]);
    const [expired] = excepted(board('up'), [one(), one({ until: '2026-01-01' })]).findings;
    expect(expired?.rule).toBe('exception-expired');
  });

  it('from a rule that there is not is an error that names the nearest', () => {
    const [finding] = excepted(board('1'), [one({ rule: 'name-metric' })]).findings;
    expect(finding).toMatchObject({
      rule: 'exception-unknown-rule',
      severity: 'error',
      message: 'there is no rule `name-metric` to allow',
      nearest: ['names-metric'],
    });
  });

  it('from a rule that was not run is not spoken of', () => {
    const ran = new Set(['is-alert']);
    expect(said(excepted(board('1'), [one()], { ran }))).toEqual([]);
    expect(said(excepted(board('1'), [one()]))).toEqual([unused]);
  });

  it('for what was not looked at is not spoken of where only a part was', () => {
    const elsewhere = [one({ file: 'other/*.json' }), one({ dashboard: 'Other' }), one({ alert: 'Other' })];
    expect(said(excepted(board('1'), elsewhere, { isPart: true }))).toEqual([]);
    expect(said(excepted(board('1'), elsewhere))).toEqual([unused, unused, unused]);
    const here = [one({ file: 'own/*.json' }), one({ dashboard: 'Network', panel: 'Bytes received' })];
    expect(said(excepted(board('1'), here, { isPart: true }))).toEqual([unused, unused]);
  });

  it('stands among the findings by its place', () => {
    const lines = excepted([...board('up', 'z.json'), ...board('up', 'a.json')], [one({ about: 'none' })]);
    expect(lines.findings.map(({ place }) => place.file)).toEqual(['a.json', 'homelab-lint.yaml', 'z.json']);
  });

  it('never makes more findings than there were, but for one each', () => {
    const word = fc.constantFrom('up', 'u*', 'down', 'Network', 'names-metric', 'is-alert', 'nothing');
    const exception = fc.record({ rule: word, about: word, dashboard: word }, { requiredKeys: ['rule'] });
    const documents = board('up + down');
    fc.assert(
      fc.property(fc.array(exception, { maxLength: 5 }), (given) => {
        const { findings, allowed } = excepted(documents, given.map(one));
        const own = findings.filter(({ rule }) => rule.startsWith('exception-'));
        expect(findings.length - own.length + allowed).toBe(2);
        expect(own.length).toBeLessThanOrEqual(given.length);
      }),
    );
  });
});

describe('an exception in a comment', () => {
  const rulesFile = (...comments: readonly string[]): readonly LintDocument[] =>
    read(
      'rules.yaml',
      [
        ...comments.filter((line) => !line.startsWith(' ')),
        'groups:',
        '  - name: host',
        '    rules:',
        ...comments.filter((line) => line.startsWith(' ')),
        '      - alert: HostDown',
        '        expr: up == 0',
        '      - alert: HostHot',
        '        expr: heat > 1',
        '  - name: other',
        '    rules:',
        '      - alert: OtherDown',
        '        expr: up == 0',
        '',
      ].join('\n'),
    ).documents;

  it('above a rule is for that rule, its query too', () => {
    const allowed = excepted(rulesFile('      # lint allow names-metric: scraped elsewhere'));
    expect(said(allowed).filter((line) => line.startsWith('names'))).toEqual([
      'names-metric: it names heat',
      'names-metric: it names up',
    ]);
    expect(allowed.allowed).toBe(1);
  });

  it('at the top is for the whole file, and is one exception', () => {
    expect(said(excepted(rulesFile('# lint allow names-metric about up: scraped elsewhere', '')))).toEqual([
      'is-alert: HostDown is an alert',
      'is-alert: HostHot is an alert',
      'names-metric: it names heat',
      'is-alert: OtherDown is an alert',
    ]);
    const stale = excepted(rulesFile('# lint allow names-metric about none: gone', ''));
    expect(said(stale).filter((line) => line.startsWith('exception'))).toHaveLength(1);
  });

  it('that allows nothing any more is found at its line', () => {
    const { findings } = excepted(rulesFile('      # lint allow names-metric about gone until 2027-01-01: was there'));
    expect(findings.find(({ rule }) => rule === 'exception-unused')).toMatchObject({
      message: 'the exception from `names-metric` about `gone` allows nothing any more',
      place: { file: 'rules.yaml', line: 4 },
    });
  });
});

describe('an exception of our own', () => {
  const homelab = resolveHomelab({ hosts: [{ name: 'nas', address: '192.168.1.10' }] });
  const content = (allowance: string, included: readonly IncludedFile[] = []): Content => ({
    included,
    dashboards: [
      defineDashboard({
        name: 'heat',
        title: 'Heat',
        question: 'Which host is hot?',
        tags: [],
        folder: 'Hosts',
        sections: ({ host }) => [
          section('Now', [allow(timeseries(host.load), allowance, 'a reason'), timeseries(host.uptime)]),
        ],
      }),
    ],
    alerts: [
      defineAlerts('heat', ({ host }): readonly Alert[] => [
        {
          name: 'HostBusy',
          pack: 'essential',
          signal: host.load,
          when: above(10),
          whenReason: 'More than ever was fine.',
          for: '5m',
          forReason: 'A build takes a minute.',
          severity: 'warning',
          category: 'performance',
          packReason: 'It is all there is.',
          impact: 'Everything is slow.',
          summary: '{host} is busy',
          description: 'The load is {value}.',
          firstSteps: ['Look at the processes.'],
          noData: 'ok',
          noDataReason: 'Something else tells.',
          panel: { dashboard: 'heat', signal: host.load },
          allowed: [{ rule: allowance, reason: 'a reason' }],
        },
      ]),
    ],
  });

  it('beside a panel or an alert is for it alone', () => {
    const documents = documentsOf(render(homelab, content('names-metric')));
    expect(said(excepted(documents))).toEqual([
      'names-metric: it names node_boot_time_seconds',
      'is-alert: HostBusy is an alert',
    ]);
  });

  it('that allows nothing any more names the TypeScript line', () => {
    const documents = documentsOf(render(homelab, content('is-alert')));
    const { findings } = excepted(documents);
    const stale = findings.find(({ rule }) => rule === 'exception-unused');
    expect(stale?.declared).toMatch(/exceptions\.test\.ts:\d+$/);
    expect(stale?.where).toContain('Heat › Now');
    const unknown = excepted(documentsOf(render(homelab, content('is-alarm')))).findings.filter(
      ({ rule }) => rule === 'exception-unknown-rule',
    );
    expect(unknown.map(({ declared }) => declared)).toEqual([
      expect.stringMatching(/exceptions\.test\.ts:\d+$/),
      expect.stringMatching(/exceptions\.test\.ts:\d+$/),
    ]);
  });

  it('is refused beside what no panel helper made', () =>
    expect(() => allow({}, 'names-metric', 'a reason')).toThrow('was not made by a panel helper'));

  it('is not looked for in what joins in: that is read as its author wrote it', () => {
    const text = `{\n  "title": "Printers", "panels": [\n    { "id": 1, "type": "timeseries", "targets": [{ "refId": "A", "expr": "pages" }] }\n  ]\n}\n`;
    const rulesText =
      '# printers\ngroups:\n  - name: printers\n    rules:\n      - alert: Empty\n        expr: paper == 0\n';
    const file = (path: string, content: string): IncludedFile => ({
      path,
      source: `home/${path}`,
      text: content,
      entry: 0,
      folder: 'Included',
      inputs: {},
    });
    const rendered = render(
      homelab,
      content('names-metric', [file('own/printers.json', text), file('rules/printers.yaml', rulesText)]),
    );
    const own = documentsOf(rendered);
    expect(own.map(({ file }) => file).filter((path) => path.includes('rinters'))).toEqual([]);
    const { documents, problems } = readIncluded(rendered.included);
    expect([problems, documents.map(({ own }) => own)]).toEqual([[], [false, false]]);
    expect(documents[0]?.boards[0]?.uid).toBe('hl-printers');
    expect(excepted(documents).findings.map(({ rule, place, declared }) => [rule, place, declared])).toEqual([
      ['names-metric', expect.objectContaining({ file: 'home/own/printers.json', line: 3 }), undefined],
      ['is-alert', expect.objectContaining({ file: 'home/rules/printers.yaml', line: 5 }), undefined],
      ['names-metric', expect.objectContaining({ file: 'home/rules/printers.yaml', line: 6 }), undefined],
    ]);
  });
});
