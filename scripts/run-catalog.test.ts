import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from './testing/run-cli';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'run-catalog-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: readonly string[]) => runCli(['catalog', ...args]);
const put = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

const before = `# TYPE node_exporter_build_info gauge
node_exporter_build_info{version="1.12.1"} 1
# TYPE node_filesystem_avail_bytes gauge
node_filesystem_avail_bytes{device="sda1",fstype="ext4",mountpoint="/"} 1
# TYPE node_entropy_available_bits gauge
node_entropy_available_bits 256
`;

describe('catalog record', () => {
  it('writes a catalog named like its file, the same again, and over no other file', async () => {
    const page = put('page.prom', before);
    const out = join(folder, 'node_exporter.json');
    expect(await run('record', '--metrics', page, '--out', out)).toEqual({
      status: 0,
      stdout: `${out}: 3 metrics, version 1.12.1\n`,
      stderr: '',
    });
    const first = readFileSync(out, 'utf8');
    expect((await run('record', '--metrics', page, '--out', out)).status).toBe(0);
    expect(readFileSync(out, 'utf8')).toBe(first);
    expect(await run('record', '--metrics', page, '--source', 'x', '--out', page)).toMatchObject({
      status: 2,
      stdout: '',
    });
    expect(readFileSync(page, 'utf8')).toBe(before);
  });

  it('writes nothing where the page is broken, or the name is none', async () => {
    const out = join(folder, 'x.json');
    const broken = await run('record', '--metrics', put('page.prom', 'a 1\nb{ 2\n'), '--out', out);
    expect(broken.status).toBe(2);
    expect(broken.stderr).toContain('page.prom:2 cannot be used');
    const named = await run('record', '--metrics', put('page.prom', before), '--out', join(folder, 'My Node.json'));
    expect(named.stderr).toContain('--source my_node');
    expect(existsSync(out)).toBe(false);
  });
});

describe('catalog compare', () => {
  it('is quiet, with exit 0, where what goes is not used', async () => {
    const after = before.replace(/.*node_entropy.*\n/g, '');
    const { status, stdout } = await run(
      'compare',
      put('a.prom', before),
      put('b.prom', after),
      '--homelab',
      'examples/homelabs/minimal.ts',
    );
    expect(status).toBe(0);
    expect(stdout).toContain('node_entropy_available_bits is gone');
    expect(stdout).toContain('breaks nothing of examples/homelabs/minimal.ts');
  });

  it('names panels and alerts, with exit 1, where what goes is used', async () => {
    const files = [put('a.prom', before), put('b.prom', before.replaceAll('_avail_bytes', '_free_bytes'))] as const;
    const { status, stdout } = await run('compare', ...files, '--homelab', 'examples/homelabs/minimal.ts');
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /breaks in examples\/homelabs\/minimal\.ts:\n {2}Home \/ Overview › .*\n {4}node_filesystem_avail_bytes is gone/,
    );
    expect(stdout).toMatch(/\n {2}alert \w+\n/);
    const json = await run('compare', ...files, '--homelab', 'examples/homelabs/minimal.ts', '--json');
    expect(json.status).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({
      old: { source: 'node_exporter', version: '1.12.1' },
      changes: [{ kind: 'metric gone' }, { kind: 'metric new' }],
    });
  });

  it('takes recorded catalogs by name, and says the near one', async () => {
    expect((await run('compare', 'node_exporter', 'node_exporter')).stdout).toContain('nothing differs');
    expect(await run('compare', 'node_exportr', 'node_exporter')).toMatchObject({ status: 2, stdout: '' });
  });
});
