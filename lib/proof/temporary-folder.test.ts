import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inTemporaryFolder } from './temporary-folder';
import { until } from './until';

const around = mkdtempSync(join(tmpdir(), 'temporary-folder-'));
afterAll(() => rmSync(around, { recursive: true, force: true }));

describe('a temporary folder', () => {
  it('is there while it is used, and not afterwards', async () => {
    const folder = await inTemporaryFolder('used-', async (folder) => {
      writeFileSync(join(folder, 'file'), 'text');
      return folder;
    });
    expect(folder).toContain(join(tmpdir(), 'used-'));
    expect(existsSync(folder)).toBe(false);
  });

  it('is gone when its use fails, which the caller is told', async () => {
    let used = '';
    const failing = inTemporaryFolder('failing-', async (folder) => {
      used = folder;
      throw new Error('no room');
    });
    await expect(failing).rejects.toThrow('no room');
    expect(used).toContain('failing-');
    expect(existsSync(used)).toBe(false);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('is gone soon after %s', async (signal) => {
    const program = `
      require('ts-node').register({ swc: true });
      const { inTemporaryFolder } = require(${JSON.stringify(join(__dirname, 'temporary-folder'))});
      inTemporaryFolder('ended-', async () => {
        process.stdout.write('begun');
        await new Promise((resolve) => setTimeout(resolve, 60_000));
      });`;
    const child = spawn(process.execPath, ['-e', program], {
      cwd: join(__dirname, '..', '..'),
      env: { ...process.env, TMPDIR: around },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const made = (): readonly string[] => readdirSync(around).filter((name) => name.startsWith('ended-'));
    expect(made()).toHaveLength(1);
    child.kill(signal);
    await until('the folder to be gone', async () => made().length === 0, { within: 5_000, every: 20 });
  });
});
