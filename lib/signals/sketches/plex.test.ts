import { describe, expect, it } from 'vitest';
import arnargCatalog from '../../catalog/recorded/plex_exporter.json';
import axsuulCatalog from '../../catalog/recorded/plex_media_server_exporter.json';
import timothystewart6Catalog from '../../catalog/recorded/plex_exporter_timothystewart6.json';
import { answering, count, from, group, max, rate, sum, tag, where, zeroWhile } from '../../expression/operators';
import { defineSource } from '../../expression/source';
import { defineSignals } from '../signal';
import { expectParity, printed } from './sketch';

const axsuul = defineSource(axsuulCatalog, ['service', 'host']);
const timothystewart6 = defineSource(timothystewart6Catalog, ['service', 'host']);
const arnarg = defineSource(arnargCatalog, ['service', 'host']);

/** Only what plays grows. */
const playing = where(rate(timothystewart6.metric('play_seconds_total')), '>', 0);

const plex = defineSignals('plex', {
  up: {
    title: 'Plex',
    description: 'Whether the exporter gets an answer from Plex.',
    unit: 'state',
    values: { 0: { text: 'Down', state: 'critical' }, 1: { text: 'Up', state: 'ok' } },
    expression: from({
      axsuul: max(axsuul.metric('plex_up'), 'service'),
      timothystewart6: zeroWhile(
        group(timothystewart6.metric('server_info'), 'service'),
        answering(timothystewart6.scraped('up')),
        'service',
      ),
      arnarg: zeroWhile(
        group(arnarg.mistyped('plex_server_info', 'info', 'it is always 1'), 'service'),
        answering(arnarg.scraped('up')),
        'service',
      ),
    }),
  },
  streams: {
    title: 'Streams playing',
    description: 'How many streams play now.',
    unit: 'count',
    expression: from({
      axsuul: zeroWhile(
        sum(axsuul.metric('plex_sessions_count', { state: 'playing' }), 'service'),
        axsuul.metric('plex_up'),
        'service',
      ),
      timothystewart6: zeroWhile(count(playing, 'service'), answering(timothystewart6.scraped('up')), 'service'),
      arnarg: sum(arnarg.metric('plex_sessions_active_count'), 'service'),
    }),
  },
  library: {
    title: 'Library items',
    description: 'How much is in each library.',
    unit: 'count',
    expression: from({
      axsuul: max(tag(axsuul.metric('plex_media_count'), 'library', '{title}'), 'service', 'library'),
      timothystewart6: sum(timothystewart6.metric('plex_library_items'), 'service', 'library'),
      arnarg: max(tag(arnarg.metric('plex_library_section_size_count'), 'library', '{name}'), 'service', 'library'),
    }),
  },
  transcodes: {
    title: 'Transcodes',
    description: 'How many streams are transcoded now.',
    unit: 'count',
    expression: from({
      axsuul: zeroWhile(
        sum(axsuul.metric('plex_video_transcode_sessions_count', { state: 'playing' }), 'service'),
        axsuul.metric('plex_up'),
        'service',
      ),
    }),
  },
});

describe('Plex, from three exporters', () => {
  it('means the same with each', () => expectParity(plex, ['axsuul', 'timothystewart6', 'arnarg']));

  it('axsuul', () => {
    expect(printed(plex, { exporters: ['plex_media_server_exporter'] })).toEqual({
      up: 'max by (service) (plex_up{job="plex"})',
      streams:
        'sum by (service) (plex_sessions_count{job="plex", state="playing"}) or count by (service) (plex_up{job="plex"}) * 0',
      library:
        'max by (service, library) (label_replace(plex_media_count{job="plex"}, "library", "$1", "title", "(.*)"))',
      transcodes:
        'sum by (service) (plex_video_transcode_sessions_count{job="plex", state="playing"}) or count by (service) (plex_up{job="plex"}) * 0',
    });
  });

  it('timothystewart6, in a panel', () => {
    expect(printed(plex, { exporters: ['plex_exporter_timothystewart6'] })).toEqual({
      up: 'group by (service) (server_info{job="plex"}) or count by (service) (up{job="plex"} == 1) * 0',
      streams:
        'count by (service) (rate(play_seconds_total{job="plex"}[$__rate_interval]) > 0) or count by (service) (up{job="plex"} == 1) * 0',
      library: 'sum by (service, library) (plex_library_items{job="plex"})',
      transcodes: 'missing: nothing in the homelab file gives plex_media_server_exporter',
    });
  });

  it('timothystewart6, in an alert: the window follows the scrape interval', () => {
    expect(printed(plex, { exporters: ['plex_exporter_timothystewart6'] }, 'alert')['streams']).toContain('[5m]');
    const slow = { plex_exporter_timothystewart6: { interval: '5m' } };
    const exporters = ['plex_exporter_timothystewart6'];
    expect(printed(plex, { exporters, sources: slow }, 'alert')['streams']).toContain('[20m]');
  });

  it('arnarg', () => {
    expect(printed(plex, { exporters: ['plex_exporter'] })).toEqual({
      up: 'group by (service) (plex_server_info{job="plex"}) or count by (service) (up{job="plex"} == 1) * 0',
      streams: 'sum by (service) (plex_sessions_active_count{job="plex"})',
      library:
        'max by (service, library) (label_replace(plex_library_section_size_count{job="plex"}, "library", "$1", "name", "(.*)"))',
      transcodes: 'missing: nothing in the homelab file gives plex_media_server_exporter',
    });
  });
});
