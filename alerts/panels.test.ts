import { describe, expect, it } from 'vitest';
import { dashboards } from '../dashboards/index';
import { readHomelab } from '../lib/homelab/read';
import { resolveHomelab } from '../lib/homelab/resolve';
import { panelFinder, render } from '../lib/render/render';
import { alerts } from './index';

const everything = `${__dirname}/../examples/homelabs/everything.ts`;

/** Alerts of a homelab that no panel shows. */
const unseen = (boards: typeof dashboards): readonly string[] => {
  const rendered = render(resolveHomelab(readHomelab(everything)), { dashboards: boards, alerts });
  const panelOf = panelFinder(new Map(rendered.boards.map((board) => [board.definition.name, board])));
  return rendered.alerts.groups
    .flatMap((group) => group.alerts)
    .filter(({ panel, heartbeat }) => !heartbeat && !(panel && panelOf(panel.dashboard, panel.signal)))
    .map(({ name }) => name);
};

describe('alerts', () => {
  it('each link to a panel that draws what they watch', () => expect(unseen(dashboards)).toEqual([]));
  it('are named where the board is not there', () =>
    expect(unseen(dashboards.filter(({ name }) => name !== 'prometheus'))).toContain('TargetDown'));
});
