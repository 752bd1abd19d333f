import { afterEach, describe, expect, it } from 'vitest';
import { ServerConfigError } from './errors';
import { grafanaDoor } from './grafana';
import { standIn, success, type StandIn } from './testing/stand-in';

let running: StandIn | undefined;
afterEach(async () => {
  await running?.stop();
  running = undefined;
});

/** Recorded from Grafana 12.3.0, shortened. */
const listed = {
  text: JSON.stringify([
    {
      id: 3,
      uid: 'vm',
      name: 'VM',
      type: 'prometheus',
      access: 'proxy',
      url: 'http://127.0.0.1:21903',
      isDefault: false,
    },
    {
      id: 1,
      uid: 'prom',
      name: 'Prom',
      type: 'prometheus',
      access: 'proxy',
      url: 'http://127.0.0.1:21901',
      isDefault: true,
    },
    { id: 4, uid: 'logs', name: 'Logs', type: 'loki', access: 'proxy', url: 'http://127.0.0.1:3100', isDefault: false },
  ]),
};
const forbidden = { status: 403, text: '{"title":"Access denied","message":"Permissions needed: datasources:read"}' };
const settings = {
  text: JSON.stringify({
    defaultDatasource: 'Prom',
    datasources: {
      '-- Grafana --': { uid: 'grafana', name: '-- Grafana --', type: 'datasource', meta: { builtIn: true } },
      Prom: { uid: 'prom', name: 'Prom', type: 'prometheus', meta: {} },
    },
  }),
};

describe('a Grafana as a door', () => {
  it('lists its data sources, and asks the server behind one with the token of Grafana only', async () => {
    running = await standIn({
      '/api/datasources': listed,
      '/api/datasources/proxy/uid/prom/api/v1/labels': success(['job']),
    });
    const door = grafanaDoor(running.url, { GRAFANA_TOKEN: 'glsa_x', PROMETHEUS_TOKEN: 'other' });
    expect((await door.dataSources()).map(({ uid }) => uid)).toEqual(['logs', 'prom', 'vm']);
    const { uid } = await door.choose('prometheus');
    expect(await door.prometheus(uid).labelNames()).toEqual(['job']);
    expect(running.headers.map(({ authorization }) => authorization)).toEqual(['Bearer glsa_x', 'Bearer glsa_x']);
  });

  it('falls back to the settings of the front end, once', async () => {
    running = await standIn({ '/api/datasources': forbidden, '/api/frontend/settings': settings });
    const door = grafanaDoor(undefined, { GRAFANA_URL: running.url, GRAFANA_TOKEN: 'glsa_x' });
    expect(await door.dataSources()).toEqual([{ uid: 'prom', name: 'Prom', type: 'prometheus', isDefault: true }]);
    expect(running.log).toEqual(['GET /api/datasources', 'GET /api/frontend/settings']);
  });

  it('does not fall back where the token is wrong', async () => {
    running = await standIn({ '/api/datasources': { status: 401, text: '{"message":"Invalid API key"}' } });
    await expect(grafanaDoor(running.url, { GRAFANA_TOKEN: 'x' }).dataSources()).rejects.toMatchObject({
      exitCode: 3,
      evidence: 'Invalid API key',
    });
    expect(running.log).toHaveLength(1);
  });

  it('names what it has when another is wanted', async () => {
    running = await standIn({ '/api/datasources': listed });
    const door = grafanaDoor(running.url, {});
    expect((await door.choose('prometheus', 'VM')).uid).toBe('vm');
    await expect(door.choose('prometheus', 'pron')).rejects.toThrow(ServerConfigError);
    await expect(door.choose('prometheus', 'pron')).rejects.toMatchObject({
      evidence: 'it has prom (Prom), vm (VM)',
      next: 'did you mean Prom?',
    });
    expect((await door.choose('loki')).uid).toBe('logs');
  });

  it('says that the data source is refused, not that we are', async () => {
    running = await standIn({
      '/api/datasources/proxy/uid/prom/api/v1/labels': {
        status: 400,
        type: 'text/plain',
        text: 'Authentication to data source failed',
      },
    });
    await expect(grafanaDoor(running.url, {}).prometheus('prom').labelNames()).rejects.toMatchObject({
      exitCode: 3,
      what: 'the server behind Prometheus refused Grafana (400 on GET /api/v1/labels)',
    });
  });
});
