import type { BuiltAlerts } from '../../alerts/define';
import type { ResolvedHomelab } from '../../homelab/resolved';
import { renderAlertmanager } from '../../render/alertmanager';
import { courseOf } from './event';
import { replayTimeline } from './replay';
import type { Scene } from './scenes';
import { timelineOf, type Timeline } from './timeline';
import type { Verdict } from './verdict';

/** The house with its alerts, and what may differ from what is rendered. */
export interface Cast {
  /** What tells it from others in the table: `essential`. */
  readonly name: string;
  readonly homelab: ResolvedHomelab;
  readonly alerts: BuiltAlerts;
  /** Changes the rendered Alertmanager configuration before it is played: to show what it prevents. */
  readonly change?: (alertmanagerYaml: string) => string;
}

/** A scene with those who play it. */
export interface Play {
  readonly scene: Scene;
  readonly cast: Cast;
}

/** What fires in a scene, without the heartbeats: their messages go to a watchdog, and they never end. */
const timelineOfScene = async ({ scene, cast: { homelab, alerts } }: Play): Promise<Timeline> => {
  const timeline = await timelineOf(courseOf(scene, homelab), alerts, homelab);
  const beats = new Set(
    alerts.groups.flatMap((group) => group.alerts.filter(({ heartbeat }) => heartbeat).map(({ name }) => name)),
  );
  return { ...timeline, firings: timeline.firings.filter(({ labels }) => !beats.has(labels['alertname'] ?? '')) };
};

/**
 * Plays scenes: the rendered rules in virtual time, then the rendered Alertmanager configuration faster than life. Timelines come
 * first, because they keep all cores busy, and a replay must not be late.
 */
export const playScenes = async (plays: readonly Play[]): Promise<readonly Verdict[]> => {
  const timelines = await inParallel(plays, 2, async (play) => ({ ...play, timeline: await timelineOfScene(play) }));
  return Promise.all(
    timelines.map(async (play) => ({
      ...play,
      replayed: await replayTimeline(play.timeline, configurationOf(play.cast)),
    })),
  );
};

const configurationOf = ({ homelab, alerts, change = (text) => text }: Cast): string => {
  const rendered = renderAlertmanager(homelab, alerts).find(({ kind }) => kind === 'alertmanager');
  if (!rendered) throw new Error('no alertmanager.yml was rendered');
  return change(rendered.text);
};

/** Works on all items, a few at a time, and gives the results in their order. */
const inParallel = async <T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> => {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) results[at] = await work(items[at] as T);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
};
