import { expect, it } from 'vitest';
import { personalIn } from './testing/shown-labels';

it.each(['everything.ts', 'typical.ts'])('%s names nobody, and nothing that somebody watches', (name) => {
  expect(personalIn(name, 'aggregate')).toEqual([]);
});

it('names who watches what where the homelab file wants it, and is found out', () => {
  const found = personalIn('variant-privacy-full.ts', undefined).join('\n');
  for (const what of ['title', 'user, which is username', 'player, which is device', 'lines of a log'])
    expect(found).toContain(`: ${what}: `);
});
