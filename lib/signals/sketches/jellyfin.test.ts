import { describe, expect, it } from 'vitest';
import dlepauxCatalog from '../../catalog/recorded/jellyfin_exporter_dlepaux.json';
import rebelcoreCatalog from '../../catalog/recorded/jellyfin_exporter.json';
import tentacleCatalog from '../../catalog/recorded/tentacle_jellyfin.json';
import { answering, count, from, max, sum, translate, where, zeroWhile } from '../../expression/operators';
import { defineSource } from '../../expression/source';
import { defineSignals } from '../signal';
import { expectParity, printed } from './sketch';

const rebelcore = defineSource(rebelcoreCatalog, ['service', 'host']);
const dlepaux = defineSource(dlepauxCatalog, ['service', 'host']);
const tentacle = defineSource(tentacleCatalog, ['service', 'host']);

const playing = where(rebelcore.metric('jellyfin_now_playing_state'), '==', 1);
const methods = { DirectPlay: 'directplay', DirectStream: 'directstream', Transcode: 'transcode' } as const;
const falls = 'it is a number of things at this moment, whatever its type says';

/** Three exporters: one counts series, one has ready numbers, one has them by user; each with other words. */
const jellyfin = defineSignals('jellyfin', {
  up: {
    title: 'Jellyfin',
    description: 'Whether the exporter gets an answer from Jellyfin.',
    unit: 'state',
    values: { 0: { text: 'Down', state: 'critical' }, 1: { text: 'Up', state: 'ok' } },
    expression: from({
      rebelcore: max(rebelcore.mistyped('jellyfin_up', 'gauge', falls), 'service'),
      dlepaux: max(dlepaux.metric('jellyfin_up'), 'service'),
      tentacle: max(tentacle.metric('jellyfin_up'), 'service'),
    }),
  },
  streams: {
    title: 'Streams',
    description: 'What plays now, by how: transcoding costs the processor, the others do not.',
    unit: 'count',
    empty: 'Nothing plays',
    expression: from({
      rebelcore: count(playing, 'service', 'method'),
      dlepaux: sum(
        translate(dlepaux.metric('jellyfin_play_method_sessions'), 'method', 'method', methods),
        'service',
        'method',
      ),
      tentacle: sum(
        translate(tentacle.metric('jellyfin_sessions_streaming_total'), 'method', 'play_method', methods),
        'service',
        'method',
      ),
    }),
  },
  streamCount: {
    title: 'Streams playing',
    description: 'How many streams play now.',
    unit: 'count',
    expression: from({
      rebelcore: zeroWhile(count(playing, 'service'), answering(rebelcore.scraped('up')), 'service'),
      dlepaux: sum(dlepaux.metric('jellyfin_play_method_sessions'), 'service'),
      tentacle: zeroWhile(
        sum(tentacle.metric('jellyfin_sessions_streaming_total'), 'service'),
        answering(tentacle.scraped('up')),
        'service',
      ),
    }),
  },
  items: {
    title: 'Library items',
    description: 'How much there is of each kind.',
    unit: 'count',
    expression: from({
      rebelcore: max(rebelcore.mistyped('jellyfin_media_count', 'gauge', falls), 'service', 'type'),
      dlepaux: max(dlepaux.metric('jellyfin_items_by_type'), 'service', 'type'),
      tentacle: sum(
        translate(tentacle.metric('jellyfin_library_items_total'), 'type', 'type', {
          Audio: 'Song',
          MusicAlbum: 'Album',
          MusicArtist: 'Artist',
        }),
        'service',
        'type',
      ),
    }),
  },
  bandwidth: {
    title: 'Bandwidth',
    description: 'What all streams take.',
    unit: 'bitsPerSecond',
    empty: 'Nothing plays',
    expression: from({
      dlepaux: sum(dlepaux.metric('jellyfin_stream_bitrate_bps'), 'service'),
      tentacle: max(tentacle.metric('jellyfin_sessions_bandwidth_total_bps'), 'service'),
    }),
  },
});

describe('Jellyfin, from three exporters', () => {
  it('means the same with each', () => expectParity(jellyfin, ['rebelcore', 'dlepaux', 'tentacle']));

  it('rebelcore', () => {
    expect(printed(jellyfin, { exporters: ['jellyfin_exporter'] })).toEqual({
      up: 'max by (service) (jellyfin_up{job="jellyfin"})',
      streams: 'count by (service, method) (jellyfin_now_playing_state{job="jellyfin"} == 1)',
      streamCount:
        'count by (service) (jellyfin_now_playing_state{job="jellyfin"} == 1) or count by (service) (up{job="jellyfin"} == 1) * 0',
      items: 'max by (service, type) (jellyfin_media_count{job="jellyfin"})',
      bandwidth: 'missing: needs one of jellyfin_exporter_dlepaux, tentacle_jellyfin',
    });
  });

  it('dlepaux', () => {
    expect(printed(jellyfin, { exporters: ['jellyfin_exporter_dlepaux'] })).toEqual({
      up: 'max by (service) (jellyfin_up{job="jellyfin"})',
      streams:
        'sum by (service, method) (label_replace(label_replace(label_replace(jellyfin_play_method_sessions{job="jellyfin"}, "method", "directplay", "method", "DirectPlay"), "method", "directstream", "method", "DirectStream"), "method", "transcode", "method", "Transcode"))',
      streamCount: 'sum by (service) (jellyfin_play_method_sessions{job="jellyfin"})',
      items: 'max by (service, type) (jellyfin_items_by_type{job="jellyfin"})',
      bandwidth: 'sum by (service) (jellyfin_stream_bitrate_bps{job="jellyfin"})',
    });
  });

  it('tentacle', () => {
    expect(printed(jellyfin, { exporters: ['tentacle_jellyfin'] })).toEqual({
      up: 'max by (service) (jellyfin_up{job="jellyfin"})',
      streams:
        'sum by (service, method) (label_replace(label_replace(label_replace(jellyfin_sessions_streaming_total{job="jellyfin"}, "method", "directplay", "play_method", "DirectPlay"), "method", "directstream", "play_method", "DirectStream"), "method", "transcode", "play_method", "Transcode"))',
      streamCount:
        'sum by (service) (jellyfin_sessions_streaming_total{job="jellyfin"}) or count by (service) (up{job="jellyfin"} == 1) * 0',
      items:
        'sum by (service, type) (label_replace(label_replace(label_replace(jellyfin_library_items_total{job="jellyfin"}, "type", "Song", "type", "Audio"), "type", "Album", "type", "MusicAlbum"), "type", "Artist", "type", "MusicArtist"))',
      bandwidth: 'max by (service) (jellyfin_sessions_bandwidth_total_bps{job="jellyfin"})',
    });
  });

  it('is left out without any', () => {
    expect(printed(jellyfin, {})['up']).toBe(
      'missing: needs one of jellyfin_exporter, jellyfin_exporter_dlepaux, tentacle_jellyfin',
    );
  });

  it('refuses an expression with other labels', () => {
    expect(() =>
      from({ one: max(dlepaux.metric('jellyfin_up'), 'service'), other: max(tentacle.metric('jellyfin_up')) }),
    ).toThrow('from: one gives service, but other gives no labels');
  });
});
