import { describe, expect, it } from 'vitest';
import type { Json } from '../grafana-json/json';
import { adopt } from './adopt';
import { takeOverFromFiles } from './from-files';
import { hashOf, normalForms } from './normal-form';
import { idOf, type ActualObject, type BaseObject, type Kind } from './object';
import { memoryWorld } from './testing/world';
import { testNotify } from './test-notify';
import { planUninstall, uninstall } from './uninstall';

const actual = (kind: Kind, key: string, body: Json, readOnly?: string): ActualObject => ({
  kind,
  key,
  title: key,
  body,
  version: '1',
  readOnly,
});

describe('uninstall', () => {
  const folder = (key: string, parentUid?: string) =>
    actual('folder', key, { title: key, ...(parentUid && { parentUid }) });
  const board = (key: string, folderUid: string) => actual('dashboard', key, { dashboard: { title: key }, folderUid });
  const weather = {
    beforeRead: async () => undefined,
    beforeWrite: async () => undefined,
    afterWrite: async () => undefined,
  };

  it('removes all that is ours, and leaves what people changed, made, and where that lies', async () => {
    const world = memoryWorld();
    const ours = [folder('f'), folder('in', 'f'), folder('g'), board('a', 'in'), board('b', 'f'), board('c', 'g')];
    for (const object of ours) world.edit(object, object.body);
    const { stores, state } = world.connect('desk', weather);
    const base = new Map<string, BaseObject>(
      ours.map(({ kind, key, body }) => [
        idOf({ kind, key }),
        { kind, key, hash: hashOf(normalForms[kind](body)), normal: undefined },
      ]),
    );
    await state.write({ version: 1, project: 'hl', objects: base });
    world.edit({ kind: 'dashboard', key: 'b' }, { dashboard: { title: 'mine' }, folderUid: 'f' });
    world.edit({ kind: 'dashboard', key: 'x' }, { dashboard: { title: 'x' }, folderUid: 'g' });
    const there = new Map<string, ActualObject>();
    for (const { kind, key } of ours) {
      const object = await stores.get(kind)?.read(key);
      if (object) there.set(idOf(object), object);
    }
    const occupied = new Map([['g', '1 dashboard']]);
    const plan = planUninstall({
      actual: there,
      base,
      marked: new Set(),
      occupied,
      normalForms,
      secret: () => undefined,
    });
    expect(Object.fromEntries(plan.steps.map((step) => [idOf(step), step.reason ?? step.action]))).toEqual({
      'dashboard/a': 'delete',
      'dashboard/b': 'changed in Grafana since the last push',
      'dashboard/c': 'delete',
      'folder/in': 'delete',
      'folder/f': 'it holds something that stays',
      'folder/g': 'it holds 1 dashboard, which is not ours',
    });
    const backups: unknown[] = [];
    const done = await uninstall({
      plan,
      base,
      stores,
      state,
      project: 'hl',
      target: 'main',
      time: new Date(0),
      keepBackup: (backup) => backups.push(backup),
      message: '',
      secret: () => '',
      normalForms,
    });
    expect(done.stateRemoved).toBe(true);
    expect(backups).toMatchObject([{ objects: [{}, {}, {}] }]);
    expect(await state.read()).toBeUndefined();
    expect([...world.contents().keys()].sort()).toEqual(['dashboard/b', 'dashboard/x', 'folder/f', 'folder/g']);
  });

  it('keeps what something uses that stays, and nothing else of its kind', () => {
    const rule = (uid: string, receiver: string, mute: string) => ({
      uid,
      notification_settings: { receiver, mute_time_intervals: [mute] },
    });
    const point = (name: string, message: string) =>
      actual('contact-point', name, { uid: name, name, type: 'email', settings: { message } });
    const text = (name: string) =>
      actual('template', name, { name, template: `{{ define "${name}.text" }}x{{ end }}` });
    const ours = [
      actual('rule-group', 'f/a', { rules: [rule('r1', 'mail', 'night')] }),
      actual('rule-group', 'f/b', { rules: [rule('r2', 'chat', 'noon')] }),
      point('mail', '{{ template "mine.text" . }}'),
      point('chat', '{{ template "other.text" . }}'),
      actual('mute-timing', 'night', { name: 'night' }),
      actual('mute-timing', 'noon', { name: 'noon' }),
      text('mine'),
      text('other'),
    ];
    const base = new Map<string, BaseObject>(
      ours.map(({ kind, key, body }) => [
        idOf({ kind, key }),
        { kind, key, hash: key === 'f/a' ? 'another' : hashOf(normalForms[kind](body)), normal: undefined },
      ]),
    );
    const there = new Map(ours.map((object) => [idOf(object), object]));
    const { steps } = planUninstall({
      actual: there,
      base,
      marked: new Set(),
      occupied: new Map(),
      normalForms,
      secret: () => undefined,
    });
    expect(Object.fromEntries(steps.map((step) => [idOf(step), step.reason ?? step.action]))).toEqual({
      'rule-group/f/a': 'changed in Grafana since the last push',
      'rule-group/f/b': 'delete',
      'contact-point/mail': 'the rule group f/a still names it',
      'contact-point/chat': 'delete',
      'mute-timing/night': 'the rule group f/a still names it',
      'mute-timing/noon': 'delete',
      'template/mine': 'the contact point mail still names it',
      'template/other': 'delete',
    });
  });

  it('without a record removes empty folders only', () => {
    const there = new Map([folder('f'), board('a', 'g')].map((object) => [idOf(object), object]));
    const marked = new Set(there.keys());
    const plan = planUninstall({
      actual: there,
      base: undefined,
      marked,
      occupied: new Map(),
      normalForms,
      secret: () => undefined,
    });
    expect(plan.steps.map(({ action }) => action)).toEqual(['conflict', 'delete']);
  });
});

describe('adopt', () => {
  it('writes what people made of our objects, without secrets, under safe names', () => {
    const step = (object: ActualObject) => ({ ...object, action: 'conflict', changes: [], before: object }) as const;
    const { files, gone, unreadable } = adopt(
      {
        steps: [
          step(actual('dashboard', 'd', { dashboard: { title: 'theirs', id: 3, version: 9 }, folderUid: 'f' })),
          step(actual('rule-group', 'f/../a b', { title: 'g', rules: [] })),
          step(actual('contact-point', 'c', { settings: { token: 'planted' } })),
          { kind: 'template', key: 't', title: 'T', action: 'conflict', changes: [], instead: 'create' },
          { ...step(actual('template', 'u', {})), action: 'update' },
          step({ ...actual('dashboard', 'v2', { dashboard: {} }), isUnreadable: true }),
        ],
        refusals: [],
      },
      normalForms,
    );
    expect(files.map(({ path }) => path)).toEqual([
      'adopted/dashboard/d.json',
      'adopted/rule-group/f/%2E%2E/a%20b.yaml',
      'adopted/contact-point/c.yaml',
    ]);
    expect(JSON.parse(files[0]?.text ?? '')).toEqual({ dashboard: { title: 'theirs' }, folderUid: 'f' });
    expect(JSON.stringify(files)).not.toContain('planted');
    expect(gone).toEqual(['T']);
    expect(unreadable).toEqual(['v2']);
  });
});

describe('takeOverFromFiles', () => {
  const desired = (kind: Kind, key: string) => ({ kind, key, title: key, body: {} });

  it('deletes rules before what they use, and keeps dashboards', () => {
    const why = 'a file that Grafana reads';
    const there = [
      actual('rule-group', 'f/g', { rules: [{ uid: 'r1' }, { uid: 'r2' }] }, why),
      actual('mute-timing', 'm', {}, why),
      actual('contact-point', 'c', {}, why),
      actual('dashboard', 'd', {}, why),
      actual('template', 't', {}, 'an API that left its mark (provenance api)'),
    ];
    const { owned, files, order } = takeOverFromFiles(
      there.map(({ kind, key }) => desired(kind, key)),
      new Map(there.map((object) => [idOf(object), object])),
    );
    expect(owned.map(({ id }) => id)).toEqual(['rule-group/f/g', 'mute-timing/m', 'contact-point/c', 'dashboard/d']);
    expect(files.map(({ text }) => text)).toEqual([
      'apiVersion: 1\ndeleteRules:\n  - orgId: 1\n    uid: r1\n  - orgId: 1\n    uid: r2\n',
      'apiVersion: 1\ndeleteContactPoints:\n  - orgId: 1\n    uid: c\ndeleteMuteTimes:\n  - orgId: 1\n    name: m\n',
    ]);
    const of = (what: string): number => order.findIndex((line) => line.includes(what));
    expect(of('disableDeletion')).toBeLessThan(of('remove our dashboard files'));
    expect(of('remove our dashboard files')).toBeLessThan(of('remove our providers'));
    expect(of('take-over-1')).toBeLessThan(of('take-over-2'));
  });

  it('deletes rules that a file made in a folder of another uid, and no one else’s', () => {
    const group = desired('rule-group', 'f/g');
    const held = (uid: string, readOnly: string | undefined) => ({
      key: 'f/g',
      uid,
      where: 'the group g of x',
      readOnly,
    });
    const elsewhere = [held('r1', 'a file that Grafana reads'), held('r2', undefined)];
    const { owned, files, order } = takeOverFromFiles([group], new Map(), new Map([[idOf(group), elsewhere]]));
    expect(owned).toEqual([
      { id: 'rule-group/f/g', title: 'f/g', why: 'a file that Grafana reads, in the group g of x' },
    ]);
    expect(files.map(({ text }) => text)).toEqual(['apiVersion: 1\ndeleteRules:\n  - orgId: 1\n    uid: r1\n']);
    expect(order.at(-1)).toContain('delete the folder');
    expect(takeOverFromFiles([group], new Map(), new Map([[idOf(group), elsewhere.slice(1)]])).owned).toEqual([]);
  });

  it('has nothing to say where no file owns anything', () => {
    expect(takeOverFromFiles([desired('template', 't')], new Map())).toEqual({ owned: [], files: [], order: [] });
  });
});

describe('testNotify', () => {
  it('sends one marked message with what is stored, and gives the answers', async () => {
    const sent: unknown[] = [];
    const answers = await testNotify(
      {
        post: async (path, body) => {
          sent.push(path, body);
          const configs = [
            { uid: 'a', status: 'ok' },
            { uid: 'b', status: 'failed', error: '403 from the receiver' },
          ];
          return { receivers: [{ name: 'phone', grafana_managed_receiver_configs: configs }] };
        },
      },
      'phone',
      [
        { uid: 'a', type: 'telegram', settings: { bottoken: '[REDACTED]', chatid: '1' } },
        { uid: 'b', type: 'webhook', settings: { url: 'http://x' } },
        { uid: 'c', type: 'email', settings: {} },
      ],
      'hl',
    );
    expect(answers).toEqual([
      { uid: 'a', ok: true, error: '' },
      { uid: 'b', ok: false, error: '403 from the receiver' },
      { uid: 'c', ok: false, error: 'Grafana did not say what became of the message' },
    ]);
    expect(sent[0]).toBe('/api/alertmanager/grafana/config/api/v1/receivers/test');
    expect(sent[1]).toMatchObject({
      receivers: [{ grafana_managed_receiver_configs: [{ settings: { chatid: '1' } }, {}, {}] }],
      alert: { annotations: { summary: expect.stringMatching(/^TEST/) } },
    });
    expect(JSON.stringify(sent)).not.toContain('REDACTED');
  });
});
