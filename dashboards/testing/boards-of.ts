import { join } from 'node:path';
import type { Homelab } from '../../lib/homelab/homelab';
import { readHomelab } from '../../lib/homelab/read';
import { resolveHomelab } from '../../lib/homelab/resolve';
import { render, type RenderedDashboard } from '../../lib/render/render';
import { dashboards } from '../index';

/** The folder of the homelabs that stand for all users. */
export const examples = join(__dirname, '../../examples/homelabs');

/** The boards with these names, as they are rendered for an example: those of which nothing can have data are not there. */
export const boardsOf = (
  file: string,
  names: (name: string) => boolean,
  change: Partial<Homelab> = {},
): readonly RenderedDashboard[] => {
  const homelab = resolveHomelab({ ...readHomelab(join(examples, file)), ...change });
  return render(
    { ...homelab, alerting: { ...homelab.alerting, alerts: {} } },
    { dashboards: dashboards.filter(({ name }) => names(name)), alerts: [] },
  ).boards;
};

/** What each of them draws, by its name. */
export const drawnOn = (boards: readonly RenderedDashboard[]) =>
  Object.fromEntries(boards.map(({ definition, panels }) => [definition.name, [...panels.values()]]));

/** Titles of the panels that boards draw in an example. */
export const titlesIn =
  (names: (name: string) => boolean) =>
  (file: string, board: string, section?: string): readonly string[] =>
    (drawnOn(boardsOf(file, names))[board] ?? [])
      .filter((panel) => section === undefined || panel.section === section)
      .map(({ title }) => title);
