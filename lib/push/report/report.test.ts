import { describe, expect, it } from 'vitest';
import type { ResolvedTarget } from '../../homelab/resolved';
import type { Plan, Step } from '../plan';
import { reportJson } from './json';
import { reportMarkdown } from './markdown';
import { reportReadable } from './readable';
import { reportOf, type WrittenObject } from './report';

const same = (text: string): string => text;
const paint = { bold: same, dim: same, red: same, yellow: same, cyan: same, green: same };
const target: ResolvedTarget = {
  kind: 'grafana',
  name: 'main',
  url: 'http://nas:3000',
  org: 2,
  folder: null,
  project: 'hl',
};

const board: Step = {
  kind: 'dashboard',
  key: 'hl-host-use',
  title: 'Hosts / USE',
  action: 'update',
  changes: ['panel CPU busy: threshold 80% to 90%'],
};
const changed: Step = {
  kind: 'rule-group',
  key: 'hl-alert-rules/host',
  title: 'host',
  action: 'conflict',
  instead: 'update',
  changes: ['alert HostDown: for 5m to 10m'],
  reason: 'changed in Grafana since the last push',
};
const gone: Step = { kind: 'dashboard', key: 'hl-old', title: 'Old', action: 'orphan', changes: [] };
const unchanged: Step = { kind: 'folder', key: 'hl-folder-hosts', title: 'Hosts', action: 'unchanged', changes: [] };
const secret: Step = {
  kind: 'contact-point',
  key: 'hl-phone',
  title: 'hl-phone by telegram',
  action: 'unchanged',
  changes: [],
  cannotTell: ['BOT'],
};
const plan: Plan = {
  steps: [unchanged, board, secret, changed, gone],
  refusals: ['it is so. Next: do that; or this; --so does it'],
};
const report = reportOf({ target, serverVersion: '12.3.0', plan });
const applied = (outcomes: readonly WrittenObject[]) => reportOf({ target, plan: { ...plan, refusals: [] }, outcomes });

describe('the report', () => {
  it('holds each object with its name, action and changes, and no body', () => {
    expect(report.target).toEqual({
      name: 'main',
      kind: 'grafana',
      url: 'http://nas:3000',
      org: 2,
      project: 'hl',
      serverVersion: '12.3.0',
    });
    expect(report.objects[1]).toEqual({
      kind: 'dashboard',
      key: 'hl-host-use',
      name: 'Hosts / USE',
      action: 'update',
      changes: ['panel CPU busy: threshold 80% to 90%'],
    });
    expect(report.counts).toEqual({
      create: 0,
      update: 1,
      delete: 0,
      conflict: 1,
      foreign: 0,
      orphan: 1,
      unchanged: 2,
    });
    expect(report.applied).toBe(false);
    const withBodies = {
      ...board,
      wanted: { kind: 'dashboard', key: 'a', title: 'a', body: { password: 'x' } },
    } as const;
    expect(reportJson(reportOf({ target, plan: { steps: [withBodies], refusals: [] } }), 1)).not.toContain('password');
  });

  it('is one JSON document', () => {
    expect(JSON.parse(reportJson(report, 1))).toEqual({ ...report, exitCode: 1 });
  });

  it.each([
    ['done', undefined, { result: 'done' }],
    ['already', undefined, { result: 'done', reason: 'somebody else had made it so' }],
    ['moved', undefined, { result: 'left', reason: expect.stringContaining('changed since the plan was made') }],
    ['failed', 'no', { result: 'failed', reason: 'no' }],
    ['not reached', 'stopped', { result: 'not reached', reason: 'stopped' }],
  ] as const)('tells an outcome: %s', (result, reason, expected) => {
    const [, object] = applied([{ kind: board.kind, key: board.key, result, ...(reason && { reason }) }]).objects;
    expect(object?.outcome).toEqual(expected);
  });
});

describe('for eyes', () => {
  it('tells what changes by kind, then the sum, then the refusals', () => {
    expect(reportReadable(report, paint)).toBe(
      [
        'main http://nas:3000, organisation 2, Grafana 12.3.0',
        '',
        '2 dashboards',
        '  ~ Hosts / USE hl-host-use',
        '      panel CPU busy: threshold 80% to 90%',
        '  ? Old hl-old (no longer defined; --prune deletes it)',
        '',
        '1 contact point',
        '  = hl-phone by telegram hl-phone (nobody can tell whether BOT changed; --resend-secrets sends it again)',
        '',
        '1 rule group',
        '  ! host hl-alert-rules/host (changed in Grafana since the last push)',
        '      alert HostDown: for 5m to 10m',
        '',
        '1 to update, 1 changed in Grafana, 1 no longer defined, 2 unchanged.',
        '',
        'refused: it is so.',
        '  next: do that; or this',
        '    or: --so does it',
        '',
      ].join('\n'),
    );
  });

  it('tells what became of it', () => {
    const text = reportReadable(
      applied([{ kind: board.kind, key: board.key, result: 'failed', reason: 'Grafana answered 500' }]),
      paint,
    );
    expect(text).toContain('~ Hosts / USE hl-host-use: failed, Grafana answered 500');
    expect(text).toContain('1 failed, 1 left as it is, 1 no longer defined, 2 unchanged.');
  });

  it('says when there is nothing to do', () => {
    const nothing = reportOf({ target, plan: { steps: [unchanged], refusals: [] } });
    expect(reportReadable(nothing, paint)).toContain('Nothing to do: 1 unchanged.');
    expect(reportReadable(report, paint)).not.toContain('Nothing to do');
  });

  it('marks by the colours it is given', () => {
    expect(reportReadable(report, { ...paint, yellow: (text) => `<${text}>` })).toContain('<~> Hosts / USE');
  });

  it('lets no text of a server steer the terminal', () => {
    const evil = { ...board, title: 'a\u001b[2Jb', changes: ['x\r\ny'] };
    const text = reportReadable(reportOf({ target, plan: { steps: [evil], refusals: [] } }), paint);
    expect(text).not.toMatch(/[\u001b\r]/);
    expect(text).toContain('      x y');
  });

  it('lets no text of a server turn round what stands behind it', () => {
    const title = (text: string) => ({ ...board, title: text });
    const shown = (text: string) =>
      reportReadable(reportOf({ target, plan: { steps: [title(text)], refusals: [] } }), paint);
    expect(shown('a\u202eb\u2066c')).toContain('~ abc hl-host-use');
    expect(shown('שלום')).toContain('~ שלום hl-host-use');
  });
});

describe('for a pull request', () => {
  it('tells the same', () => {
    const text = reportMarkdown(report);
    expect(text).toContain('- **update** Hosts / USE (hl-host-use)\n  - panel CPU busy: threshold 80% to 90%\n');
    expect(text).toContain('> **Refused:** it is so. Next: do that; or this; --so does it');
    expect(text).toContain('- **unchanged** hl-phone by telegram (hl-phone): nobody can tell whether BOT changed');
    expect(text).not.toContain('hl-folder-hosts');
  });

  it('takes nothing that a server says for markup', () => {
    const evil = { ...board, title: '<b>[x](http://e.example)</b> @you #1 `a` | *b*', changes: ['a\n# b'] };
    const text = reportMarkdown(reportOf({ target, plan: { steps: [evil], refusals: [] } }));
    const line = text.split('\n').find((one) => one.startsWith('- '));
    expect(line).toBe(
      '- **update** &lt;b&gt;\\[x\\]\\(http&#58;//e.example\\)&lt;/b&gt; &#64;you \\#1 \\`a\\` \\| \\*b\\* (hl-host-use)',
    );
    expect(text).toContain('  - a \\# b');
  });
});
