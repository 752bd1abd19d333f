import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { catalogNames } from '../catalog/load';
import { readHomelab } from './read';
import { resolveHomelab } from './resolve';

const folder = path.join(__dirname, '../../examples/homelabs');
const names = fs.readdirSync(folder).filter((name) => path.extname(name) !== '');
const resolved = names.map((name) => resolveHomelab(readHomelab(path.join(folder, name))));

test('every catalog is used by an example, so that none goes unrendered', () => {
  const used = new Set(resolved.flatMap(({ sources }) => Object.values(sources).map(({ catalog }) => catalog.source)));
  expect(catalogNames().filter((name) => !used.has(name))).toEqual([]);
});

test('in every example each source has a job of its own', () => {
  for (const [index, { sources }] of resolved.entries()) {
    const jobs = Object.values(sources).map(({ job }) => job);
    expect(new Set(jobs).size, names[index]).toBe(jobs.length);
  }
});

test('the example for those without a file leaves alone what is theirs', () => {
  expect(resolved[names.indexOf('typical.ts')]).toMatchObject({
    grafana: { mode: 'existing' },
    alerting: { engine: 'grafana' },
  });
  expect(resolved[names.indexOf('everything.ts')]).toMatchObject({
    grafana: { mode: 'owned' },
    alerting: { engine: 'prometheus' },
  });
});
