import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { alerts } from '../../alerts/index';
import { dashboards } from '../../dashboards/index';
import type { GrafanaClient } from '../grafana/client';
import { defineHomelab } from '../homelab/define';
import type { Homelab, Receiver } from '../homelab/homelab';
import { resolveHomelab } from '../homelab/resolve';
import { secretsFolder } from '../render/alertmanager-receiver';
import { alertmanagerOf } from '../render/alertmanager-version';
import { render } from '../render/render';
import { writeArtifacts } from '../render/write';
import { startGrafana, type OwnGrafana } from './grafana-server';
import { requireProgram } from './programs';
import { startServer, type Server } from './servers';
import { startMessageSink, type MessageSink, type Received } from './testing/message-sink';
import { describeWithPrograms, describeWithVariable } from './testing/with-programs';
import { until } from './until';

/** Services whose address nobody can choose. */
const services = ['api.telegram.org', 'api.pushover.net'];

/** What a careless template would break on, in every language that a message is put into. */
const summary = 'nas <b>does</b> "not" & answer: {{ 50% }} $HOME \\n';

/** One of each kind; ntfy twice, because its topic may be a secret. */
const receiversAt = (url: string): Readonly<Record<string, Receiver>> => ({
  email: { kind: 'email', to: ['me@example.org'] },
  discord: { kind: 'discord', url: { env: 'T_DISCORD' } },
  slack: { kind: 'slack', url: { env: 'T_SLACK' } },
  telegram: { kind: 'telegram', token: { env: 'T_TELEGRAM' }, chat: '-1001234567890' },
  pushover: { kind: 'pushover', userKey: { env: 'T_PUSHOVER_USER' }, token: { env: 'T_PUSHOVER' } },
  ntfy: { kind: 'ntfy', server: `${url}/ntfy`, topic: '12345', token: { env: 'T_NTFY' } },
  secret: { kind: 'ntfy', server: `${url}/secret`, topic: { env: 'T_TOPIC' } },
  gotify: { kind: 'gotify', server: `${url}/gotify`, token: { env: 'T_GOTIFY' } },
  matrix: { kind: 'matrix', url: { env: 'T_MATRIX' } },
  house: { kind: 'home-assistant', url: { env: 'T_HOUSE' } },
  automation: { kind: 'webhook', url: `${url}/automation` },
});

const secretsAt = (url: string, topic: string): Readonly<Record<string, string>> => ({
  T_DISCORD: `${url}/discord`,
  T_SLACK: `${url}/slack`,
  T_TELEGRAM: '1:telegram',
  T_PUSHOVER_USER: 'user',
  T_PUSHOVER: 'pushover',
  T_NTFY: 'tk_ntfy',
  T_TOPIC: topic,
  T_GOTIFY: 'gotify',
  T_MATRIX: `${url}/matrix`,
  T_HOUSE: `${url}/house`,
  T_HEARTBEAT: `${url}/heartbeat`,
});

const homelabOf = (receivers: Readonly<Record<string, Receiver>>, mail: string, more: Partial<Homelab>): Homelab =>
  defineHomelab({
    hosts: [{ name: 'nas', address: '192.168.1.10' }],
    urls: {
      grafana: 'https://grafana.home.arpa/g',
      alertmanager: 'https://alertmanager.home.arpa',
      runbooks: 'https://git.home.arpa/runbooks',
    },
    ...more,
    alerting: {
      receivers,
      pack: 'all',
      alerts: { HostDown: { notify: Object.keys(receivers) } },
      mail: { server: mail, from: 'homelab@example.org', tls: false },
      ...more.alerting,
    },
  });

/** The message that came to a path, and that says what it is to say: that it fires, or that it is over. */
const cameTo = (sink: MessageSink, path: string, says: string): Promise<Received> =>
  until(
    `a message to ${path} with ${says}`,
    () => sink.received.find(({ url, body }) => url.includes(path) && unescaped(`${url} ${body}`).includes(says)),
    { within: 100_000, every: 200 },
  );

const unescaped = (text: string): string => text.replaceAll('+', ' ').replace(/%3A/gi, ':').replace(/%20/g, ' ');

/** A form in a body, or in the address. */
const fieldsOf = async ({ url, body, headers }: Received): Promise<Readonly<Record<string, string>>> => {
  if (body === '') return Object.fromEntries(new URL(url).searchParams);
  const form = await new Response(body, {
    headers: { 'Content-Type': String(headers['content-type']) },
  }).formData();
  return Object.fromEntries([...form.entries()].map(([key, value]) => [key, String(value)]));
};

type Json = Readonly<Record<string, unknown>>;
const jsonOf = ({ body }: Received): Json => JSON.parse(body) as Json;

const markedUp = summary.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What each kind shows of one alert; `panel` and `silence` are links that open from a phone. */
const expectations = (links: { readonly panel: RegExp; readonly silence: RegExp; readonly since: RegExp }) => {
  const plain = (text: string): void => {
    expect(text).toContain('nas has not answered');
    expect(text).toMatch(links.since);
    expect(text).toContain('First: Ping nas');
    expect(text).toContain('Where: host nas');
    expect(text).toMatch(links.panel);
    expect(text).toMatch(links.silence);
    expect(text).toContain('https://git.home.arpa/runbooks/HostDown.md');
    expect(text).not.toContain('localhost');
  };
  return { plain };
};

const everyKind = (
  sink: () => MessageSink,
  knows: (kind: string) => boolean,
  expected: ReturnType<typeof expectations>,
): void => {
  const title = `HostDown: ${summary}`;
  const kind = (name: string, test: () => Promise<void>): void => {
    if (knows(name)) it(`is read by ${name}`, test, 120_000);
    else it.skip(`is read by ${name} [left out: this version does not know it]`, () => undefined);
  };
  kind('ntfy', async () => {
    const message = await cameTo(sink(), '/ntfy', 'HostDown');
    const { message: text, click, ...rest } = jsonOf(message);
    expect(message.headers['authorization']).toBe('Bearer tk_ntfy');
    expect(rest).toEqual({ topic: '12345', title, priority: 5, tags: ['rotating_light'] });
    expected.plain(String(text));
    expect(String(click)).toMatch(/^https:\/\/grafana.home.arpa\/g\/d\//);
  });
  kind('gotify', async () => {
    const message = await cameTo(sink(), '/gotify/message', 'HostDown');
    const body = jsonOf(message);
    expect(message.headers['authorization']).toBe('Bearer gotify');
    expect(body).toMatchObject({
      title,
      priority: 8,
      extras: { 'client::notification': { click: { url: expect.stringContaining('https://grafana.home.arpa/g/d/') } } },
    });
    expected.plain(String(body['message']));
  });
  kind('matrix', async () => {
    const { text, html } = jsonOf(await cameTo(sink(), '/matrix', 'HostDown'));
    expect(String(text).startsWith(`${title}\n`)).toBe(true);
    expected.plain(String(text));
    expect(String(html).startsWith(`<b>HostDown: ${markedUp}</b><br/>`)).toBe(true);
    expect(String(html)).toMatch(/<a href="https:\/\/grafana[^"]*">Panel<\/a>/);
  });
  kind('home-assistant', async () => {
    const body = jsonOf(await cameTo(sink(), '/house', 'HostDown'));
    expect(body).toMatchObject({
      title,
      status: 'firing',
      urgent: true,
      url: expect.stringContaining('https://grafana.home.arpa/g/d/'),
    });
    expected.plain(String(body['message']));
  });
  kind('discord', async () => {
    const body = jsonOf(await cameTo(sink(), '/discord', 'HostDown')) as {
      readonly content?: string;
      readonly embeds: readonly [{ readonly title: string; readonly description?: string }];
    };
    expect(body.embeds[0].title).toBe(title);
    const text = body.embeds[0].description ?? body.content ?? '';
    expect(text).toMatch(/\[Panel\]\(<https:\/\/grafana/);
    expect(text).toContain('First: Ping nas');
  });
  kind('slack', async () => {
    const body = jsonOf(await cameTo(sink(), '/slack', 'HostDown')) as {
      readonly attachments: readonly [{ readonly title: string; readonly text: string }];
    };
    expect(body.attachments[0].title).toBe(title);
    expect(body.attachments[0].text).toMatch(/<https:\/\/grafana[^|]*\|Panel>/);
  });
  kind('telegram', async () => {
    const message = await cameTo(sink(), 'api.telegram.org/bot1:telegram/sendMessage', 'HostDown');
    const body = message.body.startsWith('{') ? jsonOf(message) : await fieldsOf(message);
    expect(String(body['chat_id'])).toBe('-1001234567890');
    expect(body['parse_mode']).toBe('HTML');
    expect(String(body['text']).startsWith(`<b>HostDown: ${markedUp}</b>\n`)).toBe(true);
    expect(String(body['text'])).toMatch(/<a href="https:\/\/grafana[^"]*">Panel<\/a>/);
  });
  kind('pushover', async () => {
    const fields = await fieldsOf(await cameTo(sink(), 'api.pushover.net/1/messages.json', 'HostDown'));
    expect(fields).toMatchObject({ user: 'user', token: 'pushover', title: title.trim(), priority: '1', html: '1' });
    expect(fields['message']).toContain('nas has not answered &amp; is &lt;off&gt;');
    expect(fields['message']).toMatch(/Panel: https:\/\/grafana\S*&amp;viewPanel=1/);
  });
  kind('webhook', async () => {
    const body = jsonOf(await cameTo(sink(), '/automation', 'HostDown'));
    expect(body).toMatchObject({ status: 'firing', alerts: [{ labels: { alertname: 'HostDown' } }] });
  });
  kind('email', async () => {
    const mail = await until('a mail', () => sink().mails.find((text) => text.includes('me@example.org')), {
      within: 90_000,
    });
    const text = mail
      .replaceAll('=\n', '')
      .replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
    expect(mail).toMatch(/^From: .*homelab@example.org/m);
    expect(text).toContain('nas has not answered');
    expect(text).toContain('First: Ping nas');
    expect(text).toMatch(/Panel: https:\/\/grafana.home.arpa\/g\/d\/hl-host-use/);
  });
  kind('heartbeat', async () => {
    expect((await cameTo(sink(), '/heartbeat', 'DeadMansSwitch')).body).not.toContain('HostDown');
  });
};

describeWithPrograms(['alertmanager', 'openssl'], 'messages of a real Alertmanager', () => {
  const version =
    /version (\d+\.\d+)/.exec(
      execFileSync(requireProgram('alertmanager'), ['--version'], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    )?.[1] ?? '0.0';
  const knows = (wanted: string): boolean => Number(version.slice(2)) >= Number(wanted.slice(2));
  const all = Object.values(receiversAt(''));
  const known = all.filter((receiver) => knows(alertmanagerOf(receiver).version));
  const left = all.filter((receiver) => !known.includes(receiver));
  if (left.length > 0)
    console.warn(`Alertmanager ${version} does not know ${left.map(({ kind }) => kind).join(', ')}: left out`);
  let folder: string;
  let sink: MessageSink;
  let server: Server;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'messages-'));
    sink = await startMessageSink(folder, services);
    const receivers = Object.fromEntries(
      Object.entries(receiversAt(sink.url)).filter(([, receiver]) => knows(alertmanagerOf(receiver).version)),
    );
    const homelab = homelabOf(receivers, sink.mail, {
      ...(knows('0.28') && { timeZone: 'Europe/Berlin' }),
      alerting: {
        engine: 'prometheus',
        receivers,
        pack: 'all',
        alerts: { HostDown: { notify: Object.keys(receivers) } },
        mail: { server: sink.mail, from: 'homelab@example.org', tls: false },
        ...(knows('0.28') && { heartbeat: { url: { env: 'T_HEARTBEAT' } } }),
      },
    });
    const secrets = join(folder, 'secrets');
    mkdirSync(secrets);
    for (const [name, value] of Object.entries(secretsAt(sink.url, `${sink.url}/secret/topic?template=alertmanager`)))
      writeFileSync(join(secrets, name), value);
    const { artifacts } = render(resolveHomelab(homelab), { dashboards, alerts });
    for (const { path, text } of artifacts.filter(({ kind }) => kind === 'alertmanager')) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(
        join(folder, path),
        path.endsWith('.yml') ? hurried(text.replaceAll(secretsFolder, secrets), knows('0.26')) : text,
      );
    }
    server = await startServer({
      name: 'Alertmanager',
      command: requireProgram('alertmanager'),
      args: (port) => [
        '--config.file=alertmanager/alertmanager.yml',
        '--storage.path=data',
        '--cluster.listen-address=',
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      folder,
      ready: '/-/ready',
      environment: () => ({ HTTPS_PROXY: sink.url, SSL_CERT_FILE: sink.certificate }),
    });
    await post(server.url, [heartbeat, hostDown(false)]);
  });
  afterAll(async () => {
    await server?.stop();
    await sink?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const since = knows('0.28') ? /Since: Sat 21 Nov 09:14 \(Europe\/Berlin\)/ : /Since: Sat 21 Nov 08:14 UTC/;
  everyKind(
    () => sink,
    (kind) => (kind === 'heartbeat' ? knows('0.28') : known.some((receiver) => receiver.kind === kind)),
    expectations({
      panel: /https:\/\/grafana.home.arpa\/g\/d\/hl-host-use/,
      silence: /https:\/\/alertmanager.home.arpa\/#\/silences\/new\?filter=%7Balertname%3D%22HostDown%22%2C/,
      since,
    }),
  );

  it('say when it is over', async () => {
    await post(server.url, [hostDown(true)]);
    const mail = await until('a mail that says so', () => sink.mails.find((text) => /Subject:.*Resolved/.test(text)), {
      within: 60_000,
    });
    expect(mail).toMatch(/From Sat 21 Nov 0\d:14 .* to /);
    expect(mail).not.toContain('First:');
  }, 90_000);

  it('say how many they are, and write out the first of them', async () => {
    const several = Array.from({ length: 12 }, (_, index) => {
      const { labels, annotations, ...times } = hostDown(false);
      return { ...times, annotations, labels: { ...labels, alertname: `Disk${String(index + 10)}` } };
    });
    await post(server.url, several);
    const mail = await until('a mail about them', () => sink.mails.find((text) => text.includes('12 alerts on nas')), {
      within: 60_000,
    });
    expect(mail).toContain('Disk19: nas');
    expect(mail).not.toContain('Disk20');
    expect(mail).toContain('Only the first 10 are written out.');
  }, 90_000);
});

const hurry = (route: Json): Json => ({
  ...route,
  ...('group_wait' in route && { group_wait: '1s', group_interval: '2s' }),
  ...(Array.isArray(route['routes']) && { routes: (route['routes'] as readonly Json[]).map(hurry) }),
});

/** Without the waits that spare people messages; what is sent is the same. */
const hurried = (text: string, proxied: boolean): string => {
  const file = parse(text) as { readonly route: Json; readonly global?: Json };
  return stringify({
    ...file,
    // The services that stand in for Telegram and Pushover are behind the proxy of the test.
    ...(proxied && { global: { ...file.global, http_config: { proxy_from_environment: true } } }),
    route: hurry(file.route),
  });
};

const heartbeat = {
  labels: { alertname: 'DeadMansSwitch', severity: 'info', category: 'monitoring' },
  annotations: { summary: 'Alerting works' },
};
const hostDown = (over: boolean) => ({
  labels: { alertname: 'HostDown', severity: 'critical', category: 'availability', host: 'nas', instance: 'nas:9100' },
  annotations: {
    summary,
    description: 'nas has not answered & is <off>',
    first_step: 'Ping nas & look.',
    runbook_url: 'https://git.home.arpa/runbooks/HostDown.md',
    dashboard_url: 'https://grafana.home.arpa/g/d/hl-host-use?var-host=nas&viewPanel=1',
  },
  startsAt: '2026-11-21T08:14:00Z',
  endsAt: new Date(Date.now() + (over ? -1000 : 3_600_000)).toISOString(),
});

const post = async (url: string, body: readonly object[]): Promise<void> => {
  const response = await fetch(`${url}/api/v2/alerts`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url} answers ${response.status}: ${await response.text()}`);
};

describeWithVariable(['GRAFANA_HOME'], 'the folder of an unpacked Grafana 12', 'messages of a real Grafana', () => {
  let folder: string;
  let sink: MessageSink;
  let grafana: OwnGrafana;

  /** Starts one on what is rendered, its messages sent to us. */
  const start = async (mode: 'owned' | 'existing'): Promise<OwnGrafana> => {
    const receivers = receiversAt(sink.url);
    const homelab = homelabOf(receivers, sink.mail, {
      timeZone: 'Europe/Berlin',
      dataSources: { prometheus: { kind: 'prometheus', uid: 'prometheus', url: sink.url } },
      grafana: { mode, dashboardsPath: join(folder, mode, 'grafana', 'dashboards') },
      alerting: {
        receivers,
        pack: 'all',
        alerts: { HostDown: { notify: Object.keys(receivers) }, HostOomKill: { notify: [] } },
        heartbeat: { url: { env: 'T_HEARTBEAT' } },
        quietHours: { from: '22:30', to: '07:00', days: ['friday'] },
        digest: { at: '08:00', to: 'email' },
      },
    });
    const { artifacts } = render(resolveHomelab(homelab), { dashboards, alerts });
    const files = artifacts.map((artifact) =>
      artifact.kind === 'policies' ? { ...artifact, text: hurriedPolicies(artifact.text) } : artifact,
    );
    writeArtifacts(files, join(folder, mode));
    return startGrafana(
      process.env['GRAFANA_HOME'] ?? '',
      join(folder, mode, 'grafana', 'provisioning'),
      join(folder, mode, 'data'),
      {
        ...secretsAt(sink.url, '67890'),
        HTTPS_PROXY: sink.url,
        SSL_CERT_FILE: sink.certificate,
        // After its first start Grafana sends by its own policies until it looks at the stored ones again.
        GF_UNIFIED_ALERTING_ALERTMANAGER_CONFIG_POLL_INTERVAL: '5s',
        GF_SMTP_ENABLED: 'true',
        GF_SMTP_HOST: sink.mail,
        GF_SMTP_FROM_ADDRESS: 'homelab@example.org',
        GF_SMTP_STARTTLS_POLICY: 'NoStartTLS',
      },
    );
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'messages-'));
    sink = await startMessageSink(folder, services);
    grafana = await start('owned');
    await grafana.client.post('/api/folders', { uid: 'stand-ins', title: 'Stand-ins' });
    await putRules(grafana.client, 1);
  }, 180_000);
  afterAll(async () => {
    await grafana?.stop();
    await sink?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  everyKind(
    () => sink,
    () => true,
    expectations({
      panel: /https:\/\/grafana.home.arpa\/g\/d\/hl-host-use\?\S*viewPanel=1\S*&var-host=nas/,
      silence: /https:\/\/grafana.home.arpa\/g\/alerting\/silence\/new\?/,
      since: /Since: [A-Z][a-z]{2} \d+ [A-Z][a-z]{2} \d\d:\d\d \(Europe\/Berlin\)/,
    }),
  );

  it('take a topic that looks like a number from the environment', async () => {
    expect(jsonOf(await cameTo(sink, '/secret', 'HostDown'))).toMatchObject({ topic: '67890' });
  });

  it('say when it is over, to all but the watchdog', async () => {
    await putRules(grafana.client, 0);
    const { title, message } = jsonOf(await cameTo(sink, '/gotify/message', 'Resolved: HostDown'));
    expect(title).toBe(`Resolved: HostDown: ${summary}`);
    expect(message).toMatch(/^From .* to .*$/);
    expect(sink.received.filter(({ url, body }) => url.includes('/heartbeat') && body.includes('"resolved"'))).toEqual(
      [],
    );
  }, 120_000);

  it('are set rule by rule in a Grafana with a life of its own, whose policies stay as they are', async () => {
    await grafana.stop();
    grafana = await start('existing');
    const rules = (await grafana.client.get('/api/v1/provisioning/alert-rules')) as readonly StoredRule[];
    const settings = Object.fromEntries(rules.map(({ title, notification_settings: each }) => [title, each]));
    expect(settings['DeadMansSwitch']).toMatchObject({ receiver: 'hl-heartbeat', repeat_interval: '3m30s' });
    expect(settings['HostDown']).toMatchObject({ receiver: expect.stringMatching(/^hl-email\+discord.*\+\+urgent$/) });
    expect(settings['HostCpuHigh']).toMatchObject({ receiver: 'hl-email', active_time_intervals: ['hl-digest'] });
    expect(settings['HostOomKill']).toMatchObject({ mute_time_intervals: ['hl-no-message'] });
    expect(await grafana.client.get('/api/v1/provisioning/policies')).toMatchObject({
      receiver: 'grafana-default-email',
    });
  }, 180_000);
});

interface StoredRule {
  readonly title: string;
  readonly notification_settings?: Json;
}

/** Rules of the names of ours that fire, or do not, whatever Prometheus says. */
const putRules = (client: GrafanaClient, fires: 0 | 1): Promise<unknown> => {
  const rule = (title: string, value: number, labels: Json, annotations: Json): Json => ({
    title,
    condition: 'A',
    data: [
      {
        refId: 'A',
        datasourceUid: '__expr__',
        relativeTimeRange: { from: 0, to: 0 },
        model: {
          refId: 'A',
          type: 'math',
          expression: String(value),
          datasource: { type: '__expr__', uid: '__expr__' },
        },
      },
    ],
    noDataState: 'OK',
    execErrState: 'Error',
    for: '0s',
    labels,
    annotations,
  });
  const { labels, annotations } = hostDown(false);
  const { alertname: _, ...others } = labels;
  const { dashboard_url: __, ...texts } = annotations;
  return client.put('/api/v1/provisioning/folder/stand-ins/rule-groups/stand-ins', {
    title: 'stand-ins',
    folderUid: 'stand-ins',
    interval: 10,
    rules: [
      rule('HostDown', fires, others, { ...texts, __dashboardUid__: 'hl-host-use', __panelId__: '1' }),
      rule('DeadMansSwitch', fires, { severity: 'info', category: 'monitoring' }, heartbeat.annotations),
    ],
  });
};

const hurriedPolicies = (text: string): string => {
  const file = parse(text) as { readonly policies: readonly Json[] };
  return stringify({ ...file, policies: file.policies.map(hurry) });
};
