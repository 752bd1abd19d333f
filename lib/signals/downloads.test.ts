import { describe, expect, it } from 'vitest';
import { downloads } from './downloads';
import { expectParity, printed } from './sketches/sketch';

const of = (...exporters: readonly string[]): Readonly<Record<string, string>> => printed(downloads, { exporters });

describe('signals of download clients', () => {
  it('mean the same with each exporter', () =>
    expectParity(downloads, ['exportarr', 'exportarr v2', 'where it is probed', 'where it is not']));

  it('know the speed of each, in bytes a second', () => {
    expect(of('exportarr_v2_sabnzbd')['speed']).toBe('max by (service) (sabnzbd_speed_bps{job="sabnzbd"})');
    expect(of('qbittorrent_exporter', 'nzbget_exporter')['speed']).toBe(
      'sum by (service) (rate(nzbget_downloaded_total_bytes{job="nzbget"}[$__rate_interval])) or sum by (service) (rate(qbittorrent_dl_info_data_total{job="qbittorrent"}[$__rate_interval]))',
    );
  });

  it('take a client for down whose page has nothing of it, but alert on no guess where the page fails as a whole', () => {
    expect(of('transmission_exporter')['up']).toBe(
      'group by (service) (transmission_session_stats_torrents_total{job="transmission"}) or count by (service) (up{job="transmission"} == 1) * 0',
    );
    expect(of('nzbget_exporter')['up']).toBe('max by (service) (up{job="nzbget"})');
    expect(of('nzbget_exporter')['answers']).toMatch(/^missing: /);
  });

  it('take no folder that Transmission does not find for a full disk', () => {
    expect(of('transmission_exporter')['free']).toContain('transmission_free_space{job="transmission"} >= 0');
  });

  it('know no quota where none is set', () => {
    expect(of('exportarr_sabnzbd')['quotaLeft']).toContain('sabnzbd_quota_bytes{job="sabnzbd"} > 0');
    expect(of('exportarr_sabnzbd')['quotaUsed']).toContain('(sabnzbd_quota_bytes{job="sabnzbd"} > 0)');
  });

  it('say which exporter could tell', () => {
    expect(of('transmission_exporter')['articlesFound']).toMatch(
      /^missing: needs one of exportarr_sabnzbd, exportarr_v2_sabnzbd, nzbget_exporter/,
    );
  });
});
