import { TargetError } from '../homelab/choose-target';
import type { ResolvedTarget } from '../homelab/resolved';
import type { Rendered } from '../render/render';
import { desiredDashboards } from './desired/dashboards';
import { desiredDataSources } from './desired/data-sources';
import { desiredFolders } from './desired/folders';
import { desiredNotifications } from './desired/notifications';
import { desiredRuleGroups } from './desired/rule-groups';
import { desiredRulerGroups } from './desired/ruler-groups';
import { idOf, kinds, type DesiredObject } from './object';

/**
 * All that a push wants on a target, in the order in which it is written: pure. `rendered` must be made with the target's prefix
 * (`homelabFor`). Texts stand as they are meant: `$` is doubled in files only. Throws a `TargetError` where the target has no use for
 * what is rendered, or where two objects would be one to Grafana.
 */
export const desiredObjects = (rendered: Rendered, target: ResolvedTarget): readonly DesiredObject[] => {
  const { homelab } = rendered;
  if (homelab.project !== target.project)
    throw new Error(`rendered with the prefix ${homelab.project}, but ${target.name} has ${target.project}`);
  if (target.kind === 'ruler') {
    refuseOtherEngine(homelab.alerting.engine, target.name);
    return inOrder(desiredRulerGroups(rendered));
  }
  const objects = inOrder([
    ...desiredFolders(rendered, target),
    ...desiredDataSources(homelab),
    ...desiredDashboards(rendered),
    ...desiredNotifications(rendered, target),
    ...desiredRuleGroups(rendered),
  ]);
  refuseShared(objects);
  return objects;
};

/** By kind, else as given: of folders the outer ones come first. */
const inOrder = (objects: readonly DesiredObject[]): readonly DesiredObject[] =>
  kinds.flatMap((kind) => objects.filter((object) => object.kind === kind));

/** Rules that a ruler gets beside another engine would tell everything twice. */
const refuseOtherEngine = (engine: string, name: string): void => {
  if (engine === 'mimir') return;
  throw new TargetError(
    `the target '${name}' is a ruler, but the alerts are evaluated by ${engine}`,
    "`alerting.engine: 'mimir'`",
    `npm run push -- --target ${name} --engine mimir --plan`,
  );
};

/** In Grafana's database a folder and a dashboard may not have one uid (12.3, storage mode 0). */
const refuseShared = (objects: readonly DesiredObject[]): void => {
  const seen = new Map<string, DesiredObject>();
  for (const object of objects) {
    const space = object.kind === 'folder' || object.kind === 'dashboard' ? 'folder or dashboard' : object.kind;
    const first = seen.get(`${space}/${object.key}`);
    if (first)
      throw new TargetError(
        `${idOf(first)} (${first.title}) and ${idOf(object)} (${object.title}) have one uid`,
        'a uid of its own for each',
        `give ${object.title} another name`,
      );
    seen.set(`${space}/${object.key}`, object);
  }
};
