import { describe, expect, it } from 'vitest';
import { alerts } from '../alerts/index';
import { dashboards } from '../dashboards/index';
import { appFacts, appNames, inOneOrder, type AppFacts } from '../lib/apps/app-facts';
import { appPage, hasPage } from '../lib/apps/app-page';
import { supportMatrix } from '../lib/apps/support-matrix';
import { catalogNames, loadCatalog } from '../lib/catalog/load';
import { readAlloy } from '../lib/render/testing/read-alloy';
import { notesOf } from './app-pages';

const content = { dashboards, alerts };
const jellyfin = appFacts('jellyfin', content);
const page = appPage(jellyfin, notesOf('jellyfin'));
const exporter = ({ exporters }: AppFacts, name: string) => exporters.find((each) => each.name === name);

describe('what is known of an app', () => {
  it('is all of its exporters, boards and alerts, and none of others', () => {
    expect(jellyfin.exporters.map(({ name }) => name)).toEqual(
      catalogNames().filter((name) => loadCatalog(name).app === 'jellyfin'),
    );
    expect(jellyfin.boards.map(({ board }) => board.name).sort()).toEqual(
      dashboards
        .map(({ name }) => name)
        .filter((name) => name.startsWith('jellyfin-'))
        .sort(),
    );
    expect(jellyfin.alerts.every(({ group }) => group === 'jellyfin')).toBe(true);
    expect(jellyfin.alerts.length).toBeGreaterThan(0);
  });

  it('counts a metric that a panel reads, and not one that none does', () => {
    const used = exporter(jellyfin, 'jellyfin_exporter')?.used.map(({ name }) => name) ?? [];
    expect(used).toContain('jellyfin_now_playing_state');
    expect(used).not.toContain('jellyfin_exporter_build_info');
    expect(used).not.toContain('up');
  });

  it('says which exporter gives a panel', () => {
    const health = jellyfin.boards.find(({ board }) => board.name === 'jellyfin-health');
    const times = health?.panels.find(({ title }) => title === 'Request times');
    expect([...(times?.by ?? [])]).toEqual(['jellyfin']);
    expect(health?.panels.at(-1)?.section).toBe('Is my data here?');
  });

  it('has each section of a board in one piece', () => {
    for (const { board, panels } of jellyfin.boards) {
      const sections = panels.map(({ section }) => section).filter((section, at, all) => section !== all[at - 1]);
      expect(sections, board.name).toEqual([...new Set(sections)]);
    }
  });

  it('has every page of the app that has two, and what lets Prometheus in', () => {
    const entryOf = (app: string, name: string) => exporter(appFacts(app, content), name)?.entry.exporters;
    expect(entryOf('immich', 'immich')).toEqual([{ exporter: 'immich' }, { exporter: 'immich', port: 8082 }]);
    expect(entryOf('immich', 'immich_exporter_community')).toEqual([{ exporter: 'immich_exporter_community' }]);
    expect(entryOf('uptime-kuma', 'uptime_kuma')?.[0]).toHaveProperty('auth.passwordFile');
  });

  it('has switched on what boards and alerts read, and nothing else', () => {
    const collectorsOf = (name: string) =>
      Object.keys(exporter(jellyfin, name)?.entry.exporters?.[0]?.collectors ?? {});
    expect(collectorsOf('jellyfin_exporter_next')).toEqual(['activity', 'storage', 'tasks', 'transcoding']);
    // Addresses of people: read by nothing.
    expect(collectorsOf('jellyfin_exporter_dlepaux')).toEqual([]);
  });

  it('marks what names people', () => {
    const panels = jellyfin.boards.flatMap((board) => board.panels);
    expect(panels.some(({ personal }) => personal)).toBe(true);
    expect(panels.some(({ personal }) => !personal)).toBe(true);
  });

  it('is put in the order of its board from exporters that each lack something', () => {
    expect(
      inOneOrder([
        ['a', 'c', 'd'],
        ['a', 'b', 'd', 'e'],
        ['b', 'c'],
      ]),
    ).toEqual(['a', 'c', 'b', 'd', 'e']);
    expect(inOneOrder([[], ['a']])).toEqual(['a']);
  });
});

describe('the page of an app', () => {
  it('has the question of each board, the first steps of each alert, and the reasons that were written down', () => {
    for (const { board } of jellyfin.boards) expect(page).toContain(board.question);
    for (const { alert } of jellyfin.alerts) expect(page).toContain(`](../runbooks/${alert.name}.md)`);
    expect(page).toContain('### What no exporter tells');
  });

  it('has a scrape configuration for Alloy that can be read', () => {
    const snippets = [...page.matchAll(/```alloy\n([\s\S]*?)```/g)].map(([, text = '']) => readAlloy(text));
    expect(snippets.length).toBe(jellyfin.exporters.length);
    for (const blocks of snippets) expect(blocks.map(({ name }) => name)).toEqual(['prometheus.scrape']);
  });

  it('leads nowhere that is not there', () => {
    const headings = new Set(
      [...page.matchAll(/^#+ (.*)$/gm)].map(([, text = '']) =>
        text
          .toLowerCase()
          .replace(/[^\w\- ]/g, '')
          .replaceAll(' ', '-'),
      ),
    );
    const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, to = '']) => to);
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((to) => !headings.has(to))).toEqual([]);
  });

  it('is not made for an app that nothing is about', () => {
    expect(hasPage(jellyfin)).toBe(true);
    expect(hasPage(appFacts('minio', content))).toBe(false);
  });

  it('only links to notes about several apps', () => {
    const shared = { file: 'arr.notes.md', text: '# Arr\n\nNothing.', alone: false };
    const text = appPage(jellyfin, [shared]);
    expect(text).toContain('[arr.notes.md](arr.notes.md)');
    expect(text).not.toContain('Nothing.\n');
  });
});

describe('the support matrix', () => {
  const all = appNames().map((app) => appFacts(app, content));
  const matrix = supportMatrix(all, notesOf);

  it('has every recorded exporter once', () => {
    const rows = matrix.split('\n').filter((line) => line.startsWith('|'));
    for (const name of catalogNames())
      expect(
        rows.filter((row) => row.split('|').some((each) => each.trim() === name && row.split('|').indexOf(each) <= 2))
          .length,
        name,
      ).toBe(1);
  });

  it('says of an app without boards that there are none, and leads to no page of it', () => {
    expect(matrix).toMatch(/^\| minio \| minio \| .* \| none yet \| none yet \|/m);
    expect(matrix).toContain('[jellyfin](jellyfin.md)');
  });
});
