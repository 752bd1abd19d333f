import { relative, resolve } from 'node:path';
import { findHomelab, readHomelab, withPlaces } from '../lib/homelab/read';
import { resolveHomelab } from '../lib/homelab/resolve';
import type { ResolvedHomelab } from '../lib/homelab/resolved';
import { render, type Rendered } from '../lib/render/render';
import { readRulesBefore } from '../lib/render/write';
import { contentFor } from './content';
import type { HomelabArguments } from './homelab-options';
import { includedFor } from './included';

/** One homelab, read and rendered. */
export interface Run {
  /** The homelab file, relative to where the command runs. */
  readonly file: string;
  /** Whether it is the example, because the user has no file yet. */
  readonly example: boolean;
  readonly homelab: ResolvedHomelab;
  readonly rendered: Rendered;
}

/**
 * Finds and reads the homelab file, loads the boards and alerts beside it and ours, and what it includes, and renders them in memory. `out`: the folder
 * that they will be written to, which knows what it had before. `forLint`: only what the linter looks at. `adapt`: how the homelab
 * is there where it goes.
 */
export const renderHomelab = ({
  homelab: given,
  engine,
  mode,
  out,
  forLint = false,
  adapt = (homelab) => homelab,
}: HomelabArguments & {
  readonly out?: string;
  readonly forLint?: boolean;
  readonly adapt?: (homelab: ResolvedHomelab) => ResolvedHomelab;
}): Run => {
  const { file, example } = findHomelab(process.cwd(), given);
  const written = readHomelab(file);
  const content = { ...contentFor(file), included: withPlaces(file, () => includedFor(file, written)) };
  const homelab = adapt(resolveHomelab(written, { ...(engine && { engine }), ...(mode && { mode }) }));
  const rulesBefore = out === undefined ? [] : readRulesBefore(resolve(out));
  const rendered = withPlaces(file, () => render(homelab, content, { rulesBefore, forLint }));
  return { file: relative(process.cwd(), file) || file, example, homelab, rendered };
};
