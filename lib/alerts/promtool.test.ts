import { describe, expect, it } from 'vitest';
import { withPrograms } from '../proof/testing/with-programs';
import type { AlertCases } from './alert';
import { atLevel } from './condition';
import { promtoolTests, runPromtool, unmatchedCases } from './promtool';
import { buildSample, sampleHomelab } from './testing/sample';

const homelab = sampleHomelab();
const built = buildSample(homelab, ({ host }) => ({
  signal: host.memoryUsed,
  when: atLevel(host.memoryUsed, 'warning'),
}));
const total = 'node_memory_MemTotal_bytes{job="node", instance="nas:9100", host="nas"}';
const available = 'node_memory_MemAvailable_bytes{job="node", instance="nas:9100", host="nas"}';

const cases: AlertCases = {
  fires: {
    series: { [total]: '100x60', [available]: '4x60' },
    silentAt: '29m',
    firesAt: '30m',
    labels: { host: 'nas' },
    summary: 'The processor of nas is busy',
    description: 'nas is 96% busy, 95% or more for 30m.',
  },
  nearMiss: { because: 'eleven percent are free', series: { [total]: '100x60', [available]: '11x60' }, at: '60m' },
};
const run = (changed: AlertCases): string => runPromtool(promtoolTests(built, { HostCpuHigh: changed }, homelab));

describe('cases', () => {
  it('are missed by name', () => {
    expect(unmatchedCases(built, {})).toEqual([expect.stringContaining('HostCpuHigh has no cases')]);
    expect(unmatchedCases(built, { HostCpuHigh: cases, HostGone: cases })).toEqual([
      'cases for HostGone, which no alert is called',
    ]);
  });

  it('are not wanted for a heartbeat, which says so itself', () => {
    const beat = buildSample(homelab, { heartbeat: true });
    expect(unmatchedCases(beat, {})).toEqual([]);
    expect(unmatchedCases(beat, { HostCpuHigh: cases })[0]).toContain('is a heartbeat, which always fires');
  });

  it('prove nothing when a near miss lacks the metric', () => {
    const blind = { ...cases, nearMiss: { ...cases.nearMiss, series: { 'up{job="node"}': '1x60' } } };
    expect(unmatchedCases(built, { HostCpuHigh: blind })[0]).toMatch(/near miss has none of .*MemAvailable/);
  });

  it('leave no evaluation between the last silent sample and the first firing one', () => {
    const apart = { ...cases, fires: { ...cases.fires, silentAt: '10m' } };
    expect(() => promtoolTests(built, { HostCpuHigh: apart }, homelab)).toThrow(
      /silent at 10m and firing at 30m are not neighbours/,
    );
  });

  it('are evaluated at the wider step of a long window', () => {
    const long = { ...cases, fires: { ...cases.fires, interval: '4m', silentAt: '28m', firesAt: '32m' } };
    const [test] = promtoolTests(built, { HostCpuHigh: long }, homelab);
    expect(test?.test).toContain('evaluation_interval: 4m');
    expect(test?.rules).toContain('interval: 4m');
  });

  withPrograms(['promtool'], 'hold', () => expect(run(cases)).toBe(''));

  withPrograms(['promtool'], 'fail when it fires late, says something else, or hits the near miss', () => {
    expect(run({ ...cases, fires: { ...cases.fires, silentAt: '28m', firesAt: '29m' } })).toMatch(
      /HostCpuHigh[^]*time: 29m/,
    );
    expect(run({ ...cases, fires: { ...cases.fires, description: 'nas burns' } })).toMatch(/nas burns/);
    expect(run({ ...cases, nearMiss: { ...cases.nearMiss, series: cases.fires.series } })).toMatch(
      /stays silent[^]*got:\[\n\s+0:/,
    );
  });
});
