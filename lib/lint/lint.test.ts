import { describe, expect, it } from 'vitest';
import { read } from './documents/read';
import type { Report } from './finding';
import { lint, questionsOf } from './lint';
import { defineRule, type Rule, type RuleOf, type SubjectKind } from './rule';
import { answersOf, findingsOf, noKnowledge } from './testing/rule-cases';
import { cleanAlert, cleanBoard, exampleDocuments } from './testing/clean';

const rule = <K extends SubjectKind>(on: K, check: RuleOf<K>['check'], rest: Partial<RuleOf<K>> = {}): Rule =>
  defineRule<K>({
    id: 'sample',
    on,
    severity: 'warning',
    needs: 'nothing',
    says: '',
    why: '',
    check,
    accepts: [],
    rejects: [],
    ...rest,
  });
const report = (rest: Partial<Report> = {}): Report => ({ message: '`x` is wrong', culprit: 'x', ...rest });
const options = { knowledge: noKnowledge, today: '2026-11-21' };

describe('a finding', () => {
  it('of a query has the place of its slice, and where it stands', () => {
    const [found] = findingsOf(
      [rule('query', ({ text }) => [report({ span: { from: text.indexOf('up'), to: text.indexOf('up') + 2 } })])],
      { name: 'x', query: 'sum(up)', panel: { title: 'P' } },
    );
    expect(found).toMatchObject({
      rule: 'sample',
      severity: 'warning',
      where: 'Network › P › A',
      dashboard: 'Network',
      panel: 'P',
      query: { text: 'sum(up)', from: 4, to: 6 },
      place: { file: 'dashboard.json' },
    });
    const [document] = exampleDocuments({ name: 'x', query: 'sum(up)', panel: { title: 'P' } });
    const line = document?.text.split('\n')[(found?.place.line ?? 0) - 1];
    expect(line?.slice((found?.place.column ?? 0) - 1)).toMatch(/^up\)"/);
  });

  it('of a variable’s query counts from the query inside', () => {
    const [found] = findingsOf(
      [rule('query', ({ owner }) => (owner.kind === 'variable' ? [report({ span: { from: 0, to: 2 } })] : []))],
      { name: 'x', variable: { query: 'label_values(up, job)' } },
    );
    const [document] = exampleDocuments({ name: 'x', variable: { query: 'label_values(up, job)' } });
    const line = document?.text.split('\n')[(found?.place.line ?? 0) - 1];
    expect(line?.slice((found?.place.column ?? 0) - 1)).toMatch(/^up, job/);
  });

  it('of an alert can point elsewhere in it, and be milder than its rule', () => {
    const [found] = findingsOf(
      [rule('alert', ({ at }) => [report({ at: [...at, 'labels', 'severity'], severity: 'info' })])],
      { name: 'x', alert: {} },
    );
    const [document] = exampleDocuments({ name: 'x', alert: {} });
    expect(found).toMatchObject({ severity: 'info', where: 'host › HostDiskAlmostFull', alert: 'HostDiskAlmostFull' });
    expect(document?.text.split('\n')[(found?.place.line ?? 0) - 1]).toContain('"severity"');
  });
});

describe('linting', () => {
  const files = () =>
    ['b.json', 'a.json'].flatMap((file) => read(file, JSON.stringify(cleanBoard(), null, 2)).documents);

  it('sorts by file and line', () => {
    const both = [rule('panel', () => [report()]), rule('board', () => [report()])];
    const { findings } = lint(files(), both, options);
    expect(findings.map(({ place, subject }) => `${place.file} ${subject.kind}`)).toEqual([
      'a.json board',
      'a.json panel',
      'b.json board',
      'b.json panel',
    ]);
  });

  it('goes on when a rule breaks', () => {
    const broken = rule('board', () => {
      throw new Error('broken');
    });
    const { findings, failures } = lint(files(), [broken, rule('panel', () => [report()])], options);
    expect(findings).toHaveLength(2);
    expect(failures).toMatchObject([{ rule: 'sample', where: 'Network' }, { rule: 'sample' }]);
  });

  it('shows rules all that is linted together', () => {
    const seen = rule('board', ({ uid }, { all }) => [
      report({ culprit: `${all.boards.length} ${all.boardByUid.has(uid ?? '')}` }),
    ]);
    expect(lint(files(), [seen], options).findings.map(({ culprit }) => culprit)).toEqual(['2 true', '2 true']);
  });

  it('asks each question once, and runs what needs a server only with answers', () => {
    const asking = rule(
      'query',
      ({ text }, { answers }) => [report({ culprit: String(answers?.of({ kind: 'cost', query: text })?.seconds) })],
      { needs: 'server', asks: ({ text }) => [{ kind: 'cost', query: text }] },
    );
    const documents = files();
    const { questions } = questionsOf(documents, [asking], options);
    expect(questions).toHaveLength(1);
    expect(lint(documents, [asking], options).findings).toEqual([]);
    const answers = answersOf({ [`cost ${questions[0]?.query}`]: { series: [], count: 0, seconds: 2, samples: 0 } });
    expect(lint(documents, [asking], { ...options, answers }).findings.map(({ culprit }) => culprit)).toEqual([
      '2',
      '2',
    ]);
  });
});

describe('examples', () => {
  it('are laid over something clean', () => {
    const [document] = exampleDocuments({ name: 'x', alert: { for: undefined, labels: { severity: 'critical' } } });
    const [alert] = document?.groups[0]?.rules ?? [];
    expect(alert).toMatchObject({ name: cleanAlert.alert, for: undefined, labels: { severity: 'critical' } });
  });

  it('of every kind are understood', () => {
    const formats = exampleDocuments({ name: 'x', query: 'up', alert: {}, recording: {}, grafanaAlert: {} }).map(
      ({ format }) => format,
    );
    expect(formats).toEqual(['classic-dashboard', 'prometheus-rules', 'grafana-alerting']);
    const [logs] = exampleDocuments({ name: 'x', query: '{job="x"}', language: 'logql' });
    const [traces] = exampleDocuments({ name: 'x', query: '{}', language: 'traceql' });
    expect([logs, traces].map((one) => one?.boards[0]?.panels[0]?.queries[0]?.language)).toEqual(['logql', 'traceql']);
  });
});
