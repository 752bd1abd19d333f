import type { Alert } from '../alerts/alert';
import { paceOf, receiverOf, severitiesOf } from '../alerts/routing';
import { receiverUid } from '../alerts/uid';
import type { Receiver, Severity } from '../homelab/homelab';
import type { ResolvedHomelab, ResolvedRoute } from '../homelab/resolved';
import type { Artifact } from './artifact';
import { escapeAlertingFile, type AlertingValue } from './grafana-escape';
import { toYaml } from './yaml';

type Part = { readonly [key: string]: AlertingValue | undefined };

/** `hl-phone`: carries our prefix, since integrations of one name become one contact point. */
export const contactPointName = ({ project }: ResolvedHomelab, receiver: string): string => `${project}-${receiver}`;

/** Mutes what is no message, at all times. */
export const muteTimingName = ({ project }: ResolvedHomelab): string => `${project}-no-message`;

/** Who is told: contact points and the mute timing in both modes, the policy tree in `owned` mode. Nothing when the homelab names nobody. */
export const renderNotifications = (homelab: ResolvedHomelab, alerts: readonly Alert[]): readonly Artifact[] => {
  const { project, alerting, grafana } = homelab;
  if (alerting.defaultReceiver === null) return [];
  const contactPoints = Object.entries(alerting.receivers).map(([name, receiver]) =>
    contactPoint(homelab, name, receiver),
  );
  const muteTimes = [{ orgId: 1, name: muteTimingName(homelab), time_intervals: [{ weekdays: ['sunday:saturday'] }] }];
  return [
    {
      kind: 'contact-points',
      path: `grafana/provisioning/alerting/${project}-contact-points.yaml`,
      name: `${project}-contact-points`,
      text: toYaml(
        escapeAlertingFile({ apiVersion: 1, contactPoints, muteTimes }),
        `Who is told, and the mute timing of what is no message. Secrets are in Grafana's environment: see .env.example.`,
      ),
    },
    ...(grafana.mode === 'owned'
      ? [
          {
            kind: 'policies',
            path: `grafana/provisioning/alerting/${project}-policies.yaml`,
            name: `${project}-policies`,
            text: toYaml(
              escapeAlertingFile({ apiVersion: 1, policies: [policyTree(homelab, alerting.defaultReceiver, alerts)] }),
              'Who is told what: the whole tree of notification policies.',
            ),
          } as const,
        ]
      : []),
  ];
};

const contactPoint = (homelab: ResolvedHomelab, name: string, receiver: Receiver): Part => ({
  orgId: 1,
  name: contactPointName(homelab, name),
  receivers: [{ uid: receiverUid(homelab.project, name), type: receiver.kind, settings: settingsOf(receiver) }],
});

/** Field names of `GET /api/alert-notifiers` (12.3). */
const settingsOf = (receiver: Receiver): Part => {
  switch (receiver.kind) {
    case 'email':
      return { addresses: receiver.to.join(';'), singleEmail: false };
    case 'discord':
    case 'slack':
      return { url: receiver.url };
    case 'telegram':
      return { bottoken: receiver.token, chatid: receiver.chat };
    case 'pushover':
      return { userKey: receiver.userKey, apiToken: receiver.token };
    case 'webhook':
      return { url: receiver.url, httpMethod: 'POST' };
  }
};

/** First the heartbeat, then the homelab's routes in their order, then what no route takes. */
const policyTree = (homelab: ResolvedHomelab, defaultReceiver: string, alerts: readonly Alert[]): Part => ({
  orgId: 1,
  receiver: contactPointName(homelab, defaultReceiver),
  ...groupingOf('critical'),
  routes: [
    ...alerts.filter(({ heartbeat }) => heartbeat).flatMap((alert) => heartbeatRoute(homelab, alert)),
    ...homelab.alerting.routes.flatMap((route) =>
      severitiesOf(route).map((severity) => policy(homelab, route, severity)),
    ),
    {
      receiver: contactPointName(homelab, defaultReceiver),
      object_matchers: [['severity', '=', 'warning']],
      ...groupingOf('warning'),
    },
    {
      receiver: contactPointName(homelab, defaultReceiver),
      object_matchers: [['severity', '=', 'info']],
      mute_time_intervals: [muteTimingName(homelab)],
    },
  ],
});

const heartbeatRoute = (homelab: ResolvedHomelab, alert: Alert): readonly Part[] => {
  const receiver = receiverOf(homelab.alerting, alert);
  if (receiver === null) return [];
  return [
    {
      receiver: contactPointName(homelab, receiver),
      object_matchers: [['alertname', '=', alert.name]],
      ...paceOf(alert.severity, true),
    },
  ];
};

const policy = (homelab: ResolvedHomelab, { category, to }: ResolvedRoute, severity: Severity): Part => ({
  receiver: contactPointName(homelab, to),
  object_matchers: [['severity', '=', severity], ...(category ? [['category', '=~', category.join('|')]] : [])],
  ...groupingOf(severity),
});

/** What is urgent comes alert by alert, the rest as one message. */
const groupingOf = (severity: Severity): Part => ({
  group_by: severity === 'critical' ? ['grafana_folder', 'alertname'] : ['grafana_folder', 'severity'],
  ...paceOf(severity),
});
