import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePage, parseSeries } from '../catalog/page';
import { requireProgram } from '../proof/programs';
import { withPrograms } from '../proof/testing/with-programs';
import { writeBackfill } from './backfill';
import { formatValue, seriesText, textPage } from './exposition';
import type { Family } from './families';
import type { FleetPage } from './pages';
import { anyFamilies, anyLabels, anyValue } from './testing/any-page';

const at = 1_000;

const withValue = (labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ''));

const samplesOf = (families: readonly Family[]) => families.flatMap(({ samples }) => samples);

/** As Prometheus reads a number. */
const read = (text: string): number => named[text] ?? (/^[-+.\de]+$/.test(text) ? Number(text) : NaN);

const named: Readonly<Record<string, number>> = { NaN, '+Inf': Infinity, '-Inf': -Infinity };

const pageWith = (families: readonly Family[]): FleetPage => ({
  address: 'nas:1',
  path: '/metrics',
  parameters: {},
  sources: ['any'],
  families,
  targets: [{ source: 'any', labels: { job: 'any', instance: 'nas:1' }, interval: 15, pushed: true }],
  answers: () => true,
  scraped: () => true,
});

const backfillOf = (families: readonly Family[], step = 10): string => {
  let text = '';
  writeBackfill([pageWith(families)], { from: at, to: at, step }, (chunk) => (text += Buffer.from(chunk).toString()));
  return text;
};

describe('a number on a page', () => {
  it('is a number of Prometheus, and worth what it was to one part in two thousand', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const shown = read(formatValue(value));
        if (!Number.isFinite(value)) expect(shown).toBe(value);
        else expect(Math.abs(shown - value)).toBeLessThanOrEqual(Math.abs(value) / 2_000);
      }),
    );
  });

  it.each([
    [NaN, 'NaN'],
    [Infinity, '+Inf'],
    [-Infinity, '-Inf'],
    [17_179_869_184, '17179869184'],
    [0.04, '0.04'],
    [1 / 3, '0.3333333'],
    [123.456789, '123.4568'],
    [-123_456.789, '-123456.789'],
    [1.23456e-9, '1.235e-9'],
  ])('%d is %s', (value, text) => expect(formatValue(value)).toBe(text));
});

describe('a series on a page', () => {
  it('is read with the labels that it has a value for, whatever they say', () => {
    fc.assert(
      fc.property(anyLabels, (labels) => {
        expect(parseSeries(`${seriesText('x', labels)} 1\n`)).toEqual([{ name: 'x', labels: withValue(labels) }]);
      }),
    );
  });

  it('takes one line, with quotes, backslashes and line ends escaped', () => {
    expect(seriesText('x', { a: 'C:\\new "disk"\n', b: '', c: '1' })).toBe(String.raw`x{a="C:\\new \"disk\"\n",c="1"}`);
    expect(seriesText('x', { b: '' })).toBe('x');
  });
});

describe.each([
  ['the text format', (families: readonly Family[]) => textPage(families, at)],
  ['a backfill', (families: readonly Family[]) => backfillOf(families)],
])('any page in %s', (_, written) => {
  it('has each of its series once, and no other', () => {
    fc.assert(
      fc.property(anyFamilies, (families) => {
        const given = samplesOf(families).map(({ name, labels }) => ({ name, labels: withValue(labels) }));
        const found = parseSeries(written(families)).map(({ name, labels: { job: __, instance: ___, ...labels } }) => ({
          name,
          labels,
        }));
        expect(found).toEqual(given);
      }),
    );
  });
});

describe('the text format', () => {
  it('says the type of each metric that has a series, in a word that Prometheus knows', () => {
    fc.assert(
      fc.property(anyFamilies, (families) => {
        const there = families.filter(({ samples }) => samples.length > 0);
        expect(parsePage(textPage(families, at)).map(({ name, type }) => [name, type])).toEqual(
          there.map(({ name, type }) => [name, type]),
        );
      }),
    );
  });

  it('leaves out series that are not there now, and metrics without any', () => {
    const sample = (name: string, from: number) => ({
      name,
      labels: {},
      value: (time: number) => (time < from ? undefined : 1),
    });
    const families: readonly Family[] = [
      { name: 'a', type: 'gauge', samples: [sample('a', 0), { ...sample('a', 20), labels: { b: 'c' } }] },
      { name: 'd', type: 'gauge', samples: [sample('d', 20)] },
    ];
    expect(textPage(families, 10)).toBe('# HELP a Simulated.\n# TYPE a gauge\na 1\n');
    expect(textPage(families, 20)).toContain('a 1\na{b="c"} 1\n# HELP d Simulated.\n');
  });
});

// Many pages at once: a program is slow to start.
const pages = fc.sample(anyFamilies, { numRuns: 60, seed: 1 });
const asOne = pages.flatMap((families, page) =>
  families.map((family) => ({
    ...family,
    name: `page_${page}_${family.name}`,
    samples: family.samples.map((sample) => ({ ...sample, name: `page_${page}_${sample.name}` })),
  })),
);

describe('pages that no exporter has', () => {
  it('are many', () => expect(samplesOf(asOne).length).toBeGreaterThan(500));

  withPrograms(['promtool'], 'are exposition to Prometheus', () => {
    const { status, stderr } = spawnSync(requireProgram('promtool'), ['check', 'metrics'], {
      input: textPage(asOne, at),
      encoding: 'utf8',
    });
    // 3: it reads the page, and would have named some metrics otherwise.
    expect([0, 3], stderr.slice(0, 500)).toContain(status);
  });

  withPrograms(['promtool'], 'are blocks of Prometheus once they are backfilled, with each value', () => {
    const folder = mkdtempSync(join(tmpdir(), 'any-page-'));
    const promtool = (...args: readonly string[]): string => {
      const { status, stdout, stderr } = spawnSync(requireProgram('promtool'), ['tsdb', ...args], {
        encoding: 'utf8',
        maxBuffer: 1e9,
      });
      expect(status, stderr.slice(0, 500)).toBe(0);
      return stdout;
    };
    try {
      // Without it an older promtool does not read blocks.
      mkdirSync(join(folder, 'wal'));
      const file = join(folder, 'any.om');
      writeFileSync(file, backfillOf(asOne));
      promtool('create-blocks-from', 'openmetrics', file, folder);
      const found = [...promtool('dump', folder).matchAll(/^.*\} (\S+) (\d+)$/gm)];
      expect(new Set(found.map(([, , time]) => time))).toEqual(new Set([`${at * 1000}`]));
      const given = samplesOf(asOne).map(({ value }) => read(formatValue(value(at) ?? 0)));
      expect(found.map(([, value]) => read(value ?? '')).sort()).toEqual(given.sort());
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
