import { describe, expect, it } from 'vitest';
import { buildSample, sampleHomelab } from '../../alerts/testing/sample';
import type { Alert } from '../../alerts/alert';
import { is } from '../../alerts/condition';
import type { Signals } from '../../signals/index';
import { withPrograms } from '../testing/with-programs';
import { timelineOf, type Firing } from './timeline';

const homelab = sampleHomelab();
const down = (differs: Partial<Alert> = {}) => {
  const alert = ({ host }: Signals): Partial<Alert> => ({
    signal: host.up,
    when: is(0),
    for: '2m',
    summary: '{host} is gone',
    description: '{host} is gone for {for}.',
    ...differs,
  });
  return buildSample(homelab, alert);
};
const up = 'up{job="node", instance="nas:9100", host="nas"}';
const firings = async (values: string, alerts = down()): Promise<readonly Firing[]> =>
  (await timelineOf({ name: 'a course', minutes: 20, series: { [up]: values } }, alerts, homelab)).firings;
const spans = (found: readonly Firing[]) => found.map(({ from, until }) => [from, until]);

describe('a timeline', () => {
  withPrograms(
    ['promtool'],
    'has each alert with its labels and texts, from its first minute to the first without it',
    async () => {
      expect(await firings('1x4 0x5 1x9')).toEqual([
        {
          labels: { alertname: 'HostCpuHigh', category: 'performance', host: 'nas', severity: 'warning' },
          annotations: { summary: 'nas is gone', description: 'nas is gone for 2m.', first_step: 'Run top on nas.' },
          from: 7,
          until: 11,
        },
      ]);
    },
  );

  withPrograms(['promtool'], 'has nothing that is over before its time, and twice what comes twice', async () => {
    expect(await firings('1x4 0x1 1x13')).toEqual([]);
    expect(spans(await firings('1x4 0x3 1x2 0x3 1x5'))).toEqual([
      [7, 9],
      [14, 16],
    ]);
  });

  withPrograms(['promtool'], 'has one alert where it keeps firing', async () => {
    expect(spans(await firings('1x4 0x3 1x2 0x3 1x5', down({ keepFiringFor: '5m' })))).toEqual([[7, undefined]]);
  });

  withPrograms(['promtool'], 'says what it cannot run', async () => {
    await expect(firings('1x4 nonsense')).rejects.toThrow(/promtool could not run the rules: [^]*nonsense/);
  });

  it('needs a promtool that is there', async () => {
    const course = { name: 'a course', minutes: 1, series: {} };
    await expect(timelineOf(course, down(), homelab, '/no/promtool')).rejects.toThrow(/could not run.*ENOENT/);
  });
});
