import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { describe, expect, it } from 'vitest';
import {
  asColour,
  asGauge,
  asNumber,
  linkRows,
  mirrored,
  stat,
  stateTimeline,
  table,
  text,
  timeseries,
} from '../../panels';
import { correctDashboard } from '../grafana-json/correct';
import { objectsAt, type Json } from '../grafana-json/json';
import { defineHomelab } from '../homelab/define';
import { resolveHomelab } from '../homelab/resolve';
import { factsOf } from '../panel-facts';
import { bindAll } from '../signals';
import { outlinePanel } from './panel';

const homelab = resolveHomelab(defineHomelab({ hosts: [{ name: 'nas' }] }));
const { host } = bindAll({
  sources: homelab.sources,
  display: homelab.display,
  place: 'panel',
  variables: { host: 'single' },
});
const boards = new Map([['hl-host-use', 'host-use']]);

const outline = (builder: Builder<Panel>): readonly string[] => {
  const json = correctDashboard({ panels: [{ ...builder.build(), id: 1 }] });
  const resolved = JSON.parse(JSON.stringify(json).replaceAll('board:host-use?', '/d/hl-host-use?')) as Json;
  const [panel] = objectsAt(resolved, 'panels').map(([it]) => it);
  return outlinePanel(panel as Json, factsOf(builder), boards).lines;
};

describe('outlinePanel', () => {
  it('says what a panel shows, where its limits are, and what it asks', () => {
    expect(outline(stat(host.loadPerCore))).toEqual([
      '### Load per core',
      expect.stringContaining('per processor core'),
      '- stat of `host.loadPerCore` in plain number',
      '- limits `loadPerCore`: warning from 1, critical from 2',
      '```promql',
      '# A: Load per core',
      'max by (host) (node_load1{job="node", host="$host"})',
      '/ (count by (host) (node_cpu_seconds_total{job="node", mode="idle", host="$host"}) > 0)',
      '```',
    ]);
  });

  it('says nothing of what its helper always does, and a line for each thing that a board chained', () => {
    const differs = (builder: Builder<Panel>): readonly string[] =>
      outline(builder).filter((line) => line.startsWith('- differs'));
    expect(differs(timeseries(host.cpuBusy))).toEqual([]);
    expect(differs(mirrored(host.diskRead, host.diskWritten))).toEqual([]);
    expect(differs(stateTimeline(host.clockSynced))).toEqual([]);
    expect(differs(timeseries(host.cpuBusy).decimals(2).lineWidth(3).maxDataPoints(40))).toEqual([
      '- differs: decimals 2',
      '- differs: line width 3 (house: 1)',
      '- differs: max data points 40',
    ]);
  });

  it('tells limits and units that a board changed from those of the signal', () => {
    const lines = outline(stat(host.uptime).unit('s').min(0));
    expect(lines).toContain('- stat of `host.uptime` in seconds, from 0s');
    expect(outline(stat(host.uptime))).toContain('- limits `uptime`: critical below 1m, warning below 10m');
  });

  it('gives states by their names', () => {
    expect(outline(stateTimeline(host.clockSynced)).find((line) => line.startsWith('- values'))).toMatch(
      /^- values: 0 is .+ \(\w+\), 1 is .+ \(ok\)$/,
    );
  });

  it('describes a table by its rows and columns, and links by the name of the board', () => {
    const panel = table(
      ['mountpoint'],
      asGauge(host.filesystemUsed),
      asNumber(host.filesystemFree, 'Free'),
      asColour(host.timeToFull),
    );
    const lines = outline(linkRows(panel, 'mountpoint', 'host-use'));
    expect(lines.filter((line) => line.startsWith('- '))).toEqual([
      '- table of `host.filesystemUsed`, `host.filesystemFree`, `host.timeToFull`',
      '- a row for each Mountpoint; Filesystem used highest first',
      '- column Filesystem used: percent, 0% to 100%; limits `filesystemUsed`: warning from 80%, critical from 90%; a bar in the cell',
      '- column Free: bytes (1 KiB = 1024)',
      '- column Time to full: duration; limits `timeToFull`: critical below 1d, warning below 7d; the cell coloured; no value Not filling',
      '- Mountpoint: link Open it: board host-use, with its mountpoint',
    ]);
    expect(lines.filter((line) => line.startsWith('# '))).toEqual([
      '# A: Filesystem used',
      '# B: Free',
      '# C: Time to full',
    ]);
  });

  it('quotes the words of a text panel', () => {
    expect(outline(text('Read me', 'One line\n\nand another'))).toEqual([
      '### Read me',
      'A note.',
      '- text',
      '> One line',
      '>',
      '> and another',
    ]);
  });

  it('holds no place and no id', () => {
    const all = [stat(host.cpuBusy), timeseries(host.cpuBusy).span(24).height(3)].flatMap(outline).join('\n');
    expect(all).not.toMatch(/gridPos|\b(id|uid|span)\b/);
  });
});
