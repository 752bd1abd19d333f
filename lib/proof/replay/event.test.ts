import { describe, expect, it } from 'vitest';
import { resolveHomelab } from '../../homelab/resolve';
import { readSeries } from '../series-notation';
import { courseOf, type Event } from './event';
import { household } from './household';

const homelab = resolveHomelab(household);
const values = (start: string, ...events: readonly Event[]): readonly (number | undefined)[] => {
  const { series } = courseOf({ name: 'a scene', minutes: 9, events }, homelab);
  const found = Object.entries(series).filter(([selector]) => selector.startsWith(start));
  expect(found.map(([selector]) => selector)).toHaveLength(1);
  // Backfilling knows no staleness; a gap will do.
  return readSeries(found[0]?.[0] ?? '', (found[0]?.[1] ?? '').replaceAll('stale', '_')).values;
};
const [node, photos, load] = [
  'up{job="node", instance="192.168.1.10:9100"',
  'probe_success{job="blackbox", instance="https://192.168.1.10:8000/"',
  'node_load1{job="node", instance="192.168.1.10:9100"',
];
const [g, gone] = [undefined, { from: 3, until: 6 }];

describe('an event', () => {
  it('takes a host away with its services, which may take longer to come back', () => {
    const off: Event = { what: 'host off', host: 'nas', ...gone };
    expect(values(node, off)).toEqual([1, 1, 1, 0, 0, 0, 1, 1, 1, 1]);
    expect(values(load, off)).toEqual([0.4, 0.4, 0.4, g, g, g, 0.4, 0.4, 0.4, 0.4]);
    expect(values(photos, off)).toEqual([1, 1, 1, 0, 0, 0, 1, 1, 1, 1]);
    expect(values(photos, { ...off, servicesTake: 20 })).toEqual([1, 1, 1, 0, 0, 0, 0, 1, 1, 1]);
    expect(values('up{job="blackbox", instance="https://192.168.1.10:8000/"', off)).toEqual(Array(10).fill(1));
  });

  it('leaves other hosts alone', () => {
    const off: Event = { what: 'host off', host: 'laptop', from: 0 };
    expect(values(node, off)).toEqual(Array(10).fill(1));
    expect(values(photos, off)).toEqual(Array(10).fill(1));
  });

  it('takes away a service, the internet, or all records', () => {
    expect(values(photos, { what: 'service down', service: 'photos', ...gone })).toEqual([
      1, 1, 1, 0, 0, 0, 1, 1, 1, 1,
    ]);
    expect(values(node, { what: 'service down', service: 'photos', ...gone })).toEqual(Array(10).fill(1));
    const line = 'probe_success{job="blackbox", instance="9.9.9.9"';
    expect(values(line, { what: 'internet gone', from: 8 })).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 0, 0]);
    expect(values(photos, { what: 'internet gone', from: 8 })).toEqual(Array(10).fill(1));
    expect(values(node, { what: 'Prometheus off', ...gone })).toEqual([1, 1, 1, g, g, g, 1, 1, 1, 1]);
  });

  it('is refused where the house has no such thing', () => {
    expect(() => values(node, { what: 'host off', host: 'attic', from: 1 })).toThrow(
      'host off: this house has no series {"labels":{"host":"attic"}}',
    );
  });
});
