import { describe, expect, it } from 'vitest';
import type { Exporter, Homelab } from '../homelab/homelab';
import { contextOf } from '../expression/testing/context';
import { bindAll } from './index';
import { plex } from './plex';
import { queryOf, type Signal } from './signal';
import { expectParity, printed } from './sketches/sketch';

const of = (...exporters: readonly (string | Exporter)[]): Readonly<Record<string, string>> =>
  printed(plex, { exporters });

describe('signals of Plex', () => {
  it('mean the same with each exporter', () =>
    expectParity(plex, [
      'cplieger',
      'axsuul',
      'jsclayton',
      'timothystewart6',
      'arnarg',
      'machine',
      'where it is probed',
      'where it is not',
    ]));

  it('find out from each whether it is up, in words of its own', () => {
    expect(of('plex_exporter_cplieger')['up']).toBe('max by (service) (plex_http_reachable{job="plex"})');
    expect(of('plex_media_server_exporter')['up']).toBe('max by (service) (plex_up{job="plex"})');
    expect(of('plex_exporter')['up']).toBe(
      'group by (service) (plex_server_info{job="plex"}) or count by (service) (up{job="plex"} == 1) * 0',
    );
  });

  it('do not take it for up by the word of an exporter that does not notice', () => {
    for (const exporter of ['plex_exporter_jsclayton', 'plex_exporter_timothystewart6'])
      expect(of(exporter)['up']).toMatch(/^missing: needs one of plex_exporter_cplieger, /);
  });

  it('count streams, but neither paused ones nor what is kept from before', () => {
    expect(of('plex_media_server_exporter')['streams']).toBe(
      'sum by (service) (plex_sessions_count{job="plex", state=~"playing|buffering"}) and max by (service) (plex_up{job="plex"}) == 1 or count by (service) (plex_up{job="plex"} == 1) * 0',
    );
    expect(of('plex_exporter_cplieger')['streams']).toBe(
      'count by (service) (plex_plays_active{job="plex"}) and max by (service) (plex_session_poll_reachable{job="plex"}) == 1 or count by (service) (plex_session_poll_reachable{job="plex"} == 1) * 0',
    );
    expect(of('plex_exporter')['streams']).toBe('sum by (service) (plex_sessions_active_count{job="plex"})');
  });

  it('count a stream once, though its labels change while it plays', () => {
    expect(of('plex_exporter_timothystewart6')['streams']).toBe(
      'count by (service) (group by (service, session) (rate(play_seconds_total{job="plex"}[$__rate_interval]) > 0)) or count by (service) (up{job="plex"} == 1) * 0',
    );
  });

  it('look back as far as the scrape interval asks for, in an alert', () => {
    const inAlert = (interval: '15s' | '5m'): string =>
      queryOf(
        bindAll(
          contextOf(
            { exporters: ['plex_exporter_timothystewart6'], sources: { plex_exporter_timothystewart6: { interval } } },
            { place: 'alert' },
          ),
        ).plex.streams,
      );
    expect(inAlert('15s')).toContain('[5m]');
    expect(inAlert('5m')).toContain('[20m]');
  });

  it('call libraries and methods alike, whatever the exporter calls them', () => {
    expect(of('plex_media_server_exporter')['items']).toContain('"library", "$1", "title", "(.*)"');
    expect(of('plex_exporter')['items']).toContain('"library", "$1", "name", "(.*)"');
    expect(of('plex_exporter_cplieger')['streamsByMethod']).toContain(
      '"method", "direct play", "stream_type", "directplay"',
    );
  });

  it('take a library that is gone for empty, but only while Plex answers', () => {
    expect(of('plex_exporter_cplieger')['libraryKept']).toMatch(/ and .*plex_http_reachable\{job="plex"\}\) == 1$/);
    expect(of('plex_exporter_cplieger')['libraryKept']).toMatch(/ or .* \* 0/);
  });

  it('say why one cannot be had', () => {
    expect(of('plex_exporter_jsclayton')['transcodes']).toMatch(/^missing: needs one of plex_exporter_cplieger, /);
    expect(of('plex_exporter_jsclayton')['items']).toMatch(/^missing: needs one of /);
    expect(of('plex_exporter_timothystewart6')['bandwidthByPlace']).toBe(
      'missing: nothing in the homelab file gives plex_exporter_cplieger',
    );
  });
});

describe('who watches what on Plex', () => {
  const signals = (exporter: string, privacy: Homelab['privacy']): Readonly<Record<string, Signal>> =>
    bindAll({ ...contextOf({ exporters: [exporter] }), ...(privacy && { privacy }) }).plex;
  const named = ['nowPlaying', 'streamsByUser', 'watchTimeByUser', 'watchTimeByTitle'];

  it.each(named)('%s is shown with privacy `full`', (key) => {
    expect(signals('plex_exporter_cplieger', 'full')[key]?.missing).toBeUndefined();
  });

  it.each(named)('%s is left out otherwise, and says why', (key) => {
    expect(signals('plex_exporter_cplieger', undefined)[key]?.missing).toContain("`privacy: 'full'`");
  });

  it.each(['plex_exporter_cplieger', 'plex_media_server_exporter', 'plex_exporter_jsclayton'])(
    'is not in any label of what %s shows otherwise',
    (exporter) => {
      const shown = Object.values(signals(exporter, undefined)).filter(({ missing }) => missing === undefined);
      const labels = new Set(shown.flatMap((signal) => [...signal.labels]));
      const harmless = 'app host library location method resolution service type version'.split(' ');
      expect([...labels].filter((label) => !harmless.includes(label))).toEqual([]);
      expect(labels).toContain('library');
    },
  );

  it('may be counted', () => {
    const { viewers } = signals('plex_media_server_exporter', undefined);
    expect(queryOf(viewers as Signal)).toContain('sum by (service, username)');
  });
});
