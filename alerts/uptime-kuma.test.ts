import { describe, expect } from 'vitest';
import { buildAlerts } from '../lib/alerts/define';
import { promtoolTests, runPromtool } from '../lib/alerts/promtool';
import { resolveHomelab } from '../lib/homelab/resolve';
import { withPrograms } from '../lib/proof/testing/with-programs';
import { itHasCases } from './testing/variants';
import uptimeKuma from './uptime-kuma';
import { uptimeKumaOldCases } from './uptime-kuma.cases';

itHasCases('variant-uptime-kuma-v1.ts', uptimeKuma, uptimeKumaOldCases);

describe('a monitor and a probe of one name', () => {
  const services = [{ name: 'wiki', url: 'https://wiki.home.arpa/' }];
  const homelab = resolveHomelab({
    hosts: [],
    apps: [{ app: 'uptime-kuma', exporters: [{ exporter: 'uptime_kuma' }] }],
    probes: { services },
  });
  const built = buildAlerts([uptimeKuma], homelab, { everyEngine: true, everyPack: true });
  const status = 'monitor_status{job="uptime-kuma", service="uptime-kuma", monitor_name="wiki", monitor_type="http"}';
  const probe = (value: number): string =>
    `probe_success{job="blackbox", service="${value === 0 ? 'wiki' : 'homepage'}", group="service"}`;
  const cases = {
    UptimeMonitorDown: {
      fires: {
        // The probe finds another one down.
        series: { [status]: '1x9 0x30', [probe(1)]: '0x60' },
        silentAt: '12m',
        firesAt: '13m',
        labels: { service: 'uptime-kuma', monitor: 'wiki', type: 'http' },
        summary: 'A monitor of uptime-kuma is down: wiki',
        description: 'The monitor wiki (kind http) of uptime-kuma has found its target down for 3m.',
      },
      nearMiss: {
        because: 'ServiceDown tells of it',
        series: { [status]: '1x9 0x30', [probe(0)]: '1x9 0x30' },
        at: '30m',
      },
    },
  };
  withPrograms(
    ['promtool'],
    'are told once',
    () => expect(runPromtool(promtoolTests(built, cases, homelab))).toBe(''),
    120_000,
  );
});
