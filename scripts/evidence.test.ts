import { describe, expect, it } from 'vitest';
import { alerts } from '../alerts/index';
import { dashboards } from '../dashboards/index';
import { appFacts, appNames, graded, type AppFacts } from '../lib/apps/app-facts';

/** What the boards about these apps read: the metrics of each exporter that can feed them, and what an alert alone reads left out. */
const apps = ['immich', 'jellyfin', 'plex', ...appNames().filter((app) => /arr$/.test(app))];

const onBoards = ({ exporters, boards, alsoOn }: AppFacts) => {
  const titles = new Set([...boards, ...alsoOn].map(({ board }) => board.title));
  return exporters.map(({ name, catalog, used }) => ({
    name,
    catalog,
    metrics: used.filter(({ on }) => on.some((where) => titles.has(where))),
  }));
};

describe.each(apps)('the metrics on boards of %s', (app) => {
  const facts = appFacts(app, { dashboards, alerts });
  const exporters = onBoards(facts).filter(({ metrics }) => metrics.length > 0);

  it('were read in the code at least, at a commit that is named', () => {
    expect(exporters.length).toBeGreaterThan(0);
    for (const { name, catalog, metrics } of exporters) {
      expect(
        metrics.filter(({ evidence }) => evidence === 'docs').map((metric) => metric.name),
        name,
      ).toEqual([]);
      expect(catalog.provenance.length, name).toBeGreaterThan(0);
      for (const { repository, commit } of catalog.provenance) {
        expect(repository, name).toMatch(/^[\w.-]+\/[\w.-]+$/);
        expect(commit, name).toMatch(/^[0-9a-f]{40}$/);
      }
    }
  });

  it('were seen on a running exporter, half of them', () => {
    const grades = exporters.map(({ metrics }) => graded(metrics));
    const seen = grades.reduce((total, { live, golden }) => total + live + golden, 0);
    const all = exporters.reduce((total, { metrics }) => total + metrics.length, 0);
    expect(seen / all, `${seen} of ${all}`).toBeGreaterThanOrEqual(0.5);
  });

  // Not of every exporter: some are not to be had as programs. But nobody need take a board on trust.
  it('were seen on a running exporter, half of them, on each board with one exporter at least', () => {
    for (const { board } of [...facts.boards, ...facts.alsoOn]) {
      const shares = exporters.flatMap(({ name, metrics }) => {
        const own = metrics.filter(({ on }) => on.includes(board.title));
        const { live, golden } = graded(own);
        return own.length === 0 ? [] : [{ name, share: (live + golden) / own.length }];
      });
      expect(
        Math.max(...shares.map(({ share }) => share)),
        `${board.title}: ${JSON.stringify(shares)}`,
      ).toBeGreaterThanOrEqual(0.5);
    }
  });
});
