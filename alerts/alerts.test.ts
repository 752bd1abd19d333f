import { describe, expect, it } from 'vitest';
import { buildAlerts } from '../lib/alerts/define';
import { promtoolTests, runPromtool, unmatchedCases } from '../lib/alerts/promtool';
import { resolveHomelab } from '../lib/homelab/resolve';
import { withPrograms } from '../lib/proof/testing/with-programs';
import { casesHomelab } from './cases-homelab';
import { alerts } from './index';
import { allCases } from './testing/all-cases';

const homelab = resolveHomelab(casesHomelab);
const built = buildAlerts(alerts, homelab, { everyEngine: true, everyPack: true });
describe('our alerts', () => {
  it('can all be had in the homelab of the cases', () => {
    expect(built.omissions).toEqual([]);
  });

  it('have cases, each of them but the heartbeat', () => {
    expect(unmatchedCases(built, allCases)).toEqual([]);
  });

  it('say what usually causes them, and when to silence them', () => {
    const all = built.groups.flatMap((group) => group.alerts);
    expect(all.filter(({ causes, silenceWhen }) => !causes?.length || !silenceWhen).map(({ name }) => name)).toEqual(
      [],
    );
  });

  // The others take as long as all else: they are asked with the tests that take minutes.
  const essential = built.groups.map((group) => ({
    ...group,
    alerts: group.alerts.filter(({ pack }) => pack === 'essential'),
  }));

  withPrograms(
    ['promtool'],
    'that are on by default are silent at the last silent sample, fire at the next, and stay silent at a near miss',
    () => {
      const tests = promtoolTests({ ...built, groups: essential }, allCases, homelab);
      expect(tests.length).toBeGreaterThan(10);
      expect(runPromtool(tests)).toBe('');
    },
    120_000,
  );
});
