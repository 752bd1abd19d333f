import { describe, expect, it } from 'vitest';
import { alerts } from '../../alerts/index';
import { dashboards } from '../../dashboards/index';
import { chooseTarget, homelabFor, TargetError } from '../homelab/choose-target';
import { defineHomelab } from '../homelab/define';
import type { GrafanaTarget, Homelab } from '../homelab/homelab';
import { resolveHomelab, type ResolveOptions } from '../homelab/resolve';
import { objectAt, objectsAt } from '../grafana-json/json';
import type { IncludedFile } from '../included/included-file';
import { render } from '../render/render';
import { desiredObjects } from './desired';
import { ownerAnnotation } from './desired/rule-groups';
import { idOf, kinds, type DesiredObject } from './object';

const receivers = {
  phone: { kind: 'telegram', token: { env: 'BOT' }, chat: '-100' },
  topic: { kind: 'ntfy', topic: { env: 'TOPIC' } },
} as const;
const minimal: Homelab = {
  hosts: [{ name: 'nas', address: '192.168.1.10' }],
  timeZone: 'Europe/Berlin',
  alerting: {
    receivers,
    heartbeat: { url: { env: 'WATCHDOG' } },
    quietHours: { from: '22:00', to: '07:00' },
  },
};
const owned: Partial<Homelab> = {
  grafana: { mode: 'owned' },
  dataSources: {
    prometheus: {
      kind: 'prometheus',
      uid: 'prom',
      name: 'Metrics $1',
      url: 'http://prometheus:9090',
      basicAuth: { user: 'me', password: { env: 'PROM_PASSWORD' } },
    },
  },
};
const board: IncludedFile = {
  path: 'own/disk.json',
  source: 'own/disk.json',
  text: JSON.stringify({ uid: 'disk', title: 'Disk $x', panels: [] }),
  entry: 0,
  folder: 'Workshop',
  inputs: {},
};
const rules: IncludedFile = {
  path: 'own/rules.yaml',
  source: 'own/rules.yaml',
  text: 'groups:\n  - name: host\n    rules:\n      - record: a:b\n        expr: sum(up)\n      - alert: Mine\n        expr: up == 0\n',
  entry: 0,
  folder: 'Included',
  inputs: {},
};

interface Setting {
  readonly homelab?: Partial<Homelab>;
  readonly options?: ResolveOptions;
  readonly target?: Partial<GrafanaTarget>;
  readonly ruler?: boolean;
  readonly included?: readonly IncludedFile[];
}

const desired = ({ homelab = {}, options = {}, target = {}, ruler = false, included = [] }: Setting = {}) => {
  const targets: Homelab['targets'] = ruler
    ? { main: { kind: 'ruler', url: 'http://mimir:9009' } }
    : { main: { kind: 'grafana', url: 'http://nas:3000', ...target } };
  const resolved = resolveHomelab(defineHomelab({ ...minimal, ...homelab, targets }), options);
  const chosen = chooseTarget(resolved);
  return desiredObjects(render(homelabFor(resolved, chosen), { dashboards, alerts, included }), chosen);
};

const ofKind = (objects: readonly DesiredObject[], kind: DesiredObject['kind']) =>
  objects.filter((object) => object.kind === kind);
const rulesIn = (objects: readonly DesiredObject[]) =>
  ofKind(objects, 'rule-group').flatMap(({ body }) => objectsAt(body, 'rules').map(([rule]) => rule));

const existing = desired({ included: [board, rules] });
const all = desired({ homelab: owned });

describe('what a Grafana gets', () => {
  it('is everything once, in the order in which it is written', () => {
    const ids = all.map(idOf);
    expect(new Set(ids).size).toBe(ids.length);
    const order = all.map(({ kind }) => kinds.indexOf(kind));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(kinds));
  });

  it('has only uids that Grafana takes, and plain JSON', () => {
    for (const { kind, key, body } of [...existing, ...all]) {
      if (['folder', 'dashboard', 'contact-point', 'data-source'].includes(kind))
        expect(key).toMatch(/^[A-Za-z0-9_-]{1,40}$/);
      expect(JSON.parse(JSON.stringify(body))).toEqual(body);
      expect(JSON.stringify(body)).not.toContain('orgId');
    }
    for (const rule of rulesIn(all)) expect(rule['uid']).toMatch(/^[a-z0-9-]{1,40}$/);
  });

  it('has boards of ours and of others in their folders, with their texts as they are', () => {
    const [disk] = ofKind(existing, 'dashboard').filter(({ key }) => key === 'disk');
    expect(disk).toMatchObject({
      title: 'Disk $x',
      body: { folderUid: 'hl-folder-workshop', dashboard: { uid: 'disk', title: 'Disk $x' } },
    });
    const folders = ofKind(existing, 'folder').map(({ key }) => key);
    for (const { body } of ofKind(existing, 'dashboard')) expect(folders).toContain(body['folderUid']);
  });

  it('has boards that people may edit, and those of others as they are', () => {
    const boards = Object.fromEntries(
      ofKind(existing, 'dashboard').map(({ key, body }) => [key, objectAt(body, 'dashboard')['editable']]),
    );
    expect(boards).toMatchObject({ 'hl-home': true, disk: undefined });
    expect(Object.entries(boards).filter(([, isEditable]) => isEditable !== true)).toEqual([['disk', undefined]]);
  });

  it('has rules with the API’s spelling and our mark', () => {
    const group = ofKind(existing, 'rule-group').find(({ key }) => key === 'hl-alert-rules/host');
    expect(group?.body).toMatchObject({ title: 'host', folderUid: 'hl-alert-rules', interval: 60 });
    for (const rule of rulesIn(existing)) {
      expect(rule['annotations']).toMatchObject({ [ownerAnnotation]: 'hl' });
      expect(rule).not.toHaveProperty('keepFiringFor');
      for (const [query] of objectsAt(rule, 'data'))
        expect(query['model']).toMatchObject({ intervalMs: 1000, maxDataPoints: 43_200 });
    }
    expect(rulesIn(existing).some((rule) => typeof rule['keep_firing_for'] === 'string')).toBe(true);
    const linked = rulesIn(existing).filter(({ annotations }) => '__dashboardUid__' in (annotations as object));
    expect(linked.length).toBeGreaterThan(0);
    for (const { annotations } of linked)
      expect(annotations).toMatchObject({
        __dashboardUid__: expect.stringMatching(/^hl-/),
        __panelId__: expect.stringMatching(/^\d+$/),
      });
  });

  it('has an object for each integration, with references in place of secrets', () => {
    expect(ofKind(existing, 'contact-point').map(({ body }) => body)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          uid: 'hl-phone',
          name: 'hl-phone',
          type: 'telegram',
          disableResolveMessage: false,
          settings: expect.objectContaining({ bottoken: { env: 'BOT' } }),
        }),
        expect.objectContaining({ uid: 'hl-heartbeat', disableResolveMessage: true }),
      ]),
    );
    const [topic] = ofKind(existing, 'contact-point').filter(({ key }) => key === 'hl-topic');
    expect(topic?.body).toMatchObject({
      settings: { payload: { vars: { topic: { env: 'TOPIC', before: expect.any(String) } } } },
    });
  });

  it('has times and texts as they are meant, without the escapes of files', () => {
    expect(ofKind(existing, 'mute-timing').map(({ key }) => key)).toEqual(['hl-no-message', 'hl-quiet-hours']);
    const [template] = ofKind(existing, 'template');
    expect(template?.body['template']).toContain('{{ define "hl');
    expect(JSON.stringify(all)).not.toContain('$$');
  });

  it('has neither policy nor data source in a Grafana with a life of its own', () => {
    expect(existing.filter(({ kind }) => kind === 'policy' || kind === 'data-source')).toEqual([]);
  });

  it('has one route for our folder, and data sources, where it is ours', () => {
    expect(ofKind(all, 'policy')).toHaveLength(1);
    expect(ofKind(all, 'policy')[0]).toMatchObject({
      key: 'Homelab alerts',
      body: {
        receiver: 'hl-phone',
        object_matchers: [['grafana_folder', '=', 'Homelab alerts']],
        routes: expect.any(Array),
      },
    });
    expect(ofKind(all, 'data-source')[0]?.body).toMatchObject({
      uid: 'prom',
      name: 'Metrics $1',
      access: 'proxy',
      isDefault: false,
      secureJsonData: { basicAuthPassword: { env: 'PROM_PASSWORD' } },
    });
  });

  it('has boards only where another engine evaluates', () => {
    const kindsThere = new Set(desired({ options: { engine: 'prometheus' } }).map(({ kind }) => kind));
    expect(kindsThere).toEqual(new Set(['folder', 'dashboard']));
    expect(desired({ options: { engine: 'prometheus' } }).map(({ key }) => key)).not.toContain('hl-alert-rules');
  });
});

describe('a target', () => {
  it('with a folder has all others below one of ours', () => {
    const objects = desired({ target: { folder: 'House/1' }, homelab: owned });
    const [top, ...others] = ofKind(objects, 'folder');
    expect(top?.body).toEqual({ uid: 'hl-folder', title: 'House/1' });
    expect(others.length).toBeGreaterThan(1);
    for (const { body } of others) expect(body['parentUid']).toBe('hl-folder');
    expect(ofKind(objects, 'policy')[0]?.key).toBe('House\\/1/Homelab alerts');
    for (const { body } of ofKind(existing, 'folder')) expect(body).not.toHaveProperty('parentUid');
  });

  it('with a prefix of its own shares no uid with another', () => {
    const other = desired({ target: { project: 'two' }, homelab: owned });
    const taken = new Set(all.map(idOf));
    // The data source is the one that the homelab file names, by its own uid.
    expect(other.filter((object) => taken.has(idOf(object))).map(idOf)).toEqual(['data-source/prom']);
    expect(rulesIn(other)[0]?.['annotations']).toMatchObject({ [ownerAnnotation]: 'two' });
    expect(JSON.stringify(other)).not.toMatch(/"hl-/);
  });

  it('whose prefix was not rendered is a mistake of the caller', () => {
    const resolved = resolveHomelab(defineHomelab(minimal));
    const target = { kind: 'grafana', name: 'x', url: 'http://x', org: null, folder: null, project: 'two' } as const;
    expect(() => desiredObjects(render(resolved, { dashboards, alerts }), target)).toThrow(/prefix hl/);
  });

  it('refuses a board with the uid of a folder', () => {
    const taken = { ...board, text: JSON.stringify({ uid: 'hl-alert-rules', title: 'Mine', panels: [] }) };
    expect(() => desired({ included: [taken] })).toThrow(
      /folder\/hl-alert-rules \(Homelab alerts\) and dashboard\/hl-alert-rules \(Mine\)/,
    );
  });
});

describe('what a ruler gets', () => {
  const groups = desired({ ruler: true, options: { engine: 'mimir' }, included: [board, rules] });

  it('is rule groups in the namespace of the project, ours and those of others apart', () => {
    expect(new Set(groups.map(({ kind }) => kind))).toEqual(new Set(['rule-group']));
    const host = groups.find(({ key }) => key === 'hl/host');
    expect(host?.body).toMatchObject({ name: 'host', interval: '1m' });
    expect(objectsAt(host?.body, 'rules')[0]?.[0]).toMatchObject({
      alert: expect.any(String),
      expr: expect.any(String),
    });
    expect(groups.find(({ key }) => key === 'hl/included-own-rules:host')?.body).toEqual({
      name: 'included-own-rules:host',
      rules: [
        { record: 'a:b', expr: 'sum(up)' },
        { alert: 'Mine', expr: 'up == 0' },
      ],
    });
  });

  it('comes in groups that Mimir takes by itself, each alert once', () => {
    const large = (engine: 'grafana' | 'mimir') =>
      desired({
        ruler: engine === 'mimir',
        options: { engine },
        homelab: { alerting: { pack: 'all', receivers: { me: { kind: 'email', to: ['me@example.org'] } } } },
      });
    const parts = large('mimir').filter(({ key }) => key.startsWith('hl/host'));
    const sizes = parts.map(({ body }) => objectsAt(body, 'rules').length);
    expect(parts.map(({ key, title, body }) => [key, title, body['name']])).toEqual([
      ['hl/host', 'host', 'host'],
      ['hl/host 2', 'host 2', 'host 2'],
    ]);
    expect(sizes[0]).toBe(20);
    const host = ofKind(large('grafana'), 'rule-group').find(({ title }) => title === 'host');
    const names = (group: DesiredObject | undefined, key: string) =>
      objectsAt(group?.body, 'rules').map(([rule]) => rule[key]);
    expect(parts.flatMap((part) => names(part, 'alert'))).toEqual(names(host, 'title'));
  });

  it('is refused where another engine evaluates', () => {
    expect(() => desired({ ruler: true })).toThrow(TargetError);
    expect(() => desired({ ruler: true })).toThrow(/evaluated by grafana[^]*--engine mimir/);
  });
});
