import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startServer, type Server } from './servers';
import { until } from './until';

const folder = mkdtempSync(join(tmpdir(), 'servers-'));
const program = join(folder, 'program.js');
writeFileSync(
  program,
  `require('node:http').createServer((_, response) => response.end('ok')).listen(Number(process.argv[2]), '127.0.0.1');
   console.log('pid ' + process.pid);
   if (process.argv[3] === 'stubborn') process.on('SIGTERM', () => {});`,
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
  it('ends one that does not want to', async () => {
    const server = await start('stubborn');
    await server.stop();
    expect(runs(pidIn(server.log()))).toBe(false);
  });

  it('leaves no process behind when we are killed', async () => {
    const parent = spawn(process.execPath, ['-e', parentScript, program], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let log = '';
    parent.stdout.on('data', (data: Buffer) => (log += data.toString()));
    const pid = await until('the program to start', () => pidIn(log) || undefined, { within: 10_000 });
    parent.kill('SIGKILL');
    await until('the program to end', () => !runs(pid), { within: 10_000 });
  });
});

/** What startServer does, in a process of its own. */
const parentScript = `
  require('ts-node').register({ swc: true, transpileOnly: true });
  const { startServer } = require(${JSON.stringify(join(__dirname, 'servers.ts'))});
  startServer({ name: 'program', command: process.execPath, args: (port) => [process.argv[1], String(port)], folder: '.', ready: '/' })
    .then((server) => { console.log(server.log()); setInterval(() => undefined, 1000); });
`.replace("require('ts-node')", `require(${JSON.stringify(join(__dirname, '..', '..', 'node_modules', 'ts-node'))})`);
