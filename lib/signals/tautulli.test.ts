import { describe, expect, it } from 'vitest';
import type { Homelab } from '../homelab/homelab';
import { contextOf } from '../expression/testing/context';
import { bindAll } from './index';
import type { Signal } from './signal';
import { expectParity, printed } from './sketches/sketch';
import { tautulli } from './tautulli';

const of = (exporter: string): Readonly<Record<string, string>> => printed(tautulli, { exporters: [exporter] });

describe('signals of Tautulli', () => {
  it('mean the same with each exporter', () =>
    expectParity(tautulli, ['scabraha', 'nwalke', 'mm503', 'where it is probed', 'where it is not']));

  it('take nothing from before while Tautulli does not answer', () => {
    expect(of('tautulli_exporter_mm503')['streams']).toBe(
      'max by (service) (plex_active_streams_total{job="tautulli"}) and max by (service) (plex_up{job="tautulli"}) == 1',
    );
    expect(of('tautulli_exporter_nwalke')['streams']).toBe(
      'max by (service) (tautulli_stream_count{job="tautulli"}) and max by (service) (tautulli_up{job="tautulli"}) == 1',
    );
  });

  it('are in bits, whatever the exporter counts in', () => {
    expect(of('tautulli_exporter_scabraha')['bandwidthAway']).toContain('scope="wan"}) * 8');
    expect(of('tautulli_exporter_nwalke')['bandwidthAway']).toContain('tautulli_bandwidth_wan{job="tautulli"}) * 1000');
  });

  it('do not call a transcode slow that Plex holds back', () => {
    expect(of('tautulli_exporter_scabraha')['slowestTranscode']).toContain(
      'tautulli_session_transcode_speed_ratio{job="tautulli"} > 0 unless tautulli_session_throttled{job="tautulli"} == 1',
    );
  });

  it('say why one cannot be had', () => {
    for (const key of ['plexReachable', 'slowestTranscode', 'plays'])
      expect(of('tautulli_exporter_nwalke')[key]).toBe(
        'missing: nothing in the homelab file gives tautulli_exporter_scabraha',
      );
    expect(of('tautulli_exporter_scabraha')['size']).toMatch(/^missing: `tautulli_library_size_bytes`/);
  });
});

describe('who watches what, as Tautulli tells', () => {
  const signals = (privacy: Homelab['privacy']): Readonly<Record<string, Signal>> =>
    bindAll({ ...contextOf({ exporters: ['tautulli_exporter_scabraha'] }), ...(privacy && { privacy }) }).tautulli;
  const named = ['nowPlaying', 'progress', 'transcodeSpeed', 'playsByUser', 'watchTimeByUser', 'lastSeenByUser'];

  it.each(named)('%s is shown with privacy `full` only', (key) => {
    expect(signals('full')[key]?.missing).toBeUndefined();
    expect(signals(undefined)[key]?.missing).toContain("`privacy: 'full'`");
  });

  it('is not in any label of what is shown otherwise', () => {
    const shown = Object.values(signals(undefined)).filter(({ missing }) => missing === undefined);
    const labels = [...new Set(shown.flatMap((signal) => [...signal.labels]))].sort();
    expect(labels).toEqual([
      'app', 'host', 'library', 'location', 'method', 'service', 'stream_video_codec', 'type', 'version', 'video_codec',
    ]); // prettier-ignore
  });
});
