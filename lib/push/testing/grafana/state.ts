import type { Json } from '../../../grafana-json/json';

/** Contract 4.1: who keeps an alerting object. The empty text: people. */
export type Provenance = '' | 'api' | 'file' | 'converted_prometheus';

export interface Folder {
  readonly id: number;
  readonly uid: string;
  title: string;
  parentUid: string;
  description: string;
  version: number;
  readonly created: string;
  updated: string;
  readonly createdBy: string;
  updatedBy: string;
}

export interface DashboardVersion {
  readonly version: number;
  readonly parentVersion: number;
  readonly restoredFrom: number;
  readonly message: string;
  readonly created: string;
  readonly createdBy: string;
  readonly spec: Json;
}

export interface Dashboard {
  readonly id: number;
  readonly uid: string;
  folderUid: string;
  /** Of the API by which it was last saved. */
  stored: 'v0alpha1' | 'v1beta1' | 'v2beta1';
  /** Without `id`, `uid`, `version`. */
  spec: Json;
  version: number;
  readonly created: string;
  updated: string;
  readonly createdBy: string;
  updatedBy: string;
  /** Newest first. */
  history: readonly DashboardVersion[];
  /** Of the file that it came from. */
  readonly file: { readonly provider: string; readonly path: string; readonly allowUiUpdates: boolean } | undefined;
  /** Contract 3.7: without them nobody but an administrator sees a dashboard at the root. */
  readonly defaultPermissions: boolean;
}

export interface Rule {
  readonly id: number;
  readonly uid: string;
  folderUid: string;
  group: string;
  /** In seconds, of its group. */
  interval: number;
  /** In its group, from 1. */
  index: number;
  version: number;
  updated: string;
  provenance: Provenance;
  /** As the API gives it, without what stands above. */
  body: Json;
}

export interface Integration {
  readonly uid: string;
  /** In the list of contact points; the receiver's name, but for the first one of all (contract 4.3). */
  readonly name: string;
  readonly type: string;
  readonly disableResolveMessage: boolean;
  readonly settings: Json;
  /** By path, in clear text. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly provenance: Provenance;
}

export interface Receiver {
  readonly name: string;
  readonly integrations: readonly Integration[];
}

export interface MuteTiming {
  readonly name: string;
  readonly intervals: readonly Json[];
  readonly provenance: Provenance;
}

export interface Template {
  readonly name: string;
  readonly template: string;
  readonly provenance: Provenance;
}

/** Contract 4.1: contact points, policies, mute timings and templates live in one document, which every write replaces. */
export interface AlertmanagerDocument {
  readonly route: Json;
  readonly routeProvenance: Provenance;
  readonly receivers: readonly Receiver[];
  readonly muteTimings: readonly MuteTiming[];
  readonly templates: readonly Template[];
}

export interface DataSource {
  readonly id: number;
  readonly uid: string;
  name: string;
  type: string;
  access: string;
  url: string;
  isDefault: boolean;
  /** Other known keys: `basicAuth`, `user`, `database`, ... */
  more: Json;
  jsonData: Json;
  secrets: Readonly<Record<string, string>>;
  version: number;
  readonly readOnly: boolean;
}

export interface LibraryPanel {
  readonly uid: string;
  readonly name: string;
  readonly folderUid: string;
}

/** Everything stored. */
export interface World {
  readonly folders: Map<string, Folder>;
  readonly dashboards: Map<string, Dashboard>;
  rules: Rule[];
  alertmanager: AlertmanagerDocument;
  readonly dataSources: Map<string, DataSource>;
  readonly libraryPanels: Map<string, LibraryPanel>;
}

/** What an administrator of the server sets. */
export interface Settings {
  version: string;
  edition: string;
  /** Contract 1.4: `[auth.anonymous] hide_version`. */
  hideVersion: boolean;
  /** Contract 1.1: requests without credentials are Viewers. */
  anonymous: boolean;
  /** Contract 1.3: `/grafana`, or the empty text. */
  subPath: string;
  /** Contract 9.1: dashboards at most. */
  dashboardQuota: number;
  /** Contract 3.3, in seconds. */
  minRefresh: number;
  /** Contract 3.7: without `/apis/dashboard.grafana.app`, as before 12. */
  apis: boolean;
  /** Contract 3.3: trimmed after each write here, every ten minutes there. */
  versionsToKeep: number;
}

export interface State {
  readonly settings: Settings;
  readonly world: World;
  nextId: number;
  /** In milliseconds: it moves with each write, not with the wall. */
  clock: number;
  /** How often something was stored. */
  changes: number;
}

/** Contract 4.3, 4.4: what a new organisation has. */
export const newDocument = (): AlertmanagerDocument => ({
  route: { receiver: 'grafana-default-email', group_by: ['grafana_folder', 'alertname'] },
  routeProvenance: '',
  receivers: [
    {
      name: 'grafana-default-email',
      integrations: [
        {
          uid: '',
          name: 'email receiver',
          type: 'email',
          disableResolveMessage: false,
          settings: { addresses: '<example@email.com>' },
          secrets: {},
          provenance: '',
        },
      ],
    },
  ],
  muteTimings: [],
  templates: [],
});

export const newState = (settings: Partial<Settings> = {}): State => ({
  settings: {
    version: '12.3.0',
    edition: 'Open Source',
    hideVersion: false,
    anonymous: false,
    subPath: '',
    dashboardQuota: Infinity,
    minRefresh: 5,
    apis: true,
    versionsToKeep: 20,
    ...settings,
  },
  world: {
    folders: new Map(),
    dashboards: new Map(),
    rules: [],
    alertmanager: newDocument(),
    dataSources: new Map(),
    libraryPanels: new Map(),
  },
  nextId: 1,
  clock: Date.UTC(2026, 0, 1),
  changes: 0,
});

/** The moment of a write, as the API writes it. */
export const stamp = (state: State): string => {
  state.clock += 1000;
  state.changes += 1;
  return new Date(state.clock).toISOString().replace('.000Z', 'Z');
};

export const newId = (state: State): number => state.nextId++;

export const newUid = (state: State): string => `made-${(state.nextId++).toString(36).padStart(9, '0')}`;

/** Contract 2.1, 3.1: what a uid may look like. */
export const uidFault = (uid: string): string | undefined => {
  if (!/^[a-zA-Z0-9\-_]*$/.test(uid)) return 'uid contains illegal characters';
  return uid.length > 40 ? 'uid too long, max 40 characters' : undefined;
};
