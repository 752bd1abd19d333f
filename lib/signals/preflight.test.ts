import { describe, expect, it } from 'vitest';
import serverCatalog from '../catalog/recorded/jellyfin.json';
import nodeCatalog from '../catalog/recorded/node_exporter.json';
import rebelcoreCatalog from '../catalog/recorded/jellyfin_exporter.json';
import { count, max, quantile, zeroWhile } from '../expression/operators';
import { defineSource } from '../expression/source';
import { contextOf } from '../expression/testing/context';
import { preflightOf } from './preflight';
import { bindSignals, defineSignals, queryOf, type Signal } from './signal';

const node = defineSource(nodeCatalog, ['host']);
const server = defineSource(serverCatalog, ['service']);
const exporter = defineSource(rebelcoreCatalog, ['service']);
const playing = exporter.metric('jellyfin_now_playing_state');

const definitions = defineSignals('mine', {
  load: { title: 'Load', description: 'Load.', unit: 'none', expression: max(node.metric('node_load1'), 'host') },
  up: { title: 'Up', description: 'Up.', unit: 'none', expression: max(node.scraped('up'), 'host') },
  time: {
    title: 'Time',
    description: 'Time.',
    unit: 'seconds',
    expression: quantile(0.95, server.metric('http_request_duration_seconds'), ['service']),
  },
  streams: {
    title: 'Streams',
    description: 'Streams.',
    unit: 'count',
    expression: zeroWhile(count(playing, 'service'), exporter.metric('jellyfin_scrape_collector_success'), 'service'),
  },
  kinds: {
    title: 'Kinds',
    description: 'Kinds.',
    unit: 'count',
    empty: 'Nothing plays',
    expression: count(playing, 'service', 'type'),
  },
});

const context = contextOf({ exporters: ['jellyfin', 'jellyfin_exporter'] });
const bound = bindSignals(definitions, context);
const missing = (...signals: readonly Signal[]): string => {
  const found = preflightOf(signals);
  return found ? queryOf(found.missing) : '';
};

describe('the preflight of signals', () => {
  it('asks for every metric once, whatever its labels', () => {
    const query = missing(bound.load, bound.load);
    expect(query.match(/absent_over_time/g)).toHaveLength(1);
    expect(query).toContain('absent_over_time(node_load1{job="node"}[$__range])');
  });

  it('asks for a histogram by a name that it has', () => {
    expect(missing(bound.time)).toContain('absent_over_time(http_request_duration_seconds_count{');
  });

  it('takes a metric for missing that nothing can do without, and for none now what is only there at times', () => {
    const query = missing(bound.streams, bound.kinds);
    expect(query).toMatch(/jellyfin_now_playing_state.*\* 2, "normal_if", "Nothing plays"/s);
    expect(query).toMatch(
      /jellyfin_scrape_collector_success", "", ""\), "exporter", "jellyfin_exporter", "", ""\), "normal_if", ""/,
    );
  });

  it('takes it for missing as soon as one signal cannot do without it', () => {
    const needy = bindSignals(
      defineSignals('needy', {
        ...definitions.definitions,
        kinds: { ...definitions.definitions.kinds, empty: undefined },
      } as never),
      context,
    ) as unknown as Readonly<Record<string, Signal>>;
    expect(missing(needy['kinds'] as Signal)).not.toContain('* 2');
    expect(missing(bound.kinds)).toContain('* 2');
  });

  it('names each exporter, with when it answered last', () => {
    const found = preflightOf([bound.load, bound.time]);
    expect(found && queryOf(found.up)).toContain('up{job="node"}');
    expect(found && queryOf(found.lastAnswer)).toContain(
      'max_over_time((timestamp(up{job="node"} == 1))[$__range:1m])',
    );
    expect(found && queryOf(found.samples).match(/"exporter", "(\w+)"/g)).toEqual([
      '"exporter", "node_exporter"',
      '"exporter", "jellyfin"',
    ]);
  });

  it('has nothing to ask about what Prometheus writes itself', () => {
    expect(preflightOf([bound.up])).toBeUndefined();
    expect(preflightOf([])).toBeUndefined();
  });

  it('leaves out signals that are not there', () => {
    const without = bindSignals(definitions, contextOf());
    expect(preflightOf([without.time])).toBeUndefined();
  });
});
