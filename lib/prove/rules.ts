import type { Alert } from '../alerts/alert';
import type { BuiltAlerts } from '../alerts/define';
import { conditionQuery, evaluationInterval, ruleLabels } from '../alerts/rule';
import { toSeconds } from '../duration';
import { explainEmptiness } from '../proof/emptiness';
import { QueryError, type Labels, type Prometheus } from '../proof/prometheus';
import type { Scraped } from '../proof/scraped';
import { coursesOf, type Course } from './course';

/** What came of an alert while all is well. */
export interface AlertProof {
  readonly alert: string;
  readonly group: string;
  readonly expr: string;
  /**
   * `silent`: it did not fire, and what it reads is there. `fires`: it did; of a heartbeat, rightly. `lacking`: what it reads
   * is not on any page, so it can never fire. `broken`: it could not be asked, or gives nothing without a reason.
   */
  readonly verdict: 'silent' | 'fires' | 'lacking' | 'broken';
  readonly why: string;
  readonly heartbeat: boolean;
}

/** What fired in some time, with the courses of all alerts. */
export interface Evaluated {
  readonly alert: Alert;
  readonly group: string;
  readonly courses: readonly Course[];
  /** Why it could not be asked. */
  readonly error?: string;
}

/** Whether an alert may be as it is. */
export const alertHolds = ({ verdict, heartbeat }: AlertProof): boolean =>
  verdict === 'silent' || verdict === 'lacking' || (verdict === 'fires' && heartbeat);

/** Seconds between evaluations. */
export const evaluationStep = toSeconds(evaluationInterval);

/** Evaluates every rule at each minute of a time by a real Prometheus, and applies `for` and `keep_firing_for`. */
export const evaluate = async (
  { groups }: BuiltAlerts,
  prometheus: Prometheus,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly Evaluated[]> => {
  const range = {
    start: Math.ceil(from / evaluationStep) * evaluationStep,
    end: Math.floor(to / evaluationStep) * evaluationStep,
    step: evaluationStep,
  };
  const found: Evaluated[] = [];
  for (const { name: group, alerts } of groups)
    for (const alert of alerts) {
      try {
        const series = await prometheus.range(conditionQuery(alert), range);
        const waits = {
          for: toSeconds(alert.for),
          keepFiring: alert.keepFiringFor ? toSeconds(alert.keepFiringFor) : 0,
        };
        found.push({ alert, group, courses: coursesOf(series, range, waits) });
      } catch (error) {
        if (!(error instanceof QueryError)) throw error;
        found.push({ alert, group, courses: [], error: error.message });
      }
    }
  return found;
};

/** What each alert makes of a time in which all is well; why it is silent is asked at its end. */
export const proveAlerts = async (
  evaluated: readonly Evaluated[],
  { prometheus, scraped, at }: { readonly prometheus: Prometheus; readonly scraped: Scraped; readonly at: number },
): Promise<readonly AlertProof[]> => {
  const proofs: AlertProof[] = [];
  for (const { alert, group, courses, error } of evaluated) {
    const expr = conditionQuery(alert);
    const base = { alert: titleOf(alert), group, expr, heartbeat: alert.heartbeat === true };
    const fired = courses.filter(({ firingFrom }) => firingFrom !== undefined);
    if (error !== undefined) proofs.push({ ...base, verdict: 'broken', why: error });
    else if (fired.length > 0) proofs.push({ ...base, verdict: 'fires', why: fired.map(inWords).join('; ') });
    else {
      const hasData = async (query: string): Promise<boolean> => (await prometheus.instant(query, at)).length > 0;
      // A condition that holds and has not held long enough needs no reason.
      const reason =
        courses.length > 0
          ? ({ kind: 'quiet' } as const)
          : await explainEmptiness(expr, { hasData, scraped, recorded: new Map() });
      proofs.push(
        reason.kind === 'unexplained'
          ? { ...base, verdict: 'broken', why: reason.why }
          : reason.kind === 'lacking'
            ? { ...base, verdict: 'lacking', why: `not on the page: ${reason.what.join(', ')}` }
            : { ...base, verdict: 'silent', why: 'nothing is wrong' },
      );
    }
  }
  return proofs;
};

/** The alert's name, with the override of the homelab file that made it. */
export const titleOf = ({ name, part }: Pick<Alert, 'name' | 'part'>): string =>
  part ? `${name} (${part.words})` : name;

const inWords = ({ labels }: Course): string =>
  Object.entries(labels)
    .map(([label, value]) => `${label} ${value}`)
    .join(', ') || 'without labels';

/** `ALERTS` as Prometheus writes it from these evaluations: OpenMetrics lines. */
export const alertsSeries = (
  evaluated: readonly Evaluated[],
  { from, to }: { readonly from: number; readonly to: number },
): string => {
  const samples = new Map<string, Set<number>>();
  for (const { alert, courses } of evaluated)
    for (const { labels, pendingFrom, firingFrom, until = to + evaluationStep } of courses)
      for (let time = Math.max(pendingFrom, from); time < until && time <= to; time += evaluationStep) {
        const state = firingFrom !== undefined && time >= firingFrom ? 'firing' : 'pending';
        const key = `ALERTS${written({ ...labels, ...ruleLabels(alert), alertname: alert.name, alertstate: state })}`;
        samples.set(key, (samples.get(key) ?? new Set()).add(time));
      }
  return [...samples]
    .flatMap(([series, times]) => [...times].sort((a, b) => a - b).map((time) => `${series} 1 ${time}\n`))
    .join('');
};

const written = (labels: Labels): string =>
  `{${Object.entries(labels)
    .filter(([, value]) => value !== '')
    .map(([label, value]) => `${label}=${JSON.stringify(value)}`)
    .join(',')}}`;
