import { digestWindow, heartbeatMinutes, paceOf } from '../alerts/routing';
import { defineHomelab } from '../homelab/define';
import type { EnvironmentReference, Receiver } from '../homelab/homelab';
import { resolveHomelab } from '../homelab/resolve';
import { alertmanagerIntegration } from './alertmanager-receiver';
import { alertmanagerOf } from './alertmanager-version';
import { grafanaIntegration } from './grafana-receiver';

type Kind = Receiver['kind'];

/** One of each kind, as it is written in a homelab file, and what one has to know of it. */
const samples: {
  readonly [kind in Kind]: { readonly receiver: Receiver & { readonly kind: kind }; readonly limits: string };
} = {
  email: {
    receiver: { kind: 'email', to: ['me@example.org'] },
    limits: 'Needs a mail server: `alerting.mail`. A Grafana of your own has its own settings (NEXT-STEPS.md).',
  },
  discord: {
    receiver: { kind: 'discord', url: { env: 'HOMELAB_DISCORD_URL' } },
    limits:
      'Three alerts are written out in one message: Discord takes 2000 characters. The title of a message of Grafana links to its list of alerts under `root_url`.',
  },
  slack: {
    receiver: { kind: 'slack', url: { env: 'HOMELAB_SLACK_URL' } },
    limits: 'The title of a message of Grafana links to the rule under `root_url`.',
  },
  telegram: {
    receiver: { kind: 'telegram', token: { env: 'HOMELAB_TELEGRAM_TOKEN' }, chat: '-1001234567890' },
    limits:
      'Six alerts are written out in one message: Telegram takes 4096 characters. The chat is a number, not a name.',
  },
  pushover: {
    receiver: {
      kind: 'pushover',
      userKey: { env: 'HOMELAB_PUSHOVER_USER_KEY' },
      token: { env: 'HOMELAB_PUSHOVER_TOKEN' },
    },
    limits:
      'Three alerts, without first steps: Pushover takes 1024 characters. Critical ones have priority 1, others 0; never 2, which calls until somebody answers.',
  },
  ntfy: {
    receiver: { kind: 'ntfy', topic: 'homelab-8f3a', token: { env: 'HOMELAB_NTFY_TOKEN' } },
    limits:
      "A topic in an environment variable works with Grafana. Alertmanager then needs a whole address in that variable's file, `https://ntfy.sh/<topic>?template=alertmanager`, and ntfy (2.14 or later) writes the message in its own words.",
  },
  gotify: {
    receiver: { kind: 'gotify', server: 'https://gotify.example.org', token: { env: 'HOMELAB_GOTIFY_TOKEN' } },
    limits: 'Priority 8 while something critical fires, 5 for the rest, 2 when it is over.',
  },
  matrix: {
    receiver: { kind: 'matrix', url: { env: 'HOMELAB_MATRIX_URL' } },
    limits:
      'Through a generic webhook of matrix-hookshot: `!hookshot webhook homelab` in the room answers with the address.',
  },
  'home-assistant': {
    receiver: { kind: 'home-assistant', url: { env: 'HOMELAB_HOME_ASSISTANT_URL' } },
    limits: 'Through an automation with a webhook trigger; NEXT-STEPS.md has one to copy.',
  },
  webhook: {
    receiver: { kind: 'webhook', url: 'http://192.168.1.12:5678/webhook/alerts' },
    limits: 'The JSON is that of Grafana or Alertmanager; that of Grafana has our `title` and `message` in it.',
  },
};

/** `docs/notifications.md`. */
export const notificationGuide = (): string => {
  const receivers = Object.fromEntries(Object.entries(samples).map(([kind, { receiver }]) => [kind, receiver]));
  const homelab = resolveHomelab(defineHomelab({ hosts: [{ name: 'nas' }], alerting: { receivers } }));
  const pace = (timing: Parameters<typeof paceOf>[0]) => paceOf(timing, homelab.alerting);
  const rows = Object.entries(samples).map(([kind, { receiver }]) =>
    [
      `\`${kind}\``,
      howGrafana(grafanaIntegration(homelab, kind, false)),
      howAlertmanager(alertmanagerIntegration(homelab, kind)),
      alertmanagerOf(receiver).version,
      secretsOf(receiver).join(', ') || 'none',
    ].join(' | '),
  );
  return `<!-- Made by \`npm run snapshot\`: change what it describes, not this page. -->

# How you are told

Messages say what is wrong, where, since when, what to do first, and link to the panel, the runbook and a silence. Links
begin with the addresses in \`urls\`; where one is not known, its links are left out.

## Ways

Read on Grafana 12.3.0 and Alertmanager 0.34.2, each message as it arrived. For Telegram and Pushover a server of ours stood in
for theirs; what apps on a phone make of a message was not seen.

| kind | with Grafana | with Alertmanager | needs Alertmanager | secrets |
| --- | --- | --- | --- | --- |
${rows.map((row) => `| ${row} |`).join('\n')}

Secrets stand in environment variables of Grafana. Alertmanager reads no environment: it gets a file for each, named as the
variable, in \`secrets/\`, without a line break at its end. \`.env.example\` lists what yours needs.

Grafana has payloads of webhooks since 12.0. Times in your time zone and the heartbeat need Alertmanager 0.28; the first line of
the rendered \`alertmanager.yml\` says what yours needs, and why.

With an older Alertmanager, kinds that need 0.34 can be had as \`webhook\`, with the words of whoever gets it: ntfy understands
\`https://ntfy.sh/<topic>?template=alertmanager\`, an automation of Home Assistant can read \`trigger.json.alerts\`, and
matrix-hookshot can be given a transformation function. Gotify cannot.

${Object.entries(samples)
  .map(([kind, { receiver, limits }]) => `### ${kind}\n\n\`\`\`ts\n${written(receiver)}\n\`\`\`\n\n${limits}`)
  .join('\n\n')}

## Who

The first of \`routes\` that fits a message's severity and category, else \`defaultReceiver\`, else the first receiver. \`info\` is no
message, unless a route names it. \`notify\` of an alert comes before all routes: several names are told together, an empty list
is nobody.

\`\`\`ts
alerting: {
  receivers: { mail: …, phone: … },
  routes: [{ severity: 'critical', to: 'phone' }],
  defaultReceiver: 'mail',
  alerts: { HostDown: { notify: ['phone', 'mail'] }, HostLoadHigh: { notify: [] } },
}
\`\`\`

## When

| | first message | the next, if more joins it | again, while it lasts | one message |
| --- | --- | --- | --- | --- |
| critical | after ${pace('at once').group_wait} | after ${pace('at once').group_interval} | every ${pace('at once').repeat_interval} | a host; what has no host: an alert |
| warning | after ${pace('gathered').group_wait} | after ${pace('gathered').group_interval} | every ${pace('gathered').repeat_interval} | for all |
| digest | at its time | the next day | the next day | for all |

A machine that is down is one message, not one for each thing that runs on it. In a Grafana of your own (\`mode: 'existing'\`)
each alert is a message by itself: rules name their receivers there, and Grafana groups those by the rule's name.

### Quiet hours

\`\`\`ts
timeZone: 'Europe/Berlin',
alerting: { quietHours: { from: '22:30', to: '07:00', except: { severity: 'critical' } } }
\`\`\`

Only what fits \`except\` is told. What still fires in the morning is told within ${pace('at once').group_interval} (critical) or ${pace('gathered').group_interval} (the rest) after
they end. What began and ended in between is not told at all.

### Digest

\`\`\`ts
alerting: { digest: { at: '08:00', of: { severity: 'warning' }, to: 'mail' } }
\`\`\`

What fits \`of\` waits for \`at\`, and is then told within ${digestWindow} minutes, once a day for as long as it lasts. It holds what fires at
that time; what ended before is not in it, and its end is not told. What may pass in quiet hours (without them: what is critical)
never waits. Whoever an alert's own \`notify\` names is told instead of \`to\`.

### Heartbeat

\`\`\`ts
alerting: { heartbeat: { url: { env: 'HOMELAB_HEARTBEAT_URL' }, period: '10m' } }
\`\`\`

DeadMansSwitch fires all the time, and its message goes to that address alone: with a period of 10m every ${heartbeatMinutes(600)} minutes, so that
two come within each period and one may be lost. It is never muted, and there is no message of its end. When it stays away,
the watchdog calls: power, internet, Prometheus, or what sends the messages is gone. Without \`heartbeat\` it is no message.
`;
};

const howGrafana = ({ type, settings }: ReturnType<typeof grafanaIntegration>): string =>
  type === 'webhook' ? `webhook${'payload' in (settings as object) ? ' with payload' : ''}` : 'own integration';

const howAlertmanager = (integration: ReturnType<typeof alertmanagerIntegration>): string => {
  const [config] = integration['webhook_configs'] ?? [];
  if (!config) return 'own integration';
  return `webhook${'payload' in (config as object) ? ' with payload' : ''}`;
};

const secretsOf = (receiver: Receiver): readonly string[] =>
  Object.entries(receiver).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null && 'env' in value
      ? [`${key}: \`${(value as EnvironmentReference).env}\``]
      : [],
  );

/** As one writes it in TypeScript. */
const written = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .map(([key, item]) => `${key}: ${written(item)}`)
      .join(', ')} }`;
  return typeof value === 'string' ? `'${value}'` : String(value);
};
