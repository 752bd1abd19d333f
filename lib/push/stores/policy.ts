import { isObject, type Json } from '../../grafana-json/json';
import type { ActualObject, DesiredObject } from '../object';
import type { Store } from '../store';
import { alertingPath, omit, ownerOf, withoutProvenance } from './alerting';
import { orAbsent, type StoreContext } from './context';

const path = `${alertingPath}/policies`;

/**
 * Our route below the root of the policy tree, by the title of the folder that it matches (`grafana_folder = <title>`, nothing else). The
 * API knows the whole tree only, and no condition: it is read, our route is replaced in it, and it is put back at once.
 */
export class PolicyStore implements Store {
  readonly kind = 'policy';

  constructor(private readonly context: StoreContext) {}

  async readAll(keys: readonly string[]): Promise<ReadonlyMap<string, ActualObject>> {
    if (keys.length === 0) return new Map();
    const tree = await this.tree();
    return new Map(
      keys.flatMap((key): [string, ActualObject][] => {
        const found = actualIn(tree, key);
        return found ? [[key, found]] : [];
      }),
    );
  }

  async read(key: string): Promise<ActualObject | undefined> {
    return actualIn(await this.tree(), key);
  }

  /** A new route stands first, so that no other one takes what is ours; one that is there stays where it is. */
  write(wanted: DesiredObject, before: ActualObject | undefined): Promise<ActualObject> {
    const { key, body } = wanted;
    let tree: Json = {};
    return this.context.oneByOne.take(() =>
      this.context.write({
        wanted,
        before,
        read: async () => actualIn((tree = await this.tree()), key),
        send: () => {
          const routes = routesOf(tree);
          const at = routes.findIndex((route) => isOurs(route, key));
          return this.put(
            tree,
            at < 0 ? [body, ...routes] : routes.map((route, index) => (index === at ? body : route)),
          );
        },
      }),
    );
  }

  remove(before: ActualObject): Promise<void> {
    let tree: Json = {};
    return this.context.oneByOne.take(() =>
      this.context.remove({
        before,
        read: async () => actualIn((tree = await this.tree()), before.key),
        send: () =>
          this.put(
            tree,
            routesOf(tree).filter((route) => !isOurs(route, before.key)),
          ),
      }),
    );
  }

  private async tree(): Promise<Json> {
    const tree = await orAbsent(this.context.client.get(path));
    return isObject(tree) ? tree : {};
  }

  private async put(tree: Json, routes: readonly unknown[]): Promise<void> {
    await this.context.client.put(path, { ...omit(tree, 'provenance'), routes }, { headers: withoutProvenance });
  }
}

const routesOf = (tree: Json): readonly unknown[] =>
  Array.isArray(tree['routes']) ? (tree['routes'] as unknown[]) : [];

const isOurs = (route: unknown, folder: string): boolean => {
  const matchers = isObject(route) ? route['object_matchers'] : undefined;
  return JSON.stringify(matchers) === JSON.stringify([['grafana_folder', '=', folder]]);
};

const actualIn = (tree: Json, key: string): ActualObject | undefined => {
  const route = routesOf(tree).find((each) => isOurs(each, key));
  if (!isObject(route)) return undefined;
  return {
    kind: 'policy',
    key,
    title: `what comes from ${key}`,
    body: omit(route, 'provenance'),
    version: undefined,
    readOnly: ownerOf(tree),
  };
};
