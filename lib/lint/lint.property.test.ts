import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { alerts } from '../../alerts/index';
import { dashboards } from '../../dashboards/index';
import { readHomelab } from '../homelab/read';
import { resolveHomelab } from '../homelab/resolve';
import { render } from '../render/render';
import { read } from './documents/read';
import { recordedKnowledge } from './knowledge/recorded';
import { lint } from './lint';
import { rules } from './rules/index';
import { cleanAlert, cleanBoard, cleanGrafanaAlert, cleanPanel, cleanVariable } from './testing/clean';

const knowledge = recordedKnowledge();

/** All rules, whatever is in the file: none may break, and something is always said of what is not understood. */
const lintAll = (file: string, content: string | Uint8Array): void => {
  const { documents, problems } = read(file, content);
  expect(documents.length + problems.length).toBeGreaterThan(0);
  const { failures } = lint(documents, rules, { knowledge, today: '2026-11-21' });
  expect(failures.map(({ rule, where, error }) => `${rule} on ${where}: ${String(error)}`)).toEqual([]);
};

/** Of this process: what else the machine does is not counted. */
const cpuSeconds = (): number => process.cpuUsage().user / 1e6;

type Step = string | number;

const pathsOf = (value: unknown, at: readonly Step[] = []): (readonly Step[])[] => [
  at,
  ...(typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...at, Array.isArray(value) ? Number(key) : key]))
    : []),
];

const changed = (value: unknown, [step, ...rest]: readonly Step[], to: unknown): unknown => {
  if (step === undefined) return to;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<Step, unknown>;
  copy[step] = changed(copy[step], rest, to);
  return copy;
};

const clean: readonly object[] = [
  cleanBoard([cleanPanel, { ...cleanPanel, id: 2, gridPos: { x: 0, y: 8, w: 24, h: 8 } }], [cleanVariable]),
  { groups: [{ name: 'host', interval: '1m', rules: [cleanAlert, { record: 'a:b', expr: 'sum(node_load1)' }] }] },
  { apiVersion: 1, groups: [{ orgId: 1, name: 'host', folder: 'f', interval: '1m', rules: [cleanGrafanaAlert] }] },
];

const junk = fc.oneof(
  fc.constantFrom(null, -1, 1e308, '', '$', '${', '{{', '}}', '[[x]]', [], {}, [null], [[]], true, '__proto__'),
  fc.constantFrom(
    'rate(',
    'a{b=~"("}',
    'a / b',
    'sum by (x) (a)',
    'histogram_quantile(2, a)',
    'a[5m:1m]',
    'up == bool 1',
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

const hostile = [
  '(a+)+$',
  '(.*)*',
  '(a|a)*b',
  '(a|aa)+$',
  '([a-z]+)*[0-9]',
  '(((((a*)*)*)*)*)*',
  'a{1000}{1000}',
  `${'(a?)'.repeat(25)}${'a'.repeat(25)}`,
  'a|'.repeat(5_000),
  '['.repeat(500),
  '('.repeat(2_000),
  'x'.repeat(10_000),
  '.*'.repeat(5_000),
  '\\pL+\\1(?=x)',
];

const ours: string[] = [];
beforeAll(() => {
  const homelab = resolveHomelab(readHomelab(`${__dirname}/../../examples/homelabs/typical.ts`));
  for (const { kind, text } of render(homelab, { dashboards, alerts }).artifacts)
    if (kind === 'dashboard') ours.push(text);
});

describe('the whole linter', () => {
  it('never breaks on random bytes and texts', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom('x', 'x.json', 'x.yaml', 'x.rules'),
        (bytes, file) => lintAll(file, bytes),
      ),
      { numRuns: 150 },
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => lintAll('x.yaml', text)),
      { numRuns: 100 },
    );
  });

  it('never breaks on our boards cut off anywhere, and never takes one for whole', () => {
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (which, part) => {
        const text = (ours[which % ours.length] as string).trimEnd();
        const cut = text.slice(0, Math.floor(text.length * part));
        lintAll('x.json', cut);
        expect(read('x.json', cut).documents).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('never breaks on a value changed anywhere, in boards, rules and alerts', () => {
    const cases = clean.flatMap((value) => pathsOf(value).map((path) => ({ value, path })));
    fc.assert(
      fc.property(fc.constantFrom(...cases), junk, ({ value, path }, to) =>
        lintAll('x.json', JSON.stringify(changed(value, path, to)) ?? 'null'),
      ),
      { numRuns: 200 },
    );
  });

  it('never breaks on a random expression', () => {
    const words = fc.constantFrom(
      ...'sum rate by without on ignoring group_left ( ) { } [ ] , + - * / and or unless == > bool 5m 0.5 up node_load1 job'.split(
        ' ',
      ),
      ...'node_cpu_seconds_total mode =~ "idle" $host ${x:regex} $__rate_interval offset @ end() histogram_quantile topk'.split(
        ' ',
      ),
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 14 }), fc.boolean(), (tokens, isAlert) => {
        const expr = tokens.join(' ');
        const value = isAlert
          ? { groups: [{ name: 'g', rules: [{ ...cleanAlert, expr }] }] }
          : cleanBoard([{ ...cleanPanel, targets: [{ ...cleanPanel.targets[0], expr }] }]);
        lintAll('x.json', JSON.stringify(value));
      }),
      { numRuns: 150 },
    );
  });

  it.each(hostile.map((pattern) => [pattern.slice(0, 30), pattern] as const))(
    'answers in time for the pattern %s',
    (_, pattern) => {
      const quoted = JSON.stringify(pattern);
      const started = cpuSeconds();
      const queries = [
        `node_cpu_seconds_total{mode=~${quoted}}`,
        `node_cpu_seconds_total{mode=~${quoted}, mode!~${quoted}, mode="${'a'.repeat(40)}"}`,
        `label_replace(up, "host", "$1", "instance", ${quoted})`,
        `absent(up{job=~${quoted}})`,
      ];
      for (const expr of queries) {
        lintAll(
          'x.json',
          JSON.stringify(cleanBoard([{ ...cleanPanel, targets: [{ ...cleanPanel.targets[0], expr }] }])),
        );
        lintAll('x.yaml', JSON.stringify({ groups: [{ name: 'g', rules: [{ ...cleanAlert, expr }] }] }));
      }
      expect(cpuSeconds() - started).toBeLessThan(3);
    },
  );

  it.each([
    ['brackets', '('.repeat(20_000)],
    ['closed brackets', `${'('.repeat(5_000)}1${')'.repeat(5_000)}`],
    ['signs', `${'-'.repeat(20_000)}1`],
    ['sums', Array(5_000).fill('up').join(' + ')],
    ['aggregations', `${'sum('.repeat(3_000)}up${')'.repeat(3_000)}`],
  ])('never breaks on an expression of many %s', (_, expr) => {
    lintAll('x.json', JSON.stringify(cleanBoard([{ ...cleanPanel, targets: [{ ...cleanPanel.targets[0], expr }] }])));
    lintAll('x.json', JSON.stringify({ groups: [{ name: 'g', rules: [{ ...cleanAlert, expr }] }] }));
  });

  it('never breaks on a template nested deep, or on one that never ends', () => {
    for (const summary of [
      '{{ if $value }}'.repeat(1_000),
      `{{ ${'('.repeat(5_000)} }}`,
      '{{'.repeat(20_000),
      `{{ "${'\\'.repeat(9_999)}`,
    ])
      lintAll(
        'x.json',
        JSON.stringify({ groups: [{ name: 'g', rules: [{ ...cleanAlert, annotations: { summary } }] }] }),
      );
  });

  it('has read and looked at ten megabytes within ten seconds', { timeout: 30_000 }, () => {
    const panels = Array.from({ length: 3_500 }, (_, index) => ({
      ...cleanPanel,
      id: index + 1,
      title: `Panel ${index}`,
      description: 'x'.repeat(2_000),
      gridPos: { x: 0, y: 8 * index, w: 24, h: 8 },
    }));
    const text = JSON.stringify(cleanBoard(panels), null, 2);
    expect(text.length).toBeGreaterThan(10_000_000);
    const started = cpuSeconds();
    lintAll('x.json', text);
    expect(cpuSeconds() - started).toBeLessThan(10);
  });
});
