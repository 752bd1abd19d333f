import { bare } from '../../query/tree';
import { limitOf } from '../promql/comparison';
import { sliceOf } from '../promql/nodes';
import { defineRule, type World } from '../rule';
import type { Alert } from '../subject';

/** Alerts tell something that no other tells already. */
export const alertShadowed = defineRule({
  id: 'alert-shadowed',
  on: 'alert',
  severity: 'info',
  needs: 'nothing',
  says: 'an alert that fires only while another one of the same severity fires, too',
  why: 'Two messages about one thing, both as loud: the second one says nothing.',
  instead: 'Another severity for the one with the higher limit, or one alert.',

  *check(alert, { all }) {
    const own = limitIn(alert);
    if (!own) return;
    const wider = byQuestion(all)
      .get(own.key)
      ?.find((other) => {
        const limit = other !== alert && limitIn(other);
        if (!limit || limit.value === own.value) return false;
        const before = (other.for ?? 0) <= (alert.for ?? 0);
        return before && (own.operator.startsWith('>') ? limit.value < own.value : limit.value > own.value);
      });
    if (!wider) return;
    yield {
      message: `\`${alert.name}\` fires only while \`${wider.name}\` fires, which is as severe`,
      culprit: alert.name,
      expected: 'another severity, or one alert',
    };
  },

  accepts: [
    { name: 'a higher limit, more severe', files: { 'rules.yaml': limits('warning', 'critical') } },
    { name: 'one alert', alert: { expr: 'node_load1 > 5' } },
  ],
  rejects: [
    {
      name: 'a higher limit, as severe',
      files: { 'rules.yaml': limits('warning', 'warning') },
      because: 'fires only while',
    },
  ],
});

function limits(first: string, second: string): string {
  return `groups:
  - name: hosts
    rules:
      - alert: HighLoad
        expr: node_load1 > 5
        for: 5m
        labels: { severity: ${first} }
        annotations: { summary: Busy. }
      - alert: VeryHighLoad
        expr: node_load1 > 9
        for: 5m
        labels: { severity: ${second} }
        annotations: { summary: Busy. }
`;
}

interface Limited {
  /** What is compared, in which direction, and how severe it is. */
  readonly key: string;
  readonly operator: string;
  readonly value: number;
}

const limitIn = (alert: Alert): Limited | undefined => {
  const [query] = alert.queries;
  if (!query?.parsed.tree || alert.engine === 'grafana') return undefined;
  const node = bare(query.parsed.tree);
  const limit = node.kind === 'binary' && !node.bool ? limitOf(node) : undefined;
  if (!limit || !/[<>]/.test(limit.operator)) return undefined;
  const text = sliceOf(query, bare(limit.of)).replace(/\s+/g, '');
  return { ...limit, key: `${limit.operator[0]} ${alert.labels.severity ?? ''} ${text}` };
};

const questions = new WeakMap<World, ReadonlyMap<string, readonly Alert[]>>();

const byQuestion = (world: World): ReadonlyMap<string, readonly Alert[]> => {
  const before = questions.get(world);
  if (before) return before;
  const made = new Map<string, Alert[]>();
  for (const alert of world.alerts) {
    const limited = limitIn(alert);
    if (limited) made.set(limited.key, [...(made.get(limited.key) ?? []), alert]);
  }
  questions.set(world, made);
  return made;
};
