import { describe, expect, it } from 'vitest';
import type { Exporter, Homelab } from '../homelab/homelab';
import { contextOf } from '../expression/testing/context';
import { bindAll } from './index';
import { jellyfin } from './jellyfin';
import { queryOf, type Signal } from './signal';
import { expectParity, printed } from './sketches/sketch';

const everything: Exporter = {
  exporter: 'jellyfin_exporter_next',
  collectors: { activity: true, storage: true, tasks: true, transcoding: true },
};

const of = (...exporters: readonly (string | Exporter)[]): Readonly<Record<string, string>> =>
  printed(jellyfin, { exporters });

describe('signals of Jellyfin', () => {
  it('mean the same with each exporter', () =>
    expectParity(jellyfin, [
      'Jellyfin itself',
      'by an exporter',
      'rebelcore',
      'rebelcore, next',
      'dlepaux',
      'tentacle',
      'stefanabl',
      'scraparr',
      'where it is probed',
      'where it is not',
    ]));

  it('find out from each whether it is up, in words of its own', () => {
    expect(of('jellyfin_exporter')['up']).toBe('max by (service) (jellyfin_up{job="jellyfin"})');
    expect(of('jellyfin_exporter_dlepaux')['up']).toBe('max by (service) (jellyfin_up{job="jellyfin"})');
    expect(of('tentacle_jellyfin')['up']).toBe('max by (service) (jellyfin_up{job="jellyfin"})');
    expect(of('scraparr_jellyfin')['up']).toBe(
      'max by (service) (scraparr_services_up{job="jellyfin", scraparr_services="jellyfin"})',
    );
    expect(of('jellyfin')['up']).toBe('max by (service) (up{job="jellyfin"})');
  });

  it('do not take the next exporter’s `jellyfin_up`, which is away while Jellyfin is down', () => {
    expect(of('jellyfin_exporter_next')['up']).toBe(
      'max by (service) (jellyfin_scrape_collector_success{job="jellyfin", collector="system"})',
    );
  });

  it('count streams that are open, but neither idle sessions nor while blind', () => {
    expect(of('jellyfin_exporter')['streams']).toBe(
      'count by (service) (jellyfin_now_playing_state{job="jellyfin", title!=""}) or count by (service) (jellyfin_scrape_collector_success{job="jellyfin", collector="playing"} == 1) * 0',
    );
    expect(of('tentacle_jellyfin')['streams']).toBe(
      'sum by (service) (jellyfin_sessions_streaming_total{job="jellyfin"}) or count by (service) (jellyfin_sessions_active_total{job="jellyfin"}) * 0',
    );
  });

  it('take nothing from an exporter that keeps its numbers while Jellyfin is down', () => {
    expect(of('jellyfin_exporter_dlepaux')['streams']).toBe(
      'sum by (service) (jellyfin_play_method_sessions{job="jellyfin"}) and max by (service) (jellyfin_up{job="jellyfin"}) == 1',
    );
  });

  it('call kinds and methods alike, whatever the exporter calls them', () => {
    expect(of('tentacle_jellyfin')['items']).toContain('"type", "Song", "type", "Audio"');
    expect(of('jellyfin_prometheus_exporter')['items']).toContain('"type", "$1", "type", "(.+)Count"');
    expect(of('jellyfin_exporter')['streamsByMethod']).toContain('"method", "direct play", "method", "directplay"');
    expect(of('jellyfin_exporter_dlepaux')['streamsByMethod']).toContain(
      '"method", "direct play", "method", "DirectPlay"',
    );
  });

  it('say why one cannot be had', () => {
    expect(of('jellyfin')['streams']).toMatch(/^missing: needs one of jellyfin_exporter, /);
    expect(of('jellyfin_exporter_next')['transcodeReasons']).toMatch(/^missing: needs one of /);
    expect(of('jellyfin_exporter_next')['slowestTranscode']).toMatch(/^missing: /);
    expect(of(everything)['slowestTranscode']).toMatch(/^min by \(service\)/);
    expect(of('jellyfin_exporter')['cpu']).toBe(
      "missing: nothing in the homelab file gives jellyfin (`exporter: 'jellyfin'`)",
    );
  });
});

describe('who watches what', () => {
  const signals = (privacy: Homelab['privacy']): Readonly<Record<string, Signal>> =>
    bindAll({ ...contextOf({ exporters: [everything] }), ...(privacy && { privacy }) }).jellyfin;
  const named = ['nowPlaying', 'progress', 'streamsByUser', 'playsEverByUser', 'transcodesByUser'];

  it.each(named)('%s is shown with privacy `full`', (key) => {
    const { missing } = signals('full')[key] as Signal;
    expect(missing).toBeUndefined();
  });

  it.each(named)('%s is left out otherwise, and says why', (key) => {
    for (const privacy of [undefined, 'aggregate'] as const)
      expect((signals(privacy)[key] as Signal).missing).toContain("`privacy: 'full'`");
  });

  it('is not in any label of what is shown otherwise', () => {
    const shown = Object.values(signals(undefined)).filter(({ missing }) => missing === undefined);
    const labels = new Set(shown.flatMap((signal) => [...signal.labels]));
    expect([...labels].sort()).toEqual([
      'app', 'audio_codec', 'collector', 'hardware_acceleration', 'host', 'library', 'location', 'method', 'reason', 'service', 'task', 'type', 'version', 'video_codec',
    ]); // prettier-ignore
    expect(shown.length).toBeGreaterThan(30);
  });

  it('may be counted', () => {
    const { viewers } = signals(undefined);
    expect(queryOf(viewers as Signal)).toMatch(/^count by \(service\) \(group by \(service, username\)/);
  });
});
