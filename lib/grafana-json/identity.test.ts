import { describe, expect, it } from 'vitest';
import { checkIdentity } from './identity';
import type { Json } from './json';
import { formatProblem } from './problem';

const right = { uid: 'hl-hosts_1', title: 'Hosts / USE', tags: ['homelab', 'hosts'], timezone: 'browser' };
const told = (rest: Json): string[] => checkIdentity({ ...right, ...rest }).map(formatProblem);

it.each<Json>([
  {},
  { uid: 'x'.repeat(40) },
  { title: 'ä'.repeat(2500) },
  { timezone: 'Europe/Berlin' },
  { timezone: 'utc' },
  { tags: ['x'.repeat(50)] },
  { id: null },
])('%j is right', (rest) => {
  expect(told(rest)).toEqual([]);
});

it.each<[Json, string]>([
  [{ uid: 'x'.repeat(41) }, 'uid: has 41 characters; Grafana takes 40'],
  [{ uid: 'a b' }, 'uid: must be made of letters, digits, `-` and `_`'],
  [{ uid: '' }, 'uid: must be made of letters, digits, `-` and `_`'],
  [{ title: ' ' }, 'title: is empty'],
  [{ title: 'Hosts ' }, 'title: has spaces around it, which Grafana cuts'],
  [{ title: 'ä'.repeat(2501) }, 'title: has 5002 bytes; Grafana takes 5000'],
  [{ tags: ['a', 'a'] }, 'tags[1]: `a` is there already'],
  [{ tags: [''] }, 'tags[0]: is empty or has spaces around it'],
  [{ tags: ['x'.repeat(51)] }, 'tags[0]: has 51 characters; Grafana takes 50'],
  [{ timezone: 'Berlin' }, 'timezone: must be `browser`, `utc` or a name such as `Europe/Berlin`'],
  [{ id: 7 }, 'id: is given by the server: leave it out'],
])('%j is wrong', (rest, message) => {
  expect(told(rest)).toEqual([message]);
});

describe('ids of panels', () => {
  it('are unique over rows and what they hold', () => {
    const panels = [
      { type: 'row', id: 1, title: 'R', panels: [{ type: 'stat', id: 2 }] },
      { type: 'stat', id: 3 },
    ];
    expect(told({ panels })).toEqual([]);
    expect(told({ panels: [...panels, { type: 'stat', id: 2, title: 'S' }] })).toEqual([
      'panels[2].id (panel 2 "S"): 2 is the id of panels[0].panels[0] too',
    ]);
  });
});
