/** What `POST /api/dashboards/db` takes. */
export const board = (
  uid: string,
  { folderUid, message, overwrite, version, ...more }: Readonly<Record<string, unknown>> = {},
): unknown => ({
  dashboard: {
    uid,
    title: `${uid} title`,
    schemaVersion: 42,
    panels: [],
    ...(version !== undefined && { version }),
    ...more,
  },
  ...(folderUid !== undefined && { folderUid }),
  ...(message !== undefined && { message }),
  ...(overwrite !== undefined && { overwrite }),
});

/** What `/apis/dashboard.grafana.app/v1beta1` takes. */
export const resource = (
  name: string,
  spec: Readonly<Record<string, unknown>> = {},
  {
    resourceVersion,
    annotations,
  }: { readonly resourceVersion?: unknown; readonly annotations?: Readonly<Record<string, string>> } = {},
  version = 'v1beta1',
): unknown => ({
  apiVersion: `dashboard.grafana.app/${version}`,
  kind: 'Dashboard',
  metadata: {
    name,
    namespace: 'default',
    ...(resourceVersion !== undefined && { resourceVersion }),
    ...(annotations && { annotations }),
  },
  spec: { title: `${name} title`, schemaVersion: 42, ...spec },
});

export const alertRule = (uid: string, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  uid,
  title: `${uid} title`,
  condition: 'A',
  data: [
    {
      refId: 'A',
      relativeTimeRange: { from: 600, to: 0 },
      datasourceUid: '__expr__',
      model: { refId: 'A', type: 'math', expression: '0 > 1' },
    },
  ],
  noDataState: 'OK',
  execErrState: 'OK',
  for: '90s',
  ...more,
});

export const ruleGroup = (uid: string, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  title: 'overwritten by the address',
  interval: 60,
  rules: [alertRule(uid, more)],
});

export const webhook = (uid: string, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  uid,
  name: `${uid} name`,
  type: 'webhook',
  settings: { url: 'http://127.0.0.1:9/' },
  ...more,
});

/** Leaves the object to people: no provenance. */
export const free = { headers: { 'X-Disable-Provenance': 'true' } } as const;
