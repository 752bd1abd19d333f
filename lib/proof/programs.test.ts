import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { explainMissing, findProgram } from './programs';

it('finds a program under any of its names, where it can be run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'programs-'));
  const [first, second] = [join(folder, 'first'), join(folder, 'second')];
  [first, second].forEach((path) => mkdirSync(path));
  writeFileSync(join(first, 'node_exporter'), '');
  writeFileSync(join(second, 'node_exporter'), '');
  expect(findProgram('node_exporter', `${first}:${second}`)).toBeUndefined();
  chmodSync(join(second, 'node_exporter'), 0o755);
  expect(findProgram('node_exporter', `${first}::${second}`)).toBe(join(second, 'node_exporter'));
  rmSync(folder, { recursive: true });
});

it('says how to get what is missing, each package once', () => {
  expect(explainMissing(['prometheus', 'promtool', 'amtool'])).toBe(
    'needs prometheus, promtool, amtool: sudo apt-get install prometheus prometheus-alertmanager',
  );
});
