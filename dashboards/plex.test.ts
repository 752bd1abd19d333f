import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { boardsOf, drawnOn, examples } from './testing/boards-of';

const isOurs = (name: string): boolean => ['plex', 'tautulli', 'seerr'].includes(name);
const variants = readdirSync(examples).filter((file) => /^variant-(plex|tautulli|seerr)-/.test(file));

it.each(variants)('%s has the one board that it is named after', (file) => {
  expect(boardsOf(file, isOurs).map(({ definition }) => definition.name)).toEqual([file.split('-')[1]]);
});

describe('who watches what', () => {
  const sections = (file: string, board: string, privacy: 'aggregate' | 'full') =>
    (drawnOn(boardsOf(file, isOurs, { privacy }))[board] ?? []).map(({ section }) => section);

  it.each([
    ['variant-plex-cplieger.ts', 'plex'],
    ['variant-tautulli-scabraha.ts', 'tautulli'],
  ])('is shown in %s where the homelab file says so', (file, board) => {
    expect(sections(file, board, 'full')).toContain('Who watches what?');
    expect(sections(file, board, 'aggregate')).not.toContain('Who watches what?');
  });
});

describe('the board of requests', () => {
  /** What its picker offers, as Grafana asks for it. */
  const offered = (file: string): string =>
    JSON.stringify(boardsOf(file, (name) => name === 'seerr').map(({ json }) => json)).replaceAll('\\"', "'");

  it('offers every app, whichever exporter tells of it', () => {
    expect(offered('everything.ts')).toContain("label_values(up{job=~'overseerr|jellyseerr'}, service)");
    expect(offered('variant-seerr-overseerr.ts')).toContain("label_values(up{job='overseerr'}, service)");
  });
});
