import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startServer, type Server } from './servers';

const folder = mkdtempSync(join(tmpdir(), 'servers-'));
const program = join(folder, 'program.js');
writeFileSync(
  program,
  `require('node:http').createServer((_, response) => response.end('ok')).listen(Number(process.argv[2]), '127.0.0.1');
   console.log('pid ' + process.pid);
   if (process.argv[3] === 'broken') { console.error('no configuration'); process.exit(7); }`,
);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const start = (...more: readonly string[]): Promise<Server> =>
  startServer({
    name: 'program',
    command: process.execPath,
    args: (port) => [program, String(port), ...more],
    folder,
    ready: '/',
  });

const pidIn = (log: string): number => Number(/pid (\d+)/.exec(log)?.[1]);

const runs = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('startServer', () => {
  it('waits until it answers, keeps its log and ends it', async () => {
    const server = await start();
    expect(await (await fetch(server.url)).text()).toBe('ok');
    expect(server.log()).toContain('pid ');
    await server.stop();
    await server.stop();
    expect(runs(pidIn(server.log()))).toBe(false);
  });

  it('says at once what a program said that ended', async () => {
    const started = Date.now();
    await expect(start('broken')).rejects.toThrow(/ended with 7\n(.*\n)*.*no configuration/);
    expect(Date.now() - started).toBeLessThan(10_000);
  });
});
