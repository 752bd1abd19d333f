import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startBackfilled } from '../proof/backfill';
import { prometheusAt, QueryError, type Prometheus } from '../proof/prometheus';
import type { Server } from '../proof/servers';
import { readSeries } from '../proof/series-notation';
import { parseQuery } from '../query/parse';
import type { Knowledge } from './knowledge';
import { labelsOf } from './labels';

/** Metrics with all their labels; every series of a metric has the same ones, so that `yes` and `no` are certain. */
const metrics: Readonly<Record<string, readonly string[]>> = {
  a: ['host', 'disk'],
  b: ['host'],
  c_bucket: ['host', 'le'],
};

const series = [
  'a{host="x",disk="1"}',
  'a{host="x",disk="2"}',
  'a{host="y",disk="1"}',
  'b{host="x"}',
  'b{host="y"}',
  'c_bucket{host="x",le="1"}',
  'c_bucket{host="x",le="+Inf"}',
];

const knowledge: Knowledge = {
  of: ({ name }) => {
    const labels = name === undefined ? undefined : metrics[name];
    if (name === undefined || !labels) return { state: 'unnamed' };
    return {
      state: 'known',
      name,
      family: name,
      part: undefined,
      type: 'gauge',
      unit: undefined,
      labels: { names: new Set(labels), open: false, valuesOf: () => undefined },
      evidence: 'the test',
      grade: undefined,
      // No job and instance are written.
      recording: true,
      note: undefined,
    };
  },
  intervalOf: () => 15,
  scraped: new Set(),
  says: 'the test',
  live: false,
};

const names = ['host', 'disk', 'le', 'new', '__name__'];
const label = fc.constantFrom('host', 'disk', 'le', 'new');
const list = fc.uniqueArray(label, { maxLength: 3 }).map((labels) => labels.join(', '));

const { vector } = fc.letrec<{ vector: string; selector: string }>((tie) => ({
  selector: fc.constantFrom('a', 'b', 'c_bucket', 'a{host="x"}', 'a{disk="1"}', 'b{host=~"x|y"}'),
  vector: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie('selector'),
    fc
      .tuple(fc.constantFrom('abs', 'sort', 'clamp_min', 'timestamp'), tie('vector'))
      .map(([name, inner]) => (name === 'clamp_min' ? `clamp_min(${inner}, 1)` : `${name}(${inner})`)),
    fc
      .tuple(fc.constantFrom('rate', 'last_over_time', 'avg_over_time', 'present_over_time'), tie('selector'))
      .map(([name, inner]) => `${name}(${inner}[5m])`),
    fc
      .tuple(fc.constantFrom('sum', 'max', 'count', 'group'), fc.constantFrom('by', 'without'), list, tie('vector'))
      .map(([name, mode, labels, inner]) => `${name} ${mode} (${labels}) (${inner})`),
    tie('vector').map((inner) => `topk(2, ${inner})`),
    tie('vector').map((inner) => `sum(${inner})`),
    tie('vector').map((inner) => `count_values("new", ${inner})`),
    tie('vector').map((inner) => `-(${inner})`),
    fc.tuple(label, tie('vector')).map(([to, inner]) => `label_replace(${inner}, "${to}", "v-$1", "host", "(.*)")`),
    fc.tuple(label, tie('vector')).map(([to, inner]) => `label_join(${inner}, "${to}", "-", "host", "disk")`),
    tie('vector').map((inner) => `histogram_quantile(0.5, ${inner})`),
    fc.constantFrom('absent(missing{host="x", disk=~"y"})', 'vector(1)', 'absent(missing)'),
    fc
      .tuple(tie('vector'), fc.constantFrom('+', '>', '== bool', '/'), fc.constantFrom('1', '2'))
      .map(([left, operator, right]) => `(${left}) ${operator} ${right}`),
    fc
      .tuple(
        tie('vector'),
        fc.constantFrom('+', '>=', '== bool', 'and', 'or', 'unless'),
        fc.oneof(
          fc.constant(''),
          list.map((labels) => `on (${labels})`),
          list.map((labels) => `ignoring (${labels})`),
        ),
        tie('vector'),
      )
      .map(([left, operator, matching, right]) => `(${left}) ${operator} ${matching} (${right})`),
    fc
      .tuple(tie('vector'), fc.constantFrom('left', 'right'), list, fc.constantFrom('', 'disk', 'new'), tie('vector'))
      .map(
        ([left, side, labels, brought, right]) => `(${left}) * on (${labels}) group_${side} (${brought}) (${right})`,
      ),
  ),
}));

let folder: string;
let server: Server;
let prometheus: Prometheus;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'labels-'));
  const noted = series.map((each) => readSeries(each, '1+1x40'));
  server = await startBackfilled([{ series: noted, step: 15 }], folder, 'labels');
  prometheus = prometheusAt(server.url);
}, 60_000);

afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('the labels of what Prometheus answers are those that are expected', async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(vector, async (query) => {
      const { tree, error } = parseQuery('promql', query);
      // A label in `on` and `group_left` at once.
      if (error || !tree) return;
      const labels = labelsOf(tree, knowledge);
      let answer;
      try {
        answer = await prometheus.instant(query, 600);
      } catch (refused) {
        // Many series match one, the same labels twice: no matter of labels.
        if (refused instanceof QueryError) return;
        throw refused;
      }
      compared += answer.length > 0 ? 1 : 0;
      for (const { labels: found } of answer)
        for (const name of names) {
          const has = labels.has(name);
          const isThere = found[name] !== undefined && found[name] !== '';
          if (has === 'no') expect(isThere, `${name} in ${query}: ${JSON.stringify(found)}`).toBe(false);
          if (has === 'yes') expect(isThere, `${name} in ${query}: ${JSON.stringify(found)}`).toBe(true);
        }
    }),
    { numRuns: 1500 },
  );
  expect(compared).toBeGreaterThan(500);
}, 120_000);
