import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isPersonal } from '../lib/signals/personal';
import { boardsOf, drawnOn, examples } from './testing/boards-of';
import { dashboards } from './index';

/** Boards about an app: those that other exporters than those of hosts and networks feed. */
const apps = new Set(dashboards.filter(({ folder }) => folder === 'Media' || folder === 'AI').map(({ name }) => name));
apps.add('uptime-kuma');

const about =
  /^(?:typical|everything|variant-(?:arr|downloads|immich|jellyfin|ollama|plex|seerr|tautulli|uptime-kuma))/;
const files = readdirSync(examples).filter((file) => about.test(file));

describe.each(files)('the boards about apps in %s', (file) => {
  const drawn = drawnOn(boardsOf(file, (name) => apps.has(name), { privacy: 'aggregate' }));

  it('are there', () => expect(Object.keys(drawn)).not.toEqual([]));

  it('answer their question in the first row, with two numbers or more', () => {
    for (const [board, panels] of Object.entries(drawn))
      expect(panels.filter(({ section }) => section === 'Right now').length, board).toBeGreaterThanOrEqual(2);
  });

  it('end with whether the data are there', () => {
    for (const [board, panels] of Object.entries(drawn)) {
      const last = panels.filter(({ section }) => section === 'Is my data here?');
      expect(last.at(-1)?.title, board).toBe('Missing metrics');
      expect(panels.slice(-last.length), board).toEqual(last);
    }
  });

  it('name nobody, and nothing that somebody watches or reads', () => {
    const labels = Object.values(drawn)
      .flat()
      .flatMap(({ facts }) => facts.signals)
      .flatMap((signal) => [...signal.labels]);
    expect(labels.filter(isPersonal)).toEqual([]);
    expect(labels.filter((label) => ['series', 'movie', 'book', 'author'].includes(label))).toEqual([]);
    expect(labels).toContain('service');
  });
});
