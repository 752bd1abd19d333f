import { describe, expect, it } from 'vitest';
import type { PushArguments } from '../commands/push';
import { reportWithWhere, samePush, withWhere, type Where } from './next-command';

const nowhere: Where = { homelab: undefined, target: undefined, engine: undefined, mode: undefined };
const given: Where = { homelab: 'my lab/home.yaml', target: 'nas', engine: 'mimir', mode: 'owned' };
const all = "--homelab 'my lab/home.yaml' --target nas --engine mimir --mode owned";

describe('withWhere', () => {
  it.each([
    ['npm run push', `npm run push -- ${all}`],
    ['npm run push, then ask again', `npm run push -- ${all}, then ask again`],
    ['Next: npm run push -- --adopt shows what', `Next: npm run push -- ${all} --adopt shows what`],
    ['`npm run push -- --from-files` takes over', `\`npm run push -- ${all} --from-files\` takes over`],
    [
      'npm run push -- --plan, look at it, then npm run push -- --yes',
      `npm run push -- ${all} --plan, look at it, then npm run push -- ${all} --yes`,
    ],
    ['npm run push -- --prune --max-delete 6.', `npm run push -- ${all} --prune --max-delete 6.`],
    // A linter knows no target.
    ['npm run lint; the log', "npm run lint -- --homelab 'my lab/home.yaml' --engine mimir --mode owned; the log"],
  ])('%s', (text, expected) => {
    expect(withWhere(text, given)).toBe(expected);
  });

  it('leaves what a command names by itself', () => {
    expect(withWhere('npm run push -- --target pi --rollback b.json', { ...nowhere, target: 'nas' })).toBe(
      'npm run push -- --target pi --rollback b.json',
    );
    expect(withWhere('npm run push -- --target nas --engine mimir --plan', { ...nowhere, engine: 'grafana' })).toBe(
      'npm run push -- --target nas --engine mimir --plan',
    );
  });

  it.each(['npm run init', 'npm run pushed', 'run the same command again'])('leaves other words: %s', (text) => {
    expect(withWhere(text, given)).toBe(text);
  });

  it('adds nothing where nothing was given', () => {
    expect(withWhere('npm run push -- --plan, then npm run push', nowhere)).toBe(
      'npm run push -- --plan, then npm run push',
    );
  });

  it('quotes for a shell', () => {
    expect(withWhere('npm run push', { ...nowhere, homelab: "Ann's $HOME.yaml" })).toBe(
      "npm run push -- --homelab 'Ann'\\''s $HOME.yaml'",
    );
  });
});

describe('reportWithWhere', () => {
  it('reaches refusals, reasons and outcomes, and leaves names', () => {
    const object = { kind: 'folder', key: 'a', name: 'npm run push', action: 'foreign', changes: [] } as const;
    const report = reportWithWhere(
      {
        version: 1,
        target: { name: 'nas', kind: 'grafana', url: 'http://nas', org: null, project: 'hl', serverVersion: null },
        objects: [
          { ...object, reason: 'npm run push', outcome: { result: 'failed', reason: 'npm run push' } },
          { ...object, outcome: { result: 'done' } },
        ],
        counts: { create: 0, update: 0, delete: 0, conflict: 0, foreign: 2, orphan: 0, unchanged: 0 },
        refusals: ['npm run push'],
        applied: true,
      },
      { ...nowhere, target: 'nas' },
    );
    const there = 'npm run push -- --target nas';
    expect(report.refusals).toEqual([there]);
    expect(report.objects).toEqual([
      { ...object, reason: there, outcome: { result: 'failed', reason: there } },
      { ...object, outcome: { result: 'done' } },
    ]);
  });
});

describe('samePush', () => {
  const usual = { prune: false, maxDelete: 5, onDrift: 'fail', resendSecrets: false } as PushArguments;

  it('holds what changes the plan, and nothing that is usual', () => {
    expect(samePush(usual, '--plan')).toBe('npm run push -- --plan');
    expect(
      samePush({ ...usual, prune: true, maxDelete: 9, onDrift: 'keep', resendSecrets: true }, '--plan', '--out p.json'),
    ).toBe('npm run push -- --plan --out p.json --prune --max-delete 9 --on-drift keep --resend-secrets');
  });
});
