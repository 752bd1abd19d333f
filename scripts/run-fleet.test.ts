import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli } from './testing/run-cli';

const folder = mkdtempSync(join(tmpdir(), 'run-fleet-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: readonly string[]) => runCli(['fleet', '--homelab', 'examples/homelabs/minimal.ts', ...args]);
const evening = ['--at', '2026-11-20T20:40:00Z'];

const backfill = async (...args: readonly string[]): Promise<string> => {
  const file = join(folder, 'past.om');
  const { status } = await run('--backfill', file, '--reach', '10m', ...evening, ...args);
  expect(status).toBe(0);
  return readFileSync(file, 'utf8');
};

describe('npm run fleet', () => {
  it('lists what can go wrong, and whom it befalls', async () => {
    const { status, stdout } = await run('--list');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^disk-filling: .+\n {2}befalls nas$/m);
    expect(stdout).not.toContain('transcode-storm');
  });

  it('writes the same past for a seed and a time, and another one for others', async () => {
    const past = await backfill();
    expect(past.endsWith('# EOF\n')).toBe(true);
    expect(past).toContain(`node_load1{job="node",instance="192.168.1.10:9100",host="nas"}`);
    expect(await backfill()).toBe(past);
    expect(await backfill('--seed', '2')).not.toBe(past);
  });

  it('has what goes wrong in the past that it writes, until the time given', async () => {
    const down = (text: string): readonly string[] =>
      [...text.matchAll(/^up\{job="node".*\} 0 (\d+)$/gm)].map(([, time]) => time as string);
    expect(down(await backfill())).toEqual([]);
    const at = Date.UTC(2026, 10, 20, 20, 40) / 1000;
    const during = down(await backfill('--incident', 'host-down=nas', '--lasting', '1m'));
    expect(during).toEqual([at - 60, at - 45, at - 30, at - 15].map(String));
  });

  it.each([
    [['--incident', 'host-dwn'], /no incident `host-dwn`: host-down/],
    [['--incident', 'host-down=moon'], /cannot befall `moon`/],
    [['--at', 'noon'], /--at noon is no time/],
    [['--lasting', 'long'], /--lasting long is no duration/],
  ])('refuses %s', async (args, message) => {
    const { status, stderr } = await run('--list', ...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^ {2}try: /m);
  });
});
