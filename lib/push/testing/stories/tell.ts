import { expect } from 'vitest';
import { startGrafanaStandIn } from '../grafana';
import { nothingMet, story, type Met } from './story';

/** Tells stories by their seeds, and fails with the first that went wrong: `STORY=<seed>` tells it alone. Gives what they met. */
export const tellStories = async (first: number, last: number): Promise<Met> => {
  const grafana = await startGrafanaStandIn();
  const met = nothingMet();
  const alone = Number(process.env['STORY'] ?? 0);
  try {
    for (let seed = alone || first; seed <= (alone || last); seed++) {
      const wrong = await story(seed, grafana, met);
      if (wrong.length > 0) expect(wrong, `told alone by STORY=${seed}`).toEqual([]);
    }
  } finally {
    await grafana.stop();
  }
  return met;
};
