import type { Alert, Condition } from '../alerts/alert';
import { comparing } from '../alerts/condition';
import type { BuiltAlerts, BuiltGroup } from '../alerts/define';
import { conditionQuery } from '../alerts/rule';
import { thresholdOf } from '../alerts/text';
import { titleOf } from '../alerts/tune';
import type { Signal } from '../signals/signal';
import { nameOfLevels } from './fields';
import { formatPromql } from './format-promql';
import { code, fenced, type Block, type Outline } from './outline';

/** Every group of alerts, and what was left out of them. */
export const outlineAllAlerts = ({ groups, omissions }: BuiltAlerts): readonly Outline[] => [
  ...groups.map(outlineAlerts),
  ...(omissions.length > 0 ? [outlineLeftOut(omissions)] : []),
];

const outlineLeftOut = (omissions: BuiltAlerts['omissions']): Outline => ({
  name: 'left-out',
  head: ['# Alerts: left out', '', ...omissions.map(({ where, why }) => `- ${where}: ${why}`)],
  blocks: [],
});

/** One group of alerts as a reviewer reads it: `{label}` and `{value}` are filled in by what evaluates it. */
export const outlineAlerts = ({ name, alerts }: BuiltGroup): Outline => ({
  name,
  head: [`# Alerts: ${name}`],
  blocks: alerts.map(outlineAlert),
});

const outlineAlert = (alert: Alert): Block => ({
  key: titleOf(alert),
  lines: [
    `## ${titleOf(alert)}`,
    `**${alert.summary}**`,
    '',
    alert.description,
    ...points(alert).map((point) => `- ${point}`),
    ...alert.firstSteps.map((step, index) => `${index === 0 ? '- first steps:\n' : ''}  ${index + 1}. ${step}`),
    ...fenced('promql', [formatPromql(conditionQuery(alert))]),
  ].flatMap((line) => line.split('\n')),
});

const points = (alert: Alert): readonly string[] => [
  `${alert.severity}, ${alert.category}${alert.pack ? `, pack ${alert.pack}` : ''}`,
  ...(alert.packReason ? [`worth getting up for: ${alert.packReason}`] : []),
  ...(alert.part ? [`only for ${alert.part.words}, as the homelab file says`] : []),
  ...(alert.leavesOut ?? []).map((what) => `not for ${what}`),
  ...(alert.quietAbout ?? []).map((what) => `quiet about ${what}`),
  ...(alert.notify ? [`tells ${alert.notify.join(', ') || 'nobody'}, whatever the routes say`] : []),
  `when ${holds(alert.signal, alert.when)}${(alert.and ?? []).map(({ signal, when }) => `, and ${holds(signal, when)}`).join('')}`,
  ...limitOf(alert),
  `for ${alert.for}: ${alert.forReason}`,
  ...(alert.keepFiringFor ? [`stays for ${alert.keepFiringFor} after it ended`] : []),
  ...(alert.escalates ? [`a worse stage of ${alert.escalates}`] : []),
  ...(alert.heartbeat ? ['fires always, so that its absence is noticed'] : []),
  ...(alert.only ? [`with ${alert.only.engines.join(', ')} only: ${alert.only.because}`] : []),
  `no data is ${noData[alert.noData]}: ${alert.noDataReason}`,
  `who notices: ${alert.impact}`,
  ...(alert.causes ? [`usual causes: ${alert.causes.join('; ')}`] : []),
  ...(alert.silenceWhen ? [`silence: ${alert.silenceWhen}`] : []),
  ...(alert.panel ? [`panel: ${code(alert.panel.signal.id)} on the board ${code(alert.panel.dashboard)}`] : []),
];

const noData = { ok: 'fine', alerting: 'the trouble itself', noData: 'told as being blind' } as const;

const holds = (signal: Signal, when: Condition): string =>
  `${code(signal.id)} is ${comparing(when).words} ${thresholdOf({ signal, when })}`;

const limitOf = ({ signal: { levels } }: Alert): readonly string[] => {
  const name = nameOfLevels(levels);
  return name ? [`its limits: ${code(name)}`] : [];
};
