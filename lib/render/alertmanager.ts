import type { Alert } from '../alerts/alert';
import type { BuiltAlerts } from '../alerts/define';
import { paceOf, receiverOf, severitiesOf } from '../alerts/routing';
import type { EnvironmentReference, Receiver, Severity } from '../homelab/homelab';
import type { ResolvedHomelab } from '../homelab/resolved';
import type { Artifact } from './artifact';
import { toYaml } from './yaml';

type Part = Readonly<Record<string, unknown>>;

/** Where Alertmanager finds each secret: a file named as the environment variable would be, since it reads no environment. */
export const secretsFolder = '/etc/alertmanager/secrets';

/** The receiver of what is no message: it has no way to tell anybody. */
const nobody = 'nobody';

/** `alertmanager/alertmanager.yml`: routes, receivers, and what keeps quiet while something larger is told. */
export const renderAlertmanager = (homelab: ResolvedHomelab, { groups }: BuiltAlerts): readonly Artifact[] => {
  const alerts = groups.flatMap((group) => group.alerts);
  const { receivers, defaultReceiver } = homelab.alerting;
  const mails = Object.values(receivers).some(({ kind }) => kind === 'email');
  const configuration = {
    ...(mails && { global: localMail }),
    route: {
      receiver: defaultReceiver ?? nobody,
      ...groupingOf('critical'),
      routes: [...heartbeatRoutes(homelab, alerts), ...routes(homelab)],
    },
    inhibit_rules: inhibitions(alerts),
    receivers: [
      ...Object.entries(receivers).map(([name, receiver]) => ({ name, ...integration(receiver) })),
      { name: nobody },
    ],
  };
  return [
    {
      kind: 'alertmanager',
      path: 'alertmanager/alertmanager.yml',
      name: 'alertmanager.yml',
      text: toYaml(
        configuration,
        `A whole configuration of Alertmanager 0.28 or later. It reads each secret from a file of its name in ${secretsFolder}.`,
      ),
    },
  ];
};

/** The homelab file names no mail server: the one on Alertmanager's own machine is asked. */
const localMail: Part = {
  smtp_smarthost: 'localhost:25',
  smtp_from: 'alertmanager@localhost',
  smtp_require_tls: false,
};

const heartbeatRoutes = (homelab: ResolvedHomelab, alerts: readonly Alert[]): readonly Part[] =>
  alerts
    .filter(({ heartbeat }) => heartbeat)
    .map((alert) => ({
      receiver: receiverOf(homelab.alerting, alert) ?? nobody,
      matchers: [`alertname = ${quote(alert.name)}`],
      ...paceOf(alert.severity, true),
    }));

const routes = ({ alerting }: ResolvedHomelab): readonly Part[] => [
  ...alerting.routes.flatMap((route) =>
    severitiesOf(route).map((severity) => ({
      receiver: route.to,
      matchers: [
        `severity = ${quote(severity)}`,
        ...(route.category ? [`category =~ ${quote(route.category.join('|'))}`] : []),
      ],
      ...groupingOf(severity),
    })),
  ),
  { receiver: nobody, matchers: ['severity = "info"'] },
  { receiver: alerting.defaultReceiver ?? nobody, matchers: ['severity = "warning"'], ...groupingOf('warning') },
];

/** What is urgent comes alert by alert, the rest as one message. */
const groupingOf = (severity: Severity): Part => ({
  group_by: severity === 'critical' ? ['alertname', 'host'] : ['severity'],
  ...paceOf(severity),
});

/** A host that is down explains all else about it; a worse stage explains the milder one on the same labels. */
const inhibitions = (alerts: readonly Alert[]): readonly Part[] => {
  const down = alerts.find(({ name }) => name === 'HostDown');
  return [
    ...(down
      ? [
          {
            source_matchers: [`alertname = ${quote(down.name)}`],
            target_matchers: [`alertname != ${quote(down.name)}`, 'host != ""'],
            equal: ['host'],
          },
        ]
      : []),
    ...alerts.flatMap(({ name, escalates, signal }) =>
      escalates === undefined
        ? []
        : [
            {
              source_matchers: [`alertname = ${quote(name)}`],
              target_matchers: [`alertname = ${quote(escalates)}`],
              equal: [...signal.labels].sort(),
            },
          ],
    ),
  ];
};

const integration = (receiver: Receiver): Part => {
  switch (receiver.kind) {
    case 'email':
      return { email_configs: receiver.to.map((to) => ({ to, send_resolved: true })) };
    case 'discord':
      return { discord_configs: [{ webhook_url_file: fileOf(receiver.url) }] };
    case 'slack':
      return { slack_configs: [{ api_url_file: fileOf(receiver.url), send_resolved: true }] };
    case 'telegram':
      return { telegram_configs: [{ bot_token_file: fileOf(receiver.token), chat_id: Number(receiver.chat) }] };
    case 'pushover':
      return { pushover_configs: [{ user_key_file: fileOf(receiver.userKey), token_file: fileOf(receiver.token) }] };
    case 'webhook':
      return {
        webhook_configs: [
          typeof receiver.url === 'string' ? { url: receiver.url } : { url_file: fileOf(receiver.url) },
        ],
      };
  }
};

const fileOf = ({ env }: EnvironmentReference): string => `${secretsFolder}/${env}`;
const quote = (text: string): string => JSON.stringify(text);
