import { expect, it } from 'vitest';
import type { Json } from './json';
import { checkLinks } from './links';
import { formatProblem } from './problem';

const told = (panel: Json, known: readonly string[] | undefined = ['hl-hosts', 'hl-disks']): string[] =>
  checkLinks({ uid: 'hl-own', panels: [{ type: 'text', ...panel }] }, known).map(formatProblem);

it.each([
  '/d/hl-hosts',
  '/d/hl-hosts/slug?var-host=${__field.labels.host}',
  'd/hl-disks?x=1',
  '/grafana/d/hl-disks#top',
  '/d/hl-own',
  '/d/${target}',
  'https://elsewhere.example/d/other',
  'https://example.com/download/d-day',
  '/explore',
  'see [disks](/d/hl-disks) and [hosts](/d/hl-hosts?a=b)',
])('%s is right', (url) => {
  expect(told({ links: [{ title: 'x', url }] })).toEqual([]);
});

it.each(['/d/hl-host', '/d/hl-host/slug?var-a=b', 'd/hl-host', '/grafana/d/hl-host', 'see [hosts](/d/hl-host)'])(
  '%s is wrong',
  (url) => {
    expect(told({ links: [{ title: 'x', url }] })).toEqual([
      'panels[0].links[0].url: no dashboard has the uid `hl-host` (did you mean `hl-hosts`?)',
    ]);
  },
);

it('looks into fields, overrides and text', () => {
  const link = [{ title: 'x', url: '/d/nowhere' }];
  expect(told({ fieldConfig: { defaults: { links: link } } })).toHaveLength(1);
  expect(told({ fieldConfig: { overrides: [{ properties: [{ id: 'links', value: link }] }] } })).toHaveLength(1);
  expect(told({ options: { content: '<a href="/d/nowhere">x</a>' } })).toHaveLength(1);
});

it('looks at nothing where nobody says which there are', () => {
  expect(checkLinks({ links: [{ url: '/d/nowhere' }] }, undefined)).toEqual([]);
});
