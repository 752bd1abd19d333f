import type { Json } from '../../grafana-json/json';
import { mergeStates } from '../merge-states';
import { idOf, kinds, type ActualObject, type BaseObject, type Kind, type ObjectName } from '../object';
import type { StateStore } from '../state';
import { MovedError, type Store } from '../store';
import { folderOf } from '../within';

/** What happens around the requests of one pusher: each may wait, let others act, or throw. */
export interface Weather {
  readonly beforeRead: () => Promise<void>;
  /** Throws: the request never arrived. */
  readonly beforeWrite: (id: string) => Promise<void>;
  /** Throws: it was done, and the answer got lost. */
  readonly afterWrite: (id: string) => Promise<void>;
}

/** A server with objects, on which several push and people edit. What stands behind it may be a real one. */
export interface World {
  /** As one pusher sees it. */
  connect(pusher: string, weather: Weather): { readonly stores: ReadonlyMap<Kind, Store>; readonly state: StateStore };
  /** All that is there, the state left out. */
  contents(): ReadonlyMap<string, { readonly name: ObjectName; readonly body: Json }>;
  /** A person makes, changes or (undefined) removes an object. A folder is removed with what lies in it. */
  edit(name: ObjectName, body: Json | undefined): void;
  /** Writes and removals that arrived, in their order. */
  readonly log: readonly { readonly pusher: string; readonly id: string; readonly action: 'write' | 'remove' }[];
}

/** A world in memory: every write is conditional and whole, a folder takes with it all that lies in it. */
export const memoryWorld = (): World => {
  const objects = new Map<string, { readonly name: ObjectName; readonly body: Json; readonly version: number }>();
  const log: World['log'][number][] = [];
  let state: { readonly project: string; readonly objects: ReadonlyMap<string, BaseObject> } | undefined;
  let version = 0;

  const set = ({ kind, key }: ObjectName, body: Json): void => {
    version += 1;
    objects.set(idOf({ kind, key }), { name: { kind, key }, body, version });
  };
  const removeFrom = (name: ObjectName): void => {
    objects.delete(idOf(name));
    if (name.kind !== 'folder') return;
    for (const { name: inside, body } of [...objects.values()])
      if (folderOf({ ...inside, body }) === name.key) removeFrom(inside);
  };
  const shown = (id: string): ActualObject | undefined => {
    const there = objects.get(id);
    if (!there) return undefined;
    const { name, body } = there;
    return {
      ...name,
      title: name.key,
      body,
      version: String(there.version),
      readOnly: undefined,
    };
  };

  const storeOf = (kind: Kind, pusher: string, weather: Weather): Store => {
    const read = async (key: string): Promise<ActualObject | undefined> => {
      await weather.beforeRead();
      return shown(idOf({ kind, key }));
    };
    const unmoved = (key: string, before: ActualObject | undefined): void => {
      const now = shown(idOf({ kind, key }));
      if (now?.version !== before?.version) throw new MovedError({ kind, key }, now);
    };
    return {
      kind,
      read,
      readAll: async (keys) => {
        await weather.beforeRead();
        const found = keys.flatMap((key) => shown(idOf({ kind, key })) ?? []);
        return new Map(found.map((object) => [object.key, object]));
      },
      write: async (wanted, before) => {
        const id = idOf(wanted);
        await weather.beforeWrite(id);
        unmoved(wanted.key, before);
        const folder = folderOf(wanted);
        if (folder !== undefined && !objects.has(idOf({ kind: 'folder', key: folder })))
          throw new Error(`400 folder ${folder} not found`);
        set(wanted, wanted.body);
        log.push({ pusher, id, action: 'write' });
        await weather.afterWrite(id);
        return (await read(wanted.key)) ?? { ...wanted, version: undefined, readOnly: undefined };
      },
      remove: async (before) => {
        const id = idOf(before);
        await weather.beforeWrite(id);
        const now = shown(id);
        if (!now) return;
        unmoved(before.key, before);
        const holds = [...objects.values()].some(({ name, body }) => folderOf({ ...name, body }) === before.key);
        if (kind === 'folder' && holds) throw new MovedError(before, now);
        removeFrom(before);
        log.push({ pusher, id, action: 'remove' });
        await weather.afterWrite(id);
      },
    };
  };

  return {
    log,
    contents: () => new Map([...objects].map(([id, { name, body }]) => [id, { name, body }])),
    edit: (name, body) => (body === undefined ? removeFrom(name) : set(name, body)),
    connect: (pusher, weather) => {
      let lastRead: ReadonlyMap<string, BaseObject> | undefined;
      return {
        stores: new Map(kinds.map((kind) => [kind, storeOf(kind, pusher, weather)])),
        state: {
          read: async () => {
            await weather.beforeRead();
            lastRead = state?.objects;
            return state && { version: 1, ...state };
          },
          write: async (next) => {
            await weather.beforeWrite('state');
            const merged = mergeStates(lastRead, next.objects, state?.objects);
            state = { project: next.project, objects: merged };
            lastRead = merged;
            log.push({ pusher, id: 'state', action: 'write' });
            await weather.afterWrite('state');
          },
          leave: async () => undefined,
          remove: async () => {
            await weather.beforeWrite('state');
            state = undefined;
          },
        },
      };
    },
  };
};
