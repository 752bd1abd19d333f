import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A folder for the length of a proof, whose name begins with `prefix`. It is gone afterwards however we end: when `use` throws, with
 * Ctrl-C, or by SIGKILL.
 */
export const inTemporaryFolder = async <T>(prefix: string, use: (folder: string) => Promise<T>): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  // In a session of its own, so that Ctrl-C does not end it, too.
  const cleaner = spawn('sh', ['-c', clean, 'sh', folder], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  // Without a shell there is nobody to clean, and nothing else is worse.
  cleaner.once('error', () => undefined);
  cleaner.stdin.once('error', () => undefined);
  cleaner.unref();
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    cleaner.stdin.end('done\n');
  }
};

/** Removes the folder when our end of its standard input closes without a word; again while programs that we started still write. */
const clean = `
read -r _ && exit 0
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40; do
  rm -rf "$1"
  sleep 0.1
done
`;
