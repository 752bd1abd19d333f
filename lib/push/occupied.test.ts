import { describe, expect, it } from 'vitest';
import type { Json } from '../grafana-json/json';
import { idOf, type ActualObject, type BaseObject, type Kind } from './object';
import { occupiedFolders, type OursIn } from './occupied';
import type { OpenTarget } from './open-target';

const object = (kind: Kind, key: string, body: Json): ActualObject => ({
  kind,
  key,
  title: key,
  body,
  version: undefined,
  readOnly: undefined,
});
const folder = (key: string, parentUid?: string): ActualObject =>
  object('folder', key, { uid: key, title: key, ...(parentUid && { parentUid }) });
const board = (key: string, folderUid: string): ActualObject => object('dashboard', key, { dashboard: {}, folderUid });
const group = (folderUid: string, ...uids: readonly string[]): ActualObject =>
  object('rule-group', `${folderUid}/g`, { folderUid, title: 'g', rules: uids.map((uid) => ({ uid })) });

/** What a Grafana counts in each folder, and where our state lies. */
const open = (counts: Readonly<Record<string, Json>>, stateFolder = ''): OpenTarget =>
  ({
    target: { kind: 'grafana', project: 'hl' },
    info: {},
    grafana: {
      get: async (path: string): Promise<unknown> => {
        if (path === '/api/dashboards/uid/hl-state') return { meta: { folderUid: stateFolder } };
        const [, uid = ''] = /^\/api\/folders\/(.*)\/counts$/.exec(path) ?? [];
        return counts[uid];
      },
    },
  }) as unknown as OpenTarget;

const occupied = async (
  counts: Readonly<Record<string, Json>>,
  objects: readonly ActualObject[],
  { stateFolder, ...more }: Partial<OursIn> & { readonly stateFolder?: string } = {},
) => {
  const base = new Map<string, BaseObject>(
    objects.map((each) => [idOf(each), { kind: each.kind, key: each.key, hash: '', normal: undefined }]),
  );
  const folders = objects.filter(({ kind }) => kind === 'folder');
  const actual = new Map(objects.map((each) => [idOf(each), each]));
  const ours = { base, marked: new Set<string>(), ...more };
  return Object.fromEntries(await occupiedFolders(open(counts, stateFolder), folders, actual, ours));
};

describe('a folder', () => {
  it('that holds what is ours is not occupied, however deep that lies', async () => {
    const counts = { a: { folder: 1, dashboard: 2, alertrule: 2 }, b: { folder: 0, dashboard: 1, alertrule: 2 } };
    const objects = [folder('a'), folder('b', 'a'), board('x', 'a'), board('y', 'b'), group('b', 'r1', 'r2')];
    expect(await occupied(counts, objects)).toEqual({});
  });

  it('that holds one more of anything is, in either spelling of Grafana, and so is the one around it', async () => {
    const objects = [folder('a'), folder('b', 'a'), board('x', 'a'), group('b', 'r1')];
    const counts = { a: { folder: 1, dashboard: 1, alertrule: 2 }, b: { folder: 0, dashboard: 0, alertrule: 2 } };
    expect(await occupied(counts, objects)).toEqual({ a: '1 alert rule', b: '1 alert rule' });
    const plural = {
      a: { folders: 3, dashboards: 1, alertrules: 1, library_elements: 0 },
      b: { folders: 0, dashboards: 0, alertrules: 1, library_elements: 1 },
    };
    expect(await occupied(plural, objects)).toEqual({ a: '2 folders', b: '1 library panel' });
  });

  it('that holds what nobody says is ours is occupied; a mark says so, too', async () => {
    const objects = [folder('a'), board('x', 'a')];
    const counts = { a: { dashboard: 1 } };
    expect(await occupied(counts, objects, { base: undefined })).toEqual({ a: '1 dashboard' });
    expect(await occupied(counts, objects, { base: undefined, marked: new Set(['dashboard/x']) })).toEqual({});
  });

  it('is not kept by our state, nor is the one around it; a dashboard beside it keeps it', async () => {
    const counts = { a: { dashboard: 1 } };
    expect(await occupied(counts, [folder('a')], { stateFolder: 'a' })).toEqual({});
    expect(await occupied(counts, [folder('a')], { stateFolder: 'b' })).toEqual({ a: '1 dashboard' });
    const nested = { a: { folder: 1, dashboard: 1 }, b: { dashboard: 1 } };
    expect(await occupied(nested, [folder('a'), folder('b', 'a')], { stateFolder: 'b' })).toEqual({});
    expect(await occupied({ a: { dashboard: 2 } }, [folder('a')], { stateFolder: 'a' })).toEqual({ a: '1 dashboard' });
  });

  it('below itself does not keep anybody waiting', async () => {
    const round = [folder('a', 'b'), folder('b', 'a')];
    expect(await occupied({ a: { folder: 1 }, b: { folder: 1 } }, round)).toEqual({});
  });
});
