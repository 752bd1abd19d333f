import { describe, expect, test } from 'vitest';
import { complaints } from '../testing/complaints';

const host = (...exporters: readonly object[]) => ({ hosts: [{ name: 'nas', address: '192.168.1.10', exporters }] });

describe('names', () => {
  test('a misspelt exporter', () => {
    const text = complaints(host({ exporter: 'node_exproter' }));
    expect(text).toContain(
      "error: hosts[0].exporters[0].exporter: unknown exporter, got 'node_exproter'\n  allowed: node_exporter, ",
    );
    expect(text).toMatch(/and \d+ more\n {2}try: write `exporter: 'node_exporter'`$/);
  });

  test('the name of an app instead of its exporter: those that have it in their name come first', () => {
    expect(complaints(host({ exporter: 'sonarr' }))).toContain(
      'allowed: exportarr_sonarr, exportarr_v2_sonarr, scraparr_sonarr, ',
    );
  });

  test('what Prometheus tells of every target is no exporter', () => {
    expect(complaints(host({ exporter: 'scrape' }))).toContain("unknown exporter, got 'scrape'");
  });
});

describe('collectors', () => {
  test('a misspelt collector', () => {
    expect(complaints(host({ exporter: 'node_exporter', collectors: { systemdd: true } }))).toMatch(
      /^error: hosts\[0\]\.exporters\[0\]\.collectors\.systemdd: unknown collector of node_exporter\n {2}allowed: systemd, .*\n {2}try: write `systemd: true`$/,
    );
  });

  test('an exporter without collectors', () => {
    expect(complaints(host({ exporter: 'smartctl_exporter', collectors: { nvme: true } }))).toBe(
      [
        'error: hosts[0].exporters[0].collectors.nvme: smartctl_exporter has no collectors to switch',
        '  try: remove `nvme`',
      ].join('\n'),
    );
  });

  test('known ones pass', () => {
    expect(complaints(host({ exporter: 'node_exporter', collectors: { systemd: true, cpu: false } }))).toBe('');
  });
});

describe('addresses and ports', () => {
  test('two exporters cannot listen in one place', () => {
    expect(complaints(host({ exporter: 'jellyfin_exporter' }, { exporter: 'plex_exporter' }))).toBe(
      [
        'error: hosts[0].exporters[1]: jellyfin_exporter and plex_exporter at the same address and port, 192.168.1.10:9594',
        '  allowed: an address and port that hosts[0].exporters[0] does not have',
        '  try: give one of them the `port:` (or `address:`) that it really has, or remove it',
      ].join('\n'),
    );
  });

  test('not even twice the same, nor across hosts and apps', () => {
    expect(complaints(host({ exporter: 'node_exporter' }, { exporter: 'node_exporter' }))).toContain(
      'two node_exporter at the same address and port',
    );
    const { hosts } = host();
    const apps = [{ app: 'a', exporters: [{ exporter: 'jellyfin_exporter', address: '192.168.1.10', port: 9100 }] }];
    expect(complaints({ hosts: [{ name: 'nas', address: '192.168.1.10' }], apps })).toContain(
      'apps[0].exporters[0].port: node_exporter and jellyfin_exporter at the same address and port',
    );
    expect(complaints({ hosts, apps })).toBe('');
  });

  test('another port, another address or another page is another place', () => {
    expect(complaints(host({ exporter: 'jellyfin_exporter' }, { exporter: 'plex_exporter', port: 9595 }))).toBe('');
    expect(complaints(host({ exporter: 'jellyfin_exporter' }, { exporter: 'plex_exporter', address: 'plex' }))).toBe(
      '',
    );
    expect(complaints(host({ exporter: 'jellyfin_exporter' }, { exporter: 'plex_exporter', path: '/plex' }))).toBe('');
  });

  test('one program with one page for several apps is no conflict', () => {
    const apps = ['sonarr', 'radarr'].map((app) => ({
      app,
      host: 'nas',
      exporters: [{ exporter: `scraparr_${app}` }],
    }));
    expect(complaints({ apps })).toBe('');
    const twice = { app: 'sonarr', name: 'again', host: 'nas', exporters: [{ exporter: 'scraparr_sonarr' }] };
    expect(complaints({ apps: [...apps, twice] })).toContain('two scraparr_sonarr at the same address and port');
  });

  test('an exporter without a port of its own needs one', () => {
    expect(complaints(host({ exporter: 'speedtest_tracker' }))).toBe(
      [
        'error: hosts[0].exporters[0].port: missing: speedtest_tracker has no port of its own',
        '  allowed: a whole number from 1 to 65535',
        '  try: add `port:` with the port that it listens on at your home',
      ].join('\n'),
    );
    expect(complaints(host({ exporter: 'speedtest_tracker', port: 8080 }))).toBe('');
  });

  test('what nobody scrapes needs none', () => {
    expect(complaints(host({ exporter: 'tempo_metrics_generator' }))).toBe('');
  });
});

describe('versions', () => {
  test.each(['latest', '1.x', '^1.2', '1.2.3.4.5', 'main', ''])('%j is none', (version) => {
    expect(complaints(host({ exporter: 'node_exporter', version }))).toBe(
      [
        `error: hosts[0].exporters[0].version: malformed version, got '${version}'`,
        '  allowed: a version as the exporter prints it, such as 1.9.1 or v2.0.0-rc1',
        '  try: look it up with `--version`, or remove `version` to mean the newest that we know',
      ].join('\n'),
    );
  });

  test.each(['1', '1.9.1', 'v1.9.1', '0.31.0-rc.2', '1.2.3+build', '2.0.0rc1', 'RELEASE.2025-10-15T17-29-55Z'])(
    '%s passes',
    (version) => {
      expect(complaints(host({ exporter: 'node_exporter', version }))).toBe('');
      expect(complaints({ probes: { version } })).toBe('');
    },
  );

  test('of blackbox_exporter too', () => {
    expect(complaints({ probes: { version: 'new' } })).toContain('error: probes.version: malformed version');
  });
});
