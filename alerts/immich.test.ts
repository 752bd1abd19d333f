import { expect, it } from 'vitest';
import { buildAlerts } from '../lib/alerts/define';
import { resolveHomelab } from '../lib/homelab/resolve';
import immich from './immich';
import { immichVariants } from './immich.cases';
import { testVariants } from './testing/variants';

testVariants('immich', immich, immichVariants);

it('says nothing of requests since Immich 3, which counts none', () => {
  const homelab = resolveHomelab({ hosts: [], apps: [{ app: 'immich', exporters: [{ exporter: 'immich' }] }] });
  const { groups, omissions } = buildAlerts([immich], homelab, { everyEngine: true, everyPack: true });
  const names = groups.flatMap((group) => group.alerts.map(({ name }) => name));
  expect(names).toContain('ImmichJobsFailing');
  expect(names).not.toContain('ImmichSlow');
  expect(omissions).toContainEqual(expect.objectContaining({ where: 'ImmichSlow' }));
});
