import { dirname, resolve } from 'node:path';
import { chooseTarget, homelabFor, stateKeeper, TargetError } from '../../lib/homelab/choose-target';
import { findHomelab, readHomelab } from '../../lib/homelab/read';
import { resolveHomelab } from '../../lib/homelab/resolve';
import type { ResolvedGrafanaTarget, ResolvedHomelab, ResolvedTarget } from '../../lib/homelab/resolved';
import { desiredObjects } from '../../lib/push/desired';
import type { DesiredObject } from '../../lib/push/object';
import { pushFolder } from '../../lib/push/push-files';
import type { Rendered } from '../../lib/render/render';
import type { PushArguments } from '../commands/push';
import { renderHomelab } from '../render-homelab';

/** Where a push comes from and where it goes. */
export interface Site {
  readonly homelab: ResolvedHomelab;
  readonly target: ResolvedTarget;
  /** The Grafana that keeps the state, where the target is a ruler. */
  readonly beside: ResolvedGrafanaTarget | undefined;
  /** Folder of the homelab file. */
  readonly home: string;
  /** Backups and journals of this target. */
  readonly folder: string;
}

/** Reads the homelab file and chooses the target. Without a homelab file nothing is pushed: an example is nobody's home. */
export const siteOf = (given: PushArguments): Site => {
  const { file, example } = findHomelab(process.cwd(), given.homelab);
  if (example)
    throw new TargetError(
      'no homelab file found, and an example is pushed nowhere',
      'home/homelab.ts or home/homelab.yaml, or --homelab FILE',
      'npm run init',
    );
  const { engine, mode } = given;
  const homelab = resolveHomelab(readHomelab(file), { ...(engine && { engine }), ...(mode && { mode }) });
  const grafanaUrl = process.env['GRAFANA_URL'];
  const named = given.target === undefined ? {} : { name: given.target };
  const target = chooseTarget(homelab, { ...named, ...(grafanaUrl && { grafanaUrl }) });
  const home = dirname(resolve(file));
  return {
    homelab: homelabFor(homelab, target),
    target,
    beside: target.kind === 'ruler' ? stateKeeper(homelab, target, { ...(grafanaUrl && { grafanaUrl }) }) : undefined,
    home,
    folder: pushFolder(home, target.name),
  };
};

/** What a target should have. */
export const desiredOf = (
  given: PushArguments,
  { target }: Site,
): { readonly desired: readonly DesiredObject[]; readonly rendered: Rendered } => {
  const { homelab, engine, mode } = given;
  const { rendered } = renderHomelab({ homelab, engine, mode, adapt: (home) => homelabFor(home, target) });
  return { rendered, desired: desiredObjects(rendered, target) };
};
