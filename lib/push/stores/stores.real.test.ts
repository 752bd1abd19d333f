import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grafanaFromEnv, type GrafanaClient } from '../../grafana/client';
import { readServerInfo, type ServerInfo } from '../../grafana/server-info';
import { objectAt, objectsAt, type Json } from '../../grafana-json/json';
import { startGrafana } from '../../proof/grafana-server';
import { describeWithVariable } from '../../proof/testing/with-programs';
import type { NormalForms } from '../normal-form';
import { kinds, type DesiredObject, type Kind } from '../object';
import { MovedError, type Store } from '../store';
import { storesFor } from './index';

/** What both sides keep of an object: enough to tell one write of these tests from another. */
const forms = Object.fromEntries(kinds.map((kind) => [kind, (body: Json) => essence(kind, body)])) as NormalForms;

const essence = (kind: Kind, body: Json): Json => {
  switch (kind) {
    case 'dashboard':
      return { title: objectAt(body, 'dashboard')['title'], folder: body['folderUid'] };
    case 'data-source':
      return { name: body['name'], url: body['url'], jsonData: body['jsonData'], secret: body['secureJsonData'] };
    case 'rule-group':
      return {
        interval: body['interval'],
        rules: objectsAt(body, 'rules').map(([{ uid, title, for: hold }]) => ({ uid, title, hold })),
      };
    case 'policy':
      return { receiver: body['receiver'], pace: body['group_wait'] };
    case 'contact-point':
      return { name: body['name'], type: body['type'], settings: body['settings'] };
    default:
      return body;
  }
};

const environment: Readonly<Record<string, string>> = {
  HOOK: 'http://127.0.0.1:9/hook-8Zq1',
  PASSWORD: 'planted-4Kx92',
};
const secret = (name: string): string => environment[name] ?? `no value of ${name}`;
const write = { message: 'homelab-dashboards stores@1', secret };

const rule = (uid: string, hold = '5m'): Json => ({
  uid,
  title: `Rule ${uid}`,
  condition: 'A',
  data: [
    {
      refId: 'A',
      queryType: '',
      relativeTimeRange: { from: 0, to: 0 },
      datasourceUid: '__expr__',
      model: { refId: 'A', type: 'math', expression: '1 > 2', datasource: { type: '__expr__', uid: '__expr__' } },
    },
  ],
  noDataState: 'NoData',
  execErrState: 'Error',
  for: hold,
  labels: { severity: 'warning' },
  annotations: {},
});

describeWithVariable(
  ['GRAFANA_HOME', 'GRAFANA_URL'],
  'the folder of an unpacked Grafana 12, or the address of one to write to, with GRAFANA_TOKEN or GRAFANA_USER and GRAFANA_PASSWORD of its administrator',
  'objects of a real Grafana',
  () => {
    let client: GrafanaClient;
    let info: ServerInfo;
    let stop = async (): Promise<void> => undefined;

    beforeAll(async () => {
      if (process.env['GRAFANA_URL']) client = grafanaFromEnv(process.env);
      else {
        const folder = mkdtempSync(join(tmpdir(), 'grafana-stores-'));
        mkdirSync(join(folder, 'provisioning'));
        const server = await startGrafana(
          process.env['GRAFANA_HOME'] ?? '',
          join(folder, 'provisioning'),
          join(folder, 'data'),
        );
        client = server.client;
        stop = async () => {
          await server.stop();
          rmSync(folder, { recursive: true, force: true });
        };
      }
      info = await readServerInfo(client);
    });
    afterAll(async () => {
      await stop();
    });

    it('tells what it is', () => {
      expect(info.version).toMatch(/^\d+\.\d+/);
      expect(info.namespace).toBe(info.org.id === 1 ? 'default' : `org-${info.org.id}`);
      expect(info.permissions?.has('dashboards:create')).toBe(true);
    });

    describe.each(['by /apis', 'by the legacy API'])('%s', (way) => {
      const prefix = way === 'by /apis' ? 'st-a' : 'st-l';
      const object = (kind: Kind, name: string, body: Json, title = name): DesiredObject => ({
        kind,
        key: kind === 'rule-group' ? `${prefix}-folder/${name}` : name,
        title,
        body,
      });
      const folder = (title: string, parentUid?: string): DesiredObject =>
        object('folder', `${prefix}-folder`, { uid: `${prefix}-folder`, title, ...(parentUid && { parentUid }) });
      const outer = object('folder', `${prefix}-outer`, { uid: `${prefix}-outer`, title: `Outer ${prefix}` });
      const contactPoint = (httpMethod: string): DesiredObject =>
        object('contact-point', `${prefix}-cp`, {
          uid: `${prefix}-cp`,
          name: `${prefix}-phone`,
          type: 'webhook',
          disableResolveMessage: false,
          settings: { url: { env: 'HOOK' }, httpMethod, username: 'u', password: { env: 'PASSWORD' } },
        });

      /** Of each kind one object and another form of it. */
      const cases: readonly {
        readonly kind: Kind;
        readonly first: DesiredObject;
        readonly second: DesiredObject;
        /** As a person would do it, without us. */
        readonly meddle: (client: GrafanaClient) => Promise<unknown>;
      }[] = [
        {
          kind: 'folder',
          first: folder(`Inner ${prefix}`, `${prefix}-outer`),
          second: folder(`Renamed ${prefix}`),
          meddle: (grafana) => grafana.put(`/api/folders/${prefix}-folder`, { title: 'By a person', overwrite: true }),
        },
        {
          kind: 'data-source',
          first: object('data-source', `${prefix}-ds`, dataSource(prefix, 'http://127.0.0.1:9')),
          second: object('data-source', `${prefix}-ds`, dataSource(prefix, 'http://127.0.0.1:10')),
          meddle: (grafana) =>
            grafana.put(`/api/datasources/uid/${prefix}-ds`, {
              ...dataSource(prefix, 'http://127.0.0.1:11'),
              secureJsonData: undefined,
              version: 99,
            }),
        },
        {
          kind: 'dashboard',
          first: object('dashboard', `${prefix}-board`, board(prefix, 'One', `${prefix}-folder`)),
          second: object('dashboard', `${prefix}-board`, board(prefix, 'Two', '')),
          meddle: (grafana) =>
            grafana.post('/api/dashboards/db', {
              ...board(prefix, 'By a person', `${prefix}-folder`),
              overwrite: true,
            }),
        },
        {
          kind: 'template',
          first: object('template', `${prefix}-text`, {
            name: `${prefix}-text`,
            template: `{{ define "${prefix}.a" }}one{{ end }}`,
          }),
          second: object('template', `${prefix}-text`, {
            name: `${prefix}-text`,
            template: `{{ define "${prefix}.a" }}two{{ end }}`,
          }),
          meddle: (grafana) =>
            grafana.put(
              `/api/v1/provisioning/templates/${prefix}-text`,
              { template: `{{ define "${prefix}.a" }}person{{ end }}` },
              { headers: { 'X-Disable-Provenance': 'true' } },
            ),
        },
        {
          kind: 'mute-timing',
          first: object('mute-timing', `${prefix} nights`, nights(prefix, '23:00')),
          second: object('mute-timing', `${prefix} nights`, nights(prefix, '22:00')),
          meddle: (grafana) =>
            grafana.put(`/api/v1/provisioning/mute-timings/${prefix}%20nights`, nights(prefix, '21:00'), {
              headers: { 'X-Disable-Provenance': 'true' },
            }),
        },
        {
          kind: 'contact-point',
          first: contactPoint('POST'),
          second: contactPoint('PUT'),
          meddle: (grafana) =>
            grafana.put(
              `/api/v1/provisioning/contact-points/${prefix}-cp`,
              {
                name: `${prefix}-phone`,
                type: 'webhook',
                settings: {
                  url: 'http://127.0.0.1:9/theirs',
                  httpMethod: 'PUT',
                  username: 'u',
                  password: '[REDACTED]',
                },
              },
              { headers: { 'X-Disable-Provenance': 'true' } },
            ),
        },
        {
          kind: 'policy',
          first: object('policy', `Alerts ${prefix}`, route(prefix, '30s')),
          second: object('policy', `Alerts ${prefix}`, route(prefix, '1m')),
          meddle: async (grafana) => {
            const tree = (await grafana.get('/api/v1/provisioning/policies')) as { routes: Json[] };
            const routes = tree.routes.map((each) =>
              JSON.stringify(each).includes(`Alerts ${prefix}`) ? { ...each, group_wait: '7s' } : each,
            );
            return grafana.put(
              '/api/v1/provisioning/policies',
              { ...tree, routes },
              { headers: { 'X-Disable-Provenance': 'true' } },
            );
          },
        },
        {
          kind: 'rule-group',
          first: object('rule-group', 'group one', group(prefix, 60, rule(`${prefix}-r1`), rule(`${prefix}-r2`))),
          second: object('rule-group', 'group one', group(prefix, 120, rule(`${prefix}-r2`, '10m'))),
          meddle: (grafana) =>
            grafana.put(
              `/api/v1/provisioning/folder/${prefix}-folder/rule-groups/group%20one`,
              group(prefix, 60, rule(`${prefix}-r2`, '20m')),
              { headers: { 'X-Disable-Provenance': 'true' } },
            ),
        },
      ];

      let stores: Readonly<Record<Kind, Store>>;
      const clean = async (): Promise<void> => {
        const ignore = (): undefined => undefined;
        const free = { headers: { 'X-Disable-Provenance': 'true' } };
        const tree = (await client.get('/api/v1/provisioning/policies').catch(ignore)) as { routes?: Json[] };
        if (tree?.routes)
          await client
            .put(
              '/api/v1/provisioning/policies',
              { ...tree, routes: tree.routes.filter((each) => !JSON.stringify(each).includes(`Alerts ${prefix}`)) },
              free,
            )
            .catch(ignore);
        for (const path of [
          `/api/v1/provisioning/folder/${prefix}-folder/rule-groups/group%20one`,
          `/api/v1/provisioning/contact-points/${prefix}-cp`,
          `/api/v1/provisioning/mute-timings/${prefix}%20nights`,
          `/api/v1/provisioning/templates/${prefix}-text`,
          `/api/dashboards/uid/${prefix}-board`,
          `/api/datasources/uid/${prefix}-ds`,
          `/api/folders/${prefix}-folder`,
          `/api/folders/${prefix}-outer`,
        ])
          await client.delete(path, free).catch(ignore);
      };

      beforeAll(async () => {
        await clean();
        stores = storesFor(client, way === 'by /apis' ? info : { ...info, dashboards: undefined, folders: undefined }, {
          normalForms: forms,
          desired: [contactPoint('POST')],
          secretValue: (name) => environment[name],
        });
        await stores.folder.write(outer, undefined, write);
        await stores.folder.write(folder(`Inner ${prefix}`, `${prefix}-outer`), undefined, write);
      });
      afterAll(clean);

      const bodyOf = (kind: Kind, body: Json | undefined): Json | undefined => body && forms[kind](body);

      describe.each(cases.map((each) => each.kind))('%s', (kind) => {
        const { first, second, meddle } = cases.find((each) => each.kind === kind) as (typeof cases)[number];
        const isFolder = kind === 'folder';

        it('is made, found, changed, and read back as it was meant', async () => {
          const store = stores[kind];
          if (!isFolder) {
            expect(await store.read(first.key)).toBeUndefined();
            expect((await store.readAll([first.key])).size).toBe(0);
          }
          const made = isFolder ? await store.read(first.key) : await store.write(first, undefined, write);
          expect(made?.readOnly).toBeUndefined();
          const listed = (await store.readAll([first.key, kind === 'rule-group' ? 'no/one' : 'nobody'])).get(first.key);
          expect(bodyOf(kind, listed?.body)).toEqual(bodyOf(kind, made?.body));
          if (!listed) throw new Error('it is not listed');
          const changed = await store.write(second, listed, write);
          expect(bodyOf(kind, changed.body)).not.toEqual(bodyOf(kind, made?.body));
          const again = await store.read(first.key);
          expect(bodyOf(kind, again?.body)).toEqual(bodyOf(kind, changed.body));
          // Secrets that Grafana hides look alike on both sides of these tests.
          if (kind !== 'contact-point' && kind !== 'data-source' && kind !== 'rule-group' && kind !== 'policy')
            expect(bodyOf(kind, changed.body)).toEqual(bodyOf(kind, second.body));
          expect(JSON.stringify(again)).not.toContain('planted');
          expect(JSON.stringify(again)).not.toContain('hook-8Zq1');
        });

        it("is never written or removed over a person's change", async () => {
          const store = stores[kind];
          const before = await store.read(first.key);
          if (!before) throw new Error('it is not there');
          await meddle(client);
          const theirs = await store.read(first.key);
          expect(bodyOf(kind, theirs?.body)).not.toEqual(bodyOf(kind, before.body));
          await expect(store.write(first, before, write)).rejects.toBeInstanceOf(MovedError);
          await expect(store.remove(before)).rejects.toBeInstanceOf(MovedError);
          await expect(store.write(first, undefined, write)).rejects.toBeInstanceOf(MovedError);
          expect(bodyOf(kind, (await store.read(first.key))?.body)).toEqual(bodyOf(kind, theirs?.body));
        });

        it('is written over what is there now', async () => {
          const store = stores[kind];
          const now = await store.read(first.key);
          const written = await store.write(first, now, write);
          expect(bodyOf(kind, (await store.read(first.key))?.body)).toEqual(bodyOf(kind, written.body));
        });
      });

      it('keeps other routes of the tree where they are', async () => {
        const tree = (await client.get('/api/v1/provisioning/policies')) as { routes: Json[]; receiver: string };
        const theirs = { object_matchers: [['team', '=', prefix]], receiver: tree.receiver };
        await client.put(
          '/api/v1/provisioning/policies',
          { ...tree, routes: [...tree.routes, theirs] },
          { headers: { 'X-Disable-Provenance': 'true' } },
        );
        const now = await stores.policy.read(`Alerts ${prefix}`);
        const wanted = cases.find((each) => each.kind === 'policy')?.second as DesiredObject;
        await stores.policy.write(wanted, now, write);
        const after = (await client.get('/api/v1/provisioning/policies')) as { routes: Json[] };
        expect(after.routes.map((each) => JSON.stringify(each['object_matchers']))).toEqual(
          [...tree.routes, theirs].map((each) => JSON.stringify(each['object_matchers'])),
        );
        await client.put(
          '/api/v1/provisioning/policies',
          { ...after, routes: after.routes.slice(0, -1) },
          { headers: { 'X-Disable-Provenance': 'true' } },
        );
      });

      it('removes no folder that holds something', async () => {
        const now = await stores.folder.read(`${prefix}-folder`);
        if (!now) throw new Error('no folder');
        await expect(stores.folder.remove(now)).rejects.toMatchObject({ exitCode: 2 });
        expect((await stores['rule-group'].readAll([`${prefix}-folder/group one`])).size).toBe(1);
      });

      it('takes no rule out of a group that is not ours, and writes none into a folder that is not there', async () => {
        const store = stores['rule-group'];
        await store.readAll([`${prefix}-folder/other`]);
        const thief = object('rule-group', 'other', group(prefix, 60, rule(`${prefix}-r1`)));
        await expect(store.write(thief, undefined, write)).rejects.toThrow(/not ours/);
        const lost = { ...object('rule-group', 'x', group(prefix, 60, rule(`${prefix}-r9`))), key: 'nowhere/x' };
        await expect(store.write(lost, undefined, write)).rejects.toThrow(/there is no folder nowhere/);
      });

      it('is removed again, in the reverse order, and twice is fine', async () => {
        for (const kind of [...kinds].reverse()) {
          const { key } = (cases.find((each) => each.kind === kind) as (typeof cases)[number]).first;
          const now = await stores[kind].read(key);
          if (!now) throw new Error(`no ${kind} ${key}`);
          await stores[kind].remove(now);
          expect(await stores[kind].read(key)).toBeUndefined();
          await stores[kind].remove(now);
        }
      });
    });

    it('loses none of many writes at once', async () => {
      const stores = storesFor(client, info, { normalForms: forms });
      const numbers = [0, 1, 2, 3, 4, 5, 6, 7];
      const wanted = numbers.flatMap((number): DesiredObject[] => [
        {
          kind: 'contact-point',
          key: `st-many-${number}`,
          title: '',
          body: { uid: `st-many-${number}`, name: `st-many-${number}`, type: 'email', settings: { addresses: 'a@b' } },
        },
        { kind: 'mute-timing', key: `st-m${number} nights`, title: '', body: nights(`st-m${number}`, '20:00') },
        { kind: 'dashboard', key: `st-m${number}-board`, title: '', body: board(`st-m${number}`, 'Many', '') },
      ]);
      const written = await Promise.all(wanted.map((each) => stores[each.kind].write(each, undefined, write)));
      for (const kind of ['contact-point', 'mute-timing', 'dashboard'] as const)
        expect((await stores[kind].readAll(wanted.map(({ key }) => key))).size).toBe(numbers.length);
      await Promise.all(written.map((each) => stores[each.kind].remove(each)));
      for (const kind of ['contact-point', 'mute-timing', 'dashboard'] as const)
        expect((await stores[kind].readAll(wanted.map(({ key }) => key))).size).toBe(0);
    });

    it('reads what a plan of 40 dashboards and 150 alerts needs in few requests', async () => {
      const stores = storesFor(client, info, { normalForms: forms });
      const before = client.requests;
      const named = (count: number, name: string): readonly string[] =>
        Array.from({ length: count }, (_, index) => `${name}-${index}`);
      await stores.folder.readAll(named(10, 'st-f'));
      await stores.dashboard.readAll(named(40, 'st-d'));
      await stores['rule-group'].readAll(named(20, 'st-f/g'));
      await stores['contact-point'].readAll(named(5, 'st-c'));
      await stores['mute-timing'].readAll(named(3, 'st-m'));
      await stores.template.readAll(['st-t']);
      await stores.policy.readAll(['Alerts']);
      expect(client.requests - before).toBeLessThanOrEqual(12);
    });
  },
);

const dataSource = (prefix: string, url: string): Json => ({
  uid: `${prefix}-ds`,
  name: `Source ${prefix}`,
  type: 'prometheus',
  access: 'proxy',
  url,
  basicAuth: true,
  basicAuthUser: 'reader',
  isDefault: false,
  jsonData: { timeInterval: '15s' },
  secureJsonData: { basicAuthPassword: { env: 'PASSWORD' } },
});

const board = (prefix: string, title: string, folderUid: string): Json => ({
  dashboard: { uid: `${prefix}-board`, title: `${title} ${prefix}`, schemaVersion: 42, panels: [] },
  folderUid,
});

const nights = (prefix: string, from: string): Json => ({
  name: `${prefix} nights`,
  time_intervals: [{ times: [{ start_time: from, end_time: '24:00' }], location: 'Europe/Amsterdam' }],
});

const route = (prefix: string, wait: string): Json => ({
  receiver: `${prefix}-phone`,
  object_matchers: [['grafana_folder', '=', `Alerts ${prefix}`]],
  group_by: ['alertname'],
  group_wait: wait,
});

const group = (prefix: string, interval: number, ...rules: readonly Json[]): Json => ({
  title: 'group one',
  folderUid: `${prefix}-folder`,
  interval,
  rules,
});
