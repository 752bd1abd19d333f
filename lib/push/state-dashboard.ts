import { isObject, objectAt, objectsAt, textAt, type Json } from '../grafana-json/json';
import { StateError } from './errors';
import { mergeStates } from './merge-states';
import { saysTheSame } from './next-state';
import type { BaseObject } from './object';
import type { State, StateStore } from './state';
import { statusOf, type StateHttp } from './state-http';
import { formatState, parseState } from './state-text';

export interface StateDashboardOptions {
  readonly http: StateHttp;
  readonly project: string;
  /** Uid of the folder in which it is made; undefined: at the root. One that is there stays where it is, until its folder is removed. */
  readonly folder: string | undefined;
  /** Namespace of `/apis` (`default`, `org-2`); undefined where the server has no `dashboard.grafana.app/v1beta1`. */
  readonly namespace: string | undefined;
}

/** Uid of the dashboard that holds the state of a project. */
export const stateUid = (project: string): string => `${project}-state`;

/** By this tag we know it again. */
export const stateTag = 'homelab-dashboards-state';

/**
 * The state of the last push, as the text of one panel of one dashboard: it outlives browser saves byte for byte, every machine can
 * read it, and it has a history. Made with the legacy save, which gives it the usual permissions; changed with a `resourceVersion` where
 * the server has `/apis`, else with `version`, and read back. A dashboard of that uid that is not ours, or cannot be read, is a
 * `StateError`, and is never written over.
 */
export class StateDashboard implements StateStore {
  /** What was read last: the rest of what is there is somebody else's. */
  private lastRead: ReadonlyMap<string, BaseObject> | undefined;

  constructor(private readonly options: StateDashboardOptions) {}

  async read(): Promise<State | undefined> {
    const there = await this.fetch();
    this.lastRead = there?.state.objects;
    return there?.state;
  }

  async write({ objects }: State): Promise<void> {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const there = await this.fetch();
      const merged = mergeStates(this.lastRead, objects, there?.state.objects);
      if (there && saysTheSame(there.state.objects, merged)) return;
      const text = formatState({ version: 1, project: this.options.project, objects: merged });
      if (!(await isWritten(there ? this.change(there, there.folder, text) : this.create(text)))) continue;
      // The legacy save lets two writers through (12.3): only what is read back was kept.
      const kept = await this.fetch();
      if (!kept || !saysTheSame(kept.state.objects, merged)) continue;
      this.lastRead = kept.state.objects;
      return;
    }
    throw this.beaten('kept');
  }

  /** To the folder in which it would be made, or to the root. */
  async leave(folders: ReadonlySet<string>): Promise<void> {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const there = await this.fetch();
      if (there?.folder === undefined || !folders.has(there.folder)) return;
      await isWritten(this.change(there, await this.folderOutside(folders), textOf(there.dashboard) ?? ''));
    }
    throw this.beaten('moved out of a folder that is to be removed');
  }

  async remove(): Promise<void> {
    const there = await this.fetch();
    if (there) await this.options.http.delete(`/api/dashboards/uid/${this.uid}`);
    this.lastRead = undefined;
  }

  private get uid(): string {
    return stateUid(this.options.project);
  }

  private get resource(): string {
    return `/apis/dashboard.grafana.app/v1beta1/namespaces/${this.options.namespace}/dashboards/${this.uid}`;
  }

  /** Grafana refuses a save into a folder that is not there. */
  private async folderOutside(folders: ReadonlySet<string>): Promise<string | undefined> {
    const { http, folder } = this.options;
    if (folder === undefined || folders.has(folder)) return undefined;
    try {
      await http.get(`/api/folders/${encodeURIComponent(folder)}`);
      return folder;
    } catch (error) {
      // 403: it is hidden from us, or not there (12.3).
      if (statusOf(error) === 404 || statusOf(error) === 403) return undefined;
      throw error;
    }
  }

  private beaten(what: string): StateError {
    return new StateError(
      `the state of this push could not be ${what}: the dashboard ${this.uid}`,
      `other pushes wrote it at the same moment, ${attempts} times`,
      'run the same push again when they are done; it finds what was applied',
    );
  }

  private async fetch(): Promise<Kept | undefined> {
    const { http, namespace } = this.options;
    try {
      if (namespace === undefined) {
        const answer = await http.get(`/api/dashboards/uid/${this.uid}`);
        const folder = textAt(objectAt(answer, 'meta'), 'folderUid');
        return this.kept(objectAt(answer, 'dashboard'), folder, undefined);
      }
      const answer = await http.get(this.resource);
      const metadata = objectAt(answer, 'metadata');
      const folder = textAt(objectAt(metadata, 'annotations'), 'grafana.app/folder');
      return this.kept(objectAt(answer, 'spec'), folder, textAt(metadata, 'resourceVersion'));
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  }

  private kept(dashboard: Json, folder: string | undefined, resourceVersion: string | undefined): Kept {
    const tags: unknown = dashboard['tags'];
    if (!(Array.isArray(tags) && tags.includes(stateTag))) throw this.unreadable(`it has no tag ${stateTag}`);
    const text = textOf(dashboard);
    if (text === undefined) throw this.unreadable('it has no panel with the text of a state');
    const state = parseState(text, this.options.project);
    if (typeof state === 'string') throw this.unreadable(state);
    return { dashboard, folder, resourceVersion, state };
  }

  private unreadable(evidence: string): StateError {
    return new StateError(
      `the dashboard ${this.uid} is not the state of a push of this project`,
      evidence,
      'restore an older version of it in Grafana (Settings > Versions), or, if nobody needs it, delete it: the next push then works without a record of the last one',
    );
  }

  private async create(text: string): Promise<void> {
    await this.options.http.post('/api/dashboards/db', {
      dashboard: stateDashboard(this.options.project, text),
      ...(this.options.folder !== undefined && { folderUid: this.options.folder }),
      message: this.message,
      overwrite: false,
    });
  }

  /** Throws where somebody was faster. */
  private async change({ dashboard, resourceVersion }: Kept, folder: string | undefined, text: string): Promise<void> {
    if (resourceVersion !== undefined) return this.replace(dashboard, resourceVersion, folder, text);
    await this.options.http.post('/api/dashboards/db', {
      dashboard: withText(dashboard, text),
      folderUid: folder ?? '',
      message: this.message,
      overwrite: false,
    });
  }

  private async replace(
    dashboard: Json,
    resourceVersion: string,
    folder: string | undefined,
    text: string,
  ): Promise<void> {
    await this.options.http.put(this.resource, {
      apiVersion: 'dashboard.grafana.app/v1beta1',
      kind: 'Dashboard',
      metadata: {
        name: this.uid,
        namespace: this.options.namespace,
        resourceVersion,
        // Without it a save moves the dashboard to the root.
        annotations: { ...(folder && { 'grafana.app/folder': folder }), 'grafana.app/message': this.message },
      },
      spec: withText(dashboard, text),
    });
  }

  private get message(): string {
    return `homelab-dashboards ${this.options.project} state`;
  }
}

interface Kept {
  readonly dashboard: Json;
  readonly folder: string | undefined;
  readonly resourceVersion: string | undefined;
  readonly state: State;
}

const attempts = 8;

/** A stale version, a name that somebody has just taken, or one that is gone: `resourceVersion should not be set on objects to be created`. */
const isLostRace = (error: unknown): boolean => {
  const status = statusOf(error);
  if (status === 409 || status === 412) return true;
  return status === 500 && /resourceVersion should not be set|UNIQUE constraint/.test((error as Error).message);
};

/** False where somebody was faster. */
const isWritten = async (write: Promise<void>): Promise<boolean> => {
  try {
    await write;
    return true;
  } catch (error) {
    if (!isLostRace(error)) throw error;
    return false;
  }
};

const isStatePanel = (panel: Json): boolean =>
  panel['type'] === 'text' && (textAt(objectAt(panel, 'options'), 'content') ?? '').includes('"homelab-dashboards"');

const textOf = (dashboard: Json): string | undefined => {
  const panel = objectsAt(dashboard, 'panels').find(([item]) => isStatePanel(item))?.[0];
  return panel && textAt(objectAt(panel, 'options'), 'content');
};

const withText = (dashboard: Json, text: string): Json => {
  const panels: unknown = dashboard['panels'];
  let isFirst = true;
  return {
    ...dashboard,
    panels: (Array.isArray(panels) ? panels : []).map((panel: unknown) => {
      if (!isFirst || !isObject(panel) || !isStatePanel(panel)) return panel;
      isFirst = false;
      return { ...panel, options: { ...objectAt(panel, 'options'), content: text } };
    }),
  };
};

const stateDashboard = (project: string, text: string): Json => ({
  uid: stateUid(project),
  title: `State of the last push (${project})`,
  description:
    'What homelab-dashboards wrote last, so that it can tell your edits from its own. Leave it as it is: without it every edit has to be looked at again.',
  tags: [stateTag],
  editable: true,
  schemaVersion: 39,
  panels: [
    {
      id: 1,
      type: 'text',
      title: 'Written by npm run push',
      gridPos: { h: 20, w: 24, x: 0, y: 0 },
      options: { mode: 'code', code: { language: 'json', showLineNumbers: false, showMiniMap: false }, content: text },
    },
  ],
});
