import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuiltAlerts } from '../../alerts/define';
import type { Artifact } from '../../render/artifact';
import { readOwnYaml } from '../../render/read-own-yaml';
import type { Written } from '../../render/write';
import { grafanaAlerts, prometheusAlerts } from './alert-facts';
import { boardFacts } from './board-facts';
import type { Change, NotCompared } from './change';
import { compareFacts } from './compare';
import { noFacts, together, type AlertFacts, type Facts } from './facts';
import { alertmanagerTold, grafanaTold } from './told-facts';

/** One file, whichever side it is from. */
interface Source {
  readonly path: string;
  readonly text: string;
}

/**
 * What a render changes at one home: what the last one wrote into `out` against `artifacts`. Only files that differ are read, and of
 * those that are there only `ours`, the files of our manifest. Never throws for what stands in a file: that is then not compared.
 */
export const changesAtHome = (
  artifacts: readonly Artifact[],
  { created, changed, deleted }: Pick<Written, 'created' | 'changed' | 'deleted'>,
  out: string,
  ours: readonly string[],
  alerts: Pick<BuiltAlerts, 'groups'>,
): readonly Change[] => {
  const touched = new Set([...created, ...changed]);
  const present = new Set(ours);
  const earlier = [...changed, ...deleted]
    .filter((path) => present.has(path) && reader(path))
    .map((path) => readEarlier(path, out));
  const failed = earlier.flatMap((result) => ('why' in result ? [result] : []));
  const was = together(earlier.flatMap((result) => ('facts' in result ? [result.facts] : [])));
  const is = together(
    artifacts.filter(({ path }) => touched.has(path) && !failed.some((each) => each.path === path)).map(factsOf),
  );
  return [
    ...failed.map(({ path, why }): NotCompared => ({ kind: 'not compared', path, why })),
    ...compareFacts(was, withUnits(is, alerts)),
  ];
};

type Earlier = { readonly facts: Partial<Facts> } | { readonly path: string; readonly why: string };

const readEarlier = (path: string, out: string): Earlier => {
  try {
    return { facts: factsOf({ path, text: readFileSync(join(out, path), 'utf8') }) };
  } catch (error) {
    return { path, why: (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '' };
  }
};

const factsOf = ({ path, text }: Source): Partial<Facts> => reader(path)?.(text, path) ?? noFacts;

type Reader = (text: string, path: string) => Partial<Facts>;

/** What reads a file of that path; undefined for one that holds nothing that is compared in words. */
const reader = (path: string): Reader | undefined => readers.find(([pattern]) => pattern.test(path))?.[1];

const readers: readonly (readonly [RegExp, Reader])[] = [
  [
    /^grafana\/dashboards\/.+\.json$/,
    (text, path) => ({ boards: [boardFacts(JSON.parse(text), path.split('/').at(-2))] }),
  ],
  [
    /^grafana\/provisioning\/alerting\/[^/]+-rules\.yaml$/,
    (text) => ({ alerts: grafanaAlerts(fromYaml(text)), engine: 'Grafana' }),
  ],
  [
    /^grafana\/provisioning\/alerting\/[^/]+-(contact-points|policies)\.yaml$/,
    (text) => ({ told: grafanaTold(fromYaml(text)) }),
  ],
  // Rules of others say nothing about what evaluates ours.
  [
    /^(prometheus|mimir|vmalert|loki)\/rules\/included-[^/]+\.yaml$/,
    (text, path) => ({ alerts: includedAlerts(text, path) }),
  ],
  [/^prometheus\/rules\/[^/]+\.ya?ml$/, (text) => ({ alerts: prometheusAlerts(fromYaml(text)), engine: 'rule files' })],
  [/^alertmanager\/alertmanager\.yml$/, (text) => ({ told: alertmanagerTold(fromYaml(text)) })],
];

/** Alerts of others may be called as ours are, and as each other. */
const includedAlerts = (text: string, path: string): readonly AlertFacts[] => {
  const file = path
    .split('/')
    .at(-1)
    ?.replace(/\.yaml$/, '');
  const seen = new Map<string, number>();
  return prometheusAlerts(fromYaml(text)).map((alert) => {
    const count = (seen.get(alert.name) ?? 0) + 1;
    seen.set(alert.name, count);
    return { ...alert, name: `${alert.name}${count === 1 ? '' : ` (${count})`} of ${file}` };
  });
};

/** The library for all of YAML is loaded for a file that somebody edited, and only then. */
const fromYaml = (text: string): unknown => {
  const own = readOwnYaml(text);
  return own ? own.value : (require('yaml') as typeof import('yaml')).parse(text);
};

/** Files of rules have numbers; what they are in is known of the alerts that are rendered. */
const withUnits = (facts: Facts, { groups }: Pick<BuiltAlerts, 'groups'>): Facts => {
  const units = new Map(
    groups.flatMap(({ alerts }) => alerts.map(({ name, signal }) => [name, signal.shown.id] as const)),
  );
  return {
    ...facts,
    alerts: facts.alerts.map((alert) => {
      const unit = units.get(alert.name);
      return unit === undefined ? alert : { ...alert, unit };
    }),
  };
};
