import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanAlert, cleanBoard, cleanGrafanaAlert, cleanPanel, cleanVariable } from '../testing/clean';
import { lint } from '../lint';
import { noKnowledge } from '../testing/rule-cases';
import type { Subject } from '../subject';
import { read } from './read';

/** Looks at all that rules could look at. */
const walkAll = (file: string, content: string | Uint8Array): void => {
  const { documents, problems } = read(file, content);
  expect(documents.length + problems.length).toBeGreaterThan(0);
  const seen: Subject[] = [];
  const look = { severity: 'info', needs: 'nothing', says: '', why: '', accepts: [], rejects: [] } as const;
  const kinds = ['board', 'panel', 'variable', 'annotation', 'query', 'group', 'alert', 'recording'] as const;
  const rules = kinds.map((on) => ({
    ...look,
    id: `look-${on}`,
    on,
    check: (subject: Subject) => {
      seen.push(subject);
      return [{ message: '', culprit: subject.kind === 'query' ? subject.parsed.text : '' }];
    },
  })) as unknown as Parameters<typeof lint>[1];
  const { findings, failures } = lint(documents, rules, { knowledge: noKnowledge, today: '2026-11-21' });
  expect(failures).toEqual([]);
  expect(findings).toHaveLength(seen.length);
};

const valid: readonly object[] = [
  cleanBoard([cleanPanel, { type: 'row', collapsed: true, panels: [cleanPanel] }], [cleanVariable]),
  { groups: [{ name: 'g', rules: [cleanAlert] }] },
  { apiVersion: 1, groups: [{ name: 'g', folder: 'f', rules: [cleanGrafanaAlert] }] },
  {
    elements: { a: { kind: 'Panel', spec: { data: { spec: { queries: [{ spec: { query: {} } }] } } } } },
    layout: { kind: 'GridLayout', spec: { items: [{ kind: 'GridLayoutItem', spec: { element: { name: 'a' } } }] } },
    variables: [{ kind: 'QueryVariable', spec: { name: 'x', query: {} } }],
  },
];

const pathsOf = (value: unknown, at: readonly (string | number)[] = []): (readonly (string | number)[])[] =>
  typeof value !== 'object' || value === null
    ? [at]
    : [
        at,
        ...Object.entries(value).flatMap(([key, inner]) =>
          pathsOf(inner, [...at, Array.isArray(value) ? Number(key) : key]),
        ),
      ];

const changed = (value: unknown, path: readonly (string | number)[], to: unknown): unknown => {
  const [step, ...rest] = path;
  if (step === undefined) return to;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<
    string | number,
    unknown
  >;
  copy[step] = changed(copy[step], rest, to);
  return copy;
};

const junk = fc.constantFrom(null, 5, -1, '', 'x', '$', [], {}, [null], [[]], { a: null }, true, '__proto__', 1e308);

describe('hostile files', () => {
  it('that are valid but for one place never break anything', () => {
    const cases = valid.flatMap((value) => pathsOf(value).map((path) => ({ value, path })));
    fc.assert(
      fc.property(fc.constantFrom(...cases), junk, fc.boolean(), ({ value, path }, to, asYaml) => {
        walkAll(asYaml ? 'x.yaml' : 'x.json', `${asYaml ? '# yaml\n' : ''}${JSON.stringify(changed(value, path, to))}`);
      }),
      { numRuns: 400 },
    );
  });

  it('that end anywhere never break anything', () => {
    const texts = valid.map((value) => JSON.stringify(value, null, 1));
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.double({ min: 0, max: 1, noNaN: true }), (text, part) => {
        const cut = text.slice(0, Math.floor(text.length * part));
        const { documents } = read('x.json', cut);
        if (cut.length < text.length) expect(documents).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('of random bytes or text never break anything', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.constantFrom('x', 'x.json', 'x.yaml'), (bytes, file) =>
        walkAll(file, bytes),
      ),
      { numRuns: 60 },
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 400, unit: 'binary' }), (text) => walkAll('x.yaml', text)),
      {
        numRuns: 40,
      },
    );
    fc.assert(
      fc.property(fc.json(), (text) => walkAll('x.json', text)),
      { numRuns: 60 },
    );
  });

  it.each([
    ['lists', '['.repeat(100_000), 'x.json'],
    ['closed lists', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'x.json'],
    ['objects', '{"a":'.repeat(100_000), 'x.json'],
    ['YAML', '['.repeat(20_000), 'x.yaml'],
    [
      'a board',
      JSON.stringify(cleanBoard()).replace('"tags"', `"x":${'['.repeat(100_000)}${']'.repeat(100_000)},"tags"`),
      'x.json',
    ],
  ])('that are nested deep are a problem: %s', (_, text, file) => {
    const { documents, problems } = read(file, text);
    expect(documents).toEqual([]);
    expect(problems).toHaveLength(1);
  });

  it('that repeat themselves by aliases are a problem', () => {
    const bomb = Array.from(
      { length: 12 },
      (_, index) =>
        `a${index}: &a${index} [${
          index === 0
            ? 'x'
            : Array(9)
                .fill(`*a${index - 1}`)
                .join(', ')
        }]`,
    );
    expect(read('x.yaml', bomb.join('\n')).problems).toMatchObject([
      { message: 'no YAML: its aliases repeat too much' },
    ]);
  });

  it.each([
    ['a mark at the beginning', `\ufeff${JSON.stringify(cleanBoard())}`],
    ['UTF-16', Buffer.from(`\ufeff${JSON.stringify(cleanBoard())}`, 'utf16le')],
    ['carriage returns', JSON.stringify(cleanBoard(), null, 2).replaceAll('\n', '\r\n')],
  ])('are read with %s', (_, content) => {
    const { documents, problems } = read('x.json', content);
    expect(problems).toEqual([]);
    expect(documents[0]?.boards).toHaveLength(1);
  });

  it('of ten megabytes are read in a moment', () => {
    const panel = { ...cleanPanel, description: 'x'.repeat(2000) };
    const text = JSON.stringify(cleanBoard(Array.from({ length: 3500 }, (_, id) => ({ ...panel, id }))), null, 2);
    expect(text.length).toBeGreaterThan(10_000_000);
    const started = performance.now();
    const { documents } = read('x.json', text);
    const last = documents[0]?.boards[0]?.panels.at(-1);
    expect(documents[0]?.placeOf(last?.at ?? []).line).toBeGreaterThan(100_000);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
