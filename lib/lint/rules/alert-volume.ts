import type { Answer, Question } from '../question';
import { defineRule } from '../rule';
import type { Alert, ExpressionNode } from '../subject';

const day = 86_400;
const step = 60;
/** More often than this in a day, nobody reads it any more. */
const budget = 10;

export const alertVolume = defineRule({
  id: 'alert-volume',
  on: 'alert',
  severity: 'warning',
  needs: 'server',
  says: `an alert that would have fired more than ${budget} times in the last day`,
  why: 'An alert that fires ten times a day is learnt to be ignored, and with it the one that matters.',
  instead:
    'Raise the threshold, lengthen `for`, or keep it firing over the gaps (`keep_firing_for`). Asked with `--cost` only: each condition is evaluated over the last day, a sample each minute.',

  *asks(alert) {
    const asked = conditionOf(alert);
    if (asked) yield asked.question;
  },

  *check(alert, { answers }) {
    const asked = conditionOf(alert);
    const answer = asked && answers?.of(asked.question);
    if (!answer) return;
    const times = firings(answer, asked.holds, alert.for ?? 0, alert.keepFiringFor ?? 0);
    if (times <= budget) return;
    yield { message: `\`${alert.name}\` would have fired ${times} times in the last day`, culprit: alert.name };
  },

  accepts: [
    {
      name: 'fires, and stays',
      alert: { expr: 'node_load1 > 10', for: '1m' },
      answers: { 'range 86400 60 node_load1 > 10': made(Array.from({ length: 60 }, (_, minute) => minute)) },
    },
    {
      name: 'flaps, but never for as long as it must hold',
      alert: { expr: 'node_load1 > 10', for: '5m' },
      answers: { 'range 86400 60 node_load1 > 10': made(Array.from({ length: 60 }, (_, turn) => turn * 3)) },
    },
  ],
  rejects: [
    {
      name: 'flaps',
      alert: { expr: 'node_load1 > 10', for: '0s' },
      answers: { 'range 86400 60 node_load1 > 10': made(Array.from({ length: 11 }, (_, turn) => turn * 3)) },
      because: 'would have fired 11 times',
    },
  ],
});

interface Asked {
  readonly question: Question;
  /** Whether a value of the answer is one at which the alert is true. */
  readonly holds: (value: number) => boolean;
}

/** What is asked of the server, and what of its answer counts; undefined where the condition cannot be followed. */
const conditionOf = (alert: Alert): Asked | undefined => {
  const [query] = alert.queries;
  if (!query || alert.queries.length > 1 || query.language !== 'promql' || !query.parsed.tree) return undefined;
  if (query.parsed.variables.length > 0) return undefined;
  const question: Question = { kind: 'range', query: query.text, seconds: day, step };
  if (alert.engine === 'prometheus') return { question, holds: () => true };
  const threshold = alert.nodes.find(({ refId }) => refId === alert.condition);
  const holds = threshold && thresholdOf(threshold, alert, query.refId);
  return holds && { question, holds };
};

/** A threshold on the query itself, or on its last value. */
const thresholdOf = (
  { type, reads, json }: ExpressionNode,
  { nodes }: Alert,
  queried: string,
): ((value: number) => boolean) | undefined => {
  if (type !== 'threshold' || reads.length !== 1) return undefined;
  const between = nodes.find(({ refId }) => refId === reads[0]);
  const isLast = between?.type === 'reduce' && between.json['reducer'] === 'last' && between.reads[0] === queried;
  if (reads[0] !== queried && !isLast) return undefined;
  const [condition] = (json['conditions'] ?? []) as readonly {
    readonly evaluator?: { readonly type?: string; readonly params?: readonly number[] };
  }[];
  const [low = 0, high = 0] = condition?.evaluator?.params ?? [];
  switch (condition?.evaluator?.type) {
    case 'gt':
      return (value) => value > low;
    case 'lt':
      return (value) => value < low;
    case 'within_range':
      return (value) => value > low && value < high;
    case 'outside_range':
      return (value) => value < low || value > high;
    default:
      return undefined;
  }
};

/** How often an alert starts to fire: true for `wait` seconds on end, and told again only after it was false for `keep`. */
const firings = ({ series }: Answer, holds: (value: number) => boolean, wait: number, keep: number): number => {
  let count = 0;
  for (const { values } of series) {
    let since: number | undefined;
    let last = -Infinity;
    let firingUntil = -Infinity;
    for (const [time, value] of values) {
      if (!holds(value)) continue;
      if (since === undefined || time - last > step * 1.5) since = time;
      last = time;
      if (time - since < wait) continue;
      if (time > firingUntil) count += 1;
      firingUntil = time + step * 1.5 + keep;
    }
  }
  return count;
};

/** One series that is true at these minutes. */
function made(minutes: readonly number[]): Answer {
  return {
    series: [{ labels: {}, values: minutes.map((minute) => [minute * step, 1] as const) }],
    count: 1,
    seconds: undefined,
    samples: undefined,
  };
}
