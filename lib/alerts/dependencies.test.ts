import { describe, expect, it } from 'vitest';
import type { Homelab } from '../homelab/homelab';
import { resolveHomelab } from '../homelab/resolve';
import type { Alert } from './alert';
import { dependenciesOf, needsOf } from './dependencies';

const homelab: Homelab = {
  hosts: [{ name: 'box', dependsOn: 'router' }, { name: 'vm', dependsOn: 'box' }, { name: 'pi' }],
  probes: {
    router: '192.168.1.1',
    internet: [{ name: 'Quad9', address: '9.9.9.9' }],
    services: [
      { name: 'films', url: 'http://192.168.1.5:80/', host: 'vm' },
      { name: 'site', url: 'https://example.org/', dependsOn: ['internet', 'films'] },
      { name: 'alone', url: 'https://example.com/' },
    ],
  },
};

const told = (name: string, absenceOf: Alert['absenceOf'], ...labels: readonly string[]): Alert =>
  ({
    name,
    absenceOf,
    signal: { labels: new Set(labels), expression: { node: { kind: 'time' } } },
  }) as unknown as Alert;

const words = ({ thing, needs }: ReturnType<typeof needsOf>[number]): string =>
  `${thing.name}: ${needs.map(({ name }) => name).join(', ')}`;

describe('what needs what', () => {
  it('goes on to what that needs, and leaves out what needs nothing', () => {
    expect(needsOf(resolveHomelab(homelab)).map(words)).toEqual([
      'box: router',
      'vm: box, router',
      'films: vm, box, router',
      'site: internet, router, films, vm, box',
      'internet: router',
    ]);
  });

  it('is not between things that need each other: neither may keep the other quiet', () => {
    const round = resolveHomelab({
      hosts: [
        { name: 'a', dependsOn: ['b', 'd'] },
        { name: 'b', dependsOn: 'a' },
        { name: 'c', dependsOn: 'a' },
        { name: 'd' },
      ],
    });
    expect(needsOf(round).map(words)).toEqual(['a: d', 'b: d', 'c: a, b, d']);
  });

  it('is nothing where nothing is said', () =>
    expect(needsOf(resolveHomelab({ hosts: [{ name: 'nas' }] }))).toEqual([]));
});

describe('who is quiet while who is told', () => {
  it('names alerts by the labels that their messages carry', () => {
    const facts = dependenciesOf(resolveHomelab(homelab), [
      told('HostDown', 'host', 'host'),
      told('ServiceDown', 'service', 'service', 'host'),
      told('TargetDown', 'target', 'job', 'host'),
      told('HostCpuHigh', undefined, 'host'),
    ]);
    expect(facts).toContainEqual({
      told: [{ alert: 'HostDown', labels: { host: ['vm', 'box'] } }],
      quiet: [{ alert: 'ServiceDown', labels: { service: ['films'] } }],
    });
    expect(facts).toContainEqual({
      told: [{ alert: 'HostDown', labels: { host: ['box'] } }],
      quiet: [
        { alert: 'HostDown', labels: { host: ['vm'] } },
        { alert: 'TargetDown', labels: { host: ['vm'] } },
      ],
    });
    expect(JSON.stringify(facts)).not.toContain('HostCpuHigh');
  });

  it('leaves out what no alert tells of', () =>
    expect(dependenciesOf(resolveHomelab(homelab), [told('ServiceDown', 'service', 'service')])).toEqual([
      {
        told: [{ alert: 'ServiceDown', labels: { service: ['films'] } }],
        quiet: [{ alert: 'ServiceDown', labels: { service: ['site'] } }],
      },
    ]));
});
