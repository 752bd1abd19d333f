import { describe, expect, it } from 'vitest';
import { contextOf } from '../expression/testing/context';
import { bindAll } from './index';
import { seerr } from './seerr';
import type { Signal } from './signal';
import { printed } from './sketches/sketch';

const of = (exporter: string): Readonly<Record<string, string>> => printed(seerr, { exporters: [exporter] });

describe('signals of Overseerr, Jellyseerr and Seerr', () => {
  it('are those of all that the homelab has', () => {
    const both = printed(seerr, { exporters: ['scraparr_jellyseerr', 'overseerr_exporter'] })['requests'];
    expect(both).toContain('jellyseerr_request_total');
    expect(both).toContain('overseerr_requests_count');
    expect(both).not.toContain('seerr_requests_total');
  });

  it('find its own state among those of all apps on the page of Scraparr', () => {
    expect(of('scraparr_overseerr')['up']).toBe(
      'max by (service) (scraparr_services_up{job="overseerr"} and on (alias, job, instance, service, host) overseerr_last_scrape{job="overseerr"})',
    );
  });

  it('tell that it is down by what an exporter no longer serves', () => {
    expect(of('overseerr_exporter')['up']).toBe(
      'group by (service) (overseerr_user_requests{job="overseerr"}) or count by (service) (up{job="overseerr"} == 1) * 0',
    );
  });

  it('do not believe a state of Scraparr that does not add up', () => {
    expect(of('scraparr_jellyseerr')['pending']).toMatch(
      /sum by \(service\) \(jellyseerr_request_status\{job="jellyseerr"\}\) - max by \(service\) \(jellyseerr_request_total\{job="jellyseerr"\}\) == 0$/,
    );
    expect(of('tentacle_seerr')['pending']).toBe(
      'max by (service) (seerr_requests_by_status_total{job="seerr", status="pending"})',
    );
  });

  it('say why one cannot be had', () => {
    expect(of('tentacle_seerr')['failed']).toMatch(/^missing: /);
    expect(of('tentacle_seerr')['requestsByMedia']).toBe(
      'missing: nothing in the homelab file gives overseerr_exporter',
    );
  });
});

describe('who asks for what', () => {
  const signals = (exporter: string, privacy?: 'full'): Readonly<Record<string, Signal>> =>
    bindAll({ ...contextOf({ exporters: [exporter] }), ...(privacy && { privacy }) }).seerr;

  it.each([
    ['requestsByUser', 'overseerr_exporter'],
    ['requestsByUser', 'scraparr_jellyseerr'],
    ['newestRequests', 'scraparr_jellyseerr'],
  ])('%s of %s is shown with privacy `full` only', (key, exporter) => {
    expect(signals(exporter, 'full')[key]?.missing).toBeUndefined();
    expect(signals(exporter)[key]?.missing).toContain("`privacy: 'full'`");
  });

  it.each(['overseerr_exporter', 'scraparr_overseerr', 'tentacle_seerr'])(
    'is not in any label of what %s shows otherwise',
    (exporter) => {
      const shown = Object.values(signals(exporter)).filter(({ missing }) => missing === undefined);
      const labels = new Set(shown.flatMap((signal) => [...signal.labels]));
      expect([...labels].filter((label) => !['genre', 'host', 'service', 'status', 'type'].includes(label))).toEqual(
        [],
      );
      expect(labels).toContain('status');
    },
  );
});
