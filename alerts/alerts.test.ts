import { describe, expect, it } from 'vitest';
import { buildAlerts } from '../lib/alerts/define';
import { promtoolTests, runPromtool, unmatchedCases } from '../lib/alerts/promtool';
import { resolveHomelab } from '../lib/homelab/resolve';
import { withPrograms } from '../lib/proof/testing/with-programs';
import { casesHomelab } from './cases-homelab';
import { hostCases } from './host.cases';
import { alerts } from './index';
import { internetCases } from './internet.cases';
import { probeCases } from './probe.cases';
import { prometheusCases } from './prometheus.cases';
import { scrapeCases } from './scrape.cases';

const homelab = resolveHomelab(casesHomelab);
const built = buildAlerts(alerts, homelab, { everyEngine: true, everyPack: true });
const cases = { ...hostCases, ...internetCases, ...probeCases, ...prometheusCases, ...scrapeCases };

describe('our alerts', () => {
  it('can all be had in the homelab of the cases', () => {
    expect(built.omissions).toEqual([]);
  });

  it('have cases, each of them but the heartbeat', () => {
    expect(unmatchedCases(built, cases)).toEqual([]);
  });

  it('say what usually causes them, and when to silence them', () => {
    const all = built.groups.flatMap((group) => group.alerts);
    expect(all.filter(({ causes, silenceWhen }) => !causes?.length || !silenceWhen).map(({ name }) => name)).toEqual(
      [],
    );
  });

  withPrograms(
    ['promtool'],
    'are silent at the last silent sample, fire at the next, and stay silent at a near miss',
    () => expect(runPromtool(promtoolTests(built, cases, homelab))).toBe(''),
    120_000,
  );
});
