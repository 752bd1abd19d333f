import type { Alert } from '../../alerts/alert';
import { comparing } from '../../alerts/condition';
import type { BuiltAlerts } from '../../alerts/define';
import { alertUid } from '../../alerts/uid';
import { sorted } from '../../grafana-json/canonical-json';
import { isObject } from '../../grafana-json/json';
import type { RenderedDashboard } from '../../render/render';
import { shownValue } from '../../signals/signal';
import { boardFacts } from '../changes/board-facts';
import type { AlertFacts, BoardFacts } from '../changes/facts';
import { needsOf, type Needs } from './needs';

/** What a release brings, as far as a later one is compared with it. */
export interface Release {
  readonly boards: readonly ReleasedBoard[];
  readonly alerts: readonly ReleasedAlert[];
}

export interface ReleasedBoard extends BoardFacts {
  readonly needs: Needs;
}

export interface ReleasedAlert extends AlertFacts {
  /** With the default project. */
  readonly uid: string;
  readonly needs: Needs;
}

/** The prefix that uids have where the homelab file says nothing. */
const project = 'hl';

/** Facts of boards and alerts as the library has them: sorted, without queries and words, which outlines show line by line. */
export const releaseOf = (boards: readonly RenderedDashboard[], { groups }: BuiltAlerts): Release => ({
  boards: boards.map(releasedBoard).sort((a, b) => (a.uid < b.uid ? -1 : 1)),
  alerts: groups
    .flatMap(({ name, alerts }) => alerts.map((alert) => releasedAlert(name, alert)))
    .sort((a, b) => (a.name < b.name ? -1 : 1)),
});

const releasedBoard = ({ definition, json, panels }: RenderedDashboard): ReleasedBoard => ({
  uid: `${project}-${definition.name}`,
  title: definition.title,
  folder: definition.folder,
  panels: boardFacts(json)
    .panels.map(({ queries: _, parts: __, ...facts }) => ({ ...facts, parts: {} }))
    .sort((a, b) => a.id - b.id),
  parts: {},
  needs: needsOf([...panels.values()].flatMap(({ facts }) => facts.signals)),
});

const releasedAlert = (group: string, alert: Alert): ReleasedAlert => {
  const { operator, value } = comparing(alert.when);
  return {
    name: alert.name,
    uid: alertUid(project, alert.name),
    group,
    limit: { operator, values: [shownValue(alert.signal, value)] },
    unit: alert.signal.shown.id,
    for: alert.for,
    ...(alert.keepFiringFor !== undefined && { keepFiringFor: alert.keepFiringFor }),
    severity: alert.severity,
    category: alert.category,
    ...(alert.pack && { pack: alert.pack }),
    noData: alert.noData,
    needs: needsOf(
      [alert.signal, ...(alert.and ?? []).map(({ signal }) => signal)],
      [alert.summary, alert.description],
    ),
  };
};

/** A release as it is kept: a line for each alert, board and panel, with sorted keys. */
export const printRelease = ({ boards, alerts }: Release): string => {
  const lines = (items: readonly unknown[]): string =>
    items.map((item) => `\n  ${JSON.stringify(sorted(item))}`).join(',');
  const board = ({ panels, ...others }: ReleasedBoard): string =>
    `\n  ${JSON.stringify(sorted(others)).slice(0, -1)},"panels":[${lines(panels)}]}`;
  return `{\n"alerts":[${lines(alerts)}],\n"boards":[${boards.map(board).join(',')}]\n}\n`;
};

/** A release that was kept. Throws with the file's name where it is none. */
export const readRelease = (text: string, path: string): Release => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${path} is no JSON: ${(error as Error).message}\n  try: git checkout -- ${path}`, {
      cause: error,
    });
  }
  if (!isObject(value) || !Array.isArray(value['boards']) || !Array.isArray(value['alerts']))
    throw new Error(
      `${path} is no record of a release: it lists no boards or no alerts\n  try: git checkout -- ${path}`,
    );
  return value as unknown as Release;
};

/** Numbers of versions such as `0.10.0`, the latest last. */
export const inOrderOfVersion = (versions: readonly string[]): readonly string[] => {
  const numbers = (version: string): readonly number[] => version.split('.').map(Number);
  return [...versions].sort((left, right) => {
    const [a, b] = [numbers(left), numbers(right)];
    return [0, 1, 2].map((place) => (a[place] ?? 0) - (b[place] ?? 0)).find((difference) => difference !== 0) ?? 0;
  });
};
