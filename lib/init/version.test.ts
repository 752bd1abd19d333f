import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../catalog/load';
import { parseSeries } from '../catalog/page';
import { switchesOf } from './look-prometheus';
import { pageOf } from './testing/pages';
import { versionSeen } from './version';

const node = loadCatalog('node_exporter');
const namesOf = (version: string): ReadonlySet<string> =>
  new Set(parseSeries(pageOf('node_exporter', version)).map(({ name }) => name));

describe('the version that runs', () => {
  it.each([
    ['1.5.0', '1.5.0'],
    ['1.5.0+ds', '1.5.0'],
    ['v2.0.0-rc.1', 'v2.0.0-rc.1'],
    ['(devel)', undefined],
    ['', undefined],
  ])('is what the exporter says: %s', (said, version) => {
    const seen = versionSeen(node, namesOf('1.3.1'), new Map([['node_exporter_build_info', said]]));
    expect(seen.version).toBe(version);
    expect(seen.evidence).toContain('node_exporter_build_info');
  });

  it('is not that of Go, or of what is asked', () => {
    const told = new Map([
      ['go_build_info', '1.24'],
      ['go_info', 'go1.24'],
    ]);
    expect(versionSeen(loadCatalog('pihole_exporter'), new Set(['pihole_dns_queries_today']), told)).toEqual({
      evidence: 'no metric tells',
    });
  });

  it.each(['1.3.1', '1.6.0', '1.9.1'])(
    'else is the oldest that has all that is seen, never a later one: %s',
    (version) => {
      const { version: seen = '', evidence } = versionSeen(node, namesOf(version), new Map());
      expect(seen.localeCompare(version, 'en', { numeric: true })).toBeLessThanOrEqual(0);
      expect(evidence).toMatch(/^or later: `node_\w+` came with it/);
    },
  );
});

describe('collectors', () => {
  const names = namesOf('1.5.0');
  const listed = (collectors: Iterable<string>) => new Map([...collectors].map((each) => [each, true]));

  it('are on or off against the defaults, as the exporter lists them', () => {
    const defaults = new Set(
      Object.values(node.metrics).flatMap(({ collector, default: on, flag, since = '0' }) =>
        collector && on !== false && !flag && since.localeCompare('1.5.0', 'en', { numeric: true }) <= 0
          ? [collector]
          : [],
      ),
    );
    expect(switchesOf(node, names, listed(defaults), '1.5.0')).toEqual({});
    const idle = new Map([...listed(defaults), ['hwmon', false] as const, ['systemd', false] as const]);
    expect(switchesOf(node, names, idle, '1.5.0')).toEqual({});
    defaults.delete('hwmon');
    expect(switchesOf(node, names, listed([...defaults, 'systemd']), '1.5.0')).toEqual({
      hwmon: false,
      systemd: true,
    });
  });

  it('that are listed by nobody are on where their metrics are', () => {
    expect(switchesOf(node, new Set(['node_load1', 'node_systemd_unit_state']), new Map(), '1.5.0')).toEqual({
      systemd: true,
    });
    expect(switchesOf(node, new Set(['node_load1']), new Map(), '1.5.0')).toEqual({});
  });
});
