import { expect, test } from 'vitest';
import { complaints } from '../testing/complaints';

const service = (name: string) => ({ name, url: 'http://192.168.1.10' });
const address = (name: string) => ({ name, address: '1.1.1.1' });

test('two hosts of one name', () => {
  expect(complaints({ hosts: [{ name: 'nas' }, { name: 'pi' }, { name: 'nas', address: '192.168.1.11' }] })).toContain(
    [
      "error: hosts[2].name: duplicate host name, got 'nas'",
      '  allowed: a name that hosts[0].name has not taken',
      '  try: choose another name for one of them',
    ].join('\n'),
  );
});

test('names that differ in letter case only', () => {
  expect(complaints({ hosts: [{ name: 'nas' }, { name: 'NAS', address: '192.168.1.11' }] })).toContain(
    "allowed: a name that hosts[0].name has not taken (as 'nas': letter case makes no difference)",
  );
});

test('two of one app need names, and names make them two', () => {
  expect(complaints({ apps: [{ app: 'sonarr' }, { app: 'sonarr' }] })).toBe(
    [
      "error: apps[1].app: duplicate app name, got 'sonarr'",
      '  allowed: a name that apps[0].app has not taken',
      '  try: give each its own `name:`, such as `sonarr` and `sonarr-4k`',
    ].join('\n'),
  );
  expect(complaints({ apps: [{ app: 'sonarr' }, { app: 'sonarr', name: 'sonarr-4k' }] })).toBe('');
  expect(complaints({ apps: [{ app: 'sonarr' }, { app: 'radarr', name: 'sonarr' }] })).toContain('apps[1].name');
});

test('two probes of one name, across their lists', () => {
  expect(complaints({ probes: { internet: [address('Cloudflare')], dns: [address('Cloudflare')] } })).toContain(
    "error: probes.dns[0].name: duplicate probe name, got 'Cloudflare'\n  allowed: a name that probes.internet[0].name",
  );
  expect(complaints({ probes: { router: '192.168.1.1', internet: [address('router')] } })).toContain(
    'allowed: a name that probes.router has not taken',
  );
});

test('two services of one name, but a service and an app may share it', () => {
  expect(complaints({ probes: { services: [service('wiki'), service('wiki')] } })).toContain(
    "error: probes.services[1].name: duplicate service name, got 'wiki'",
  );
  expect(complaints({ apps: [{ app: 'wiki' }], probes: { services: [service('wiki')] } })).toBe('');
});

test('receivers whose uids would be one', () => {
  const mail = { kind: 'email', to: ['me@example.org'] };
  expect(complaints({ alerting: { receivers: { mail, Mail: mail } } })).toContain(
    "error: alerting.receivers.Mail: duplicate receiver name, got 'Mail'",
  );
});

test('data sources of one uid or one name', () => {
  const loki = { kind: 'loki', uid: 'logs' };
  expect(complaints({ dataSources: { a: loki, b: { ...loki, kind: 'tempo' } } })).toContain(
    "error: dataSources.b.uid: duplicate uid name, got 'logs'",
  );
  expect(complaints({ dataSources: { a: loki, b: { ...loki, uid: 'other', name: 'a' } } })).toContain(
    "error: dataSources.b.name: duplicate data source name, got 'a'",
  );
});
