import type { Alert } from '../alerts/alert';
import type { BuiltAlerts } from '../alerts/define';
import { decide, groupsOf, heartbeatReceiver, paceOf, type Decision } from '../alerts/routing';
import type { ResolvedFilter, ResolvedHomelab } from '../homelab/resolved';
import type { Outline } from './outline';

/** Who is told of which alert, when and together with what; every line is what the engine's settings are made of. */
export const outlineRoutes = (homelab: ResolvedHomelab, { groups }: BuiltAlerts): Outline => {
  const { receivers, heartbeat } = homelab.alerting;
  const told = Object.keys(receivers).length > 0 || heartbeat !== null;
  const alerts = groups.flatMap((group) => group.alerts);
  return {
    name: 'routes',
    head: ['# Who is told', '', ...(told ? settings(homelab) : ['Nobody: the homelab file names no receiver.'])],
    blocks: told
      ? [...byAudience(homelab, alerts)].map(([audience, lines]) => ({
          key: audience,
          lines: [`## ${audience}`, '', ...lines],
        }))
      : [],
  };
};

const settings = ({ alerting, timeZone }: ResolvedHomelab): readonly string[] => {
  const { quietHours, digest, heartbeat, engine } = alerting;
  return [
    `- engine: ${engine}`,
    ...(quietHours
      ? [
          `- quiet from ${quietHours.from} to ${quietHours.to} (${timeZone})${quietHours.days.length < 7 ? ` that begin on ${quietHours.days.join(', ')}` : ''}, but for ${filterInWords(quietHours.except)}`,
        ]
      : []),
    ...(digest ? [`- digest at ${digest.at} (${timeZone}) of ${filterInWords(digest.of)}`] : []),
    ...(heartbeat
      ? [
          `- heartbeat every ${paceOf('heartbeat', alerting).repeat_interval} or a minute more, missed after ${heartbeat.period.text}`,
        ]
      : []),
  ];
};

const filterInWords = ({ severity, category }: ResolvedFilter): string =>
  [severity?.join(' or '), category?.join(' or ')].filter(Boolean).join(' about ') || 'everything';

/** In the order of the homelab's receivers, then combinations, nobody last; alerts of one timing together. */
const byAudience = (homelab: ResolvedHomelab, alerts: readonly Alert[]): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, Map<string, readonly string[]>>();
  for (const alert of alerts) {
    const decision = decide(homelab.alerting, alert);
    const audience = audienceInWords(homelab, decision);
    const timings = found.get(audience) ?? new Map<string, readonly string[]>();
    const when = timingInWords(homelab, decision);
    const name = `${alert.name}${alert.part ? ` for ${alert.part.words}` : ''}`;
    timings.set(when, [...(timings.get(when) ?? []), `- ${name} (${alert.severity}, ${alert.category})`]);
    found.set(audience, timings);
  }
  const order = [heartbeatReceiver, ...Object.keys(homelab.alerting.receivers)];
  const rank = (audience: string): number => {
    const index = order.findIndex((name) => audience.startsWith(`${name} (`));
    return (index === -1 ? 2 * order.length : index) + (audience.includes(' + ') ? order.length : 0);
  };
  return new Map(
    [...found]
      .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
      .map(([audience, timings]) => [
        audience,
        [...timings].flatMap(([when, lines], index) => [...(index > 0 ? [''] : []), `${when}:`, '', ...lines]),
      ]),
  );
};

const audienceInWords = ({ alerting }: ResolvedHomelab, { audience, timing }: Decision): string => {
  if (timing === 'heartbeat') return `${heartbeatReceiver} (webhook)`;
  if (audience.length === 0) return 'nobody';
  return audience.map((name) => `${name} (${alerting.receivers[name]?.kind})`).join(' + ');
};

const timingInWords = (homelab: ResolvedHomelab, decision: Decision): string => {
  const { alerting } = homelab;
  if (decision.timing === 'heartbeat') return 'Again and again';
  if (decision.audience.length === 0) return 'No message';
  const pace = paceOf(decision.timing, alerting);
  const when = {
    'at once': `At once, after ${pace.group_wait}`,
    gathered: `Gathered for ${pace.group_wait}, then for ${pace.group_interval}`,
    digest: `In the digest at ${alerting.digest?.at}`,
  }[decision.timing];
  const quiet =
    decision.muted && alerting.quietHours ? `, not from ${alerting.quietHours.from} to ${alerting.quietHours.to}` : '';
  return `${when}${quiet}; one message ${groupInWords(homelab, decision)}`;
};

const groupInWords = ({ alerting, grafana }: ResolvedHomelab, { timing }: Decision): string => {
  if (alerting.engine === 'grafana' && grafana.mode === 'existing') return 'an alert';
  const { withHost } = groupsOf(timing);
  return withHost === 'host' ? 'a host, else an alert' : 'in all';
};
