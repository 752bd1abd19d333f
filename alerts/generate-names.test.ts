import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generateNames, namesFile } from './generate-names';

test('the homelab file knows the names of all alerts', () => {
  const isFresh = readFileSync(namesFile, 'utf8') === generateNames();
  expect(
    isFresh,
    'lib/homelab/alert-names.gen.ts is stale: npx ts-node --swc alerts/generate-names.ts && npx ts-node --swc lib/homelab/generate-schema.ts',
  ).toBe(true);
});
