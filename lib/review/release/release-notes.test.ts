import { describe, expect, it } from 'vitest';
import { alert, board, panel } from '../changes/testing/facts';
import { inOrderOfVersion, printRelease, readRelease, type Release, type ReleasedAlert } from './release';
import { releaseNotes } from './release-notes';

const released = (differs: Partial<ReleasedAlert> = {}): ReleasedAlert => ({
  ...alert(),
  uid: 'hl-host-down',
  needs: { node: { up: ['host'] } },
  ...differs,
});
const was: Release = { boards: [{ ...board(), needs: { node: { load: ['host'] } } }], alerts: [released()] };
const notes = (is: Partial<Release>): string => releaseNotes(was, { ...was, ...is });

describe('releaseNotes', () => {
  it('counts what a first release has', () => {
    expect(releaseNotes(undefined, was)).toBe(
      'First release: 1 boards with 1 panels, 1 alerts (0 critical, 1 warning, 0 info).\n',
    );
  });

  it('says that nothing changes', () => {
    expect(notes({})).toBe('No board and no alert changes.\n');
  });

  it.each<[string, Partial<ReleasedAlert>, string]>([
    ['threshold', { limit: { operator: '>=', values: [0.98] } }, 'HostDown: threshold 95% to 98%'],
    ['for', { for: '5m' }, 'HostDown: for 3m to 5m'],
    ['severity', { severity: 'critical' }, 'HostDown: warning to critical'],
    ['uid', { uid: 'hl-down' }, 'HostDown has the uid hl-down, which was hl-host-down'],
  ])('lists another %s of an alert', (_, differs, line) => {
    expect(notes({ alerts: [released(differs)] })).toBe(`### Alerts\n\n- ${line}\n`);
  });

  it('lists another pack, and that of a new alert', () => {
    const packed = { ...was, alerts: [released({ pack: 'essential' })] };
    const is = [released({ pack: 'all' }), released({ name: 'HostHot', pack: 'standard', needs: {} })];
    expect(releaseNotes(packed, { ...packed, alerts: is })).toBe(
      '### Alerts\n\n- HostDown: pack essential to all\n- HostHot: new (warning), pack standard\n',
    );
  });

  it('lists labels and metrics that are newly needed, and sources that nothing asked before', () => {
    const needs = { node: { up: ['host', 'job'] }, cadvisor: { a: ['id'], b: ['name'], c: [] } };
    expect(notes({ alerts: [released({ needs })] })).toBe(
      [
        '### Newly needed',
        '',
        '- HostDown: `a` (id), `b` (name), `c` of cadvisor, which nothing asked before',
        '- HostDown: `up` (job) of node',
        '',
      ].join('\n'),
    );
    const added = { ...board({ uid: 'hl-docker', title: 'Docker' }), needs: { cadvisor: needs.cadvisor } };
    expect(notes({ boards: [...was.boards, added] })).toContain(
      '- Docker: 3 metrics with the labels id, name of cadvisor, which nothing asked before\n',
    );
  });

  it('lists everything, however much it is', () => {
    const many = Array.from({ length: 60 }, (_, index) => released({ name: `Alert${index}`, needs: {} }));
    expect(
      notes({ alerts: [...was.alerts, ...many] })
        .split('\n')
        .filter((line) => line.startsWith('- ')),
    ).toHaveLength(60);
  });

  it('lists panels that come and go', () => {
    const [first] = was.boards;
    const boards = first ? [{ ...first, panels: [panel({ id: 2, title: 'Disk wait' })] }] : [];
    expect(notes({ boards })).toBe(
      '### Boards\n\n- Hosts / USE (hl-host-use): panels new: Disk wait; gone: CPU busy\n',
    );
  });
});

describe('a recorded release', () => {
  it('is read as it was', () => {
    expect(readRelease(printRelease(was), 'releases/1.0.0.json')).toEqual(was);
  });

  it.each(['', '[]', '{"boards":[]}'])('that says %j is refused by the name of its file', (text) => {
    expect(() => readRelease(text, 'releases/1.0.0.json')).toThrow(/releases\/1\.0\.0\.json[^]*try: git checkout/);
  });
});

describe('inOrderOfVersion', () => {
  it('orders numbers, not letters', () => {
    expect(inOrderOfVersion(['0.10.0', '0.9.1', '1.0.0', '0.9.0'])).toEqual(['0.9.0', '0.9.1', '0.10.0', '1.0.0']);
  });
});
