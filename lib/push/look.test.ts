import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../grafana-json/json';
import { look, type LookOptions } from './look';
import { normalForms } from './normal-form';
import { hashOf } from './normal-form/hash';
import { idOf, type BaseObject, type DesiredObject } from './object';
import { openTarget } from './open-target';
import { fingerprint } from './secrets';
import { startGrafanaStandIn, type GrafanaStandIn } from './testing/grafana';

let standIn: GrafanaStandIn;
beforeAll(async () => {
  standIn = await startGrafanaStandIn();
});
afterAll(() => standIn.stop());
beforeEach(() => {
  standIn.reset();
  standIn.person.createsFolder('hl-f', 'Ours');
});

const folder: DesiredObject = { kind: 'folder', key: 'hl-f', title: 'Ours', body: { uid: 'hl-f', title: 'Ours' } };
const board = (title: string): DesiredObject => ({
  kind: 'dashboard',
  key: 'hl-b',
  title,
  body: { dashboard: { uid: 'hl-b', title, panels: [] }, folderUid: 'hl-f' },
});
const point: DesiredObject = {
  kind: 'contact-point',
  key: 'hl-p',
  title: 'hl-p by discord',
  body: {
    uid: 'hl-p',
    name: 'hl-p',
    type: 'discord',
    settings: { url: { env: 'HOOK' } },
    disableResolveMessage: false,
  },
};
const baseOf = ({ kind, key, body }: DesiredObject, more: Partial<BaseObject> = {}): BaseObject => ({
  kind,
  key,
  hash: hashOf(normalForms[kind](body)),
  normal: normalForms[kind](body),
  ...more,
});
const stateOf = (...objects: readonly BaseObject[]) => ({
  version: 1 as const,
  project: 'hl',
  objects: new Map(objects.map((object) => [idOf(object), object])),
});

const looked = async (given: Partial<LookOptions>, env: Readonly<Record<string, string>> = {}) => {
  const secretValue = (name: string): string | undefined => env[name];
  const { desired = [] } = given;
  const target = { kind: 'grafana', name: 'main', url: standIn.url, org: null, folder: null, project: 'hl' } as const;
  const open = await openTarget(target, {
    environment: { GRAFANA_TOKEN: standIn.tokens.Admin },
    desired,
    stateFolder: undefined,
    secretValue,
    wasSent: () => false,
  });
  const before = standIn.writes();
  const { input } = await look(open, {
    desired,
    state: undefined,
    journals: [],
    secretValue,
    options: { onDrift: 'fail', prune: false, maxDelete: 5, resendSecrets: false },
    ...given,
  });
  expect(standIn.writes()).toBe(before);
  return input;
};

describe('what is read', () => {
  it('is what is wanted and what the state names, and nothing of others', async () => {
    standIn.person.createsFolder('old', 'Old');
    standIn.person.createsFolder('theirs', 'Theirs');
    const old: DesiredObject = { kind: 'folder', key: 'old', title: 'Old', body: { uid: 'old', title: 'Old' } };
    const input = await looked({ desired: [folder, board('B')], state: stateOf(baseOf(old)) });
    expect([...input.actual.keys()].sort()).toEqual(['folder/hl-f', 'folder/old']);
    expect([...(input.base?.keys() ?? [])]).toEqual(['folder/old']);
  });

  it('has names in place of secrets, also of those that nobody can compare', async () => {
    standIn.person.createsContactPoint('hl-p', 'hl-p', 'discord', { url: 'https://d.example/s3cret' });
    const input = await looked({ desired: [point] }, { HOOK: 'https://d.example/s3cret' });
    expect(input.actual.get('contact-point/hl-p')?.body['settings']).toEqual({ url: { env: 'HOOK' } });
    expect(input.secrets?.get('contact-point/hl-p')).toEqual({ changed: [], cannotTell: ['HOOK'] });
  });

  it('compares what it has fingerprints of', async () => {
    const [value, other] = ['Zk3vXq9LmT2pR8sW4yB6nH1cJ5', 'Ab7uYt5RrE3wQq1ZzX9cVv8BnM'];
    standIn.person.createsContactPoint('hl-p', 'hl-p', 'discord', { url: value });
    const state = stateOf(baseOf(point, { secrets: { 'settings.url': await fingerprint(value) } }));
    const seen = async (hook: string) => (await looked({ desired: [point], state }, { HOOK: hook })).secrets;
    expect((await seen(value))?.get('contact-point/hl-p')).toEqual({ changed: [], cannotTell: [] });
    expect((await seen(other))?.get('contact-point/hl-p')).toEqual({ changed: ['HOOK'], cannotTell: [] });
  });
});

describe('without a state, a mark says what is ours', () => {
  it('a folder by its title, and not another one under our uid', async () => {
    const nested = { ...folder, body: { ...folder.body, parentUid: 'around' } };
    expect([...(await looked({ desired: [nested] })).marked]).toEqual(['folder/hl-f']);
    const renamed = { ...folder, title: 'Else', body: { uid: 'hl-f', title: 'Else' } };
    expect([...(await looked({ desired: [renamed] })).marked]).toEqual([]);
  });

  it('a dashboard by a version of its history with our message', async () => {
    standIn.person.createsDashboard('hl-b', { title: 'Old', panels: [] }, 'hl-f');
    expect([...(await looked({ desired: [board('New')] })).marked]).toEqual([]);
    await save('homelab-dashboards hl@abc');
    standIn.person.editsDashboard('hl-b', (dashboard: Json) => ({ ...dashboard, title: 'Mine' }));
    expect([...(await looked({ desired: [board('New')] })).marked]).toEqual(['dashboard/hl-b']);
  });

  it('but not by the message of another project', async () => {
    standIn.person.createsDashboard('hl-b', { title: 'Old', panels: [] }, 'hl-f');
    await save('homelab-dashboards hl2@abc');
    expect([...(await looked({ desired: [board('New')] })).marked]).toEqual([]);
  });

  it('a rule group by its annotation, in every rule', async () => {
    const rule = (title: string, project: string): Json => ({
      uid: `hl-${title}`,
      title,
      condition: 'A',
      data: [{ refId: 'A', datasourceUid: '__expr__', model: { type: 'math', expression: '1', refId: 'A' } }],
      for: '5m',
      noDataState: 'OK',
      execErrState: 'Error',
      annotations: { __homelab_dashboards__: project },
    });
    const group = (name: string): DesiredObject => ({
      kind: 'rule-group',
      key: `hl-f/${name}`,
      title: name,
      body: { title: name, folderUid: 'hl-f', interval: 60, rules: [] },
    });
    standIn.person.createsRule('hl-f', 'ours', rule('a', 'hl'));
    standIn.person.createsRule('hl-f', 'ours', rule('b', 'hl'));
    standIn.person.createsRule('hl-f', 'mixed', rule('c', 'hl'));
    standIn.person.createsRule('hl-f', 'mixed', rule('d', 'other'));
    const { marked } = await looked({ desired: [group('ours'), group('mixed'), group('none')] });
    expect([...marked]).toEqual(['rule-group/hl-f/ours']);
  });

  const save = async (message: string): Promise<void> => {
    const answer = await fetch(`${standIn.url}/api/dashboards/db`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${standIn.tokens.Admin}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({
        dashboard: { uid: 'hl-b', title: 'Saved', panels: [] },
        folderUid: 'hl-f',
        message,
        overwrite: true,
      }),
    });
    expect(answer.status).toBe(200);
  };
});
