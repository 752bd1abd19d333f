import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareFacts } from './compare';
import type { AlertFacts, BoardFacts, Facts, PanelFacts } from './facts';
import { changesInWords } from './print';
import { alert, board, facts, panel, told } from './testing/facts';

const words = (was: Facts, is: Facts): readonly string[] =>
  changesInWords(compareFacts(was, is)).map((line) => line.trim());
const ofAlert = (differs: Partial<AlertFacts>, before: Partial<AlertFacts> = {}): readonly string[] =>
  words(facts({ alerts: [alert(before)] }), facts({ alerts: [alert(differs)] }));
const ofBoard = (differs: Partial<BoardFacts>, before: Partial<BoardFacts> = {}): readonly string[] =>
  words(facts({ boards: [board(before)] }), facts({ boards: [board(differs)] }));
const ofPanel = (differs: Partial<PanelFacts>, before: Partial<PanelFacts> = {}): readonly string[] =>
  ofBoard({ panels: [panel(differs)] }, { panels: [panel(before)] });

describe('alerts', () => {
  it.each<[string, Partial<AlertFacts>, string]>([
    ['threshold', { limit: { operator: '>=', values: [0.98] } }, 'threshold 95% to 98%'],
    ['operator', { limit: { operator: '>', values: [0.95] } }, 'threshold >= 95% to > 95%'],
    ['for', { for: '5m' }, 'for 3m to 5m'],
    ['keep firing', { keepFiringFor: '5m' }, 'stays for none to 5m'],
    ['severity', { severity: 'critical' }, 'warning to critical'],
    ['category', { category: 'power' }, 'category availability to power'],
    ['no data', { noData: 'NoData' }, 'no data OK to NoData'],
    ['receiver', { told: 'hl-discord' }, 'told hl-mail to hl-discord'],
    ['query', { query: 'up == 1' }, 'query changed'],
  ])('tell another %s', (_, differs, line) => {
    expect(ofAlert(differs)).toEqual([`alert   HostDown: ${line}`]);
  });

  it('tell several things in one line, the new words of the message not among them', () => {
    expect(ofAlert({ for: '5m', severity: 'critical', texts: '{}' })).toEqual([
      'alert   HostDown: for 3m to 5m, warning to critical',
    ]);
  });

  it('tell new words where nothing else differs', () => {
    expect(ofAlert({ texts: '{}' })).toEqual(['alerts  other words only: HostDown']);
  });

  it('tell another pack, and nothing where the pack was not known before', () => {
    expect(ofAlert({ pack: 'standard' }, { pack: 'essential' })).toEqual([
      'alert   HostDown: pack essential to standard',
    ]);
    expect(ofAlert({ pack: 'standard' })).toEqual([]);
  });

  it('keep numbers without a unit where another query may have another one', () => {
    const was = { query: 'celsius', limit: { operator: '>', values: [80] } };
    const { unit: _, ...before } = alert(was);
    const is = alert({ unit: 'fahrenheit', query: 'celsius * 1.8 + 32', limit: { operator: '>', values: [176] } });
    expect(words(facts({ alerts: [before] }), facts({ alerts: [is] }))).toEqual([
      'alert   HostDown: threshold 80 to 176, query changed',
    ]);
  });

  it('come and go', () => {
    const is = facts({ alerts: [alert({ name: 'HostHot', severity: 'critical' })] });
    expect(words(facts(), is)).toEqual(['alert   HostDown: gone', 'alert   HostHot: new (critical)']);
  });

  it('move to another engine, which knows less of them, in one line', () => {
    const { noData: _, told: __, ...inRuleFile } = alert();
    expect(words(facts(), facts({ engine: 'rule files', alerts: [inRuleFile] }))).toEqual([
      'alerts  move from Grafana to rule files',
    ]);
  });
});

describe('boards', () => {
  it.each<[string, Partial<BoardFacts>, string]>([
    ['title', { title: 'Hosts' }, 'Hosts (hl-host-use): was Hosts / USE'],
    ['folder', { folder: 'hl-folder-all' }, 'Hosts / USE (hl-host-use): folder hl-folder-hosts to hl-folder-all'],
    ['part', { parts: { links: '[1]', places: '[1]' } }, 'Hosts / USE (hl-host-use): links changed'],
    ['order', { parts: { links: '[]', places: '[2]' } }, 'Hosts / USE (hl-host-use): places changed'],
  ])('tell another %s', (_, differs, line) => {
    expect(ofBoard(differs)).toEqual([`board   ${line}`]);
  });

  it('come and go by uid', () => {
    expect(ofBoard({ uid: 'hl-home', title: 'Home / Overview' })).toEqual([
      'board   Home / Overview (hl-home): new',
      'board   Hosts / USE (hl-host-use): gone',
    ]);
  });

  it('name panels that come and go, and not that the others move', () => {
    const other = panel({ id: 2, title: 'Swap traffic' });
    const more = panel({ id: 3, title: 'Disk wait' });
    expect(
      ofBoard(
        { panels: [panel(), more], parts: { links: '[]', places: '[1,3]' } },
        { panels: [panel(), other], parts: { links: '[]', places: '[1,2]' } },
      ),
    ).toEqual(['board   Hosts / USE (hl-host-use): panels new: Disk wait; gone: Swap traffic']);
  });

  it.each<[string, Partial<PanelFacts>, string]>([
    ['title', { title: 'Processor' }, 'Processor (was CPU busy)'],
    ['query', { queries: { A: 'other' } }, 'CPU busy (query)'],
    ['unit', { unit: 's' }, 'CPU busy (unit percent to seconds)'],
    ['text', { parts: { text: 'Busy.', details: '{}' } }, 'CPU busy (text)'],
    ['look, with which its id goes', { id: 9, look: 'stat' }, 'CPU busy (look time series to stat)'],
  ])('tell another %s of a panel', (_, differs, line) => {
    expect(ofPanel(differs)).toEqual([`board   Hosts / USE (hl-host-use): panels changed: ${line}`]);
  });

  it('tell only the threshold that moved, and the whole where colours came', () => {
    const limits = (...steps: readonly (readonly [number | null, string])[]): PanelFacts['limits'] => ({
      '': { unit: 'percentunit', steps: steps.map(([at, colour]) => ({ at, colour })) },
    });
    expect(ofPanel({ limits: limits([null, 'green'], [0.8, 'yellow'], [0.9, 'red']) })).toEqual([
      'board   Hosts / USE (hl-host-use): panels changed: CPU busy (threshold 95% to 90%)',
    ]);
    expect(ofPanel({ limits: limits([null, 'green'], [0.9, 'red']) })).toEqual([
      'board   Hosts / USE (hl-host-use): panels changed: CPU busy (threshold warning from 80%, critical from 95% to critical from 90%)',
    ]);
  });

  it('name the look of panels with one title, and those that change alike together', () => {
    const both = (query: string): readonly PanelFacts[] => [
      panel({ queries: { A: query } }),
      panel({ id: 2, look: 'stat', queries: { A: query } }),
      panel({ id: 3, title: 'Load', queries: { A: query } }),
    ];
    expect(ofBoard({ panels: both('b') }, { panels: both('a') })).toEqual([
      'board   Hosts / USE (hl-host-use): panels changed: CPU busy as stat, CPU busy as time series, Load (query)',
    ]);
  });
});

describe('who is told', () => {
  it('is told by kind and setting, never by what the setting holds', () => {
    const secret = 'https://example.org/hook/secret';
    const was = facts({ told: [told(), told({ name: 'hl-hook', ways: { webhook: { url: secret } } })] });
    const is = facts({
      told: [
        told({ ways: { email: { addresses: 'you@example.org' } } }),
        told({ name: 'hl-phone', ways: { pushover: { userKey: secret } } }),
      ],
    });
    expect(words(was, is)).toEqual([
      'told    hl-hook: gone',
      'told    hl-mail: email addresses changed',
      'told    hl-phone: new, by pushover',
    ]);
    expect(JSON.stringify(compareFacts(was, is))).not.toMatch(/secret|example\.org/);
  });

  it('is told with what it hears of', () => {
    const hears = (...routes: readonly string[]): Facts => facts({ told: [told({ hears: routes })] });
    expect(
      words(hears('severity = critical', 'everything else'), hears('severity = warning', 'everything else')),
    ).toEqual(['told    hl-mail: hears severity = warning, no longer hears severity = critical']);
  });
});

describe('a long list', () => {
  const many = (count: number, holds = (_index: number) => '1m'): Facts =>
    facts({
      alerts: Array.from({ length: count }, (_, index) => alert({ name: `Alert${100 + index}`, for: holds(index) })),
    });
  const each = (count: number): readonly string[] =>
    words(
      many(count),
      many(count, (index) => `${index + 2}m`),
    );

  it('is cut, and what was cut is counted', () => {
    const lines = each(40);
    expect(lines).toHaveLength(13);
    expect(lines.at(-1)).toBe('and 28 more');
  });

  it('is not cut for the sake of one', () => {
    expect(each(13).at(-1)).toBe('alert   Alert112: for 1m to 14m');
  });

  it('of alerts that change alike is one line, and a few of them are not', () => {
    const none = facts({ alerts: [] });
    expect(words(none, many(3))).toHaveLength(3);
    expect(words(none, many(4))).toEqual(['alerts  Alert100, Alert101, Alert102, Alert103: new (warning)']);
    const names = Array.from({ length: 12 }, (_, index) => `Alert${100 + index}`);
    expect(
      words(
        many(20),
        many(20, () => '2m'),
      ),
    ).toEqual([`alerts  ${names.join(', ')} and 8 more: for 1m to 2m`]);
  });
});

describe('any facts', () => {
  const name = fc.constantFrom('A', 'B', 'C', 'D');
  const text = fc.constantFrom('x', 'y');
  const anyAlert = fc
    .tuple(name, fc.constantFrom(0.9, 0.95), text, text)
    .map(([it, value, query, told]) => alert({ name: it, query, told, limit: { operator: '>', values: [value] } }));
  const anyPanel = fc
    .tuple(fc.nat(5), name, text)
    .map(([id, title, query]) => panel({ id, title, queries: { A: query } }));
  const panels = fc.uniqueArray(anyPanel, { selector: ({ id }) => id });
  const anyBoard = fc
    .tuple(name, panels, text)
    .map(([uid, all, links]) => board({ uid, panels: all, parts: { links } }));
  const anyTold = fc.tuple(name, text).map(([it, url]) => told({ name: it, ways: { webhook: { url } } }));
  const anyFacts: fc.Arbitrary<Facts> = fc.record({
    boards: fc.uniqueArray(anyBoard, { selector: ({ uid }) => uid }),
    alerts: fc.uniqueArray(anyAlert, { selector: (it) => it.name }),
    told: fc.uniqueArray(anyTold, { selector: (it) => it.name }),
  });
  const turned = ({ boards, alerts, told: all }: Facts): Facts => ({
    boards: [...boards].reverse().map((it) => ({ ...it, panels: [...it.panels].reverse() })),
    alerts: [...alerts].reverse(),
    told: [...all].reverse(),
  });

  it('do not differ from themselves', () => {
    fc.assert(fc.property(anyFacts, (it) => void expect(compareFacts(it, turned(it))).toEqual([])));
  });

  it('differ in the same way in whatever order they are given', () => {
    fc.assert(
      fc.property(anyFacts, anyFacts, (was, is) => {
        expect(compareFacts(turned(was), turned(is))).toEqual(compareFacts(was, is));
      }),
    );
  });

  it('differ where one alert does', () => {
    fc.assert(
      fc.property(anyFacts, (it) => {
        const more = { ...it, alerts: [...it.alerts, alert({ name: 'E' })] };
        expect(compareFacts(it, more)).toMatchObject([{ kind: 'alert', what: 'new', name: 'E' }]);
      }),
    );
  });
});
