import type { Alert } from '../alerts/alert';
import type { BuiltAlerts } from '../alerts/define';
import type { CasesByAlert } from '../alerts/promtool';
import { conditionQuery } from '../alerts/rule';
import { toSeconds } from '../duration';
import { metricsOf } from '../query/promql';
import { readSeries, type NotedSeries } from './series-notation';

/** The series of one case of an alert, and when to look. */
export interface Scene {
  readonly alert: Alert;
  readonly name: string;
  readonly series: readonly NotedSeries[];
  /** Seconds between samples. */
  readonly step: number;
  /** The whole condition as Prometheus evaluates it. */
  readonly query: string;
  readonly moments: readonly Moment[];
}

export interface Moment {
  readonly at: number;
  /** What is told when it fires there; absent: nothing fires, maybe only because it has not lasted long enough. */
  readonly fires?: {
    readonly labels: Readonly<Record<string, string>>;
    readonly summary: string;
    readonly description: string;
  };
}

/** Two scenes for each alert that has cases: it fires, and the near miss. */
export const scenesOf = ({ groups }: BuiltAlerts, cases: CasesByAlert): readonly Scene[] =>
  groups
    .flatMap((group) => group.alerts)
    .flatMap((alert) => {
      const own = cases[alert.name];
      if (!own) return [];
      const { fires, nearMiss } = own;
      return [
        scene(alert, 'fires', fires, [{ at: toSeconds(fires.silentAt) }, { at: toSeconds(fires.firesAt), fires }]),
        scene(alert, 'near miss', nearMiss, [{ at: toSeconds(nearMiss.at) }]),
      ];
    });

const scene = (
  alert: Alert,
  name: string,
  { series, interval = '1m' }: { readonly series: Readonly<Record<string, string>>; readonly interval?: string },
  moments: readonly Moment[],
): Scene => ({
  alert,
  name: `${alert.name} ${name}`,
  series: Object.entries(series).map(([selector, values]) => readSeries(selector, values)),
  step: toSeconds(interval),
  query: conditionQuery(alert),
  moments,
});

/** Scenes that do not see one another, because no metric occurs in two of them, can share a Prometheus. */
export const packScenes = (scenes: readonly Scene[]): readonly (readonly Scene[])[] => {
  const packs: { readonly scenes: Scene[]; readonly metrics: Set<string> }[] = [];
  for (const scene of scenes) {
    const metrics = new Set([...metricsOf(scene.query), ...scene.series.map(({ labels }) => labels['__name__'] ?? '')]);
    const pack = packs.find((other) => [...metrics].every((metric) => !other.metrics.has(metric)));
    if (!pack) packs.push({ scenes: [scene], metrics });
    else {
      pack.scenes.push(scene);
      metrics.forEach((metric) => pack.metrics.add(metric));
    }
  }
  return packs.map(({ scenes }) => scenes);
};
