import { expect, test } from 'vitest';
import { defineHomelab } from './define';
import type { Homelab } from './homelab';
import { HomelabError, isHomelabError } from './homelab-error';
import { nas } from './testing/complaints';

test('a homelab comes back as it is, frozen to its last list', () => {
  const homelab: Homelab = { ...nas, alerting: { receivers: { mail: { kind: 'email', to: ['me@example.org'] } } } };
  const defined = defineHomelab(homelab);
  expect(defined).toBe(homelab);
  const [mail] = Object.values(defined.alerting?.receivers ?? {});
  expect(() => (mail as unknown as { to: string[] }).to.push('you@example.org')).toThrow(TypeError);
  expect(() => ((defined as { project?: string }).project = 'x')).toThrow(TypeError);
});

test('what is already frozen at the top is frozen below, too', () => {
  const homelab = Object.freeze({ hosts: [{ name: 'nas' }] });
  expect(Object.isFrozen(defineHomelab(homelab).hosts[0])).toBe(true);
});

test('everything that is wrong comes as one error', () => {
  const define = () => defineHomelab({ hosts: [{ name: 'nas' }, { name: 'nas' }], timeZone: 'Mars', project: 'X' });
  expect(define).toThrow(HomelabError);
  try {
    define();
  } catch (error) {
    expect(isHomelabError(error) && error.problems.map(({ path }) => path)).toEqual([
      'hosts[1]',
      'hosts[1].name',
      'timeZone',
      'project',
    ]);
    expect((error as HomelabError).format()).toMatch(/^error: hosts\[1\]: two node_exporter at the same address/);
  }
});

test('an error of another copy of the library is known, others are not', () => {
  const other = Object.assign(new Error('error: hosts: missing'), { name: 'HomelabError', problems: [] });
  expect(isHomelabError(other)).toBe(true);
  expect(isHomelabError(new Error('error: hosts: missing'))).toBe(false);
});

test('the types refuse what the checks refuse', () => {
  // @ts-expect-error a misspelt key
  expect(() => defineHomelab({ hosts: [{ nmae: 'nas' }] })).toThrow('unknown key');
  // @ts-expect-error a secret in clear
  expect(() => defineHomelab({ ...nas, alerting: { receivers: { a: { kind: 'slack', url: 'https://x' } } } })).toThrow(
    'a secret stands here in clear',
  );
  // @ts-expect-error an engine that does not exist
  expect(() => defineHomelab({ ...nas, alerting: { engine: 'nagios' } })).toThrow('unknown value');
});
