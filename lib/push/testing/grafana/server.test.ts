import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { alertRule, board, free, resource, ruleGroup, webhook } from '../contract/bodies';
import { everyFault, startGrafanaStandIn, type GrafanaStandIn } from './index';

let grafana: GrafanaStandIn;
beforeAll(async () => {
  grafana = await startGrafanaStandIn();
});
afterEach(() => grafana.reset());
afterAll(() => grafana.stop());

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const ask = async (
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> => {
  const response = await fetch(grafana.url + path, {
    method,
    redirect: 'manual',
    headers: {
      Authorization: `Bearer ${grafana.tokens.Admin}`,
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: /^[{[]/.test(text) ? (JSON.parse(text) as unknown) : text };
};

const provisioning = '/api/v1/provisioning';
const apis = '/apis/dashboard.grafana.app/v1beta1/namespaces/default/dashboards';

it('starts in no time', async () => {
  const before = performance.now();
  const other = await startGrafanaStandIn();
  expect(performance.now() - before).toBeLessThan(200);
  await other.stop();
});

describe('what an administrator sets', () => {
  it('hides the version from the health page only (contract 1.4)', async () => {
    grafana.settings.hideVersion = true;
    expect((await ask('GET', '/api/health')).body).toEqual({ database: 'ok' });
    expect((await ask('GET', '/api/frontend/settings')).body).toMatchObject({ buildInfo: { version: '12.3.0' } });
  });

  it('lets anybody read (contract 1.1)', async () => {
    const nobody = { Authorization: '' };
    expect((await ask('GET', '/api/folders', undefined, nobody)).status).toBe(401);
    grafana.settings.anonymous = true;
    expect((await ask('GET', '/api/folders', undefined, nobody)).status).toBe(200);
    expect((await ask('POST', '/api/folders', { title: 'x' }, nobody)).status).toBe(403);
  });

  it('serves below a path, and /api also without it (contract 1.3)', async () => {
    const origin = grafana.url;
    grafana.settings.subPath = '/sub';
    expect(grafana.url).toBe(`${origin}/sub`);
    expect((await ask('GET', '/api/org')).status).toBe(200);
    expect((await fetch(`${origin}/api/health`)).status).toBe(200);
    expect((await fetch(`${origin}/healthz`, { redirect: 'manual' })).status).toBe(301);
    expect((await ask('POST', '/api/dashboards/db', board('d'))).body).toMatchObject({ url: '/sub/d/d/d-title' });
  });

  it('limits dashboards, also for updates, but not through /apis (contract 3.1)', async () => {
    await ask('POST', '/api/dashboards/db', board('d'));
    grafana.settings.dashboardQuota = 1;
    expect(await ask('POST', '/api/dashboards/db', board('d', { overwrite: true }))).toEqual({
      status: 403,
      body: { message: 'Quota reached' },
    });
    expect((await ask('PUT', `${apis}/d`, resource('d'))).status).toBe(200);
  });

  it('has no /apis before 12', async () => {
    grafana.settings.apis = false;
    expect((await ask('GET', `${apis}?limit=1`)).status).toBe(404);
    expect((await ask('GET', '/api/org')).status).toBe(200);
  });
});

describe('what files have made', () => {
  it('keeps a dashboard from the legacy calls, not from a put through /apis (contract 3.1, 3.4, 3.7)', async () => {
    grafana.files.dashboard('d', { title: 'D' }, { provider: 'hl' });
    expect(await ask('POST', '/api/dashboards/db', board('d', { overwrite: true }))).toMatchObject({
      status: 400,
      body: { message: 'Cannot save provisioned dashboard' },
    });
    expect((await ask('DELETE', '/api/dashboards/uid/d')).status).toBe(400);
    expect((await ask('DELETE', `${apis}/d`)).status).toBe(400);
    expect((await ask('GET', '/api/dashboards/uid/d')).body).toMatchObject({
      meta: { provisioned: true, provisionedExternalId: 'd.json' },
    });
    expect((await ask('GET', `${apis}/d`)).body).toMatchObject({
      metadata: {
        annotations: { 'grafana.app/managedBy': 'classic-file-provisioning', 'grafana.app/managerId': 'hl' },
      },
    });
    expect((await ask('PUT', `${apis}/d`, resource('d'))).status).toBe(200);
  });

  it('lets the browser save where the provider allows it (contract 3.2)', async () => {
    grafana.files.dashboard('d', { title: 'D' }, { allowUiUpdates: true });
    expect((await ask('POST', '/api/dashboards/db', board('d', { overwrite: true }))).status).toBe(200);
    expect((await ask('GET', '/api/dashboards/uid/d')).body).toMatchObject({
      meta: { provisioned: false, provisionedExternalId: 'd.json' },
    });
  });

  it('keeps a folder that holds one (contract 2.4)', async () => {
    grafana.person.createsFolder('f', 'F');
    grafana.files.dashboard('d', { title: 'D' }, { folderUid: 'f' });
    expect(await ask('DELETE', '/api/folders/f')).toEqual({
      status: 400,
      body: { message: 'provisioned dashboard cannot be deleted' },
    });
  });

  it('refuses by the table of provenances (contract 4.1)', async () => {
    grafana.person.createsFolder('f', 'F');
    grafana.files.ruleGroup('f', 'g', [alertRule('r')]);
    grafana.files.contactPoint('c', 'c', 'webhook', { url: 'http://127.0.0.1:9' });
    grafana.files.muteTiming('m', []);
    grafana.files.template('t', '{{ define "t" }}x{{ end }}');
    grafana.files.policies({ receiver: 'c' });
    const group = `${provisioning}/folder/f/rule-groups/g`;
    const policies = `${provisioning}/policies`;
    for (const headers of [{}, free.headers]) {
      expect((await ask('PUT', group, ruleGroup('r'), headers)).status).toBe(409);
      expect((await ask('DELETE', group, undefined, headers)).status).toBe(409);
      expect((await ask('PUT', `${provisioning}/contact-points/c`, webhook('c'), headers)).status).toBe(500);
    }
    expect((await ask('PUT', policies, { receiver: 'c' }, free.headers)).status).toBe(403);
    expect((await ask('PUT', policies, { receiver: 'c' })).status).toBe(202);
    expect((await ask('PUT', `${provisioning}/mute-timings/m`, { name: 'm' }, free.headers)).status).toBe(403);
    expect((await ask('DELETE', `${provisioning}/templates/t`, undefined, free.headers)).status).toBe(403);
    expect((await ask('DELETE', `${provisioning}/templates/t`)).status).toBe(204);
  });

  it('keeps data sources (contract 6.1)', async () => {
    grafana.files.dataSource('p', 'P', 'prometheus', 'http://127.0.0.1:9');
    expect(await ask('PUT', '/api/datasources/uid/p', { name: 'P', type: 'prometheus' })).toMatchObject({
      status: 403,
      body: { message: 'Cannot update read-only data source' },
    });
    expect((await ask('DELETE', '/api/datasources/uid/p')).status).toBe(403);
  });
});

describe('another person', () => {
  it('saves in the browser: adds, strips and moves (contract 8.10)', async () => {
    await ask(
      'POST',
      '/api/dashboards/db',
      board('d', {
        odd: 1,
        templating: {
          list: [
            { name: 'i', type: 'interval', query: '1m' },
            { name: 'c', type: 'constant', query: 'x', hide: 0 },
          ],
        },
        panels: [
          { id: 1, type: 'stat', odd: 1, gridPos: { x: 0, y: 7, w: 6, h: 4 }, targets: [{ refId: 'A', odd: 1 }] },
        ],
      }),
    );
    grafana.person.editsDashboard('d', (spec) => ({ ...spec, title: 'Mine' }));
    const { spec, version, history } = grafana.world().dashboards['d'] ?? {};
    expect(version).toBe(2);
    expect(history?.[0]?.message).toBe('');
    expect(spec).toMatchObject({
      title: 'Mine',
      preload: false,
      schemaVersion: 42,
      templating: { list: [{ name: 'c', hide: 2, skipUrlSync: true }] },
      panels: [
        {
          gridPos: { x: 0, y: 0, w: 6, h: 4 },
          pluginVersion: '12.3.0',
          options: { colorMode: 'value' },
          targets: [{ refId: 'A', odd: 1 }],
        },
      ],
    });
    expect(spec).not.toHaveProperty('odd');
    expect(spec).not.toHaveProperty('panels.0.odd');
  });

  it('changes nothing by a second save (contract 8.10)', async () => {
    await ask(
      'POST',
      '/api/dashboards/db',
      board('d', {
        panels: [
          { id: 1, type: 'timeseries' },
          { id: 2, type: 'row', collapsed: true, panels: [{ id: 3, type: 'text' }] },
        ],
      }),
    );
    grafana.person.savesDashboard('d');
    const before = grafana.world().dashboards['d']?.spec;
    grafana.person.savesDashboard('d');
    expect(grafana.world().dashboards['d']).toMatchObject({ version: 3 });
    expect(grafana.world().dashboards['d']?.spec).toEqual(before);
  });

  it('adds defaults only to panels that were drawn (contract 8.10)', async () => {
    await ask('POST', '/api/dashboards/db', board('d', { panels: [{ id: 1, type: 'stat' }] }));
    grafana.person.editsDashboard(
      'd',
      (spec) => spec,
      () => false,
    );
    expect(grafana.world().dashboards['d']?.spec).not.toHaveProperty('panels.0.options');
  });

  it('keeps unknown keys in the JSON model (contract 8.10)', async () => {
    await ask('POST', '/api/dashboards/db', board('d'));
    grafana.person.editsDashboardJson('d', (spec) => ({ ...spec, odd: 1 }));
    expect(grafana.world().dashboards['d']?.spec).toMatchObject({ odd: 1 });
  });

  it('edits a rule: the versions of its whole group rise (contract 8.10)', async () => {
    grafana.person.createsFolder('f', 'F');
    await ask(
      'PUT',
      `${provisioning}/folder/f/rule-groups/g`,
      { interval: 60, rules: [alertRule('a'), alertRule('b')] },
      free.headers,
    );
    const before = grafana.world().rules['b']?.body;
    grafana.person.editsRule('a', (rule) => ({ ...rule, for: '5m' }));
    expect(grafana.world().rules).toMatchObject({ a: { version: 2, body: { for: '5m' } }, b: { version: 2 } });
    expect(grafana.world().rules['b']?.body).toEqual(before);
  });

  it('cannot edit what the API has provisioned (contract 4.1)', async () => {
    grafana.person.createsFolder('f', 'F');
    await ask('PUT', `${provisioning}/folder/f/rule-groups/g`, ruleGroup('a'));
    expect(() => grafana.person.editsRule('a', (rule) => rule)).toThrow(/provisioned \(api\)/);
  });

  it('edits notifications, secrets stay', async () => {
    await ask(
      'POST',
      `${provisioning}/contact-points`,
      webhook('c', { settings: { url: 'http://a', password: 'planted' } }),
      free.headers,
    );
    await ask(
      'POST',
      `${provisioning}/mute-timings`,
      { name: 'm', time_intervals: [{ weekdays: ['monday:wednesday'] }] },
      free.headers,
    );
    grafana.person.editsContactPoint('c', (settings) => ({ ...settings, url: 'http://b' }));
    grafana.person.editsMuteTiming('m', (timing) => timing);
    grafana.person.editsPolicies((tree) => ({
      ...tree,
      routes: [{ receiver: 'c name', object_matchers: [['a', '=', 'b']] }],
    }));
    expect(grafana.world()).toMatchObject({
      contactPoints: { c: { settings: { url: 'http://b' }, secrets: { password: 'planted' } } },
      muteTimings: { m: { intervals: [{ weekdays: ['monday', 'tuesday', 'wednesday'] }] } },
      policies: { routes: [{ receiver: 'c name' }] },
    });
  });

  it('gets between a read and a write of the Alertmanager document: the write is lost (contract 4.1)', async () => {
    const url = grafana.url;
    const sent = fetch(`${url}${provisioning}/policies`, {
      method: 'PUT',
      headers: { Authorization: `Bearer ${grafana.tokens.Admin}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ receiver: 'grafana-default-email', group_wait: '7s' }),
    });
    const many = Array.from({ length: 10 }, (_, index) =>
      ask('POST', `${provisioning}/contact-points`, webhook(`c${index}`)),
    );
    const answers = [(await sent).status, ...(await Promise.all(many)).map(({ status }) => status)];
    const passed = answers.slice(1).filter((status) => status === 202).length;
    expect(answers.every((status) => status === 202 || status === 500)).toBe(true);
    expect(answers).toContain(500);
    // One is always there; each that passed, and no other.
    expect(Object.keys(grafana.world().contactPoints)).toHaveLength(1 + passed);
    expect(grafana.world().policies['group_wait']).toBe(answers[0] === 202 ? '7s' : undefined);
  });
});

describe('faults', () => {
  it('refuse before anything happened, or after it was done', async () => {
    const isWrite = ({ write }: { readonly write: boolean }): boolean => write;
    grafana.faults.next({ kind: 'status', status: 503, when: 'before' }, isWrite);
    grafana.faults.next({ kind: 'status', status: 502, when: 'after' }, isWrite);
    expect((await ask('GET', '/api/org')).status).toBe(200);
    expect((await ask('POST', '/api/folders', { uid: 'a', title: 'a' })).status).toBe(503);
    expect((await ask('POST', '/api/folders', { uid: 'b', title: 'b' })).status).toBe(502);
    expect((await ask('POST', '/api/folders', { uid: 'c', title: 'c' })).status).toBe(200);
    expect(Object.keys(grafana.world().folders)).toEqual(['b', 'c']);
    expect(grafana.requests.map(({ status, stored }) => [status, stored])).toEqual([
      [200, false],
      [503, false],
      [502, true],
      [200, true],
    ]);
    expect(grafana.writes()).toBe(3);
  });

  it('say how long to wait', async () => {
    grafana.faults.next({ kind: 'status', status: 429, when: 'before', retryAfter: 2 });
    const response = await fetch(`${grafana.url}/api/org`);
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '2']);
  });

  it.each([
    ['reset', 'before', []],
    ['reset', 'after', ['a']],
    ['hang', 'before', []],
    ['hang', 'after', ['a']],
  ] as const)('%s %s the write', async (kind, when, there) => {
    grafana.faults.next({ kind, when });
    await expect(ask('POST', '/api/folders', { uid: 'a', title: 'a' })).rejects.toThrow();
    expect(Object.keys(grafana.world().folders)).toEqual(there);
  });

  it('come again in the same order for a seed, and end', async () => {
    const statuses = async (seed: number): Promise<readonly number[]> => {
      grafana.reset();
      const faults = everyFault.filter(({ kind }) => kind === 'status');
      grafana.faults.byChance({ seed, chance: 0.5, faults, atMost: 5 });
      for (let left = 30; left > 0; left -= 1) await ask('GET', '/api/org');
      return grafana.requests.map(({ status }) => status);
    };
    const first = await statuses(7);
    expect(first.filter((status) => status !== 200)).toHaveLength(5);
    expect(await statuses(7)).toEqual(first);
    expect(await statuses(8)).not.toEqual(first);
  });
});

it('forgets everything, and its settings go back', async () => {
  await ask('POST', '/api/folders', { uid: 'a', title: 'a' });
  grafana.settings.hideVersion = true;
  grafana.reset();
  expect(grafana.world().folders).toEqual({});
  expect(grafana.requests).toEqual([]);
  expect(grafana.settings.hideVersion).toBe(false);
});

it('gives copies of what is stored', async () => {
  await ask('POST', '/api/folders', { uid: 'a', title: 'a' });
  const before = grafana.world();
  grafana.person.renamesFolder('a', 'b');
  expect(before.folders['a']?.title).toBe('a');
  expect(grafana.world().folders['a']?.title).toBe('b');
});

it('lets two writers of one resourceVersion pass now and then, and their versions tell (contract 3.7, as seen)', async () => {
  const passed = await Promise.all(
    Array.from({ length: 20 }, async (_, index) => {
      await ask('POST', apis, resource(`d${index}`));
      const two = await Promise.all(
        ['a', 'b'].map((title) =>
          ask('PUT', `${apis}/d${index}`, resource(`d${index}`, { title }, { resourceVersion: '1' })),
        ),
      );
      const through = two.filter(({ status }) => status === 200).length;
      expect(grafana.world().dashboards[`d${index}`]).toMatchObject({ version: 1 + through });
      return through;
    }),
  );
  expect(new Set(passed)).toEqual(new Set([1, 2]));
});
