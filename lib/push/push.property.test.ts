import { describe, expect, it } from 'vitest';
import { idOf } from './object';
import { alone, bodyOf, calm, isPerson, Machine, places, story, type Place } from './testing/memory-story';
import { randomOf } from './testing/random';
import { memoryWorld } from './testing/world';

describe('pushes among people, faults and kills', () => {
  it('lose nothing of anybody, touch nothing of others, tell the truth, and settle', async () => {
    for (let seed = 1; seed <= 200; seed++) await story(seed);
  });

  it('never take their own work for a person’s', async () => {
    for (let seed = 1; seed <= 40; seed++) await alone(seed);
  });

  it('meet people, faults, kills and overwriting at all', async () => {
    const world = memoryWorld();
    const machine = new Machine('desk', world, randomOf(1));
    const place = places[6] as Place;
    const desired = [{ kind: place.kind, key: place.key, title: 't', body: bodyOf(place, 'v1') }];
    await machine.push(desired, calm);
    world.edit(place, bodyOf(place, 'person-1'));
    const kept = await machine.push(desired, calm);
    expect(kept.plan.steps).toMatchObject([{ action: 'conflict', instead: 'update' }]);
    expect(isPerson(world.contents().get(idOf(place))?.body)).toBe(true);
    await machine.push(desired, { ...calm, onDrift: 'overwrite' });
    expect(isPerson(world.contents().get(idOf(place))?.body)).toBe(false);
    expect(isPerson(machine.backups.at(-1)?.objects[0]?.before)).toBe(true);
  });
});
