import { describe, expect, test } from 'vitest';
import { chooseTarget, homelabFor, stateKeeper, TargetError } from './choose-target';
import { defineHomelab } from './define';
import type { Homelab } from './homelab';
import { resolveHomelab } from './resolve';
import { complaints, nas } from './testing/complaints';

const grafana = { kind: 'grafana', url: 'http://nas:3000' } as const;
const ruler = { kind: 'ruler', url: 'http://mimir:9009' } as const;
const resolve = (homelab: Partial<Homelab>) => resolveHomelab(defineHomelab({ ...nas, ...homelab }));

describe('targets', () => {
  test('have every default filled in, and no slash at the end', () => {
    expect(
      resolve({ project: 'home', targets: { main: { ...grafana, url: 'http://nas:3000/g/' }, ruler } }).targets,
    ).toEqual({
      main: { kind: 'grafana', name: 'main', url: 'http://nas:3000/g', org: null, folder: null, project: 'home' },
      ruler: { kind: 'ruler', name: 'ruler', url: 'http://mimir:9009', tenant: null, state: null, project: 'home' },
    });
  });

  test('are the Grafana of the links where the file names none', () => {
    expect(resolve({ urls: { grafana: 'https://g.home.arpa/' } }).targets).toEqual({
      grafana: {
        kind: 'grafana',
        name: 'grafana',
        url: 'https://g.home.arpa',
        org: null,
        folder: null,
        project: 'hl',
      },
    });
    expect(resolve({ urls: { grafana: 'https://g.home.arpa' }, targets: { ruler } }).targets).not.toHaveProperty(
      'grafana',
    );
  });

  test.each<[string, object, RegExp]>([
    ['a url without scheme', { url: 'nas:3000' }, /targets\.main\.url: malformed URL[^]*http:\/\/nas:3000/],
    ['another scheme', { url: 'ftp://nas' }, /targets\.main\.url: malformed URL/],
    ['a prefix that is none', { project: 'Home!' }, /targets\.main\.project: invalid project prefix/],
    ['organisation 0', { org: 0 }, /targets\.main\.org/],
    [
      'a folder of Grafana’s own',
      { folder: 'General' },
      /targets\.main\.folder: a title that Grafana keeps for itself/,
    ],
    ['a tenant for a Grafana', { tenant: 'a' }, /targets\.main\.tenant: unknown key/],
  ])('refuse %s', (_, changed, expected) => {
    expect(complaints({ targets: { main: { ...grafana, ...changed } } })).toMatch(expected);
  });

  test('refuse a password in the url, and do not repeat it', () => {
    const text = complaints({ targets: { main: { ...grafana, url: 'http://admin:hunter2@nas:3000' } } });
    expect(text).toContain('a secret stands here in clear');
    expect(text).not.toContain('hunter2');
  });

  test('refuse a name that nobody can type', () => {
    expect(complaints({ targets: { 'my grafana': grafana } })).toContain('unusable name of a target');
    expect(complaints({ targets: { 'my-grafana': grafana } })).toBe('');
  });

  test.each<[string, object, boolean]>([
    ['nothing', {}, true],
    ['a slash', { url: 'http://nas:3000/' }, true],
    ['the folder', { folder: 'Ours' }, true],
    ['the prefix that is the default', { project: 'hl' }, true],
    ['the prefix', { project: 'two' }, false],
    ['the organisation', { org: 2 }, false],
    ['the port', { url: 'http://nas:3001' }, false],
  ])('that differ in %s only: the same place is %s', (_, changed, refused) => {
    const text = complaints({ targets: { one: grafana, two: { ...grafana, ...changed } } });
    if (refused) expect(text).toContain("targets.two: the same place as the target 'one'");
    else expect(text).toBe('');
  });

  test('two rulers differ by their tenants', () => {
    expect(complaints({ targets: { one: ruler, two: ruler } })).toContain('the same place');
    expect(complaints({ targets: { one: ruler, two: { ...ruler, tenant: 'b' } } })).toBe('');
  });
});

describe('the Grafana that keeps the state of a ruler', () => {
  const other = { ...grafana, url: 'http://other:3000', org: 2 };
  const keeperIn = (targets: NonNullable<Homelab['targets']>, grafanaUrl?: string) => {
    const homelab = resolve({ targets });
    const chosen = chooseTarget(homelab, { name: 'ruler' });
    if (chosen.kind !== 'ruler') throw new Error('not a ruler');
    return stateKeeper(homelab, chosen, { ...(grafanaUrl !== undefined && { grafanaUrl }) });
  };

  test('is the only one, or the one that it names', () => {
    expect(keeperIn({ ruler, main: grafana }).name).toBe('main');
    expect(keeperIn({ ruler: { ...ruler, state: 'other' }, main: grafana, other })).toMatchObject({
      name: 'other',
      org: 2,
    });
  });

  test('has the url of GRAFANA_URL, or is just that where nobody knows more', () => {
    expect(keeperIn({ ruler, other }, 'http://nas:3000/')).toMatchObject({ url: 'http://nas:3000', org: 2 });
    expect(keeperIn({ ruler, main: grafana, other }, 'http://other:3000')).toMatchObject({ name: 'other', org: 2 });
    expect(keeperIn({ ruler, main: grafana, other }, 'http://third:3000')).toMatchObject({ org: null });
    expect(keeperIn({ ruler }, 'http://third:3000')).toMatchObject({ url: 'http://third:3000' });
  });

  test('is never guessed', () => {
    expect(() => keeperIn({ ruler, main: grafana, other })).toThrow(/main, other[^]*add `state: 'main'`/);
    expect(() => keeperIn({ ruler })).toThrow(/nobody keeps the state of the ruler 'ruler'[^]*GRAFANA_URL/);
    expect(complaints({ targets: { ruler: { ...ruler, state: 'mian' }, main: grafana } })).toMatch(
      /targets\.ruler\.state: unknown Grafana[^]*main/,
    );
    expect(complaints({ targets: { ruler: { ...ruler, state: 'ruler' }, main: grafana } })).toContain(
      'unknown Grafana',
    );
    expect(complaints({ targets: { ruler: { ...ruler, state: 'main' }, main: grafana } })).toBe('');
  });
});

describe('the target of a push', () => {
  const both = resolve({ targets: { main: grafana, mimir: ruler } });
  const one = resolve({ targets: { main: { ...grafana, org: 3, folder: 'Ours', project: 'two' } } });
  const none = resolve({});

  test('is the named one, or the only one', () => {
    expect(chooseTarget(both, { name: 'mimir' })).toMatchObject({ kind: 'ruler', url: 'http://mimir:9009' });
    expect(chooseTarget(one)).toMatchObject({ name: 'main', org: 3 });
  });

  test('has the url of GRAFANA_URL, where it is a Grafana', () => {
    expect(chooseTarget(one, { grafanaUrl: 'http://other:3000/' })).toMatchObject({
      url: 'http://other:3000',
      org: 3,
      folder: 'Ours',
    });
    expect(chooseTarget(both, { name: 'mimir', grafanaUrl: 'http://other:3000' }).url).toBe('http://mimir:9009');
    expect(chooseTarget(none, { grafanaUrl: 'http://other:3000' })).toMatchObject({
      url: 'http://other:3000',
      project: 'hl',
    });
  });

  test('that the file does not name is called grafana, and nothing else', () => {
    const grafanaUrl = 'http://other:3000';
    expect(chooseTarget(none, { name: 'grafana', grafanaUrl })).toEqual(chooseTarget(none, { grafanaUrl }));
    expect(() => chooseTarget(none, { name: 'graphana', grafanaUrl })).toThrow(/'graphana'/);
    expect(() => chooseTarget(none, { name: 'grafana' })).toThrow(/names no Grafana to push to/);
    expect(() => chooseTarget(both, { name: 'grafana', grafanaUrl })).toThrow(/'grafana'[^]*main, mimir/);
  });

  test.each<[string, () => unknown, RegExp]>([
    ['a misspelt name', () => chooseTarget(both, { name: 'mian' }), /'mian'[^]*main, mimir[^]*--target main/],
    ['an inherited name', () => chooseTarget(both, { name: 'constructor' }), /'constructor'/],
    ['several', () => chooseTarget(both), /nobody said which one[^]*main, mimir/],
    ['none', () => chooseTarget(none), /names no Grafana[^]*GRAFANA_URL/],
    ['a name where there are no targets', () => chooseTarget(none, { name: 'main' }), /add it to `targets`/],
    ['a GRAFANA_URL that is none', () => chooseTarget(none, { grafanaUrl: 'nas' }), /GRAFANA_URL is no URL/],
  ])('is refused for %s', (_, choose, expected) => {
    expect(choose).toThrow(TargetError);
    expect(choose).toThrow(expected);
  });

  test('never repeats a password of GRAFANA_URL', () => {
    expect(() => chooseTarget(none, { grafanaUrl: 'http://a:hunter2@nas' })).toThrow(/not repeated here/);
    expect(() => chooseTarget(none, { grafanaUrl: 'http://a:hunter2@nas' })).not.toThrow(/hunter2/);
  });

  test('gives the homelab its prefix', () => {
    expect(homelabFor(one, chooseTarget(one)).project).toBe('two');
    expect(homelabFor(one, chooseTarget(one)).hosts).toBe(one.hosts);
  });
});
