import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { alerts } from '../../alerts/index';
import { dashboards } from '../../dashboards/index';
import type { GrafanaClient } from '../grafana/client';
import { defineHomelab } from '../homelab/define';
import { resolveHomelab } from '../homelab/resolve';
import { render, type Rendered } from '../render/render';
import { writeArtifacts } from '../render/write';
import { complaintsIn, startGrafana, type OwnGrafana } from './grafana-server';
import { describeWithVariable } from './testing/with-programs';
import { until } from './until';

describeWithVariable(
  ['GRAFANA_HOME'],
  'the folder of an unpacked Grafana 12, with bin, conf and public',
  'a Grafana with a life of its own',
  () => {
    const home = process.env['GRAFANA_HOME'] ?? '';
    let folder: string;
    let before: Inventory;
    let grafana: OwnGrafana | undefined;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'grafana-existing-'));
      grafana = await startGrafana(home, join(folder, 'nothing'), join(folder, 'data'));
      await furnish(grafana.client);
      before = await takeStock(grafana.client);
      await grafana.stop();
    });
    // Its database has room for one at a time.
    afterEach(async () => grafana?.stop());
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it.each([
      ['the homelab file names its data source', theirDataSource],
      ['the homelab file names one that it does not have', 'prometheus'],
    ])('starts on our files and keeps everything it had: %s', async (_, uid) => {
      const out = join(folder, uid);
      const rendered = renderFor(uid, out);
      grafana = await startGrafana(home, join(out, 'grafana', 'provisioning'), join(folder, 'data'));
      const { client } = grafana;
      const boards = rendered.boards.map((board) => board.uid).sort();
      await until('our boards', async () => (await uidsOf(client, 'hl-')).length >= boards.length, { within: 60_000 });

      expect(await takeStock(client)).toEqual(before);
      expect(await uidsOf(client, 'hl-')).toEqual(boards);
      expect((await ourRules(client)).length).toBeGreaterThan(10);
      expect(complaintsIn(grafana.log())).toEqual([]);
    });
  },
);

const theirDataSource = 'PBFA97CFB590B2093';

const renderFor = (uid: string, out: string): Rendered => {
  const homelab = defineHomelab({
    hosts: [{ name: 'nas', address: '127.0.0.1' }],
    apps: [{ app: 'prometheus', host: 'nas' }],
    dataSources: { prometheus: { kind: 'prometheus', uid, name: 'Prometheus' } },
    grafana: { mode: 'existing', dashboardsPath: join(out, 'grafana', 'dashboards') },
    probes: { router: '127.0.0.1', services: [{ name: 'notes', url: 'https://127.0.0.1/' }] },
    timeZone: 'Europe/Berlin',
    alerting: {
      pack: 'all',
      receivers: { phone: { kind: 'webhook', url: 'http://127.0.0.1:9/' } },
      quietHours: { from: '22:00', to: '07:00' },
      digest: { at: '08:00' },
    },
  });
  const rendered = render(resolveHomelab(homelab), { dashboards, alerts });
  writeArtifacts(rendered.artifacts, out);
  return rendered;
};

/** What a person has made there by the API, over years. */
const furnish = async (grafana: GrafanaClient): Promise<void> => {
  await grafana.post('/api/datasources', {
    uid: theirDataSource,
    name: 'Prometheus',
    type: 'prometheus',
    access: 'proxy',
    url: 'http://127.0.0.1:9',
    isDefault: true,
  });
  await grafana.post('/api/folders', { uid: 'mine', title: 'Hosts' });
  for (const [index, folderUid] of [
    [1, 'mine'],
    [2, 'mine'],
    [3, ''],
  ] as const)
    await grafana.post('/api/dashboards/db', {
      folderUid,
      dashboard: {
        uid: `mine-${index}`,
        title: `Mine ${index}`,
        tags: ['mine'],
        panels: [{ id: 1, type: 'text', title: 'Mine', options: { content: 'mine' } }],
      },
    });
  await grafana.post('/api/v1/provisioning/contact-points', {
    uid: 'mine-mail',
    name: 'mine',
    type: 'email',
    settings: { addresses: 'me@example.org' },
  });
  await grafana.post('/api/v1/provisioning/mute-timings', {
    name: 'mine',
    time_intervals: [{ weekdays: ['saturday'] }],
  });
  await grafana.put('/api/v1/provisioning/templates/mine', { template: '{{ define "mine" }}mine{{ end }}' });
  await grafana.put('/api/v1/provisioning/policies', {
    receiver: 'mine',
    group_by: ['alertname'],
    routes: [{ receiver: 'mine', object_matchers: [['team', '=', 'mine']], mute_time_intervals: ['mine'] }],
  });
  await grafana.put('/api/v1/provisioning/folder/mine/rule-groups/mine', {
    title: 'mine',
    folderUid: 'mine',
    interval: 60,
    rules: [
      {
        uid: 'mine-rule',
        title: 'Mine',
        condition: 'A',
        data: [
          {
            refId: 'A',
            relativeTimeRange: { from: 600, to: 0 },
            datasourceUid: '__expr__',
            model: { refId: 'A', type: 'math', expression: '0 > 1' },
          },
        ],
        noDataState: 'OK',
        execErrState: 'OK',
        for: '1m',
        labels: { team: 'mine' },
        annotations: { summary: 'mine' },
      },
    ],
  });
};

/** Everything in a Grafana that is not ours. */
interface Inventory {
  readonly dataSources: unknown;
  readonly boards: unknown;
  readonly folders: unknown;
  readonly policies: unknown;
  readonly contactPoints: unknown;
  readonly muteTimings: unknown;
  readonly templates: unknown;
  readonly rules: unknown;
}

type Named = Readonly<Record<string, unknown>>;

const takeStock = async (grafana: GrafanaClient): Promise<Inventory> => {
  const list = async (path: string): Promise<readonly Named[]> => (await grafana.get(path)) as readonly Named[];
  const theirs = (items: readonly Named[]): readonly Named[] =>
    items.filter(({ uid, name }) => !/^hl-/.test(String(uid ?? name)) && !/^hl-/.test(String(name ?? uid)));
  const boards = await uidsOf(grafana, '');
  return {
    dataSources: await list('/api/datasources'),
    boards: await Promise.all(
      boards.filter((uid) => !uid.startsWith('hl-')).map((uid) => grafana.get(`/api/dashboards/uid/${uid}`)),
    ),
    folders: theirs(await list('/api/folders')).filter(({ title }) => title !== 'Homelab alerts'),
    policies: await grafana.get('/api/v1/provisioning/policies'),
    contactPoints: theirs(await list('/api/v1/provisioning/contact-points')),
    muteTimings: theirs(await list('/api/v1/provisioning/mute-timings')),
    templates: theirs(await list('/api/v1/provisioning/templates')),
    rules: theirs(await list('/api/v1/provisioning/alert-rules')),
  };
};

const uidsOf = async (grafana: GrafanaClient, prefix: string): Promise<readonly string[]> =>
  ((await grafana.get('/api/search', { type: 'dash-db', limit: '5000' })) as readonly { readonly uid: string }[])
    .map(({ uid }) => uid)
    .filter((uid) => uid.startsWith(prefix))
    .sort();

const ourRules = async (grafana: GrafanaClient): Promise<readonly Named[]> =>
  ((await grafana.get('/api/v1/provisioning/alert-rules')) as readonly Named[]).filter(({ uid }) =>
    String(uid).startsWith('hl-'),
  );
