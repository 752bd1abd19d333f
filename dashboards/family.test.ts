import { describe, expect, it } from 'vitest';
import typical from '../examples/homelabs/typical';
import { resolveHomelab } from '../lib/homelab/resolve';
import { render } from '../lib/render/render';
import { dashboards } from './index';

interface Link {
  readonly type: string;
  readonly url?: string;
  readonly includeVars?: boolean;
}
interface Target {
  readonly expr: string;
  readonly range?: boolean;
}
interface Panel {
  readonly title: string;
  readonly targets?: readonly Target[];
  readonly panels?: readonly Panel[];
}
interface Json {
  readonly links: readonly Link[];
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly name: string }[] };
}

const boards = new Map(
  render(resolveHomelab(typical), { dashboards, alerts: [] }).boards.map(({ definition, json }) => [
    definition.name,
    json as Json,
  ]),
);

/** The link from one board to another by name. */
const link = (from: string, to: string): Link | undefined =>
  boards.get(from)?.links.find(({ url }) => url === `/d/hl-${to}`);

describe('links between boards', () => {
  const order = dashboards.map(({ name }) => name);

  it.each(dashboards.map(({ name, links = [] }) => [name, links] as const))(
    'of %s come in the order of the boards, and lead back from there',
    (name, links) => {
      expect(links).toEqual(order.filter((other) => links.includes(other)));
      for (const other of links) expect(dashboards.find((board) => board.name === other)?.links).toContain(name);
    },
  );

  it('take along what is picked where it means the same', () => {
    expect(link('network', 'home')?.includeVars).toBe(true);
    expect(link('host-use', 'network')?.includeVars).toBe(true);
  });

  it('leave it behind where it does not: all hosts are not one, and the other way round', () => {
    expect(link('host-fleet', 'host-use')).toMatchObject({ url: '/d/hl-host-use' });
    expect(link('host-fleet', 'host-use')?.includeVars ?? false).toBe(false);
    expect(link('host-use', 'host-fleet')?.includeVars ?? false).toBe(false);
  });

  it('leave it behind on the way to all boards, some of which know other services', () => {
    for (const { links } of boards.values())
      expect(links.filter(({ type }) => type === 'dashboards').map(({ includeVars = false }) => includeVars)).toEqual([
        false,
      ]);
  });

  it('name a variable that the board has', () => {
    for (const json of boards.values())
      for (const [, to = '', variable] of JSON.stringify(json).matchAll(/\/d\/hl-([\w-]+)\?var-(\w+)=/g))
        expect(
          boards.get(to)?.templating.list.map(({ name }) => name),
          `${to}?var-${variable}`,
        ).toContain(variable);
  });
});

describe('what a board asks over its time', () => {
  it('is never a quantile of a whole week at each of its points', () => {
    const asked = [...boards].flatMap(([board, { panels }]) =>
      panels
        .flatMap((panel) => [panel, ...(panel.panels ?? [])])
        .flatMap(({ title, targets = [] }) => targets.map((target) => ({ ...target, where: `${board} ${title}` }))),
    );
    const weekly = asked.filter(({ expr }) => /quantile_over_time\([^()]*\[7d\]/.test(expr));
    expect(weekly.map(({ where }) => where)).toEqual(['internet Answers from the internet']);
    expect(weekly.filter(({ range }) => range)).toEqual([]);
  });
});

describe('the board of Prometheus', () => {
  it('tells of all targets, whichever Prometheus is looked at', () => {
    const panels = boards.get('prometheus')?.panels.flatMap((panel) => [panel, ...(panel.panels ?? [])]) ?? [];
    const asking = (title: string) =>
      panels.filter((panel) => panel.title === title).flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
    expect(asking('Down')).toEqual([expect.stringContaining('up == 0')]);
    for (const title of ['Targets down', 'Slowest targets', 'Largest targets'])
      expect(asking(title).join(), title).not.toContain('$service');
    expect(asking('Active series').join()).toContain('$service');
  });
});
