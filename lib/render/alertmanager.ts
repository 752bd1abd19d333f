import type { BuiltAlerts } from '../alerts/define';
import { messageTemplates } from '../alerts/messages';
import {
  audiencesOf,
  branchesOf,
  groupsOf,
  heartbeatReceiver,
  nobody,
  paceOf,
  type Branch,
  type Decision,
} from '../alerts/routing';
import { digestIntervals, quietIntervals } from '../alerts/time-intervals';
import type { MailServer } from '../homelab/homelab';
import type { ResolvedHomelab } from '../homelab/resolved';
import { inhibitions } from './alertmanager-inhibition';
import { matcher } from './alertmanager-matcher';
import { alertmanagerIntegration, fileOf, secretsFolder } from './alertmanager-receiver';
import { oldestAlertmanager } from './alertmanager-version';
import type { Artifact } from './artifact';
import { toYaml } from './yaml';

type Part = Readonly<Record<string, unknown>>;

/** The file of texts, beside the configuration. */
const templatesFile = 'messages.tmpl';

/** `alertmanager/alertmanager.yml` and its texts: routes, receivers, times, and what keeps quiet while something larger is told. */
export const renderAlertmanager = (homelab: ResolvedHomelab, { groups }: BuiltAlerts): readonly Artifact[] => {
  const alerts = groups.flatMap((group) => group.alerts);
  const { alerting } = homelab;
  const { receivers } = alerting;
  const branches = branchesOf(alerting, alerts);
  const told = Object.keys(receivers).length > 0;
  const several = audiencesOf(branches.map(({ decision }) => decision)).filter(({ length }) => length > 1);
  const intervals = timeIntervals(homelab);
  const configuration = {
    ...(Object.values(receivers).some(({ kind }) => kind === 'email') && { global: mailSettings(alerting.mail) }),
    ...(told && { templates: [templatesFile] }),
    route: {
      receiver: alerting.defaultReceiver ?? nobody,
      group_by: ['alertname'],
      ...paceOf('at once', alerting),
      routes: branches.map((branch) => route(homelab, branch)),
    },
    ...(intervals.length > 0 && { time_intervals: intervals }),
    inhibit_rules: inhibitions(homelab, alerts),
    receivers: [
      ...[...Object.keys(receivers).map((name) => [name]), ...several].map((audience) => receiver(homelab, audience)),
      ...(alerting.heartbeat
        ? [
            {
              name: heartbeatReceiver,
              // A watchdog takes any message for a sign of life.
              webhook_configs: [{ url_file: fileOf(alerting.heartbeat.url), send_resolved: false }],
            },
          ]
        : []),
      { name: nobody },
    ],
  };
  const { version, because } = oldestAlertmanager(homelab);
  return [
    {
      kind: 'alertmanager',
      path: 'alertmanager/alertmanager.yml',
      name: 'alertmanager.yml',
      text: toYaml(
        configuration,
        `A whole configuration of Alertmanager ${version} or later (${because}). It reads each secret from a file of its name in ${secretsFolder}.`,
      ),
    },
    ...(told
      ? [
          {
            kind: 'alertmanager',
            path: `alertmanager/${templatesFile}`,
            name: templatesFile,
            text: messageTemplates(homelab, 'alertmanager'),
          } as const,
        ]
      : []),
  ];
};

/** Without a mail server in the homelab file the one on Alertmanager's own machine is asked. */
const mailSettings = (mail: MailServer | null): Part =>
  mail
    ? {
        smtp_smarthost: mail.server,
        smtp_from: mail.from,
        ...(mail.user !== undefined && { smtp_auth_username: mail.user }),
        ...(mail.password && { smtp_auth_password_file: fileOf(mail.password) }),
        smtp_require_tls: mail.tls ?? true,
      }
    : { smtp_smarthost: 'localhost:25', smtp_from: 'alertmanager@localhost', smtp_require_tls: false };

const quietHours = 'quiet-hours';
const digest = 'digest';

const timeIntervals = (homelab: ResolvedHomelab): readonly Part[] => [
  ...(homelab.alerting.quietHours
    ? [{ name: quietHours, time_intervals: quietIntervals(homelab.alerting.quietHours, homelab) }]
    : []),
  ...(homelab.alerting.digest
    ? [{ name: digest, time_intervals: digestIntervals(homelab.alerting.digest, homelab) }]
    : []),
];

const route = ({ alerting }: ResolvedHomelab, { matches, decision }: Branch): Part => {
  const { withHost, without } = groupsOf(decision.timing);
  const told = decision.audience.length > 0 || decision.timing === 'heartbeat';
  return {
    receiver: receiverName(decision),
    matchers: matches.map(({ label, values }) => matcher(label, values)),
    ...(told && {
      group_by: [without],
      ...paceOf(decision.timing, alerting),
      ...times(decision),
      // Times are not inherited, all else is.
      ...(withHost !== without && { routes: [{ matchers: ['host != ""'], group_by: [withHost], ...times(decision) }] }),
    }),
  };
};

const receiverName = ({ audience, timing }: Decision): string => {
  if (timing === 'heartbeat') return heartbeatReceiver;
  return audience.length === 0 ? nobody : audience.join('+');
};

const times = ({ muted, timing }: Decision): Part => ({
  ...(muted && { mute_time_intervals: [quietHours] }),
  ...(timing === 'digest' && { active_time_intervals: [digest] }),
});

/** One receiver, or several that are told together. */
const receiver = (homelab: ResolvedHomelab, audience: readonly string[]): Part => {
  const merged = new Map<string, readonly unknown[]>();
  for (const name of audience) {
    for (const [key, configs] of Object.entries(alertmanagerIntegration(homelab, name)))
      merged.set(key, [...(merged.get(key) ?? []), ...configs]);
  }
  return { name: audience.join('+'), ...Object.fromEntries(merged) };
};
