import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Release } from '../lib/review/release/release';
import { changelogSnapshot, writeRelease } from './changelog';
import { currentRelease } from './example-snapshots';
import { compareSnapshots, paths, writeSnapshots } from './snapshots';

const now = currentRelease();
const fresh = { missing: [], changed: [], left: [] };

describe('the committed changelog', () => {
  it('is what the library changes since the last release', () => {
    const made = changelogSnapshot(now);
    expect(paths(made, compareSnapshots(made)), 'run `npm run snapshot -- --examples`, and read what changes').toEqual(
      [],
    );
  });
});

describe('a release', () => {
  let folder: string;
  const version = (text: string): void =>
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ version: text }));
  const changelog = (): string => readFileSync(join(folder, 'CHANGELOG.md'), 'utf8');
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'changelog-'));
    version('1.0.0');
    writeRelease(now, folder);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** The library with one alert otherwise. */
  const changed = (field: object): Release => ({
    ...now,
    alerts: now.alerts.map((alert) => (alert.name === 'HostDown' ? { ...alert, ...field } : alert)),
  });

  it('is recorded with its numbers, and the changelog is fresh after it', () => {
    expect(changelog()).toContain(`## 1.0.0\n\nFirst release: ${now.boards.length} boards`);
    expect(compareSnapshots(changelogSnapshot(now, folder))).toEqual(fresh);
  });

  it.each([
    ['threshold', { limit: { operator: '==', values: [2] } }, '- HostDown: threshold 0 to 2'],
    ['for', { for: '4m' }, '- HostDown: for 3m to 4m'],
    ['severity', { severity: 'info' }, '- HostDown: critical to info'],
    ['need', { needs: { node_exporter: { up: ['host', 'site'] } } }, '- HostDown: `up` (site) of node_exporter'],
  ])('makes the changelog stale where a %s changes after it', (_, field, line) => {
    const made = changelogSnapshot(changed(field), folder);
    expect(compareSnapshots(made)).toEqual({ ...fresh, changed: ['CHANGELOG.md'] });
    writeSnapshots(made);
    expect(compareSnapshots(made)).toEqual(fresh);
    expect(changelog()).toContain(`${line}\n`);
  });

  it('is compared with the one before by its number', () => {
    version('1.10.0');
    writeRelease(changed({ for: '4m' }), folder);
    version('1.9.0');
    writeRelease(now, folder);
    expect(compareSnapshots(changelogSnapshot(changed({ for: '4m' }), folder))).toEqual(fresh);
  });

  it('is never recorded twice', () => {
    const before = changelog();
    expect(() => writeRelease(changed({ for: '4m' }), folder)).toThrow(
      /releases\/1\.0\.0\.json is there[^]*npm version/,
    );
    expect(changelog()).toBe(before);
  });
});
