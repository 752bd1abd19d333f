import { expect, it } from 'vitest';
import { tellStories } from './testing/stories/tell';

it('pushes among people, faults and kills lose nothing, tell the truth, give no secret away, and settle', async () => {
  const met = await tellStories(1, 16);
  if (process.env['STORY']) return;
  // A story in which nothing happens proves nothing.
  for (const count of [met.written, met.kills, met.faults, met.refused, met.failed, met.drift, met.edits, met.atOnce])
    expect(count).toBeGreaterThan(0);
}, 60_000);
