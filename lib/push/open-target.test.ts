import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TargetError } from '../homelab/choose-target';
import type { ResolvedGrafanaTarget, ResolvedTarget } from '../homelab/resolved';
import { openTarget, type OpenOptions } from './open-target';
import { startGrafanaStandIn, type GrafanaStandIn } from './testing/grafana';

let standIn: GrafanaStandIn;
beforeAll(async () => {
  standIn = await startGrafanaStandIn();
});
afterAll(() => standIn.stop());
beforeEach(() => standIn.reset());

const grafana = (more: Partial<ResolvedGrafanaTarget> = {}): ResolvedGrafanaTarget => ({
  kind: 'grafana',
  name: 'main',
  url: standIn.url,
  org: null,
  folder: null,
  project: 'hl',
  ...more,
});
const ruler: ResolvedTarget = {
  kind: 'ruler',
  name: 'mimir',
  url: 'http://127.0.0.1:9',
  tenant: null,
  state: null,
  project: 'hl',
};

const open = (target: ResolvedTarget, more: Partial<OpenOptions> = {}) =>
  openTarget(target, {
    environment: { GRAFANA_TOKEN: standIn.tokens.Admin },
    desired: [],
    stateFolder: undefined,
    secretValue: () => undefined,
    wasSent: () => false,
    ...more,
  });

const state = { version: 1, project: 'hl', objects: new Map() } as const;
const keptIn = async (target: ResolvedTarget, more: Partial<OpenOptions> = {}): Promise<readonly string[]> => {
  const { state: store } = await open(target, more);
  const one = { kind: 'folder', key: 'a', hash: 'h', normal: undefined } as const;
  await store.write({ ...state, objects: new Map([['folder/a', one]]) });
  return Object.keys(standIn.world().dashboards);
};

describe('a target', () => {
  it('that is a Grafana has a store for every kind and keeps its own state', async () => {
    const opened = await open(grafana());
    expect([opened.serverVersion, opened.stores.size, opened.warnings]).toEqual(['12.3.0', 8, []]);
    expect(opened.requests()).toBe(standIn.requests.length);
    expect(standIn.writes()).toBe(0);
    expect(await keptIn(grafana())).toEqual(['hl-state']);
  });

  it('keeps its state also where there is no /apis', async () => {
    Object.assign(standIn.settings, { version: '11.6.0', apis: false });
    expect(await keptIn(grafana({ project: 'old' }))).toEqual(['old-state']);
  });

  it('that is a ruler has rule groups only, and its state in the Grafana beside it', async () => {
    const beside = grafana();
    const opened = await open(ruler, { beside });
    expect([opened.serverVersion, [...opened.stores.keys()]]).toEqual([undefined, ['rule-group']]);
    expect(await keptIn(ruler, { beside })).toEqual(['hl-mimir-state']);
  });

  it('that is a ruler is nothing without one', async () => {
    await expect(open(ruler)).rejects.toBeInstanceOf(TargetError);
    expect(standIn.requests).toEqual([]);
  });

  it('of another organisation than the token says so', async () => {
    await expect(open(grafana({ org: 2 }))).rejects.toThrow('it belongs to another organisation');
  });
});
