import { describe, expect, it } from 'vitest';
import type { Metric } from '../catalog/catalog';
import type { Place } from './place';
import { rowsOf } from './rows';

const place = { version: '1.2.0', key: 'nas:1', world: { seed: '1' } } as Place;
const rows = (metric: Partial<Metric>, behaviour: Parameters<typeof rowsOf>[3]) =>
  rowsOf(place, 'x', { type: 'gauge', labels: {}, ...metric }, behaviour);
const labelsOf = (...given: Parameters<typeof rows>) => rows(...given).map(({ labels }) => labels);

describe('the series of a metric', () => {
  it('have all labels of the catalog: as the row says, else the page, else as usual', () => {
    const labels = { disk: {}, host: {}, url: {}, version: {} };
    const page = { labels: { host: 'nas', url: 'http://nas' } };
    expect(labelsOf({ labels }, { ...page, metrics: { x: [[{ url: 'http://pi', disk: 'sda' }, 1]] } })).toEqual([
      { disk: 'sda', host: 'nas', url: 'http://pi', version: '1.2.0' },
    ]);
    expect(labelsOf({ labels: { goarch: {} } }, { metrics: { x: 1 } })).toEqual([{ goarch: 'amd64' }]);
  });

  it('have no label that a later version adds', () => {
    const metric = { labels: { a: {}, b: {} }, labelSince: { b: '1.3.0' } };
    expect(labelsOf(metric, { labels: { a: '1', b: '2' }, metrics: { x: 1 } })).toEqual([{ a: '1' }]);
  });

  it('are refused with a label that the catalog does not have', () => {
    expect(() => rows({ labels: { disk: {} } }, { metrics: { x: [[{ disc: 'sda' }, 1]] } })).toThrow(
      '`x` has no label `disc` in its catalog',
    );
  });

  it('are one where their labels are the same: the first', () => {
    const twice = [
      [{ disk: 'sda' }, 1],
      [{ disk: 'sda' }, 3],
      [{ disk: 'sdb' }, 2],
    ] as const;
    expect(rows({ labels: { disk: {} } }, { metrics: { x: twice } })).toEqual([
      { labels: { disk: 'sda' }, content: 1 },
      { labels: { disk: 'sdb' }, content: 2 },
    ]);
  });

  it('are none where the behaviour says that the page does not have the metric', () => {
    expect(rows({}, { metrics: { x: null } })).toEqual([]);
  });
});

describe('the series of a metric that no behaviour names', () => {
  it('are each value that the catalog knows of a label with each of another', () => {
    const labels = { mode: { read: {}, write: {} }, disk: { a: {}, b: {} } };
    expect(labelsOf({ labels: labels as never }, { metrics: {} })).toEqual([
      { mode: 'read', disk: 'a' },
      { mode: 'read', disk: 'b' },
      { mode: 'write', disk: 'a' },
      { mode: 'write', disk: 'b' },
    ]);
  });

  it('have each value at least once where that were too many', () => {
    const values = Object.fromEntries(['1', '2', '3', '4', '5'].map((value) => [value, {}]));
    const found = labelsOf({ labels: { a: values, b: values } as never }, { metrics: {} });
    expect(found).toHaveLength(5);
    expect(new Set(found.map(({ a }) => a)).size).toBe(5);
  });

  it('say of one state that it holds, of the others that they do not', () => {
    const state = { failed: {}, online: {}, offline: {} };
    expect(
      rows({ unit: 'bool', labels: { state } as never }, { metrics: {} }).map(({ labels, content }) => [
        labels['state'],
        content,
      ]),
    ).toEqual([
      ['failed', 0],
      ['online', 1],
      ['offline', 0],
    ]);
  });
});
