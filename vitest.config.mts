import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { lazyGroups } from './vitest.lazy.mts';

const root = import.meta.dirname;

/**
 * The quick tests: nothing beyond what `npm ci` installs, but for promtool and amtool where they are there. Of the example homelabs they
 * look at the usual ones; what is swept over all of them is beside, in a `*.real.test.ts`.
 */
export default defineConfig({
  plugins: [lazyGroups()],
  resolve: {
    alias: [
      { find: /^homelab-dashboards$/, replacement: `${root}/lib/index.ts` },
      { find: /^homelab-dashboards\/panels$/, replacement: `${root}/panels/index.ts` },
      { find: /^homelab-dashboards\/signals$/, replacement: `${root}/lib/signals/index.ts` },
    ],
  },
  test: {
    include: ['{lib,panels,dashboards,alerts,scripts,examples}/**/*.test.ts'],
    exclude: ['**/*.real.test.ts', 'node_modules', 'build'],
    testTimeout: 20_000,
    pool: 'forks',
    // More than two where there are more cores; each takes most of a gigabyte.
    maxWorkers: Math.min(4, Math.max(2, availableParallelism())),
    // What one file has loaded the next one uses: loading everything for each took half of the time.
    isolate: false,
  },
});
