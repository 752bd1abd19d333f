import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Board } from '../proof/board';
import { prometheusAt } from '../proof/prometheus';
import { countProofs, formatProofs, holds, proveBoard, type PanelProof } from '../proof/prove';
import { scrapedBy } from '../proof/scraped';
import { describeWithPrograms } from '../proof/testing/with-programs';
import { until } from '../proof/until';
import type { Stranger } from './testing/real-prometheus';
import { strangers } from './testing/strangers';

const root = join(__dirname, '../..');

interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program as a user of the package does; not synchronously, because this process serves the pages. */
const run = (cwd: string, ...args: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const program = [join(root, 'node_modules/.bin/ts-node'), '--swc', join(root, 'scripts/cli.ts'), ...args];
    execFile(process.execPath, program, { cwd, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) =>
      resolve({ status: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });

const boardsIn = (folder: string): readonly Board[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => JSON.parse(readFileSync(join(entry.parentPath, entry.name), 'utf8')) as Board);

describeWithPrograms(
  ['prometheus', 'node_exporter', 'blackbox_exporter'],
  'from a Prometheus that nobody prepared to boards with data, without a typed line',
  () => {
    describe.each(['labelled', 'bare', 'alloy'] as const)('%s', (name) => {
      let stranger: Stranger;
      let folder: string;

      beforeAll(async () => {
        folder = mkdtempSync(join(tmpdir(), 'homelab-new-'));
        mkdirSync(join(folder, 'node_modules'));
        symlinkSync(root, join(folder, 'node_modules/homelab-dashboards'));
        stranger = await strangers[name]();
      });
      afterAll(async () => {
        await stranger?.stop();
        rmSync(folder, { recursive: true, force: true });
      });

      it('init and render, and every panel has data or a reason in the page', async () => {
        const init = await run(folder, 'init', '--prometheus', stranger.url);
        expect(init.status, init.stderr).toBe(0);
        const file = readFileSync(join(folder, 'home/homelab.ts'), 'utf8');
        const render = await run(folder, 'render');
        expect(render.status, `${render.stderr}\n${file}`).toBe(0);

        const boards = boardsIn(join(folder, 'dist/grafana/dashboards'));
        const prometheus = prometheusAt(stranger.url);
        const scraped = await scrapedBy(prometheus);
        let proofs: readonly PanelProof[] = [];
        const failure = await until(
          'every panel to have data or a reason',
          async () => {
            const to = Date.now() / 1000;
            const all = boards.map((board) =>
              proveBoard(board, { prometheus, scraped, range: { from: to - 120, to } }),
            );
            proofs = (await Promise.all(all)).flat();
            return proofs.every(({ verdict }) => holds(verdict));
          },
          { within: 40_000, every: 1000 },
        ).then(
          () => '',
          ({ message }: Error) => message,
        );
        const empty = proofs.filter(({ verdict }) => !holds(verdict));
        expect(failure, `${formatProofs(empty)}\n${file}`).toBe('');
        console.log(
          `${name}: ${boards.length} boards, ${countProofs(proofs)}\n${formatProofs(proofs.filter(({ verdict }) => verdict === 'lacking'))}`,
        );
        expect(proofs.filter(({ verdict }) => verdict === 'data').length).toBeGreaterThan(proofs.length / 2);
      });

      it('run again, changes nothing and finds nothing new', async () => {
        const before = readFileSync(join(folder, 'home/homelab.ts'), 'utf8');
        const again = await run(folder, 'init', '--prometheus', stranger.url);
        expect([again.status, again.stdout]).toEqual([
          0,
          'home/homelab.ts is there and has all that was seen: nothing is new\n',
        ]);
        expect(readFileSync(join(folder, 'home/homelab.ts'), 'utf8')).toBe(before);
      });
    });
  },
);
