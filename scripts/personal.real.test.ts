import { expect, it } from 'vitest';
import { exampleNames } from '../lib/fleet/testing/examples';
import { personalIn } from './testing/shown-labels';

it.each(exampleNames)('%s names nobody, and nothing that somebody watches', (name) => {
  expect(personalIn(name, 'aggregate')).toEqual([]);
});
