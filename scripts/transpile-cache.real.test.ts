import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = join(__dirname, '..');
const tsNode = join(root, 'node_modules', 'ts-node', 'dist', 'bin.js');

describe('the transpile cache', () => {
  let folder: string;
  const caches = (): readonly string[] => {
    const cache = join(folder, 'cache', 'homelab-dashboards');
    return existsSync(cache) ? readdirSync(cache) : [];
  };
  /** Lines that swc takes away stand before the one that fails, so that only a source map can name it. */
  const write = (answer: string): void => {
    writeFileSync(
      join(folder, 'answer.ts'),
      `interface Gone {\n  readonly line: number;\n}\n\nexport const place = (): Gone | string => new Error().stack ?? '';\nexport const answer: string = '${answer}';\n`,
    );
    writeFileSync(
      join(folder, 'entry.ts'),
      `import '${join(root, 'scripts', 'transpile-cache')}';\nimport { answer, place } from './answer';\nconsole.log(answer, /answer\\.ts:\\d+/.exec(String(place()))?.[0]);\n`,
    );
  };
  const run = (switched = 'on'): string =>
    spawnSync(process.execPath, [tsNode, '--swc', '--project', join(root, 'tsconfig.json'), join(folder, 'entry.ts')], {
      encoding: 'utf8',
      env: { ...process.env, XDG_CACHE_HOME: join(folder, 'cache'), HOMELAB_DASHBOARDS_CACHE: switched },
    }).stdout.trim();

  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'transpile-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('gives the same program and the same lines, and notices a change', () => {
    write('first');
    expect(run()).toBe('first answer.ts:5');
    // Beside what swc made: its source maps, and what V8 compiled.
    expect(caches()).toHaveLength(3);
    expect(run()).toBe('first answer.ts:5');
    write('second one');
    expect(run()).toBe('second one answer.ts:5');
  });

  it('can be switched off', () => {
    write('without');
    expect(run('off')).toBe('without answer.ts:5');
    expect(caches()).toEqual([]);
  });
});
