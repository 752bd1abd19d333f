import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** What a process prints that loads what cli.ts loads first, and then runs this. */
const printed = (code: string): string => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join('node_modules', 'ts-node', 'dist', 'bin.js'), '--swc', '-e', `require('./scripts/later-modules');${code}`],
    { cwd: join(__dirname, '..'), encoding: 'utf8' },
  );
  return status === 0 ? stdout : stderr;
};
const loaded = `Object.keys(require('node:module')._cache).filter((path) => /dashboardv2(beta1)?.[^/]+Builder/.test(path)).length`;

test('a classic panel loads no builder of the v2 schema, and who asks for one has it', () =>
  expect(
    printed(`const { PanelBuilder, VisualizationV2Builder } = require('@grafana/grafana-foundation-sdk/stat');
      const classic = [new PanelBuilder().title('a').build().title, ${loaded}];
      const asked = [new VisualizationV2Builder().build().group, ${loaded} > 10];
      process.stdout.write(JSON.stringify([...classic, ...asked]))`),
  ).toBe('["a",0,"stat",true]'));
