import { it } from 'vitest';
import { alone, story } from './testing/memory-story';

/** In memory, beside the stories that `npm test` tells. */
it('pushes among people, faults and kills lose nothing, tell the truth, and settle: 1,000 stories', async () => {
  for (let seed = 1; seed <= 1000; seed++) await story(seed);
});

it('pushes never take their own work for a person’s: 200 stories', async () => {
  for (let seed = 1; seed <= 200; seed++) await alone(seed);
});
