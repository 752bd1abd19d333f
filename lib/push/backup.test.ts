import { mkdtempSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { objectAt, type Json } from '../grafana-json/json';
import { backupOf, formatBackup, parseBackup, withoutSecrets } from './backup';
import { BackupError, PushFileError } from './errors';
import { openJournal, readJournal, unsettledIn } from './journal';
import { hashOf, normalForms } from './normal-form';
import type { ActualObject, BaseObject, Kind } from './object';
import type { Step } from './plan';
import { makePushFolder, pushFile, pushFolder, readJournals, writePushFile } from './push-files';
import { planRollback, readFor, stateAfterRollback } from './rollback';
import { integrationTypes } from './testing/grafana/integrations';

const folder = (): string => mkdtempSync(join(tmpdir(), 'push-'));
const time = new Date('2026-11-21T14:51:29.123Z');

const actual = (kind: Kind, key: string, body: Json): ActualObject => ({
  kind,
  key,
  title: key,
  body,
  version: '1',
  readOnly: undefined,
});
const step = (action: Step['action'], kind: Kind, key: string, was: Json | undefined, is: Json | undefined): Step => ({
  kind,
  key,
  title: key,
  action,
  changes: [],
  ...(is && { wanted: { kind, key, title: key, body: is } }),
  ...(was && { before: actual(kind, key, was) }),
});
const text = (template: string): Json => ({ name: 't', template: `{{ define "t" }}${template}{{ end }}` });
const backup = (...steps: readonly Step[]) => backupWith([], ...steps);
/** `folders`: of ours, as they are there. */
const backupWith = (folders: readonly ActualObject[], ...steps: readonly Step[]) =>
  backupOf({
    plan: { steps, refusals: [] },
    onDrift: 'keep',
    base: new Map(
      folders.map(({ kind, key, body }): [string, BaseObject] => [
        `folder/${key}`,
        { kind, key, hash: hashOf(normalForms.folder(body)), normal: undefined },
      ]),
    ),
    actual: new Map(folders.map((each) => [`folder/${each.key}`, each])),
    normalForms,
    project: 'hl',
    target: 'main',
    time,
  });

describe('the files of a push', () => {
  it('are its owner’s only, beside the homelab file, and not for git', () => {
    const home = folder();
    const files = pushFolder(home, '../nas');
    expect(files).toBe(join(home, '.push', '_._nas'.replace('_._', '__')));
    makePushFolder(files);
    makePushFolder(files);
    const file = pushFile(files, time, 'backup.json');
    writePushFile('the backup', file, 'x');
    expect(readdirSync(files)).toEqual(['2026-11-21T14-51-29.123Z-backup.json']);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(home, '.push', '.gitignore'), 'utf8')).toBe('*\n');
  });

  it('are not for git after a disk was full, and what somebody else says of that stays', () => {
    const home = folder();
    const files = pushFolder(home, 'main');
    makePushFolder(files);
    const note = join(home, '.push', '.gitignore');
    writeFileSync(note, '');
    makePushFolder(files);
    expect(readFileSync(note, 'utf8')).toBe('*\n');
    writeFileSync(note, '# kept\n');
    makePushFolder(files);
    expect(readFileSync(note, 'utf8')).toBe('# kept\n');
  });

  it('that cannot be written are one clear sentence', () => {
    const home = folder();
    writeFileSync(join(home, '.push'), 'a file');
    expect(() => makePushFolder(pushFolder(home, 'main'))).toThrow(PushFileError);
    expect(() => writePushFile('the backup', join(home, '.push', 'x.json'), '')).toThrow(
      /the backup cannot be written, so nothing was changed on the server: .*not a folder/,
    );
    const full = join(home, 'x.json');
    symlinkSync('/dev/full', `${full}.new`);
    expect(() => writePushFile('the backup', full, 'text')).toThrow(/no space is left on the disk/);
    expect(readdirSync(home)).toEqual(['.push']);
    expect(() => makePushFolder(join(home, '.push'))).toThrow(PushFileError);
  });
});

describe('a journal file', () => {
  it('is one line for each event, and true when it is cut off anywhere', () => {
    const file = pushFile(folder(), time, 'journal.jsonl');
    const journal = openJournal(file, () => time);
    const name = { kind: 'template', key: 't' } as const;
    journal.begins({ ...name, action: 'update', wanted: 'w', before: 'b', bases: ['b', null] });
    journal.done(name, 'w');
    journal.begins({ kind: 'policy', key: 'p', action: 'delete', bases: ['x'] });
    journal.settled();
    journal.close();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const all = readFileSync(file, 'utf8');
    expect(readJournal(all).map(({ event }) => event)).toEqual(['push', 'begins', 'done', 'begins', 'settled']);
    for (let length = 0; length <= all.length; length++)
      expect(readJournal(all).slice(0, readJournal(all.slice(0, length)).length)).toEqual(
        readJournal(all.slice(0, length)),
      );
    expect([...unsettledIn([readJournal(all)]).keys()]).toEqual(['policy/p']);
    const cut = all.slice(0, all.indexOf('{"time":"2026-11-21T14:51:29.123Z","event":"settled"') - 1);
    expect([...unsettledIn([readJournal(cut)]).keys()]).toEqual(['template/t']);
    expect(readJournals(join(file, '..'))).toHaveLength(1);
    expect(readJournals('/nowhere')).toEqual([]);
  });
});

describe('a backup', () => {
  it('holds what is changed or deleted, and nothing else', () => {
    const saved = backup(
      step('update', 'template', 'a', text('1'), text('2')),
      step('create', 'template', 'b', undefined, text('2')),
      step('unchanged', 'template', 'c', text('1'), text('1')),
      step('conflict', 'template', 'd', text('1'), text('2')),
    );
    expect(saved?.objects.map(({ key, action, before }) => [key, action, before])).toEqual([
      ['a', 'update', text('1')],
      ['b', 'create', undefined],
    ]);
    expect(parseBackup([...formatBackup(saved as NonNullable<typeof saved>)].join(''), 'f')).toEqual(saved);
    expect(backup(step('unchanged', 'template', 'c', text('1'), text('1')))).toBeUndefined();
  });

  it('holds a group of which another one takes a rule, though the plan leaves it alone, and no other group', () => {
    const group = (...uids: readonly string[]): Json => ({ rules: uids.map((uid) => ({ uid })) });
    const saved = backup(
      step('create', 'rule-group', 'f/two', undefined, group('b', 'c')),
      step('orphan', 'rule-group', 'f/one', group('a', 'b'), undefined),
      step('orphan', 'rule-group', 'f/other', group('d'), undefined),
    );
    expect(saved?.objects.map(({ key, action, before }) => [key, action, before])).toEqual([
      ['f/two', 'create', undefined],
      ['f/one', 'update', group('a', 'b')],
    ]);
    expect(saved?.objects[1]?.wanted).toBe(hashOf(normalForms['rule-group'](group('a'))));
  });

  it.each(['', '[]', '{"tool":"homelab-dashboards","version":9,"objects":[]}', '{"tool":"x"}'])(
    'is not %s',
    (content) => {
      expect(() => parseBackup(content, 'f')).toThrow(BackupError);
    },
  );

  it('holds no secret, and no name of a user', () => {
    const body = {
      type: 'webhook',
      settings: { url: 'https://x/planted-1', password: 'planted-2', headers: { token: 'planted-3' }, title: 'kept' },
    };
    const safe = withoutSecrets('contact-point', body, [{ settings: { url: { env: 'HOOK', before: 'https://x/' } } }]);
    expect(safe).toEqual({
      type: 'webhook',
      settings: {
        url: { env: 'HOOK', before: 'https://x/' },
        password: '[REDACTED]',
        headers: { token: '[REDACTED]' },
        title: 'kept',
      },
    });
    const group = { rules: [{ uid: 'r', updated_by: 'planted-4' }], createdBy: 'planted-5' };
    expect(withoutSecrets('rule-group', group, [])).toEqual({ rules: [{ uid: 'r' }] });
    const board = { dashboard: { panels: [{ columns: { createdBy: 'Author' } }] } };
    expect(withoutSecrets('dashboard', board, [])).toEqual(board);
  });

  it.each(Object.entries(integrationTypes))('has no secret of a contact point of type %s', (type, { secrets }) => {
    const shown = {
      addresses: 'me@example.org',
      title: 'kept',
      ...(secrets.includes('url') ? {} : { url: 'http://kept' }),
    };
    const body = secrets.reduce<Json>((at, path) => planted(at, ['settings', ...path.split('.')]), {
      type,
      settings: shown,
    });
    const safe = withoutSecrets('contact-point', body, []);
    expect(JSON.stringify(safe)).not.toContain('planted');
    expect(safe['settings']).toMatchObject(shown);
  });
});

const formatted = (content: Parameters<typeof formatBackup>[0]): string => [...formatBackup(content)].join('');

const planted = (at: Json, [step = '', ...rest]: readonly string[]): Json => ({
  ...at,
  [step]: rest.length > 0 ? planted(objectAt(at, step), rest) : 'planted',
});

describe('a rollback', () => {
  const saved = backup(
    step('update', 'template', 'changed', text('old'), text('new')),
    step('create', 'template', 'made', undefined, text('new')),
    step('delete', 'template', 'gone', text('old'), undefined),
  ) as NonNullable<ReturnType<typeof backup>>;
  const roll = (there: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}, of = saved) =>
    planRollback({
      backup: of,
      actual: new Map(
        Object.entries(there).map(([key, value]) => [`template/${key}`, actual('template', key, text(value))]),
      ),
      base: undefined,
      occupied: new Map(),
      normalForms,
      secret: (name) => env[name],
      onDrift: 'fail',
    });
  const actions = ({ plan }: ReturnType<typeof roll>) => plan.steps.map(({ action, instead }) => instead ?? action);

  it('puts back what is as that push left it', () => {
    const rolled = roll({ changed: 'new', made: 'new' });
    expect(rolled.plan.steps.map(({ action }) => action)).toEqual(['update', 'delete', 'create']);
    expect(rolled.plan.steps[0]?.wanted?.body).toEqual(text('old'));
    expect(rolled.plan.refusals).toEqual([]);
  });

  it('leaves what somebody changed since, and says so', () => {
    const rolled = roll({ changed: 'theirs', made: 'theirs', gone: 'theirs' });
    expect(rolled.plan.steps.map(({ action }) => action)).toEqual(['conflict', 'conflict', 'conflict']);
    expect(actions(rolled)).toEqual(['update', 'delete', 'update']);
    expect(rolled.plan.refusals).toHaveLength(1);
  });

  it('has nothing to do where that push did nothing', () => {
    expect(actions(roll({ changed: 'old', gone: 'old' }))).toEqual(['unchanged', 'unchanged', 'unchanged']);
  });

  describe('into folders that are gone', () => {
    const [outer, inner, theirs] = [
      actual('folder', 'outer', { uid: 'outer', title: 'Outer' }),
      actual('folder', 'inner', { uid: 'inner', title: 'Inner', parentUid: 'outer' }),
      actual('folder', 'theirs', { uid: 'theirs', title: 'Theirs' }),
    ];
    const board = (folderUid: string): Json => ({ dashboard: { uid: 'b', title: 'B', panels: [] }, folderUid });
    const rolled = (
      of: NonNullable<ReturnType<typeof backup>>,
      there: readonly ActualObject[],
      onDrift: 'fail' | 'overwrite' = 'fail',
    ) =>
      planRollback({
        backup: of,
        actual: new Map(there.map((each) => [`${each.kind}/${each.key}`, each])),
        base: undefined,
        occupied: new Map(),
        normalForms,
        secret: () => undefined,
        onDrift,
      }).plan.steps.map(({ kind, key, action, reason }) => `${action} ${kind}/${key}${reason ? `: ${reason}` : ''}`);
    const saved = (folders: readonly ActualObject[], folderUid = 'inner') =>
      backupWith(folders, step('delete', 'dashboard', 'b', board(folderUid), undefined)) as NonNullable<
        ReturnType<typeof backup>
      >;

    it('remembers ours around what a push touches, and no others', () => {
      expect(saved([outer, inner, theirs]).folders?.map(({ key }) => key)).toEqual(['outer', 'inner']);
      expect(saved([], 'theirs').folders).toBeUndefined();
      const going = backupWith(
        [inner],
        step('delete', 'dashboard', 'b', board('inner'), undefined),
        step('delete', 'folder', 'inner', inner.body, undefined),
      );
      expect(going?.folders).toBeUndefined();
      expect(going?.objects).toHaveLength(2);
    });

    it('makes ours again, those around them too, and none that is there', () => {
      expect(readFor(saved([outer, inner])).map(({ key }) => key)).toEqual(['b', 'outer', 'inner', 'inner']);
      expect(rolled(saved([outer, inner]), [])).toEqual([
        'create folder/outer',
        'create folder/inner',
        'create dashboard/b',
      ]);
      expect(rolled(saved([outer, inner]), [outer])).toEqual(['create folder/inner', 'create dashboard/b']);
      expect(rolled(saved([outer, inner]), [outer, inner])).toEqual(['create dashboard/b']);
    });

    it('says which one is missing where nobody knows whose it was', () => {
      const [told] = rolled(saved([], 'theirs'), []);
      expect(told).toMatch(/^conflict dashboard\/b: its folder theirs is gone, and not in this backup/);
    });

    it('makes none for what stays as it is', () => {
      const changed = backupWith(
        [outer],
        step('update', 'dashboard', 'b', board('outer'), { ...board('outer'), dashboard: { title: 'New' } }),
      ) as NonNullable<ReturnType<typeof backup>>;
      // A person deleted it since.
      expect(rolled(changed, [])).toEqual(['conflict dashboard/b: deleted since that push']);
      expect(rolled(changed, [], 'overwrite')[0]).toBe('create folder/outer');
    });

    it('knows them as ours afterwards', () => {
      const of = saved([outer]);
      const done = (kind: Kind, key: string) => ({ kind, key, title: key, action: 'create', result: 'done' }) as const;
      const all = backupWith([outer], step('delete', 'dashboard', 'b', board('outer'), undefined));
      expect([...stateAfterRollback(new Map(), of, [done('dashboard', 'b')]).keys()]).toEqual([]);
      const outcomes = [done('folder', 'outer'), done('dashboard', 'b')];
      expect([...stateAfterRollback(new Map(), all as typeof of, outcomes).keys()]).toEqual(['folder/outer']);
    });
  });

  it('names a contact point that nobody can make again', () => {
    const body = { uid: 'c', name: 'c', type: 'slack', settings: { url: '[REDACTED]', token: '[REDACTED]' } };
    const base = {
      kind: 'contact-point',
      key: 'c',
      hash: hashOf(body),
      normal: { settings: { url: { env: 'HOOK' } } },
    } as const;
    const of = backupOf({
      plan: {
        steps: [step('delete', 'contact-point', 'c', { ...body, settings: { url: '[REDACTED]' } }, undefined)],
        refusals: [],
      },
      onDrift: 'keep',
      base: new Map([['contact-point/c', base]]),
      actual: new Map(),
      normalForms,
      project: 'hl',
      target: 'main',
      time,
    }) as typeof saved;
    expect(roll({}, {}, of)).toMatchObject({
      plan: { steps: [{ action: 'conflict', reason: expect.stringContaining('HOOK') }] },
      withoutSecret: [{ title: 'c', missing: ['HOOK'] }],
    });
    const able = roll({}, { HOOK: 'x' }, of);
    expect(able.withoutSecret).toEqual([]);
    expect(able.plan.steps).toMatchObject([
      { action: 'create', wanted: { body: { settings: { url: { env: 'HOOK' } } } } },
    ]);
  });

  it('names a secret of somebody that a push replaced, since no file keeps it', () => {
    const point = (url: unknown, addresses: string): Json => ({
      uid: 'c',
      name: 'c',
      type: 'webhook',
      settings: { url, username: addresses },
    });
    const ours = point({ env: 'HOOK' }, 'me');
    const savedWith = (url: unknown) =>
      backup(step('update', 'contact-point', 'c', point(url, 'ann'), ours)) as NonNullable<ReturnType<typeof backup>>;
    const rolled = (url: unknown, now: Json) =>
      planRollback({
        backup: savedWith(url),
        actual: new Map([['contact-point/c', actual('contact-point', 'c', now)]]),
        base: undefined,
        occupied: new Map(),
        normalForms,
        secret: () => 'https://example.org/ours',
        onDrift: 'fail',
      });
    expect(rolled('[another value]', ours)).toMatchObject({
      plan: { steps: [{ action: 'update' }] },
      withOurSecret: [{ title: 'c', paths: ['settings.url'] }],
    });
    expect(formatted(savedWith('[another value]'))).not.toContain('another value');
    expect(rolled({ env: 'HOOK' }, ours).withOurSecret).toEqual([]);
    // Somebody changed it again: it stays, and their secret with it.
    expect(rolled('[another value]', point('[another value]', 'bob')).withOurSecret).toEqual([]);
  });
});
