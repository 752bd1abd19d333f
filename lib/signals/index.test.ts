import { describe, expect, it } from 'vitest';
import catalog from '../catalog/recorded/traefik.json';
import { contextOf } from '../expression/testing/context';
import { bindAll, defineSignals, defineSource, groupNames, max, signalGroup } from './index';
import { queryOf } from './signal';

describe('groups of signals', () => {
  it('go by their own names', () => {
    expect(groupNames.map((name) => signalGroup(name).name)).toEqual(groupNames);
  });

  it('are bound when they are first used, once', () => {
    const signals = bindAll(contextOf());
    expect(Object.getOwnPropertyDescriptor(signals, 'host')?.get).toBeDefined();
    expect(signals.host).toBe(signals.host);
    expect(Object.keys(signals)).toEqual(groupNames);
  });

  it('take one of the user’s own', () => {
    const traefik = defineSource(catalog, ['service']);
    const mine = defineSignals('mine', {
      open: {
        title: 'Open connections',
        description: 'What is open now.',
        unit: 'count',
        expression: max(traefik.metric('traefik_open_connections'), 'service'),
      },
    });
    const { own } = bindAll(contextOf({ exporters: ['traefik'] }));
    expect(queryOf(own(mine).open)).toBe('max by (service) (traefik_open_connections{job="traefik"})');
    expect(own(mine)).toBe(own(mine));
  });
});
