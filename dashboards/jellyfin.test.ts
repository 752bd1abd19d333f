import { describe, expect, it } from 'vitest';
import { boardsOf, drawnOn, titlesIn } from './testing/boards-of';

const isOurs = (name: string): boolean => name.startsWith('jellyfin-');
const namesIn = (file: string): readonly string[] => Object.keys(drawnOn(boardsOf(file, isOurs)));
const titles = titlesIn(isOurs);

describe('the boards of Jellyfin', () => {
  it('are only there where an exporter can answer their question', () => {
    expect(namesIn('variant-jellyfin-server.ts')).toEqual(['jellyfin-health']);
    expect([...namesIn('variant-jellyfin-scraparr.ts')].sort()).toEqual(['jellyfin-health', 'jellyfin-library']);
    expect(namesIn('variant-jellyfin-dlepaux.ts')).toHaveLength(4);
  });

  it('show people and lines of log where the homelab file says so', () => {
    expect(titles('variant-privacy-full.ts', 'jellyfin-activity', 'Who watches what?')).toContain('Now playing');
    expect(titles('variant-privacy-full.ts', 'jellyfin-activity', 'Who fails to sign in?')).toEqual([
      'Refused logins',
      'Refused logins in the log',
    ]);
  });

  it('count lines of log, but do not show them, where it does not', () => {
    expect(titles('everything.ts', 'jellyfin-activity', 'Who watches what?')).toEqual([]);
    expect(titles('everything.ts', 'jellyfin-activity', 'Who fails to sign in?')).toEqual(['Refused logins']);
  });
});
