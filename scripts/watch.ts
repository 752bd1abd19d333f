import { watch as watchFolder } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { findHomelab } from '../lib/homelab/read';
import { explain } from './failure';
import type { RenderArguments } from './run-render';

/** How long to wait for an editor to finish saving, in milliseconds. */
const settle = 60;

/** Renders now and at every change of the homelab file, the boards, alerts, panels and signals; never returns. */
export const watch = async (given: RenderArguments): Promise<never> => {
  const root = join(__dirname, '..');
  const { file } = findHomelab(process.cwd(), given.homelab);
  const folders = [...['dashboards', 'alerts', 'panels', 'lib'].map((name) => join(root, name)), dirname(file)];
  let timer: NodeJS.Timeout | undefined;
  const again = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => renderFresh(given, root), settle);
  };
  renderFresh(given, root);
  for (const folder of new Set(folders))
    watchFolder(folder, { recursive: true }, (_event, name) => name && /\.(ts|ya?ml|json)$/.test(name) && again());
  process.stderr.write(
    `watching ${folders.map((folder) => folder.replace(`${process.cwd()}${sep}`, '')).join(', ')}; Ctrl-C ends it\n`,
  );
  return new Promise<never>(() => undefined);
};

/** Forgets every module of ours, so that what changed is read again. */
const renderFresh = (given: RenderArguments, root: string): void => {
  const started = process.hrtime.bigint();
  try {
    for (const path of Object.keys(require.cache))
      if (!path.includes(`${sep}node_modules${sep}`)) delete require.cache[path];
    const { runRender } = require(resolve(root, 'scripts', 'run-render')) as typeof import('./run-render');
    runRender(given);
  } catch (error) {
    process.stderr.write(explain(error));
  }
  process.stderr.write(`in ${Number((process.hrtime.bigint() - started) / 1_000_000n)} ms\n`);
};
