import { defineConfig } from 'vitest/config';
import quick from './vitest.config.mts';

/** Tests with real servers, the packed package, all examples and all alerts: minutes, not seconds, one file after another so that ports and cores are theirs. */
export default defineConfig({
  ...quick,
  test: {
    ...quick.test,
    include: ['{lib,panels,dashboards,alerts,scripts,examples}/**/*.real.test.ts'],
    exclude: ['node_modules', 'build'],
    testTimeout: 240_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
