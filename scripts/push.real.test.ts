import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isObject, objectsAt, textAt, type Json } from '../lib/grafana-json/json';
import { startGrafana } from '../lib/proof/grafana-server';
import { describeWithVariable } from '../lib/proof/testing/with-programs';
import { startGrafanaStandIn } from '../lib/push/testing/grafana';
import { authenticationFromEnv } from '../lib/server/authentication';
import { runCli, type Ended } from './testing/run-cli';

/**
 * The stories of a push, in order, as a person at a terminal has them: against a Grafana of its own (GRAFANA_HOME), one to throw away
 * (GRAFANA_URL, GRAFANA_USER, GRAFANA_PASSWORD and GRAFANA_MAY_BE_CHANGED=yes), else the stand-in.
 */
interface Subject {
  readonly url: string;
  readonly token: string;
  readonly authorization: string;
  stop(): Promise<void>;
}

const basic = (user: string, password: string): string =>
  String(authenticationFromEnv('GRAFANA', { GRAFANA_USER: user, GRAFANA_PASSWORD: password }).headers['Authorization']);

const prefix = `t${Date.now().toString(36).slice(-5)}`;
const planted = {
  HOOK: 'http://127.0.0.1:9/hook/pLanTed7Qw3eR5tY9uI1oP',
  CHAT: 'https://discord.com/api/webhooks/1182/Zx8PqPlAnTeDd1sc0rdK29fjw0vQmT7aLr',
} as const;

/** Two boards are enough, and soon rendered. */
const homelab = (boards = '[host-use, prometheus]'): string => `project: ${prefix}
timeZone: Europe/Berlin
hosts:
  - name: nas
    address: 192.168.1.10
dataSources:
  prometheus: { kind: prometheus, uid: prometheus, name: Prometheus, url: 'http://127.0.0.1:9090' }
alerting:
  engine: grafana
  receivers:
    mail: { kind: email, to: [me@example.org] }
    hook: { kind: webhook, url: { env: HOOK } }
    chat: { kind: discord, url: { env: CHAT } }
  routes: [{ severity: critical, to: chat }]
  defaultReceiver: mail
  quietHours: { from: '22:30', to: '07:00' }
dashboards: { include: ${boards} }
`;

const { GRAFANA_HOME: home, GRAFANA_URL: url, GRAFANA_MAY_BE_CHANGED: may } = process.env;
const isGiven = Boolean(home) || (Boolean(url) && may === 'yes');

const realGrafana = async (): Promise<Subject> => {
  const folder = mkdtempSync(join(tmpdir(), 'grafana-push-'));
  const own = home ? await startGrafana(home, join(folder, 'provisioning'), join(folder, 'data')) : undefined;
  const { GRAFANA_USER: user = 'admin', GRAFANA_PASSWORD: password = 'admin' } = process.env;
  const authorization = own ? basic('admin', 'proof') : basic(user, password);
  const at = own?.url ?? String(url);
  const account = await send(at, authorization, 'POST', '/api/serviceaccounts', { name: prefix, role: 'Admin' });
  const path = `/api/serviceaccounts/${String((account as Json)['id'])}/tokens`;
  const token = String(((await send(at, authorization, 'POST', path, { name: prefix })) as Json)['key']);
  return {
    url: at,
    token,
    authorization,
    stop: async () => {
      await own?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const standIn = async (): Promise<Subject> => {
  const { url, tokens, administrator, stop } = await startGrafanaStandIn();
  return { url, token: tokens.Admin, authorization: basic(administrator.user, administrator.password), stop };
};

const send = async (
  url: string,
  authorization: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> => {
  const response = await fetch(url + path, {
    method,
    headers: { Authorization: authorization, 'Content-Type': 'application/json', 'X-Disable-Provenance': 'true' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
};

const tell = (start: () => Promise<Subject>): void => {
  let subject: Subject;
  let home: string;
  const said: string[] = [];
  const ask = (method: string, path: string, body?: unknown): Promise<unknown> =>
    send(subject.url, subject.authorization, method, path, body);

  beforeAll(async () => {
    subject = await start();
    home = mkdtempSync(join(tmpdir(), 'push-home-'));
    writeFileSync(join(home, 'homelab.yaml'), homelab());
    // Of somebody else: they have to be as they were, whatever we do.
    await ask('POST', '/api/folders', { uid: `${prefix}x`, title: 'Theirs' });
    await ask('POST', '/api/dashboards/db', {
      dashboard: { uid: `${prefix}x-board`, title: 'Theirs', panels: [] },
      folderUid: `${prefix}x`,
    });
  });
  afterAll(async () => {
    rmSync(home, { recursive: true, force: true });
    await subject.stop();
  });

  const push = async (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> => {
    const ended = await runCli(['push', '--homelab', join(home, 'homelab.yaml'), ...args], {
      env: {
        ...planted,
        GRAFANA_URL: subject.url,
        GRAFANA_TOKEN: subject.token,
        GRAFANA_USER: '',
        GRAFANA_PASSWORD: '',
        ...env,
      },
    });
    said.push(ended.stdout, ended.stderr);
    return ended;
  };
  const folder = (): string => join(home, '.push', 'grafana');
  const newestBackup = (): string =>
    join(
      folder(),
      readdirSync(folder())
        .filter((name) => name.endsWith('backup.json'))
        .sort()
        .at(-1) ?? '',
    );

  /** All that is there, as the API shows it. */
  const everything = async (): Promise<Readonly<Record<string, unknown>>> => {
    const list = async (path: string): Promise<readonly Json[]> => {
      const found = await ask('GET', path);
      return Array.isArray(found) ? found.filter(isObject) : [];
    };
    const named = (kind: string, items: readonly Json[], key: string) =>
      items.map((item): [string, unknown] => [`${kind} ${textAt(item, key)}`, item]);
    const boards = await list('/api/search?type=dash-db&limit=5000');
    const alerting = '/api/v1/provisioning';
    return Object.fromEntries([
      ...named('folder', await list('/api/folders?limit=1000'), 'uid'),
      ...(await Promise.all(
        boards.map(async ({ uid }): Promise<[string, unknown]> => [
          `dashboard ${String(uid)}`,
          ((await ask('GET', `/api/dashboards/uid/${String(uid)}`)) as Json)['dashboard'],
        ]),
      )),
      ...named('rule', await list(`${alerting}/alert-rules`), 'uid'),
      ...named('contact point', await list(`${alerting}/contact-points`), 'uid'),
      ...named('mute timing', await list(`${alerting}/mute-timings`), 'name'),
      ...named('template', await list(`${alerting}/templates`), 'name'),
      ['policies', await ask('GET', `${alerting}/policies`)],
    ]);
  };
  const retitle = async (uid: string, title: string): Promise<void> => {
    const found = (await ask('GET', `/api/dashboards/uid/${uid}`)) as { dashboard: Json; meta: Json };
    await ask('POST', '/api/dashboards/db', {
      dashboard: { ...found.dashboard, title },
      folderUid: found.meta['folderUid'],
      message: 'mine',
    });
  };
  const titleOf = async (uid: string): Promise<unknown> =>
    ((await ask('GET', `/api/dashboards/uid/${uid}`)) as { dashboard: Json }).dashboard['title'];
  let untouched: Readonly<Record<string, unknown>>;

  it('shows what it would make, makes it, and then has nothing to do', async () => {
    untouched = await everything();
    const plan = await push(['--plan']);
    expect(plan).toMatchObject({ status: 1, stdout: expect.stringContaining(`+ Hosts / USE ${prefix}-host-use`) });
    expect(await everything()).toEqual(untouched);
    expect((await push([])).status).toBe(2);
    expect((await push(['--yes'])).status).toBe(0);
    const made = await everything();
    for (const [name, theirs] of Object.entries(untouched)) expect(made[name], name).toEqual(theirs);
    expect(Object.keys(made).length).toBeGreaterThan(Object.keys(untouched).length + 10);
    const again = await push(['--yes']);
    expect(again).toMatchObject({ status: 0, stdout: expect.stringContaining('Nothing to do') });
    // Versions and times stand in it: not one write.
    expect(await everything()).toEqual(made);
    expect((await push(['--plan'])).status).toBe(0);
  });

  it('never writes over what a person changed unless told, and gives it back', async () => {
    const [board, rule] = [`${prefix}-host-use`, `${prefix}-host-down`];
    await retitle(board, 'Mine');
    const path = `/api/v1/provisioning/alert-rules/${rule}`;
    await ask('PUT', path, { ...((await ask('GET', path)) as Json), for: '17m' });
    const edited = await everything();
    expect((await push(['--plan'])).stdout).toMatch(/title Hosts \/ USE to Mine[^]*alert HostDown: for 3m to 17m/);
    const refused = await push(['--yes']);
    expect(refused).toMatchObject({ status: 2, stdout: expect.stringContaining('--on-drift overwrite') });
    expect(await everything()).toEqual(edited);

    expect((await push(['--adopt'])).status).toBe(1);
    expect(readFileSync(join(home, 'adopted', 'dashboard', `${board}.json`), 'utf8')).toContain('"title": "Mine"');
    expect(await everything()).toEqual(edited);

    writeFileSync(join(home, 'homelab.yaml'), homelab().replace("'07:00'", "'06:00'"));
    expect(await push(['--yes', '--on-drift', 'keep'])).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('1 done, 2 left as they are'),
    });
    expect(await titleOf(board)).toBe('Mine');

    expect((await push(['--yes', '--on-drift', 'overwrite'])).status).toBe(0);
    expect(await titleOf(board)).toBe('Hosts / USE');
    expect((await push(['--rollback', newestBackup(), '--yes'])).status).toBe(0);
    expect(await titleOf(board)).toBe('Mine');
    expect(((await ask('GET', path)) as Json)['for']).toBe('17m');
    expect((await push(['--plan'])).stdout).toContain('title Hosts / USE to Mine');
    expect((await push(['--yes', '--on-drift', 'overwrite'])).status).toBe(0);
  });

  it('deletes what is ours and no longer defined, when told, and no folder around somebody’s dashboard', async () => {
    const guest = { uid: `${prefix}x-guest`, title: 'Guest', panels: [] };
    await ask('POST', '/api/dashboards/db', { dashboard: guest, folderUid: `${prefix}-folder-stack` });
    writeFileSync(join(home, 'homelab.yaml'), homelab('[host-use]'));
    expect((await push(['--yes'])).status).toBe(0);
    expect(await titleOf(`${prefix}-prometheus`)).toContain('Prometheus');
    expect((await push(['--yes', '--prune', '--max-delete', '0'])).status).toBe(2);
    const pruned = await push(['--yes', '--prune']);
    expect(pruned).toMatchObject({ status: 0, stdout: expect.stringContaining('it holds what is not ours') });
    await expect(titleOf(`${prefix}-prometheus`)).rejects.toThrow('404');
    expect(await titleOf(guest.uid)).toBe('Guest');
    await ask('DELETE', `/api/dashboards/uid/${guest.uid}`);
    expect((await push(['--yes', '--prune'])).status).toBe(0);
    expect(await everything()).not.toHaveProperty(`folder ${prefix}-folder-stack`);
    expect(await push(['--plan', '--prune'])).toMatchObject({ status: 0 });
  });

  it('applies a saved plan once, and never after somebody moved what it writes', async () => {
    const file = join(home, 'plan.json');
    writeFileSync(join(home, 'homelab.yaml'), homelab());
    expect((await push(['--plan', '--out', file])).status).toBe(1);
    const text = readFileSync(file, 'utf8');
    writeFileSync(join(home, 'edited.json'), text.replace('Stack / Prometheus', 'Something else'));
    expect((await push(['--apply', join(home, 'edited.json')])).status).toBe(2);
    expect((await push(['--apply', file])).status).toBe(0);
    expect((await push(['--apply', file])).status).toBe(2);
  });

  it('notices a secret that changed, and tells nobody any', async () => {
    const HOOK = 'http://127.0.0.1:9/hook/pLanTed2Mn4bV6cX8zL0kJ';
    const changed = await push(['--plan'], { HOOK });
    expect(changed).toMatchObject({ status: 1, stdout: expect.stringContaining('secret HOOK changed') });
    expect((await push(['--yes'], { HOOK })).status).toBe(0);
    // On a machine without it nobody can tell: that is no person's edit.
    expect((await push(['--plan'], { HOOK: '' })).status).toBe(0);

    const files = [home, folder()].flatMap((path) =>
      readdirSync(path, { withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => readFileSync(join(path, name), 'utf8')),
    );
    const state = JSON.stringify(await ask('GET', `/api/dashboards/uid/${prefix}-state`));
    const history = JSON.stringify(await ask('GET', `/api/dashboards/uid/${prefix}-state/versions`));
    expect(files.length).toBeGreaterThan(8);
    for (const text of [...said, ...files, state, history]) {
      expect(text).not.toMatch(/planted/i);
      expect(text).not.toContain(subject.token);
    }
    const points = objectsAt({ all: await ask('GET', '/api/v1/provisioning/contact-points') }, 'all');
    expect(JSON.stringify(points)).toContain(HOOK);
  });

  it('goes without a trace, but for what a person changed and what that needs', async () => {
    const path = `/api/v1/provisioning/alert-rules/${prefix}-host-down`;
    const before = (await ask('GET', path)) as Json;
    await ask('PUT', path, { ...before, for: '19m' });
    const guest = { uid: `${prefix}x-guest`, title: 'Guest', panels: [] };
    await ask('POST', '/api/dashboards/db', { dashboard: guest, folderUid: `${prefix}-folder-hosts` });
    expect((await push(['--uninstall'])).status).toBe(2);
    const left = await push(['--uninstall', '--yes']);
    expect(left).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('changed in Grafana since the last push'),
    });
    expect(((await ask('GET', path)) as Json)['for']).toBe('19m');
    await expect(titleOf(`${prefix}-state`)).rejects.toThrow('404');
    expect(left.stdout).toContain('still names it');
    expect(left.stdout).toContain('it holds 1 dashboard, which is not ours');
    expect(await titleOf(guest.uid)).toBe('Guest');
    await ask('DELETE', `/api/dashboards/uid/${guest.uid}`);

    // All of it once more, and this time nobody changed anything.
    expect((await push(['--yes', '--on-drift', 'overwrite'])).status).toBe(0);
    expect((await push(['--uninstall', '--yes'])).status).toBe(0);
    expect(await everything()).toEqual(untouched);
  });
};

describeWithVariable(
  may === 'yes' ? ['GRAFANA_HOME', 'GRAFANA_URL'] : ['GRAFANA_HOME'],
  'the folder of an unpacked Grafana 12; or GRAFANA_URL of one to throw away, with GRAFANA_USER, GRAFANA_PASSWORD and GRAFANA_MAY_BE_CHANGED=yes',
  'a push to a real Grafana',
  () => tell(realGrafana),
);
if (!isGiven) describe('a push to the stand-in', () => tell(standIn));
