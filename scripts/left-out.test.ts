import { describe, expect, it } from 'vitest';
import type { Omission } from '../lib/render/artifact';
import { leftOutInWords } from './left-out';

const panel = (where: string, why = 'needs a'): Omission => ({ what: 'panel', where, why });
const alert = (where: string, why = 'needs a'): Omission => ({ what: 'alert', where, why });

describe('what was left out', () => {
  it('names a single panel with its place', () => {
    expect(leftOutInWords([panel('Hosts / USE › Heat › Fan speed')])).toEqual([
      '  panel Hosts / USE › Heat › Fan speed: needs a',
    ]);
  });

  it('counts panels of one board that are missing for one reason, and no others', () => {
    const omissions = [
      panel('Internet › Now › Download'),
      panel('Internet › Now › Ping', 'needs b'),
      panel('Internet › Later › Download'),
      panel('Home › Now › Download'),
    ];
    expect(leftOutInWords(omissions)).toEqual([
      '  2 panels of Internet: needs a',
      '  panel Internet › Now › Ping: needs b',
      '  panel Home › Now › Download: needs a',
    ]);
  });

  it('names sections together, and those of another board apart', () => {
    const section = (where: string): Omission => ({ what: 'section', where, why: 'none of its panels can have data' });
    expect(leftOutInWords([section('A › One'), section('A › Two'), section('B › One')])).toEqual([
      '  sections A › One, Two: none of their panels can have data',
      '  section B › One: none of its panels can have data',
    ]);
  });

  it('names alerts with one reason together, as long as there is room', () => {
    const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];
    expect(leftOutInWords(names.map((name) => alert(name)))).toEqual(['  alerts A, B, C, D, E, F, G: needs a']);
    expect(leftOutInWords([...names, 'H'].map((name) => alert(name)))).toEqual([
      '  alerts A, B, C, D, E, F and 2 more: needs a',
    ]);
  });

  it('names the boards of apps that are not there in one line, and says of a single one what it needs', () => {
    const board = (where: string, why: string): Omission => ({ what: 'dashboard', where, why });
    const tdarr = board('Media / Tdarr', 'nothing in the homelab file gives tdarr_exporter');
    const lan = board('Network / LAN', 'nothing in the homelab file gives blackbox_lan (`probes.lan`)');
    expect(leftOutInWords([tdarr, lan])).toEqual([
      '  dashboard Media / Tdarr: nothing in the homelab file gives tdarr_exporter',
      '  dashboard Network / LAN: nothing in the homelab file gives blackbox_lan (`probes.lan`)',
    ]);
    const arr = board(
      'Media / *arr',
      'none of its panels can have data: needs one of exportarr_sonarr, exportarr_radarr',
    );
    expect(leftOutInWords([tdarr, board('Media / Plex', 'needs one of a, b'), lan, arr])).toEqual([
      '  dashboards Media / Tdarr, Media / Plex, Media / *arr: your homelab file lists none of their exporters; docs/apps has them',
      '  dashboard Network / LAN: nothing in the homelab file gives blackbox_lan (`probes.lan`)',
    ]);
  });

  it('makes what is missing stand out', () => {
    expect(leftOutInWords([alert('A'), panel('X › Y › Z')], (text) => `*${text}*`)).toEqual([
      '  alert *A*: needs a',
      '  panel *X › Y › Z*: needs a',
    ]);
  });
});
