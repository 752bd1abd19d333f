import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Dashboard, Section } from '../lib/dashboards/dashboard';
import { readHomelab } from '../lib/homelab/read';
import { resolveHomelab } from '../lib/homelab/resolve';
import { keyed } from '../lib/panel-facts';
import { render, type Content } from '../lib/render/render';
import { outlineFiles, reviewOf, type SnapshotFile } from '../lib/review/review';
import type { Signals } from '../lib/signals/index';
import type { Signal } from '../lib/signals/signal';
import { tokens } from '../lib/tokens';
import { timeseries } from '../panels';
import { contentFor } from './content';
import { houseOf } from './snapshots';
import { changedLines } from './testing/changed-lines';

const file = join(__dirname, '..', 'examples', 'homelabs', 'typical.ts');
const homelab = resolveHomelab(readHomelab(file));
const content = contentFor(file);

/** What a reviewer reads of the example that is written out. */
const outlines = (of: Content = content): readonly SnapshotFile[] => {
  const rendered = render(homelab, of);
  const house = houseOf({ file, example: false, homelab, rendered });
  return [{ path: 'house.md', text: house }, ...outlineFiles(reviewOf(rendered))];
};
const before = outlines();

/** All alerts, but of the boards only the one that gets a panel and the one that everybody starts from. */
const hosts = {
  ...content,
  dashboards: content.dashboards.filter(({ name }) => name === 'home' || name === 'host-use'),
};
const hostsBefore = outlines(hosts);

// Alerts name no token, and these two boards draw in nearly every look: all boards would take a quarter of the time of all tests.
const boards = {
  dashboards: content.dashboards.filter(({ name }) => name === 'home' || name === 'network'),
  alerts: [],
};
const boardsBefore = outlines(boards);

const at = (path: string, files: readonly SnapshotFile[]): readonly SnapshotFile[] =>
  files.filter((file) => file.path === path);

/** Another value that Grafana takes as well. */
const another = (value: string | number): string | number => {
  if (typeof value === 'string') return `dark-${value}`;
  return Number.isInteger(value) ? (value > 1 ? value - 1 : value + 1) : value / 2;
};

const withBoard = (name: string, change: (board: Dashboard) => Dashboard, of = content): Content => ({
  ...of,
  dashboards: of.dashboards.map((board) => (board.name === name ? change(board) : board)),
});

/** The board with another panel between those of its last section, where it moves others. */
const withPanel = (board: Dashboard, pick: (signals: Signals) => Signal): Dashboard => ({
  ...board,
  sections: (signals, unpicked) =>
    board.sections(signals, unpicked).map((section, index, all): Section => {
      if (index < all.length - 1) return section;
      const [first, ...rest] = section.panels;
      return { ...section, panels: [first!, keyed(timeseries(pick(signals)), 'another one'), ...rest] };
    }),
});

describe('how much a reviewer has to read', () => {
  it.each([
    ['a number', (signals: Signals): Signal => signals.host.loadPerCore],
    ['a share', (signals: Signals): Signal => signals.host.cpuBusy],
    ['a share of two metrics', (signals: Signals): Signal => signals.host.memoryUsed],
    ['a rate', (signals: Signals): Signal => signals.host.diskBusy],
    ['states', (signals: Signals): Signal => signals.host.clockSynced],
    ['a time', (signals: Signals): Signal => signals.host.uptime],
  ])('inserting a panel of %s changes at most 15 lines', (_, pick) => {
    const after = outlines(withBoard('host-use', (board) => withPanel(board, pick), hosts));
    const changed = changedLines(hostsBefore, after);
    expect(changed).toBeGreaterThan(0);
    expect(changed).toBeLessThanOrEqual(15);
  });

  it('a new title of a board changes at most 3', () => {
    const retitled = content.dashboards.map((board, index) => ({ ...board, title: `Another / Title ${index}` }));
    const after = outlines({ ...content, dashboards: retitled });
    const changedIn = ({ path }: SnapshotFile): number => changedLines(at(path, before), at(path, after));
    const changed = before.map((file) => [file.path, changedIn(file)] as const).filter(([, count]) => count > 0);
    expect(changed.sort()).toEqual(content.dashboards.map(({ name }) => [`outlines/${name}.md`, 2]).sort());
  });

  it('a new title of a section changes at most 3', () => {
    const retitled = withBoard('host-use', (board) => ({
      ...board,
      sections: (signals, all) =>
        board.sections(signals, all).map((section, index) => (index === 0 ? { ...section, title: 'Now' } : section)),
    }));
    expect(changedLines(before, outlines(retitled))).toBe(2);
  });

  it('a new title of a panel changes at most 3', () => {
    const retitled = withBoard('host-use', (board) => ({
      ...board,
      sections: (signals, all) =>
        board.sections(signals, all).map((section) => {
          for (const panel of section.panels.slice(0, 1))
            (panel as ReturnType<typeof timeseries>).title(`${section.title}!`);
          return section;
        }),
    }));
    const panels = content.dashboards.find(({ name }) => name === 'host-use');
    expect(panels).toBeDefined();
    const sections = before.find(({ path }) => path.endsWith('host-use.md'))?.text.match(/^## /gm)?.length ?? 0;
    expect(changedLines(before, outlines(retitled)) / sections).toBeLessThanOrEqual(3);
  });

  it.each(
    Object.entries(tokens).flatMap(([group, values]) => Object.keys(values).map((name) => [group, name] as const)),
  )('another value of the token %s %s changes at most 5', (group, name) => {
    const values = tokens[group as keyof typeof tokens] as Record<string, string | number>;
    const value = values[name] as string | number;
    values[name] = another(value);
    try {
      const changed = changedLines(boardsBefore, outlines(boards));
      expect(changed).toBeGreaterThan(0);
      expect(changed).toBeLessThanOrEqual(5);
    } finally {
      values[name] = value;
    }
  });
});
