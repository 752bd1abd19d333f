import { describe, expect, it } from 'vitest';
import type { Alert } from '../alerts/alert';
import { fleetOf } from '../fleet';
import { house } from '../fleet/testing/house';
import { changedMetrics } from './changed-metrics';
import { moment } from './fill';
import { judge, packIncidents, type Prepared } from './incidents';

const alerts = { groups: [{ alerts: [{ name: 'HostDown' }, { name: 'TargetDown' }, { name: 'DiskFull' }] }] };

describe('what an incident tells', () => {
  it('is what it must and what it may', () => {
    const expected = { fires: ['HostDown'], may: ['TargetDown'] };
    expect(judge(['HostDown'], expected, alerts)).toEqual({ missing: [], unexpected: [] });
    expect(judge(['HostDown', 'TargetDown'], expected, alerts)).toEqual({ missing: [], unexpected: [] });
  });

  it('is too little, or too much', () => {
    const expected = { fires: ['HostDown'] };
    expect(judge([], expected, alerts)).toEqual({ missing: ['HostDown'], unexpected: [] });
    expect(judge(['HostDown', 'DiskFull', 'DiskFull'], expected, alerts)).toEqual({
      missing: [],
      unexpected: ['DiskFull'],
    });
  });

  it('is one of several, whichever watches here', () => {
    const expected = { fires: [], anyOf: ['HostDown', 'TargetDown', 'UpsOnBattery'] };
    expect(judge(['TargetDown'], expected, alerts)).toEqual({ missing: [], unexpected: [] });
    expect(judge([], expected, alerts).missing).toEqual(['HostDown or TargetDown']);
    expect(judge([], { fires: [], anyOf: ['UpsOnBattery'] }, alerts).missing).toEqual([]);
  });

  it('cannot be an alert that this homelab does not have', () => {
    expect(judge([], { fires: ['UpsOnBattery'] }, alerts)).toEqual({ missing: [], unexpected: [] });
  });

  it('is nothing where nobody said what it is', () => {
    expect(judge(['HostDown'], undefined, alerts).unexpected).toEqual(['HostDown']);
  });
});

describe('what an incident changes', () => {
  const fleet = fleetOf(house);
  const window = { from: moment - 3_600, to: moment + 60 };
  const moments = [moment - 3_000, moment - 1_000, moment];

  it('is its own metrics, and no others', () => {
    const changed = changedMetrics(fleet, fleet.withIncident('oom-kill', window), moments);
    expect([...changed]).toEqual(['node_vmstat_oom_kill']);
  });

  it('is everything on a page that does not answer, and what Prometheus writes of it', () => {
    const changed = changedMetrics(fleet, fleet.withIncident('host-down', window), moments);
    for (const name of ['up', 'node_load1', 'node_memory_MemTotal_bytes']) expect([...changed]).toContain(name);
    expect([...changed]).not.toContain('prometheus_tsdb_head_series');
  });

  it('is nothing before it begins', () => {
    expect(changedMetrics(fleet, fleet.withIncident('host-down', window), [moment - 4_000]).size).toBe(0);
  });

  it('is noticed where it comes and goes, when it is looked for often', () => {
    const lossy = fleet.withIncident('packet-loss', window);
    const often = Array.from({ length: 50 }, (_, minute) => moment - 3_000 + minute * 60);
    expect([...changedMetrics(fleet, lossy, often)]).toContain('probe_success');
    expect([...changedMetrics(fleet, lossy, often, (name) => name === 'up')]).toEqual([]);
  });
});

describe('incidents that share a Prometheus', () => {
  const [one, two] = ['HostDown', 'TargetDown'].map((name) => ({ name }) as Alert);
  const prepared = (...affected: readonly (Alert | undefined)[]): Prepared =>
    ({ affected: new Set(affected), quiet: [] }) as unknown as Prepared;
  const seen = (affected: readonly (Alert | undefined)[], ...quiet: readonly string[]): Prepared =>
    ({ affected: new Set(affected), quiet }) as unknown as Prepared;

  it('are those of which no rule reads two', () => {
    const members = [prepared(one), prepared(two), prepared()];
    expect(packIncidents(members)).toEqual([members]);
  });

  it('are not two of which one is told by a panel only, which reads the other one', () => {
    const [down, renamed, full] = [seen([one], 'panel'), seen([], 'panel'), seen([two], 'panel')];
    expect(packIncidents([down, renamed, full] as Prepared[])).toEqual([[down, full], [renamed]]);
    expect(packIncidents([seen([one], 'panel'), seen([], 'another')])).toHaveLength(1);
  });

  it('are not two that one rule reads', () => {
    const [first, second, third] = [prepared(one), prepared(one, two), prepared(two)];
    expect(packIncidents([first, second, third] as Prepared[])).toEqual([[first, third], [second]]);
  });
});
