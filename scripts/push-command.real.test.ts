import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { objectAt, type Json } from '../lib/grafana-json/json';
import type { PushReport } from '../lib/push/report/report';
import { startGrafanaStandIn, type GrafanaStandIn } from '../lib/push/testing/grafana';
import { runCli, type Ended } from './testing/run-cli';

const webhook = 'https://discord.example/api/webhooks/1/planted-webhook';
/** Nobody could guess these: a push keeps their fingerprints, which takes a while. */
const [random, otherRandom] = ['Zk3vXq9LmT2pR8sW4yB6nH1cJ5', 'Ab7uYt5RrE3wQq1ZzX9cVv8BnM'].map(
  (text) => `https://discord.example/api/webhooks/1/${text}`,
) as [string, string];

/** As little as holds something of every kind: the fewer boards, the quicker. */
const homelab = (targets: string, more = ''): string => `
timeZone: Europe/Berlin
hosts: [{ name: nas, address: 192.168.1.10 }]
dashboards: { include: [host-fleet] }
alerting:
  receivers:
    discord: { kind: discord, url: { env: HOMELAB_DISCORD_URL } }
  defaultReceiver: discord
${more}targets: ${targets}
`;
const oneTarget = "{ main: { kind: grafana, url: 'http://127.0.0.1:9' } }";

let standIn: GrafanaStandIn;
let folder: string;
/** Everything that was printed since the test began: no secret may be in it. */
let printed: string[];

beforeAll(async () => {
  standIn = await startGrafanaStandIn();
});
afterAll(() => standIn.stop());
beforeEach(() => {
  standIn.reset();
  printed = [];
  folder = mkdtempSync(join(tmpdir(), 'push-'));
  mkdirSync(join(folder, 'home'));
  write(homelab(oneTarget));
});
afterEach(() => {
  const kept = filesBelow(folder).map((file) => readFileSync(file, 'utf8'));
  const { contactPoints, ...rest } = standIn.world();
  const shown = JSON.stringify([
    rest,
    Object.values(contactPoints).map(({ secrets: _, ...integration }) => integration),
    standIn.requests,
  ]);
  rmSync(folder, { recursive: true, force: true });
  for (const text of [...printed, ...kept, shown])
    for (const secret of [webhook, random, otherRandom, standIn.tokens.Admin, standIn.tokens.Viewer])
      expect(text).not.toContain(secret);
});

const write = (text: string): void => writeFileSync(join(folder, 'home/homelab.yaml'), text);

const filesBelow = (path: string): readonly string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

interface Given {
  readonly token?: string;
  readonly url?: string;
  readonly discord?: string;
}

const push = async (args: readonly string[], { token, url, discord }: Given = {}): Promise<Ended> => {
  const env = {
    GRAFANA_URL: url ?? standIn.url,
    GRAFANA_TOKEN: token ?? standIn.tokens.Admin,
    HOMELAB_DISCORD_URL: discord ?? webhook,
  };
  const ended = await runCli(['push', ...args], { cwd: folder, env });
  printed.push(ended.stdout, ended.stderr);
  return ended;
};

const applied = async (): Promise<void> => {
  const { status, stderr } = await push(['--yes']);
  expect([status, stderr]).toEqual([0, expect.stringContaining('to take this back: npm run push -- --target main')]);
};

const report = async (...args: readonly string[]): Promise<PushReport & { readonly status: number }> => {
  const { status, stdout } = await push([...args, '--json']);
  return { status, ...(JSON.parse(stdout) as PushReport) };
};

const renameSection = (dashboard: Json): Json => {
  const [first, ...others] = dashboard['panels'] as readonly Json[];
  return { ...dashboard, panels: [{ ...first, title: 'Mine' }, ...others] };
};

/** What a person sees of a world: without versions and times. */
const titles = () => {
  const { folders, dashboards, rules, contactPoints, muteTimings, templates } = standIn.world();
  return {
    folders: Object.values(folders).map(({ title }) => title),
    dashboards: Object.keys(dashboards),
    rules: Object.keys(rules),
    contactPoints: Object.keys(contactPoints),
    muteTimings: Object.keys(muteTimings),
    templates: Object.keys(templates),
  };
};

describe('a first push', () => {
  it('is planned in words, and changes nothing', async () => {
    const { status, stdout, stderr } = await push(['--plan']);
    expect([status, stderr, standIn.writes()]).toEqual([1, '', 0]);
    expect(stdout).toContain(`main ${standIn.url}, Grafana 12.3.0\n`);
    expect(stdout).toContain('1 dashboard\n  + Hosts / Fleet hl-host-fleet\n');
    expect(stdout).toContain('1 contact point\n  + hl-discord by discord hl-discord\n');
    expect(stdout).toMatch(/\n\d+ to create\.\n$/);
    expect(readdirSync(join(folder, 'home'))).toEqual(['homelab.yaml']);
  });

  it('needs somebody who says yes, and asks the server for nothing before', async () => {
    const { status, stdout, stderr } = await push([]);
    expect([status, stdout, standIn.requests]).toEqual([2, '', []]);
    expect(stderr).toContain('nobody is there who could say yes');
    expect(stderr).toContain('npm run push -- --yes');
  });

  it('is applied with a backup, after which nothing is left to do and little is asked', async () => {
    await applied();
    const { contactPoints, dashboards } = standIn.world();
    expect(contactPoints['hl-discord']?.secrets).toEqual({ url: webhook });
    expect(dashboards['hl-host-fleet']?.spec['editable']).toBe(true);

    const [backup, ...others] = filesBelow(join(folder, 'home/.push')).filter((file) => file.endsWith('-backup.json'));
    expect(others).toEqual([]);
    expect(statSync(backup ?? '').mode & 0o077).toBe(0);
    expect(readFileSync(join(folder, 'home/.push/.gitignore'), 'utf8')).toBe('*\n');

    const [files, requests, writes] = [filesBelow(folder), standIn.requests.length, standIn.writes()];
    const again = await push(['--yes']);
    expect([again.status, again.stderr, standIn.writes() - writes]).toEqual([0, '', 0]);
    expect(again.stdout).toMatch(/\nNothing to do: \d+ unchanged\.\n$/);
    expect(standIn.requests.length - requests).toBeLessThanOrEqual(14);
    expect(filesBelow(folder)).toEqual(files);

    expect((await push(['--plan'])).status).toBe(0);
  });
});

describe('what it prints', () => {
  it('is one JSON document, always the same, and after an apply what became of each object', async () => {
    const [first, second] = [await push(['--plan', '--json']), await push(['--plan', '--json'])];
    expect(second.stdout).toBe(first.stdout);
    const plan = JSON.parse(first.stdout) as PushReport;
    expect(plan).toMatchObject({
      version: 1,
      target: { name: 'main', kind: 'grafana', url: standIn.url, org: null, project: 'hl', serverVersion: '12.3.0' },
      refusals: [],
      applied: false,
    });
    const [folders] = plan.objects;
    expect(folders).toEqual({
      kind: 'folder',
      key: 'hl-alert-rules',
      name: 'Homelab alerts',
      action: 'create',
      changes: [],
    });
    expect(plan.counts).toEqual({
      create: plan.objects.length,
      update: 0,
      delete: 0,
      conflict: 0,
      foreign: 0,
      orphan: 0,
      unchanged: 0,
    });

    const done = await report('--yes');
    expect([done.status, done.applied]).toEqual([0, true]);
    expect(done.objects.map(({ outcome }) => outcome)).toEqual(plan.objects.map(() => ({ result: 'done' })));
  });

  it('says in the document what the command ends with, also where it failed', async () => {
    expect(JSON.parse((await push(['--plan', '--json'])).stdout)).toMatchObject({ exitCode: 1, applied: false });
    expect(JSON.parse((await push(['--yes', '--json'])).stdout)).toMatchObject({ exitCode: 0, applied: true });
    expect(JSON.parse((await push(['--yes', '--json'])).stdout)).toMatchObject({ exitCode: 0, applied: false });
    standIn.person.editsDashboard('hl-host-fleet', renameSection);
    expect(JSON.parse((await push(['--yes', '--json'])).stdout)).toMatchObject({ exitCode: 2, applied: false });
    expect(JSON.parse((await push(['--yes', '--json', '--on-drift', 'keep'])).stdout)).toMatchObject({ exitCode: 1 });
    const { stdout, stderr } = await push(['--plan', '--json'], { token: 'glsa_expired' });
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      error: expect.stringContaining('it has expired') as string,
      exitCode: 3,
    });
    expect(stderr).toContain('it has expired');
  });

  it('names a way back that works where the homelab file names no target', async () => {
    write(homelab('{}'));
    const { stderr } = await push(['--yes']);
    const words = /npm run push -- (.*)\n/.exec(stderr)?.[1]?.split(' ') ?? [];
    expect((await push([...words, '--yes'])).status).toBe(0);
    expect(titles()).toMatchObject({ dashboards: ['hl-state'], folders: [] });
  });

  it('is Markdown for a pull request', async () => {
    const { status, stdout } = await push(['--plan', '--markdown']);
    expect(status).toBe(1);
    expect(stdout).toContain('- **create** Hosts / Fleet (hl-host-fleet)\n');
  });

  it('tells of a change in words', async () => {
    await applied();
    write(homelab(oneTarget, '  quietHours: { from: "22:00", to: "07:00" }\n'));
    const { status, stdout } = await push(['--plan']);
    expect(status).toBe(1);
    expect(stdout).toContain('+ hl-quiet-hours');
    expect(stdout).toMatch(/\d+ to create, .*unchanged\./);
  });
});

describe('a saved plan', () => {
  it('is applied as it was saved', async () => {
    const saved = await push(['--plan', '--out', 'plan.json']);
    expect([saved.status, saved.stderr]).toEqual([1, expect.stringContaining('npm run push -- --apply plan.json')]);
    expect(statSync(join(folder, 'plan.json')).mode & 0o077).toBe(0);
    expect((await push(['--apply', 'plan.json'])).status).toBe(0);
    expect(standIn.world().dashboards['hl-host-fleet']).toBeDefined();
  });

  it('is refused once the server has moved', async () => {
    await push(['--plan', '--out', 'plan.json']);
    standIn.person.createsFolder('hl-folder-hosts', 'Hosts');
    const before = standIn.writes();
    const { status, stdout } = await push(['--apply', 'plan.json']);
    expect([status, standIn.writes() - before]).toEqual([2, 0]);
    expect(stdout).toContain('folder Hosts (hl-folder-hosts) was changed since the plan was made');
  });
});

describe('a mistake on the command line', () => {
  it.each([
    [['--plan', '--adopt'], '--plan and --adopt: choose one'],
    [['--apply', 'a', '--uninstall'], '--apply and --uninstall: choose one'],
    [['--json', '--markdown', '--plan'], '--json and --markdown: choose one'],
    [['--out', 'a'], '--out goes with --plan'],
    [['--max-delete', '-1', '--plan'], '--max-delete is a whole number from 0 on'],
    [['--on-drift', 'forget', '--plan'], 'Choices: "fail", "keep", "overwrite"'],
    [['--target', 'mian', '--plan'], "no target of the homelab file is called 'mian'"],
    [['--apply', 'none.json'], 'none.json: cannot be read: there is no such file'],
    [['--rollback', 'none.json', '--yes'], 'none.json cannot be read'],
  ])('%j is told, and the server is not asked', async (args, told) => {
    const { status, stdout, stderr } = await push(args);
    expect([status, stdout, standIn.requests]).toEqual([2, '', []]);
    expect(stderr).toContain(told);
  });

  it('names the target that was meant', async () => {
    const { stderr } = await push(['--target', 'mian', '--plan']);
    expect(stderr).toContain('npm run push -- --target main --plan');
  });

  it('gets next commands for the same homelab file and target', async () => {
    const where = ['--homelab', 'home/homelab.yaml', '--target', 'main'];
    const again = 'npm run push -- --homelab home/homelab.yaml --target main';
    expect((await push([...where, '--prune'])).stderr).toContain(
      `try: ${again} --plan --prune, look at it, then ${again} --yes --prune\n`,
    );
    expect((await push([...where, '--plan', '--out', 'my plan.json'])).stderr).toContain(
      `next: ${again} --apply 'my plan.json'\n`,
    );
    expect((await push([...where, '--yes'])).stderr).toMatch(
      /to take this back: npm run push -- --homelab home\/homelab.yaml --target main --rollback \S+-backup.json\n/,
    );
    standIn.person.editsDashboard('hl-host-fleet', renameSection);
    const { refusals } = await report(...where, '--yes');
    expect(refusals).toEqual([expect.stringContaining(`Next: ${again} --adopt shows`)]);
  });

  it('has to say which of several targets', async () => {
    write(homelab("{ nas: { kind: grafana, url: 'http://a:1' }, pi: { kind: grafana, url: 'http://b:1' } }"));
    const { status, stderr } = await push(['--plan']);
    expect([status, standIn.requests]).toEqual([2, []]);
    expect(stderr).toContain('nas, pi');
    expect((await push(['--plan', '--target', 'pi'])).status).toBe(1);
  });

  it('has a homelab file: an example is pushed nowhere', async () => {
    rmSync(join(folder, 'home'), { recursive: true });
    const { status, stderr } = await push(['--plan']);
    expect([status, standIn.requests]).toEqual([2, []]);
    expect(stderr).toContain('no homelab file found');
    expect(stderr).toContain('npm run init');
  });
});

describe('a server that cannot be pushed to', () => {
  it.each([
    ['a wrong token', 'glsa_wrong', 3, 'it is not known there'],
    ['an expired token', 'glsa_expired', 3, 'it has expired'],
    ['a deleted token', 'glsa_deleted', 3, 'it was deleted there'],
  ])('%s', async (_, token, code, told) => {
    const { status, stdout, stderr } = await push(['--plan'], { token });
    expect([status, stdout]).toEqual([code, '']);
    expect(stderr).toContain(told);
    expect(stderr).toContain('try: ');
    expect(stderr).not.toContain(token);
  });

  it('a token that may only look: the plan is told, and the right that is missing', async () => {
    const token = standIn.tokens.Viewer;
    expect((await push(['--plan'], { token })).status).toBe(1);
    const { status, stderr } = await push(['--yes'], { token });
    expect([status, standIn.writes()]).toEqual([3, 0]);
    expect(stderr).toContain('folders:write');
    expect(stderr).toContain('alert.notifications:write');
    expect(stderr).toContain('the role Editor');
  });

  it('an Editor may push', async () => {
    const { status } = await push(['--yes'], { token: standIn.tokens.Editor });
    expect(status).toBe(0);
  });

  it('nobody there', async () => {
    const gone = await startGrafanaStandIn();
    await gone.stop();
    const { status, stdout, stderr } = await push(['--plan'], { url: gone.url });
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(gone.url);
    expect(stderr).toContain('try: ');
  });

  it('a web page', async () => {
    const page = createServer((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>Log in</html>');
    });
    await new Promise<void>((resolve) => page.listen(0, '127.0.0.1', resolve));
    const { status, stderr } = await push(['--plan'], {
      url: `http://127.0.0.1:${(page.address() as AddressInfo).port}`,
    });
    await new Promise((resolve) => (page.close(resolve), page.closeAllConnections()));
    expect(status).toBe(2);
    expect(stderr).toContain('does not answer like a Grafana');
  });

  it.each([
    ['9.5.21', 'older than 10.4'],
    ['10.3.9', 'older than 10.4'],
    ['14.0.0', 'newer than 13'],
  ])('version %s', async (version, told) => {
    standIn.settings.version = version;
    const { status, stderr } = await push(['--yes']);
    expect([status, standIn.writes()]).toEqual([2, 0]);
    expect(stderr).toContain(told);
  });

  it.each([
    ['version 10.4, without /apis', { version: '10.4.0', apis: false }],
    ['version 13', { version: '13.0.1' }],
    ['one that hides its version', { hideVersion: true }],
    ['one below a path', { subPath: '/grafana' }],
  ])('but %s can be', async (_, settings) => {
    Object.assign(standIn.settings, settings);
    expect((await push(['--yes'])).status).toBe(0);
    expect(titles()).toMatchObject({ dashboards: ['hl-host-fleet', 'hl-state'], contactPoints: ['', 'hl-discord'] });
  });
});

describe('secrets', () => {
  it('that are not set are named before anything is written', async () => {
    const { status, stderr } = await push(['--yes'], { discord: '' });
    expect([status, standIn.writes()]).toEqual([2, 0]);
    expect(stderr).toContain('HOMELAB_DISCORD_URL, for hl-discord by discord');
    expect(stderr).toContain('nothing was changed');
  });

  it('need not be set for a plan', async () => {
    expect((await push(['--plan'], { discord: '' })).status).toBe(1);
  });

  it('that nobody can compare are told of, and sent again when asked to', async () => {
    await applied();
    const quiet = await push(['--plan'], { discord: `${webhook}-2` });
    expect([quiet.status, quiet.stdout]).toEqual([0, expect.stringContaining('--resend-secrets sends it again')]);
    expect((await push(['--yes', '--resend-secrets'], { discord: `${webhook}-2` })).status).toBe(0);
    expect(standIn.world().contactPoints['hl-discord']?.secrets).toEqual({ url: `${webhook}-2` });
  });

  it('that changed are sent again, and others are not', async () => {
    expect((await push(['--yes'], { discord: random })).status).toBe(0);
    const { status, stdout } = await push(['--plan'], { discord: otherRandom });
    expect(status).toBe(1);
    expect(stdout).toContain('~ hl-discord by discord hl-discord');
    expect(stdout).toContain('HOMELAB_DISCORD_URL');
    expect((await push(['--yes'], { discord: otherRandom })).status).toBe(0);
    expect(standIn.world().contactPoints['hl-discord']?.secrets).toEqual({ url: otherRandom });
    const writes = standIn.writes();
    expect((await push(['--yes'], { discord: otherRandom })).status).toBe(0);
    expect(standIn.writes()).toBe(writes);
  });
});

describe('what a person changed', () => {
  beforeEach(async () => {
    await applied();
    standIn.person.editsDashboard('hl-host-fleet', renameSection);
  });
  const isMine = (): boolean =>
    ((standIn.world().dashboards['hl-host-fleet']?.spec['panels'] ?? []) as readonly Json[])[0]?.['title'] === 'Mine';

  it('is told by a plan and stops a push', async () => {
    const plan = await push(['--plan']);
    expect([plan.status, plan.stdout]).toEqual([1, expect.stringContaining('! Hosts / Fleet hl-host-fleet')]);
    expect(plan.stdout).toContain('section Mine: was Which machine is in trouble?');
    const before = standIn.writes();
    const { status, stdout } = await push(['--yes']);
    expect([status, standIn.writes() - before, isMine()]).toEqual([2, 0, true]);
    expect(stdout).toContain('--on-drift overwrite');
  });

  it('is left with keep, and taken back with overwrite, from which a rollback brings it again', async () => {
    expect([(await push(['--yes', '--on-drift', 'keep'])).status, isMine()]).toEqual([1, true]);
    const { status, stderr } = await push(['--yes', '--on-drift', 'overwrite']);
    expect([status, isMine()]).toEqual([0, false]);
    const backup = /--rollback (\S+)/.exec(stderr)?.[1] ?? '';
    expect([(await push(['--rollback', backup, '--yes'])).status, isMine()]).toEqual([0, true]);
    expect((await push(['--plan'])).status).toBe(1);
  });

  it('is written beside the homelab file with adopt, and changed nowhere', async () => {
    const before = standIn.writes();
    const { status, stdout } = await push(['--adopt']);
    expect([status, standIn.writes() - before, isMine()]).toEqual([1, 0, true]);
    const file = join('home', 'adopted', 'dashboard', 'hl-host-fleet.json');
    expect(stdout).toContain(file);
    expect(readFileSync(join(folder, file), 'utf8')).toContain('"Mine"');
  });
});

describe('what is not ours', () => {
  it('is not taken over: a dashboard of that uid', async () => {
    standIn.person.createsDashboard('hl-host-fleet', { title: 'Theirs', panels: [] });
    const before = standIn.world();
    const plan = await report('--plan');
    expect(plan.status).toBe(2);
    expect(plan.objects.find(({ key }) => key === 'hl-host-fleet')?.action).toBe('foreign');
    expect((await push(['--yes', '--on-drift', 'overwrite'])).status).toBe(2);
    expect(standIn.world()).toEqual(before);
  });

  it('is not taken over from files, of which --from-files tells the way', async () => {
    standIn.files.dashboard('hl-host-fleet', { title: 'From a file', panels: [] });
    expect((await push(['--yes'])).status).toBe(2);
    const { status, stdout } = await push(['--from-files']);
    expect([status, standIn.writes()]).toEqual([1, 0]);
    expect(stdout).toContain('From a file (dashboard/hl-host-fleet): a file that Grafana reads (provider files)');
    expect(stdout).toContain('disableDeletion: true');
  });
});

describe('what is no longer defined', () => {
  const less = homelab(oneTarget).replace('host-fleet', 'host-use');
  const withQuietHours = homelab(oneTarget, '  quietHours: { from: "22:00", to: "07:00" }\n');

  it('stays without --prune, and goes with it', async () => {
    write(withQuietHours);
    await applied();
    write(homelab(oneTarget));
    const left = await report('--plan');
    expect(left.counts).toMatchObject({ delete: 0 });
    expect(left.objects.filter(({ action }) => action === 'orphan').map(({ key }) => key)).toEqual(['hl-quiet-hours']);
    const capped = await push(['--yes', '--prune', '--max-delete', '0']);
    expect([capped.status, capped.stdout]).toEqual([2, expect.stringContaining('--max-delete 1')]);
    expect(titles().muteTimings).toContain('hl-quiet-hours');
    expect((await push(['--yes', '--prune'])).status).toBe(0);
    expect(titles().muteTimings).not.toContain('hl-quiet-hours');
  });

  it('takes no folder along that holds what is not ours', async () => {
    await applied();
    standIn.person.createsDashboard('theirs', { title: 'Theirs', panels: [] }, 'hl-folder-hosts');
    write(less);
    expect((await push(['--yes', '--prune'])).status).toBe(0);
    expect(titles().dashboards).toEqual(expect.arrayContaining(['theirs']));
  });
});

describe('an uninstall', () => {
  it('removes all that is ours, and nothing else', async () => {
    standIn.person.createsFolder('theirs', 'Theirs');
    standIn.person.createsDashboard('their-board', { title: 'Theirs', panels: [] }, 'theirs');
    standIn.person.createsContactPoint('their-point', 'theirs', 'email', { addresses: 'me@example.org' });
    const [before, policies] = [titles(), standIn.world().policies];
    await applied();
    expect(titles()).not.toEqual(before);

    const refused = await push(['--uninstall']);
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining('--uninstall --yes')]);
    expect((await push(['--uninstall', '--yes'])).status).toBe(0);
    expect([titles(), standIn.world().policies]).toEqual([before, policies]);
  });

  it('leaves what a person changed', async () => {
    await applied();
    standIn.person.editsDashboard('hl-host-fleet', renameSection);
    expect((await push(['--uninstall', '--yes'])).status).toBe(1);
    expect(titles().dashboards).toEqual(['hl-host-fleet']);
    expect(titles().folders).toEqual(['Hosts']);
  });

  it('has nothing to do where nothing is', async () => {
    const { status } = await push(['--uninstall', '--yes']);
    expect([status, standIn.writes()]).toEqual([0, 0]);
  });
});

describe('a message to try a receiver', () => {
  it('is sent by Grafana, and told of', async () => {
    await applied();
    const { status, stdout } = await push(['--test-notify', 'discord']);
    expect([status, stdout]).toEqual([0, 'hl-discord (hl-discord): the message was taken\n']);
  });

  it('that is not taken ends with 1, and an unknown receiver with 2', async () => {
    await push(['--yes'], { discord: 'https://discord.invalid/api' });
    const lost = await push(['--test-notify', 'discord']);
    expect([lost.status, lost.stdout]).toEqual([1, expect.stringContaining('lookup discord.invalid')]);
    const unknown = await push(['--test-notify', 'discrod']);
    expect([unknown.status, unknown.stderr]).toEqual([
      2,
      expect.stringContaining('no contact point is called discrod'),
    ]);
  });
});

describe('two homes in one Grafana', () => {
  it('do not see each other', async () => {
    const both = (project: string): string =>
      `{ main: { kind: grafana, url: 'http://127.0.0.1:9', project: ${project}, folder: Home ${project} } }`;
    write(homelab(both('a')));
    await applied();
    const first = objectAt({ ...standIn.world().dashboards }, 'a-host-fleet');
    write(homelab(both('b')));
    await applied();
    expect(titles().dashboards).toEqual(expect.arrayContaining(['a-host-fleet', 'b-host-fleet']));
    expect((await push(['--uninstall', '--yes'])).status).toBe(0);
    expect(titles().folders).toContain('Home a');
    expect(titles().folders).not.toContain('Home b');
    expect(standIn.world().dashboards['a-host-fleet']).toEqual(first);
  });
});
