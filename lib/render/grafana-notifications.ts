import type { Alert } from '../alerts/alert';
import { messageTemplates } from '../alerts/messages';
import {
  audiencesOf,
  branchesOf,
  decide,
  groupsOf,
  heartbeatReceiver,
  paceOf,
  type Branch,
  type Decision,
} from '../alerts/routing';
import { digestIntervals, quietIntervals } from '../alerts/time-intervals';
import { receiverUid } from '../alerts/uid';
import { escapeRegex } from '../expression/condition';
import type { ResolvedHomelab } from '../homelab/resolved';
import type { Artifact } from './artifact';
import { escapeAlertingFile, type AlertingValue } from './grafana-escape';
import { grafanaIntegration } from './grafana-receiver';
import { toYaml } from './yaml';

type Part = { readonly [key: string]: AlertingValue | undefined };

/** `hl-phone`, `hl-phone+mail`: carries our prefix, since integrations of one name become one contact point. */
export const contactPointName = ({ project }: ResolvedHomelab, ...audience: readonly string[]): string =>
  `${project}-${audience.join('+')}`;

/** Mutes what is no message, at all times. */
export const muteTimingName = ({ project }: ResolvedHomelab): string => `${project}-no-message`;
const quietHoursName = ({ project }: ResolvedHomelab): string => `${project}-quiet-hours`;
const digestName = ({ project }: ResolvedHomelab): string => `${project}-digest`;

/** Who is told, and when, as files and the API spell it, before `$` is escaped. All are empty where nobody is told. */
export interface GrafanaNotifications {
  readonly contactPoints: readonly GrafanaContactPoint[];
  readonly muteTimes: readonly GrafanaMuteTiming[];
  readonly templates: readonly { readonly name: string; readonly template: string }[];
}

export interface GrafanaContactPoint {
  readonly name: string;
  /** Its integrations. */
  readonly receivers: readonly GrafanaIntegration[];
}

export interface GrafanaIntegration {
  readonly [key: string]: AlertingValue | undefined;
  readonly uid: string;
  readonly type: string;
}

export interface GrafanaMuteTiming {
  readonly name: string;
  readonly time_intervals: readonly Part[];
}

/** Contact points, mute timings and texts: those of both modes. */
export const grafanaNotifications = (homelab: ResolvedHomelab, alerts: readonly Alert[]): GrafanaNotifications => {
  const points = contactPoints(homelab, alerts);
  if (points.length === 0) return { contactPoints: [], muteTimes: [], templates: [] };
  return {
    contactPoints: points,
    muteTimes: muteTimes(homelab),
    templates:
      homelab.alerting.defaultReceiver === null
        ? []
        : [{ name: `${homelab.project}-messages`, template: messageTemplates(homelab, 'grafana') }],
  };
};

/** Who is told, and when: contact points, mute timings and texts in both modes, the policy tree in `owned` mode. */
export const renderNotifications = (homelab: ResolvedHomelab, alerts: readonly Alert[]): readonly Artifact[] => {
  const { project } = homelab;
  const { contactPoints, muteTimes, templates } = grafanaNotifications(homelab, alerts);
  if (contactPoints.length === 0) return [];
  const file = {
    apiVersion: 1,
    contactPoints: contactPoints.map(inFirstOrganisation),
    muteTimes: muteTimes.map(inFirstOrganisation),
    templates: templates.map(inFirstOrganisation),
  };
  return [
    {
      kind: 'contact-points',
      path: `grafana/provisioning/alerting/${project}-contact-points.yaml`,
      name: `${project}-contact-points`,
      text: toYaml(
        escapeAlertingFile(file),
        `Who is told, when not, and in which words. Secrets are in Grafana's environment: see .env.example.`,
      ),
    },
    ...renderPolicies(homelab, alerts),
  ];
};

/** Files name the organisation of each object. */
const inFirstOrganisation = (value: object): Part => ({ orgId: 1, ...value });

/** Every receiver, every combination that an alert names, and the heartbeat's. */
const contactPoints = (homelab: ResolvedHomelab, alerts: readonly Alert[]): readonly GrafanaContactPoint[] => {
  const { project, alerting } = homelab;
  const decisions = [
    ...alerts.map((alert) => decide(alerting, alert)),
    ...branchesOf(alerting, alerts).map(({ decision }) => decision),
  ];
  const several = audiencesOf(decisions).filter(({ length }) => length > 1);
  const audiences = [...Object.keys(alerting.receivers).map((name) => [name]), ...several];
  return [
    ...audiences.flatMap((audience) => [
      contactPoint(homelab, audience, false),
      ...(hasUrgent(homelab, audience) ? [contactPoint(homelab, audience, true)] : []),
    ]),
    ...(alerting.heartbeat
      ? [
          {
            name: contactPointName(homelab, heartbeatReceiver),
            receivers: [
              {
                uid: receiverUid(project, heartbeatReceiver),
                type: 'webhook',
                // A watchdog takes any message for a sign of life.
                disableResolveMessage: true,
                settings: { url: alerting.heartbeat.url, httpMethod: 'POST' },
              },
            ],
          },
        ]
      : []),
  ];
};

/** Grafana sends to Pushover with one priority for a contact point, so what is urgent needs another one. */
const hasUrgent = ({ alerting }: ResolvedHomelab, audience: readonly string[]): boolean =>
  audience.some((name) => alerting.receivers[name]?.kind === 'pushover');

/** No receiver's name has a plus, so that `phone` and a receiver called `phone-urgent` stay apart. */
const urgentName = (name: string): string => `${name}++urgent`;

const contactPoint = (homelab: ResolvedHomelab, audience: readonly string[], urgent: boolean): GrafanaContactPoint => {
  const name = contactPointName(homelab, ...audience);
  return {
    name: urgent ? urgentName(name) : name,
    receivers: audience.map((receiver) => {
      const key = [...(audience.length > 1 ? audience : []), receiver].join('+');
      return {
        uid: receiverUid(homelab.project, urgent ? urgentName(key) : key),
        ...grafanaIntegration(homelab, receiver, urgent),
      };
    }),
  };
};

const muteTimes = (homelab: ResolvedHomelab): readonly GrafanaMuteTiming[] => {
  const { defaultReceiver, quietHours, digest } = homelab.alerting;
  if (defaultReceiver === null) return [];
  const always = [{ weekdays: ['sunday:saturday'] }];
  return [
    { name: muteTimingName(homelab), time_intervals: always },
    ...(quietHours
      ? [{ name: quietHoursName(homelab), time_intervals: quietIntervals(quietHours, homelab).map(plain) }]
      : []),
    ...(digest ? [{ name: digestName(homelab), time_intervals: digestIntervals(digest, homelab).map(plain) }] : []),
  ];
};

const plain = (value: object): Part => ({ ...value });

/** What a rule or a policy says about a decision: contact point, pace, times. */
const told = (homelab: ResolvedHomelab, { audience, timing, muted }: Decision): Part => {
  const { alerting } = homelab;
  if (timing === 'heartbeat')
    return { receiver: contactPointName(homelab, heartbeatReceiver), ...paceOf(timing, alerting) };
  if (audience.length === 0) {
    return {
      receiver: contactPointName(homelab, alerting.defaultReceiver ?? ''),
      mute_time_intervals: [muteTimingName(homelab)],
    };
  }
  const name = contactPointName(homelab, ...audience);
  return {
    receiver: timing === 'at once' && hasUrgent(homelab, audience) ? urgentName(name) : name,
    ...paceOf(timing, alerting),
    ...times(homelab, { timing, muted }),
  };
};

const times = (homelab: ResolvedHomelab, { timing, muted }: Pick<Decision, 'timing' | 'muted'>): Part => ({
  ...(muted && { mute_time_intervals: [quietHoursName(homelab)] }),
  ...(timing === 'digest' && { active_time_intervals: [digestName(homelab)] }),
});

/**
 * In a Grafana with a life of its own each rule names its receiver, so that its policy tree stays untouched. A rule cannot have no
 * receiver, so what is no message is muted at all times. Undefined where policies decide: ours, or, without receivers, Grafana's.
 */
export const notificationSettings = (homelab: ResolvedHomelab, alert: Alert): AlertingValue | undefined => {
  const { alerting, grafana } = homelab;
  const decision = decide(alerting, alert);
  const named = decision.timing === 'heartbeat' && alerting.defaultReceiver === null;
  if (!named && (grafana.mode === 'owned' || alerting.defaultReceiver === null)) return undefined;
  // Grafana groups the messages of such rules by these two, whatever else is said (12.3, `NormalizedGroupBy`).
  return { ...told(homelab, decision), group_by: ['grafana_folder', 'alertname'] };
};

/** The route of all that is ours, with the branches below it, as files and the API spell it; undefined where policies are not ours. */
export const grafanaPolicies = (homelab: ResolvedHomelab, alerts: readonly Alert[]): Part | undefined => {
  const { alerting, grafana } = homelab;
  if (grafana.mode !== 'owned' || alerting.defaultReceiver === null) return undefined;
  return {
    receiver: contactPointName(homelab, alerting.defaultReceiver),
    group_by: ['grafana_folder', 'alertname'],
    ...paceOf('at once', alerting),
    routes: branchesOf(alerting, alerts).map((branch) => policy(homelab, branch)),
  };
};

const renderPolicies = (homelab: ResolvedHomelab, alerts: readonly Alert[]): readonly Artifact[] => {
  const tree = grafanaPolicies(homelab, alerts);
  if (!tree) return [];
  return [
    {
      kind: 'policies',
      path: `grafana/provisioning/alerting/${homelab.project}-policies.yaml`,
      name: `${homelab.project}-policies`,
      text: toYaml(
        escapeAlertingFile({ apiVersion: 1, policies: [inFirstOrganisation(tree)] }),
        'Who is told what: the whole tree of notification policies.',
      ),
    },
  ];
};

const policy = (homelab: ResolvedHomelab, { matches, decision }: Branch): Part => {
  const { withHost, without } = groupsOf(decision.timing);
  return {
    ...told(homelab, decision),
    object_matchers: matches.map(({ label, values }) => [label, ...operands(values)]),
    group_by: [without],
    ...(withHost !== without &&
      decision.audience.length > 0 && {
        routes: [
          // Times are not inherited, all else is.
          { object_matchers: [['host', '!=', '']], group_by: [withHost], ...times(homelab, decision) },
        ],
      }),
  };
};

const operands = (values: readonly string[]): readonly [string, string] =>
  values.length === 1 ? ['=', values[0] ?? ''] : ['=~', values.map(escapeRegex).join('|')];
