import { describe, expect, it } from 'vitest';
import { appliesTo, hostIdentity, probeIdentity, serviceIdentity } from './identity';
import type { SeenTarget } from './seen';

const target = (job: string, instance: string, labels: Readonly<Record<string, string>> = {}): SeenTarget => ({
  job,
  instance,
  labels: { job, instance, ...labels },
  up: true,
});

const namesOf = (targets: readonly SeenTarget[], { nameOf }: ReturnType<typeof hostIdentity>) => targets.map(nameOf);

describe('which machine', () => {
  it('is told by our own label, which needs no word', () => {
    const targets = [target('node', '10.0.0.1:9100', { host: 'nas' }), target('node', '10.0.0.2:9100', { host: 'pi' })];
    expect(hostIdentity(targets)).not.toHaveProperty('identity');
    expect(namesOf(targets, hostIdentity(targets))).toEqual(['nas', 'pi']);
  });

  it('is told by a label that is different on each, not by one that two share', () => {
    const of = (...names: readonly string[]) =>
      names.map((name, index) => target('node', `10.0.0.${index}:9100`, { hostname: name }));
    expect(hostIdentity(of('nas', 'pi')).identity).toBe('hostname');
    expect(hostIdentity(of('rack', 'rack')).identity).toEqual({ label: 'instance', pattern: '{host}:9100' });
    expect(hostIdentity(of('nas', '')).identity).toEqual({ label: 'instance', pattern: '{host}:9100' });
  });

  it('is the instance without its port where all have one, and as it is where none has', () => {
    expect(hostIdentity([target('unix', 'nas'), target('unix', 'pi')]).identity).toBe('instance');
    const targets = [target('node', '[fd00::1]:9100')];
    expect(namesOf(targets, hostIdentity(targets))).toEqual(['[fd00::1]']);
  });

  it('keeps ports that differ in the name, and says the rule that would take them out', () => {
    const targets = [target('node', 'nas:9100'), target('node', 'pi:9101')];
    const seen = hostIdentity(targets);
    expect([seen.identity, namesOf(targets, seen)]).toEqual(['instance', ['nas:9100', 'pi:9101']]);
    expect(seen.better).toContain('target_label: host');
  });
});

describe('which app', () => {
  it('is its job, unless another program has the same', () => {
    const sonarr = target('arr', 'box:9707');
    expect(serviceIdentity([sonarr]).identity).toBe('job');
    expect(serviceIdentity([sonarr], [target('arr', 'lab:9708')]).identity).toEqual({
      label: 'instance',
      pattern: '{service}:9707',
    });
    expect(serviceIdentity([sonarr], [target('arr', 'box:9708')]).identity).toBe('instance');
  });

  it('is the address where it is probed', () => {
    const site = target('web', 'https://example.org');
    expect(probeIdentity([site]).identity).toBe('instance');
    expect(probeIdentity([target('web', 'https://example.org', { service: 'wiki' })])).not.toHaveProperty('identity');
  });

  it('is on a machine only where its own series say so', () => {
    const host = hostIdentity([target('node', 'nas:9100', { hostname: 'nas' })]);
    const names = new Set(['nas']);
    expect(appliesTo(host, [target('dns', 'nas:9617', { hostname: 'nas' })], names)).toBe(true);
    expect(appliesTo(host, [target('dns', 'nas:9617', { hostname: 'elsewhere' })], names)).toBe(false);
    expect(appliesTo(host, [target('dns', 'nas:9617')], names)).toBe(false);
  });
});
