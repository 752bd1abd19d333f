import { describe, expect, it } from 'vitest';
import type { Dashboard, Section } from '../lib/dashboards/dashboard';
import { keyed } from '../lib/panel-facts';
import type { Content } from '../lib/render/render';
import type { SnapshotFile } from '../lib/review/review';
import type { Signals } from '../lib/signals/index';
import type { Signal } from '../lib/signals/signal';
import { timeseries } from '../panels';
import { anotherTokenChangesFewLines, tokenNames } from './testing/another-token';
import { changedLines } from './testing/changed-lines';
import { outlines, typicalContent } from './testing/outlines-of';

const before = outlines();

/** All alerts, but of the boards only the one that gets a panel and the one that everybody starts from. */
const hosts = {
  ...typicalContent,
  dashboards: typicalContent.dashboards.filter(({ name }) => name === 'home' || name === 'host-use'),
};
const hostsBefore = outlines(hosts);

const at = (path: string, files: readonly SnapshotFile[]): readonly SnapshotFile[] =>
  files.filter((file) => file.path === path);

const withBoard = (name: string, change: (board: Dashboard) => Dashboard, of: Content = typicalContent): Content => ({
  ...of,
  dashboards: of.dashboards.map((board) => (board.name === name ? change(board) : board)),
});

/** The board with another panel between those of its last section, where it moves others. */
const withPanel = (board: Dashboard, pick: (signals: Signals) => Signal): Dashboard => ({
  ...board,
  sections: (signals, unpicked, home) =>
    board.sections(signals, unpicked, home).map((section, index, all): Section => {
      if (index < all.length - 1) return section;
      const [first, ...rest] = section.panels;
      return { ...section, panels: [first!, keyed(timeseries(pick(signals)), 'another one'), ...rest] };
    }),
});

// The others are looked at by the tests that take minutes.
const firstOfGroups = tokenNames.filter(([group], index) => tokenNames[index - 1]?.[0] !== group);

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
    const retitled = typicalContent.dashboards.map((board, index) => ({ ...board, title: `Another / Title ${index}` }));
    const after = outlines({ ...typicalContent, dashboards: retitled });
    const changedIn = ({ path }: SnapshotFile): number => changedLines(at(path, before), at(path, after));
    const changed = before.map((file) => [file.path, changedIn(file)] as const).filter(([, count]) => count > 0);
    expect(changed.sort()).toEqual(
      before
        .filter(({ path }) => path.startsWith('outlines/'))
        .map(({ path }) => [path, 2])
        .sort(),
    );
  });

  it('a new title of a section changes at most 3', () => {
    const retitled = withBoard('host-use', (board) => ({
      ...board,
      sections: (signals, all, home) =>
        board
          .sections(signals, all, home)
          .map((section, index) => (index === 0 ? { ...section, title: 'Now' } : section)),
    }));
    expect(changedLines(before, outlines(retitled))).toBe(2);
  });

  it('a new title of a panel changes at most 3', () => {
    const retitled = withBoard('host-use', (board) => ({
      ...board,
      sections: (signals, all, home) =>
        board.sections(signals, all, home).map((section) => {
          for (const panel of section.panels.slice(0, 1))
            (panel as ReturnType<typeof timeseries>).title(`${section.title}!`);
          return section;
        }),
    }));
    const panels = typicalContent.dashboards.find(({ name }) => name === 'host-use');
    expect(panels).toBeDefined();
    const sections = before.find(({ path }) => path.endsWith('host-use.md'))?.text.match(/^## /gm)?.length ?? 0;
    expect(changedLines(before, outlines(retitled)) / sections).toBeLessThanOrEqual(3);
  });

  it.each(firstOfGroups)('another value of the token %s %s changes at most 5', anotherTokenChangesFewLines);
});
