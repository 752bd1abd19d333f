import { isObject, objectAt, textAt } from '../grafana-json/json';
import { idOf, type ActualObject, type BaseObject } from './object';
import { rulesIn } from './moved-rules';
import type { OpenTarget } from './open-target';
import { stateUid } from './state-dashboard';
import { folderOf } from './within';

export interface OursIn {
  readonly base: ReadonlyMap<string, BaseObject> | undefined;
  readonly marked: ReadonlySet<string>;
}

/**
 * Which of these folders hold something that is not ours, and what: Grafana counts what lies in a folder and below it
 * (`/api/folders/:uid/counts`, 12.3); what is more than we know of is somebody else's. Our state dashboard, which leaves a folder that is removed, keeps none.
 */
export const occupiedFolders = async (
  { grafana, target }: OpenTarget,
  folders: readonly ActualObject[],
  actual: ReadonlyMap<string, ActualObject>,
  { base, marked }: OursIn,
): Promise<ReadonlyMap<string, string>> => {
  if (folders.length === 0) return new Map();
  const ours = [
    ...[...actual.values()].filter((object) => base?.has(idOf(object)) || marked.has(idOf(object))),
    ...(await ourState()),
  ];
  const found = await Promise.all(
    folders.map(async ({ key }): Promise<readonly (readonly [string, string])[]> => {
      const counts = await grafana.get(`/api/folders/${encodeURIComponent(key)}/counts`);
      const inside = ours.filter((object) => isBelow(object, key, actual));
      const known: Readonly<Record<Counted, number>> = {
        folder: inside.filter(({ kind }) => kind === 'folder').length,
        dashboard: inside.filter(({ kind }) => kind === 'dashboard').length,
        'alert rule': inside
          .filter(({ kind }) => kind === 'rule-group')
          .reduce((sum, { body }) => sum + rulesIn(body).length, 0),
        'library panel': 0,
      };
      const others = (Object.entries(counted(counts)) as [Counted, number][]).flatMap(([what, count]) => {
        const more = count - known[what];
        return more > 0 ? [`${more} ${what}${more === 1 ? '' : 's'}`] : [];
      });
      return others.length > 0 ? [[key, others.join(', ')]] : [];
    }),
  );
  return new Map(found.flat());

  async function ourState(): Promise<readonly Located[]> {
    if (target.kind !== 'grafana') return [];
    const key = stateUid(target.project);
    const there = await grafana.get(`/api/dashboards/uid/${key}`).catch(() => undefined);
    return there ? [{ kind: 'dashboard', key, body: { folderUid: textAt(objectAt(there, 'meta'), 'folderUid') } }] : [];
  }
};

type Counted = 'folder' | 'dashboard' | 'alert rule' | 'library panel';

/** Two spellings: with and without the toggle `k8SFolderCounts` (12.3). What else is counted is not ours. */
const counted = (counts: unknown): Readonly<Record<Counted, number>> => {
  const of = (...names: readonly string[]): number =>
    names.reduce((sum, name) => {
      const count = isObject(counts) ? counts[name] : undefined;
      return sum + (typeof count === 'number' ? count : 0);
    }, 0);
  return {
    folder: of('folder', 'folders'),
    dashboard: of('dashboard', 'dashboards'),
    'alert rule': of('alertrule', 'alertrules'),
    'library panel': of('librarypanel', 'library_elements'),
  };
};

type Located = Pick<ActualObject, 'kind' | 'key' | 'body'>;

const isBelow = (object: Located, folder: string, actual: ReadonlyMap<string, ActualObject>): boolean => {
  const seen = new Set<string>();
  for (let around = folderOf(object); around !== undefined && !seen.has(around);) {
    if (around === folder) return true;
    seen.add(around);
    const next = actual.get(idOf({ kind: 'folder', key: around }));
    around = next && folderOf(next);
  }
  return false;
};
