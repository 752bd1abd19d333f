import type { Homelab, Target } from './homelab';
import type { ResolvedTarget } from './resolved';

/** Every server that is pushed to, by name. */
export const resolveTargets = ({
  targets,
  urls,
  project = 'hl',
}: Homelab): Readonly<Record<string, ResolvedTarget>> => {
  const named: Readonly<Record<string, Target>> =
    targets ?? (urls?.grafana === undefined ? {} : { grafana: { kind: 'grafana', url: urls.grafana } });
  return Object.fromEntries(
    Object.entries(named).map(([name, target]) => [name, resolveTarget(name, target, project)]),
  );
};

const resolveTarget = (name: string, target: Target, project: string): ResolvedTarget => {
  const url = target.url.replace(/\/+$/, '');
  return target.kind === 'grafana'
    ? {
        kind: 'grafana',
        name,
        url,
        org: target.org ?? null,
        folder: target.folder ?? null,
        project: target.project ?? project,
      }
    : { kind: 'ruler', name, url, tenant: target.tenant ?? null, state: target.state ?? null, project };
};
