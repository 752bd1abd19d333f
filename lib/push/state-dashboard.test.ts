import { describe, expect, it } from 'vitest';
import { isObject, objectAt, textAt, type Json } from '../grafana-json/json';
import { withDashboardBases } from './dashboard-base';
import { StateError } from './errors';
import { normalForms, hashOf } from './normal-form';
import type { ActualObject, BaseObject } from './object';
import { StateDashboard, stateTag } from './state-dashboard';
import type { StateHttp } from './state-http';
import type { State } from './state';

const refusal = (status: number, message: string): Error => Object.assign(new Error(message), { status });

/** One dashboard on a Grafana, as the legacy API and `/apis` show it (12.3). */
class OneDashboard implements StateHttp {
  stored: { spec: Json; folder: string; version: number } | undefined;
  readonly calls: string[] = [];
  folders: readonly string[] = ['hl-folder'];
  /** Runs before the next write. */
  meanwhile: (() => void) | undefined;

  async get(path: string): Promise<unknown> {
    this.calls.push(`GET ${path}`);
    const [, uid] = /^\/api\/folders\/(.*)$/.exec(path) ?? [];
    if (uid !== undefined) {
      if (!this.folders.includes(uid)) throw refusal(404, 'folder not found');
      return { uid };
    }
    if (!this.stored) throw refusal(404, 'Dashboard not found');
    const { spec, folder, version } = this.stored;
    if (!path.startsWith('/apis')) return { dashboard: { ...spec, id: 7, version }, meta: { folderUid: folder } };
    const annotations = { ...(folder && { 'grafana.app/folder': folder }) };
    return { metadata: { name: 'hl-state', resourceVersion: String(version), annotations }, spec };
  }

  async post(path: string, body?: unknown): Promise<unknown> {
    this.arrive(`POST ${path}`);
    const dashboard = objectAt(body, 'dashboard');
    if (this.stored && dashboard['version'] !== this.stored.version) throw refusal(412, 'version-mismatch');
    this.store(dashboard, textAt(body, 'folderUid') ?? '');
    return {};
  }

  async put(path: string, body: unknown): Promise<unknown> {
    this.arrive(`PUT ${path}`);
    const metadata = objectAt(body, 'metadata');
    if (!this.stored) throw refusal(500, 'resourceVersion should not be set on objects to be created');
    if (metadata['resourceVersion'] !== String(this.stored.version)) throw refusal(409, 'Conflict');
    this.store(objectAt(body, 'spec'), textAt(objectAt(metadata, 'annotations'), 'grafana.app/folder') ?? '');
    return {};
  }

  async delete(path: string): Promise<unknown> {
    this.calls.push(`DELETE ${path}`);
    this.stored = undefined;
    return {};
  }

  private arrive(call: string): void {
    const act = this.meanwhile;
    this.meanwhile = undefined;
    act?.();
    this.calls.push(call);
  }

  private store(spec: Json, folder: string): void {
    this.stored = { spec, folder, version: (this.stored?.version ?? 0) + 1 };
  }
}

const object = (key: string, value: string): BaseObject => ({
  kind: 'template',
  key,
  hash: value,
  normal: { template: value },
});

const stateOf = (...objects: readonly BaseObject[]): State => ({
  version: 1,
  project: 'hl',
  objects: new Map(objects.map((one) => [`template/${one.key}`, one])),
});

describe.each([
  ['with /apis', 'default'],
  ['without /apis', undefined],
])('the state %s', (_, namespace) => {
  const dashboard = (http: StateHttp): StateDashboard =>
    new StateDashboard({ http, project: 'hl', folder: 'hl-folder', namespace });
  const writes = (http: OneDashboard): readonly string[] =>
    http.calls.filter((call) => !call.startsWith('GET')).map((call) => call.split(' ')[0] as string);

  it('is made once, changed, and read again on another machine', async () => {
    const http = new OneDashboard();
    const one = dashboard(http);
    expect(await one.read()).toBeUndefined();
    await one.write(stateOf(object('a', '1'), { ...object('b', '1'), secrets: { url: 'none' } }));
    expect(http.stored).toMatchObject({ folder: 'hl-folder', spec: { uid: 'hl-state', tags: [stateTag] } });
    await one.write(stateOf(object('a', '2'), { ...object('b', '1'), secrets: { url: 'none' } }));
    expect(writes(http)).toEqual(namespace ? ['POST', 'PUT'] : ['POST', 'POST']);
    expect(http.stored?.folder).toBe('hl-folder');
    expect(await dashboard(http).read()).toEqual(
      stateOf(object('a', '2'), { ...object('b', '1'), secrets: { url: 'none' } }),
    );
  });

  it('is not written when it says the same', async () => {
    const http = new OneDashboard();
    await dashboard(http).write(stateOf(object('a', '1')));
    const other = dashboard(http);
    const read = await other.read();
    await other.write(read as State);
    expect(writes(http)).toHaveLength(1);
  });

  it('is merged by object with what another push wrote meanwhile', async () => {
    const http = new OneDashboard();
    await dashboard(http).write(stateOf(object('a', '1'), object('b', '1'), object('c', '1')));
    const [one, other] = [dashboard(http), dashboard(http)];
    await one.read();
    await other.read();
    http.meanwhile = () => undefined;
    await other.write(stateOf(object('a', '1'), object('b', '2'), object('d', '1')));
    // One changed a, and deleted nothing.
    await one.write(stateOf(object('a', '2'), object('b', '1'), object('c', '1')));
    expect((await dashboard(http).read())?.objects).toEqual(
      stateOf(object('a', '2'), object('b', '2'), object('d', '1')).objects,
    );
  });

  it('is merged when somebody is faster by a moment', async () => {
    const http = new OneDashboard();
    const one = dashboard(http);
    await one.write(stateOf(object('a', '1')));
    const rival = new OneDashboard();
    rival.stored = http.stored;
    const other = dashboard(rival);
    await other.read();
    await other.write(stateOf(object('a', '1'), object('b', '1')));
    http.meanwhile = () => (http.stored = rival.stored);
    await one.write(stateOf(object('a', '2')));
    expect((await dashboard(http).read())?.objects).toEqual(stateOf(object('a', '2'), object('b', '1')).objects);
  });

  it('stays where a person moved it, with what a person added', async () => {
    const http = new OneDashboard();
    const one = dashboard(http);
    await one.write(stateOf(object('a', '1')));
    const spec = http.stored?.spec as Json;
    http.stored = {
      spec: { ...spec, title: 'Ours', panels: [{ type: 'stat' }, ...(spec['panels'] as Json[])] },
      folder: 'attic',
      version: 5,
    };
    await one.write(stateOf(object('a', '2')));
    expect(http.stored).toMatchObject({
      folder: 'attic',
      spec: { title: 'Ours', panels: [{ type: 'stat' }, { type: 'text' }] },
    });
  });

  it.each([
    ['without our tag', (spec: Json) => ({ ...spec, tags: [] })],
    ['without a text', (spec: Json) => ({ ...spec, panels: [] })],
    ['with a broken text', (spec: Json) => broken(spec, '{"tool": "homelab-dashboards", ')],
    [
      'of another project',
      (spec: Json) => broken(spec, '{"tool":"homelab-dashboards","version":1,"project":"x","objects":{}}'),
    ],
    [
      'of another version',
      (spec: Json) => broken(spec, '{"tool":"homelab-dashboards","version":2,"project":"hl","objects":{}}'),
    ],
  ])('is refused and never written over %s', async (_how, change) => {
    const http = new OneDashboard();
    await dashboard(http).write(stateOf(object('a', '1')));
    http.stored = { spec: change(http.stored?.spec as Json), folder: '', version: 3 };
    await expect(dashboard(http).read()).rejects.toThrow(StateError);
    await expect(dashboard(http).write(stateOf(object('a', '2')))).rejects.toThrow(StateError);
    expect(http.stored.version).toBe(3);
  });

  it.each([
    ['to where it would be made', ['hl-folder'], ['old'], 'hl-folder'],
    ['to the root where that goes, too', ['hl-folder'], ['old', 'hl-folder'], ''],
    ['to the root where that is not there', [], ['old'], ''],
    ['nowhere where its folder stays', ['hl-folder'], ['older'], 'old'],
  ])('leaves a folder that is removed: %s', async (_where, folders, going, expected) => {
    const http = new OneDashboard();
    http.folders = folders;
    const one = dashboard(http);
    await one.write(stateOf(object('a', '1')));
    http.stored = { spec: http.stored?.spec as Json, folder: 'old', version: 2 };
    await one.leave(new Set(going));
    expect(http.stored).toMatchObject({ folder: expected, version: expected === 'old' ? 2 : 3 });
    expect(await dashboard(http).read()).toEqual(stateOf(object('a', '1')));
  });

  it('takes what another push wrote along when it leaves a folder, and is made by nobody', async () => {
    const http = new OneDashboard();
    const one = dashboard(http);
    await one.leave(new Set(['old']));
    expect(http.stored).toBeUndefined();
    await one.write(stateOf(object('a', '1')));
    const spec = http.stored?.spec as Json;
    await dashboard(http).write(stateOf(object('a', '2')));
    const theirs = http.stored?.spec as Json;
    http.stored = { spec, folder: 'old', version: 4 };
    http.meanwhile = () => (http.stored = { spec: theirs, folder: 'old', version: 5 });
    await one.leave(new Set(['old']));
    expect(http.stored).toMatchObject({ folder: 'hl-folder', version: 6 });
    expect(await dashboard(http).read()).toEqual(stateOf(object('a', '2')));
  });

  it('is removed', async () => {
    const http = new OneDashboard();
    const one = dashboard(http);
    await one.write(stateOf(object('a', '1')));
    await one.remove();
    await one.remove();
    expect(http.stored).toBeUndefined();
    expect(writes(http)).toEqual(['POST', 'DELETE']);
  });
});

const broken = (spec: Json, content: string): Json => ({
  ...spec,
  panels: (spec['panels'] as unknown[]).map((panel) => (isObject(panel) ? { ...panel, options: { content } } : panel)),
});

describe('withDashboardBases', () => {
  const body = (title: string): Json => ({ dashboard: { uid: 'd', title }, folderUid: 'f' });
  const actual = (title: string): ReadonlyMap<string, ActualObject> =>
    new Map([
      ['dashboard/d', { kind: 'dashboard', key: 'd', title, body: body(title), version: '3', readOnly: undefined }],
    ]);
  const hash = hashOf(normalForms.dashboard(body('ours')));
  const base = new Map<string, BaseObject>([['dashboard/d', { kind: 'dashboard', key: 'd', hash, normal: undefined }]]);
  const asked: string[] = [];
  const history = (versions: unknown, first: unknown = {}): StateHttp => ({
    get: async (path) => {
      asked.push(path);
      return path.endsWith('/1') ? first : versions;
    },
    post: async () => undefined,
    put: async () => undefined,
    delete: async () => undefined,
  });
  const bases = (http: StateHttp, title: string) =>
    withDashboardBases({
      http,
      project: 'hl',
      base,
      actual: actual(title),
      normalForms,
      toBody: (data) => ({ dashboard: data, folderUid: 'f' }),
    });
  const entry = (version: number, message: string, title: string): Json => ({
    version,
    message,
    data: { uid: 'd', title },
  });

  it('asks nothing for what is as we left it', async () => {
    asked.length = 0;
    // Its hash says so: nobody needs the content to see that it is the same.
    expect((await bases(history([]), 'ours'))?.get('dashboard/d')?.hash).toBe(
      hashOf(normalForms.dashboard(body('ours'))),
    );
    expect(asked).toEqual([]);
  });

  it.each([
    ['a list', (versions: unknown) => versions],
    ['an object', (versions: unknown) => ({ continueToken: '', versions })],
  ])('takes the newest save of ours from %s', async (_, form) => {
    const versions = form([
      entry(4, '', 'theirs'),
      entry(3, 'homelab-dashboards hl@b', 'ours'),
      entry(2, 'homelab-dashboards hl@a', 'old'),
    ]);
    expect((await bases(history(versions), 'theirs'))?.get('dashboard/d')?.normal).toEqual(
      normalForms.dashboard(body('ours')),
    );
  });

  it('asks for the message of the first version, which the list hides', async () => {
    const versions = [entry(2, '', 'theirs'), entry(1, 'Initial save', 'ours')];
    const found = await bases(history(versions, { message: 'homelab-dashboards hl@a' }), 'theirs');
    expect(found?.get('dashboard/d')?.normal).toEqual(normalForms.dashboard(body('ours')));
    const other = await bases(history(versions, { message: 'homelab-dashboards hl2@a' }), 'theirs');
    expect(other?.get('dashboard/d')?.normal).toBeUndefined();
  });

  it('does not take a save that is not the one of the state', async () => {
    const versions = [entry(2, 'homelab-dashboards hl@b', 'another')];
    expect((await bases(history(versions), 'theirs'))?.get('dashboard/d')?.normal).toBeUndefined();
  });
});
