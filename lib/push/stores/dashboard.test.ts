import { afterAll, beforeAll, expect, it } from 'vitest';
import { grafanaFromEnv } from '../../grafana/client';
import { readServerInfo } from '../../grafana/server-info';
import { wireTo } from '../../grafana/testing/wire';
import { objectAt, textAt } from '../../grafana-json/json';
import { normalForms } from '../normal-form';
import type { ActualObject, DesiredObject } from '../object';
import { MovedError } from '../store';
import { startGrafanaStandIn, type GrafanaStandIn } from '../testing/grafana';
import { storesFor } from './index';

let standIn: GrafanaStandIn;
beforeAll(async () => {
  standIn = await startGrafanaStandIn();
});
afterAll(() => standIn.stop());

const board = (description: string): DesiredObject => ({
  kind: 'dashboard',
  key: 'hl-b',
  title: 'Board',
  body: { dashboard: { uid: 'hl-b', title: 'Board', description, panels: [] }, folderUid: '' },
});
const ours = { message: 'homelab-dashboards hl@2', secret: () => '' };

const storeOf = async (from: string) => {
  const adapter = wireTo({ grafana: standIn, from, way: async () => {} });
  const client = grafanaFromEnv(
    { GRAFANA_URL: standIn.url, GRAFANA_TOKEN: standIn.tokens.Admin },
    { adapter, wait: async () => {} },
  );
  return storesFor(client, await readServerInfo(client), { normalForms }).dashboard;
};

const descriptionOf = ({ body }: { readonly body: unknown }): string | undefined =>
  textAt(objectAt(body, 'dashboard'), 'description');

/** A push and a save of somebody else at the same moment, as often as it takes for the server to let both through. */
const savedAtOnce = async (message: string) => {
  for (let seed = 1; seed < 60; seed++) {
    standIn.reset(seed);
    const [push, other] = [await storeOf('push'), await storeOf('other')];
    const before = await push.write(board('first'), undefined, { ...ours, message: 'homelab-dashboards hl@1' });
    const [pushed, saved] = await Promise.allSettled([
      push.write(board('pushed'), before, ours),
      other.write(board('theirs'), before, { ...ours, message }),
    ]);
    const history = standIn
      .world()
      .dashboards['hl-b']?.history.map(({ spec, message: said }) => [spec['description'], said]);
    const over = history?.findIndex(([text]) => text === 'pushed') ?? -1;
    if (over >= 0 && history?.[over + 1]?.[0] === 'theirs') return { pushed, saved, history, push };
  }
  throw new Error('the stand-in never let two saves through at once');
};

it('puts back what a person saved in the same instant, and says that the dashboard moved', async () => {
  const { pushed, history, push } = await savedAtOnce('');
  expect(pushed).toMatchObject({ status: 'rejected', reason: expect.any(MovedError) as unknown });
  const { now } = (pushed as PromiseRejectedResult).reason as MovedError;
  expect(descriptionOf(now as ActualObject)).toBe('theirs');
  expect(descriptionOf((await push.read('hl-b')) as ActualObject)).toBe('theirs');
  expect(history?.map(([text]) => text)).toEqual(['theirs', 'pushed', 'theirs', 'first']);
  expect(history?.[0]?.[1]).toMatch(/^Version 2 again/);
});

it('leaves what another push saved in the same instant below its own', async () => {
  const { pushed, history } = await savedAtOnce('homelab-dashboards other@7');
  expect(pushed.status).toBe('fulfilled');
  expect(history?.map(([text]) => text)).toEqual(['pushed', 'theirs', 'first']);
});

it('deletes only what was planned', async () => {
  standIn.reset();
  const push = await storeOf('push');
  const before = await push.write(board('first'), undefined, ours);
  standIn.person.editsDashboardJson('hl-b', (spec) => ({ ...spec, description: 'theirs' }));
  await expect(push.remove(before)).rejects.toBeInstanceOf(MovedError);
  const now = (await push.read('hl-b')) as ActualObject;
  expect(descriptionOf(now)).toBe('theirs');
  await push.remove(now);
  expect(await push.read('hl-b')).toBeUndefined();
});
