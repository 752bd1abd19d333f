import type { Alert } from '../alerts/alert';
import type { BuiltAlerts } from '../alerts/define';
import type { Engine, Pack, Severity } from '../homelab/homelab';
import type { Artifact } from './artifact';
import { generated, plain } from './runbooks';

/** Packs, the smallest first: each holds the one before. */
const packs: readonly { readonly name: Pack; readonly title: string; readonly about: string }[] = [
  {
    name: 'essential',
    title: 'Essential',
    about:
      'The default: what somebody should get up for. Whatever is down, full, broken, too hot or about to run out, and monitoring that is blind.',
  },
  {
    name: 'standard',
    title: 'Standard',
    about: 'What most people want to know within a day: early stages of the above, and what is about to break.',
  },
  {
    name: 'all',
    title: 'All',
    about:
      'Causes rather than symptoms: busy machines, slow answers, limits that come near. Some of these fire on a normal night with a backup.',
  },
];

const engines: readonly Engine[] = ['grafana', 'prometheus', 'mimir', 'vmalert'];

/** Alerts that are of use with an engine. */
const withEngine = (alerts: readonly Alert[], engine: Engine): readonly Alert[] =>
  alerts.filter(({ only }) => !only || only.engines.includes(engine));

/** Alerts that somebody is told of: `info` stays on boards. */
export const notifying = (alerts: readonly Alert[]): readonly Alert[] =>
  alerts.filter(({ severity }) => severity !== 'info');

/** `docs/alerts.md`: which alerts are in which pack, and why; built from all alerts, also those of one engine only. */
export const renderAlertPacks = ({ groups }: BuiltAlerts): Artifact => {
  const alerts = groups.flatMap((group) => group.alerts);
  const ofPack = (pack: Pack): readonly Alert[] => alerts.filter((alert) => alert.pack === pack);
  return {
    kind: 'runbook',
    path: 'docs/alerts.md',
    name: 'alerts',
    title: 'Alerts',
    text: [
      generated,
      '',
      '# Alerts',
      '',
      'A pack is a set of alerts that are switched on together, by `alerting.pack` in the homelab file; single ones are switched',
      'by `alerting.alerts`. Each name leads to its runbook. `critical` is told at once, `warning` can wait, `info` is no message.',
      'Alerts on what a homelab does not have are left out.',
      '',
      '| Pack | critical | warning | info | Messages come from |',
      '| --- | --- | --- | --- | --- |',
      ...packs.map(({ name, title }, index) => {
        const own = ofPack(name);
        const held = packs.slice(0, index + 1).flatMap((pack) => ofPack(pack.name));
        return `| [${title}](#${name}) | ${severities.map((severity) => counted(own, severity)).join(' | ')} | ${most(notifying(held))} alerts |`;
      }),
      '',
      'Each line counts what the pack adds; the last column counts what it holds with those before it, with one engine.',
      ...packs.flatMap(({ name, title, about }) => ['', `## ${title}`, '', about, '', ...table(name, ofPack(name))]),
      '',
    ].join('\n'),
  };
};

const severities: readonly Severity[] = ['critical', 'warning', 'info'];

const counted = (alerts: readonly Alert[], severity: Severity): number =>
  most(alerts.filter((alert) => alert.severity === severity));

/** How many there are with the engine that has most. */
const most = (alerts: readonly Alert[]): number =>
  Math.max(...engines.map((engine) => withEngine(alerts, engine).length));

const table = (pack: Pack, alerts: readonly Alert[]): readonly string[] => {
  const reasons = pack === 'essential';
  return [
    `| Alert | Severity | For | What it tells |${reasons ? ' Why it is in it |' : ''}`,
    `| --- | --- | --- | --- |${reasons ? ' --- |' : ''}`,
    ...alerts.map(
      (alert) =>
        `| [${alert.name}](runbooks/${alert.name}.md) | ${alert.severity} | ${alert.for} | ${plain(alert.summary, alert)}${engineOf(alert)} |${reasons ? ` ${alert.packReason ?? ''} |` : ''}`,
    ),
  ];
};

const engineOf = ({ only }: Alert): string => (only ? ` (engine ${only.engines.join(', ')})` : '');
