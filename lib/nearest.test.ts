import { describe, expect, it } from 'vitest';
import { nearest } from './nearest';

describe('nearest', () => {
  const names = ['node_load1', 'node_load15', 'node_load5', 'node_cpu_seconds_total', 'up'];

  it('finds what was meant, the nearest first', () => {
    expect(nearest('node_cpu_second_total', names)).toEqual(['node_cpu_seconds_total']);
    expect(nearest('Node_Load5', names)[0]).toBe('node_load5');
  });

  it('finds nothing where nothing is near, and never more than three', () => {
    expect(nearest('jellyfin_sessions', names)).toEqual([]);
    expect(nearest('node_load', ['node_load1', 'node_load2', 'node_load3', 'node_load4'])).toHaveLength(3);
  });
});
