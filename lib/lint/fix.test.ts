import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { read } from './documents/read';
import type { Finding, Fix } from './finding';
import { fixed } from './fix';
import { recordedKnowledge } from './knowledge/recorded';
import { lint } from './lint';
import { rules } from './rules/index';
import { cleanBoard, cleanPanel, laidOver } from './testing/clean';

const knowledge = recordedKnowledge();
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const findingsIn = (text: string, id?: string, file = 'a.json') =>
  lint(
    read(file, text).documents,
    rules.filter((rule) => id === undefined || rule.id === id),
    { knowledge, today: '2026-11-21' },
  ).findings;
const mended = (text: string, id?: string): string => fixed(findingsIn(text, id), () => bytes(text))[0]?.text ?? text;

const panel = (query: string, differs: object = {}): object =>
  laidOver(cleanPanel, { targets: [{ ...cleanPanel.targets[0], expr: query }], ...differs });
const board = (...panels: readonly object[]): object => cleanBoard(panels);
const stat = (query: string): object => panel(query, { type: 'stat', title: 'Down' });

/** Seeds that a rule mends, and how it looks then. */
const seeds: readonly (readonly [rule: string, panel: object, before: string, after: string])[] = [
  ['redundant-anchors', panel('up{job=~"^node.*$"}'), '^node.*$', 'node.*'],
  ['redundant-anchors', panel('up{job!~"^node.*"}'), '^node.*', 'node.*'],
  ['redundant-anchors', panel("up{job=~'node.*$'}"), 'node.*$', 'node.*'],
  ['regexp-equality', panel('up{job=~"node"}'), 'job=~', 'job='],
  ['regexp-equality', panel('up{job!~"node"}'), 'job!~', 'job!='],
];

describe('a fix', () => {
  it.each(seeds)('of %s takes its finding away and changes nothing else', (id, seed, before, after) => {
    const text = JSON.stringify(board(seed), null, 2);
    const [finding] = findingsIn(text, id);
    expect(finding?.fix?.says).toContain('writes ');
    expect(mended(text, id)).toBe(text.replace(before, after));
    expect(findingsIn(mended(text, id), id)).toEqual([]);
  });

  it('of no-data-text adds the text, and nothing else', () => {
    const text = `${JSON.stringify(board(stat('count(up == 0)')), null, 2)}\n`;
    const after = mended(text, 'no-data-text');
    expect(findingsIn(after, 'no-data-text')).toEqual([]);
    const lines = text.split('\n');
    const added = after.split('\n').filter((line) => !lines.includes(line));
    expect(added.map((line) => line.trim())).toEqual(['"mappings": [],', '"noValue": "0"']);
    expect(JSON.parse(after)).toEqual(
      board(laidOver(stat('count(up == 0)'), { fieldConfig: { defaults: { noValue: '0' } } })),
    );
  });

  it('makes what is missing around it: a panel without fieldConfig', () => {
    const text = JSON.stringify(board({ ...stat('count(up == 0)'), fieldConfig: undefined }));
    const after = mended(text, 'no-data-text');
    expect(after).toMatch(/"fieldConfig": ?{"defaults":{"noValue":"0"}}/);
    expect(after).not.toContain('\n');
  });

  it('is not made where a person has to choose: escapes, brackets, variables', () => {
    for (const query of ['up{instance=~"host\\\\.lan"}', 'up{job=~"(node)"}', 'up{job=~"$job"}'])
      expect(mended(JSON.stringify(board(panel(query))), 'regexp-equality')).toContain('=~');
  });
});

describe('several fixes', () => {
  const text = JSON.stringify(
    board(panel('up{job=~"^node.*$", instance=~"nas"} / up{job=~"^a.*"}'), stat('count(up{job=~"node"} == 0)')),
    null,
    '\t',
  ).replaceAll('\n', '\r\n');

  it('in one file and one query are all made; a second run changes nothing', () => {
    const once = mended(text);
    expect(once).toContain('up{job=~\\"node.*\\", instance=\\"nas\\"} / up{job=~\\"a.*\\"}');
    expect(once).toContain('count(up{job=\\"node\\"} == 0)');
    expect(fixed(findingsIn(once), () => bytes(once))).toEqual([]);
  });

  it('keep line ends, tabs, and what stands at the end', () => {
    for (const end of ['', '\r\n', '\r\n\r\n']) {
      const once = mended(text + end);
      expect(once.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      expect(once).not.toMatch(/^ /m);
      expect(once.endsWith(`}${end}`)).toBe(true);
    }
  });

  it('keep a byte order mark', () => {
    const once = mended(`\uFEFF${text}`);
    expect(once).toBe(`\uFEFF${mended(text)}`);
  });

  it('are told in the order of the file', () => {
    const [one] = fixed(findingsIn(text), () => bytes(text));
    expect(one?.fixes.map((says) => says.replace(/^.* › /, ''))).toEqual([
      'A: writes job=~"node.*" for job=~"^node.*$"',
      'A: writes instance="nas" for instance=~"nas"',
      'A: writes job=~"a.*" for job=~"^a.*"',
      'Down: sets noValue to 0',
      'A: writes job="node" for job=~"node"',
    ]);
  });
});

describe('no fix', () => {
  const text = JSON.stringify(board(panel('up{job=~"node"}')), null, 2);

  it('is made in a YAML file, nor in a file that is not UTF-8', () => {
    expect(fixed(findingsIn(text, undefined, 'a.yaml'), () => bytes(text))).toEqual([]);
    expect(fixed(findingsIn(text), () => new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le')))).toEqual([]);
  });

  it('is made in a dashboard that stands as a text in another file', () => {
    const outer = JSON.stringify({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      data: { 'a.json': JSON.stringify(board(stat('count(up{job=~"node"} == 0)'))) },
    });
    const findings = findingsIn(outer);
    expect(findings.some(({ fix }) => fix)).toBe(true);
    expect(fixed(findings, () => bytes(outer))).toEqual([]);
  });
});

describe('fixes at any place', () => {
  const fix = (at: Fix['at'], value?: Fix['value']): Finding => ({
    rule: 'a',
    severity: 'info',
    message: '',
    culprit: '',
    where: '',
    nearest: [],
    place: { file: 'a.json', line: 1, column: 1 },
    fix: { at, says: 'x', ...(value !== undefined && { value }) },
  });

  it('take items out of a list without moving the others', () => {
    const text = '{\n  "a": [\n    1,\n    2,\n    3,\n    4\n  ]\n}\n';
    const [one] = fixed([fix(['a', 0]), fix(['a', 2])], () => bytes(text));
    expect(one?.text).toBe('{\n  "a": [\n    2,\n    4\n  ]\n}\n');
  });

  it('leave the rest of any file as it was, to the byte', () => {
    const documents = fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue(), { minKeys: 1 });
    fc.assert(
      fc.property(documents, fc.constantFrom(undefined, 2, 4, '\t'), (json, indent) => {
        const text = JSON.stringify({ ...json, last: 'before' }, null, indent);
        const [one] = fixed([fix(['last'], 'after')], () => bytes(text));
        expect(one?.text).toBe(
          `${text.slice(0, text.lastIndexOf('"before"'))}"after"${text.slice(text.lastIndexOf('"before"') + 8)}`,
        );
      }),
    );
  });
});
