import { describe, expect, it } from 'vitest';
import { uptimeKuma } from './uptime-kuma';
import { expectParity, printed } from './sketches/sketch';

const of = (exporter: string): Readonly<Record<string, string>> => printed(uptimeKuma, { exporters: [exporter] });

describe('signals of Uptime Kuma', () => {
  it('mean the same with each version', () =>
    expectParity(uptimeKuma, ['version 2', 'version 1', 'where it is probed', 'where it is not']));

  it('count what is down, which is neither pending nor in maintenance, and no group', () => {
    expect(of('uptime_kuma_v1')['down']).toContain('monitor_status{job="uptime-kuma", monitor_type!="group"} == 0');
  });

  it('tell monitors of one name apart where they have numbers', () => {
    expect(of('uptime_kuma')['status']).toContain('"number", "$1", "monitor_id", "(.*)"');
    expect(of('uptime_kuma_v1')['status']).toContain('"number", "", "", ""');
  });

  it('take no -1 for a time, and show seconds', () => {
    expect(of('uptime_kuma')['responseTime']).toMatch(/monitor_response_time\{.*\} >= 0\) ?\/ 1000/);
  });

  it('find ghosts: two names of a number, and times that never change', () => {
    expect(of('uptime_kuma')['renamed']).toMatch(/> 1$/);
    expect(of('uptime_kuma_v1')['renamed']).toMatch(/^missing/);
    expect(of('uptime_kuma_v1')['frozen']).toContain('unless changes(monitor_response_time');
  });

  it('have uptimes over days since version 2 alone', () => {
    expect(of('uptime_kuma')['uptimeMonth']).toContain('window="30d"');
    expect(of('uptime_kuma_v1')['uptimeMonth']).toMatch(/^missing/);
    expect(of('uptime_kuma_v1')['availability']).not.toMatch(/^missing/);
  });
});
