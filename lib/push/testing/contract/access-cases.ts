import { get, isAbsent, isNumber, isText, post, put, type ContractCase } from './step';

const denied = (actions: RegExp | string) => ({
  title: 'Access denied',
  message: typeof actions === 'string' ? new RegExp(`Permissions needed: ${actions}`) : actions,
  accessErrorId: /^ACE/,
});

/** Who is let in, as whom, and what else is asked before the first read. */
export const accessCases: readonly ContractCase[] = [
  { name: 'healthz is plain text', section: '1.4', steps: [get('/healthz', 200, 'Ok', { as: 'nobody' })] },
  {
    name: 'health needs no credentials and has the version',
    section: '1.4',
    steps: [get('/api/health', 200, { database: 'ok', version: /^\d+\.\d+\.\d+/, commit: isText }, { as: 'nobody' })],
  },
  {
    name: 'frontend settings have version and edition',
    section: '1.4',
    steps: [
      get('/api/frontend/settings', 200, { buildInfo: { version: /^12\./, edition: isText }, featureToggles: {} }),
      get('/api/frontend/settings', 200, undefined, { as: 'None' }),
      get('/api/frontend/settings', 401, { messageId: 'auth.unauthorized' }, { as: 'nobody' }),
    ],
  },
  {
    name: 'the organisation',
    section: '1.4',
    steps: [get('/api/org', 200, { id: 1, name: isText }), get('/api/org', 403, denied('orgs:read'), { as: 'None' })],
  },
  {
    name: 'the user of a token',
    section: '1.4',
    steps: [
      get('/api/user', 200, { id: 0, uid: /^service-account:\d+$/, login: /^sa-1-/, orgId: 1 }, { as: 'Editor' }),
    ],
  },
  {
    name: 'permissions of the caller',
    section: '1.4',
    steps: [
      get('/api/access-control/user/actions', 200, { 'dashboards:create': true }, { as: 'Editor' }),
      get(
        '/api/access-control/user/actions',
        200,
        { 'dashboards:create': isAbsent, 'dashboards:write': isAbsent },
        { as: 'Viewer' },
      ),
      get(
        '/api/access-control/user/permissions',
        200,
        { 'alert.provisioning:write': (scopes) => Array.isArray(scopes) },
        { as: 'Admin' },
      ),
      get(
        '/api/access-control/user/actions',
        200,
        { 'datasources:write': isAbsent, 'folders:create': true },
        { as: 'Editor' },
      ),
    ],
  },
  ...(
    [
      ['no credentials', 'nobody', { messageId: 'auth.unauthorized', message: 'Unauthorized', statusCode: 401 }],
      ['an unknown token', 'unknown-token', { messageId: 'api-key.invalid', statusCode: 401 }],
      ['an expired token', 'expired-token', { messageId: 'api-key.expired', statusCode: 401 }],
      ['a deleted token', 'deleted-token', { message: 'Unauthorized', messageId: isAbsent }],
      ['a wrong password', 'unknown-user', { messageId: 'password-auth.failed', statusCode: 401 }],
    ] as const
  ).map(([name, as, answer]): ContractCase => ({
    name: `${name} is 401`,
    section: '1.1',
    steps: [get('/api/org', 401, answer, { as })],
  })),
  {
    name: 'a token of another organisation',
    section: '1.2',
    steps: [
      get(
        '/api/org',
        401,
        { messageId: 'api-key.organization-mismatch' },
        { as: 'Admin', headers: { 'X-Grafana-Org-Id': '77' } },
      ),
      get('/api/org', 200, { id: 1 }, { as: 'Admin', headers: { 'X-Grafana-Org-Id': '1' } }),
      get('/api/org?targetOrgId=77', 401, { messageId: 'api-key.organization-mismatch' }, { as: 'Admin' }),
    ],
  },
  {
    name: 'a namespace of another organisation',
    section: '1.2',
    steps: [
      get(
        '/apis/dashboard.grafana.app/v1beta1/namespaces/org-77/dashboards/§x',
        401,
        { messageId: 'api-key.organization-mismatch' },
        { as: 'Admin' },
      ),
    ],
  },
  {
    name: 'a user who is no member of that organisation',
    section: '1.2',
    steps: [get('/api/org', 403, denied('orgs:read'), { headers: { 'X-Grafana-Org-Id': '77' } })],
  },
  {
    name: 'an unknown call is JSON, another path a page',
    section: '1.5',
    steps: [get('/api/not-there', 404, { message: 'Not found' }), get('/not-there', 404, /^\s*<!doctype html/i)],
  },
  {
    name: 'a body that is no JSON or not said to be',
    section: '1.5',
    steps: [
      post('/api/folders', '{"title":', 400, { message: 'bad request data' }),
      post(
        '/api/folders',
        { title: '§x' },
        400,
        { message: 'bad request data' },
        { headers: { 'Content-Type': 'text/plain' } },
      ),
    ],
  },
  {
    name: 'a viewer may not write',
    section: '1.6',
    steps: [
      post('/api/folders', { uid: '§f', title: '§f' }, 403, denied('folders:create'), { as: 'Viewer' }),
      post(
        '/api/dashboards/db',
        { dashboard: { uid: '§d', title: '§d' } },
        403,
        denied(/dashboards:create|dashboards:write/),
        { as: 'Viewer' },
      ),
      put('/api/v1/provisioning/policies', { receiver: 'grafana-default-email' }, 403, denied(/Permissions needed: /), {
        as: 'Viewer',
      }),
      post(
        '/api/v1/provisioning/contact-points',
        { name: '§', type: 'webhook', settings: { url: 'http://127.0.0.1:9' } },
        403,
        denied(/Permissions needed: /),
        { as: 'Viewer' },
      ),
      post('/api/datasources', { name: '§', type: 'prometheus', access: 'proxy' }, 403, denied('datasources:create'), {
        as: 'Viewer',
      }),
    ],
  },
  {
    name: 'a viewer reads alerting and data sources',
    section: '1.6',
    steps: [
      get('/api/v1/provisioning/policies', 200, { receiver: isText }, { as: 'Viewer' }),
      get('/api/v1/provisioning/alert-rules', 200, undefined, { as: 'Viewer' }),
      get('/api/v1/provisioning/contact-points', 200, undefined, { as: 'Viewer' }),
      get('/api/datasources', 200, undefined, { as: 'Viewer' }),
    ],
  },
  {
    name: 'no role, no rights',
    section: '1.6',
    steps: [
      get('/api/v1/provisioning/policies', 403, denied(/Permissions needed: /), { as: 'None' }),
      get('/api/datasources', 403, denied('datasources:read'), { as: 'None' }),
      get('/api/folders', 200, [{ uid: 'sharedwithme', id: -1 }], { as: 'None' }),
      get('/api/search', 200, [], { as: 'None' }),
    ],
  },
  {
    name: 'an editor writes folders, dashboards and alerting, no data source',
    section: '1.6',
    steps: [
      post('/api/folders', { uid: '§f', title: '§f' }, 200, { uid: '§f' }, { as: 'Editor' }),
      post(
        '/api/dashboards/db',
        { folderUid: '§f', dashboard: { uid: '§d', title: '§d' } },
        200,
        { status: 'success' },
        { as: 'Editor' },
      ),
      put(
        '/api/v1/provisioning/templates/§t',
        { template: '{{ define "§t" }}x{{ end }}' },
        202,
        { name: '§t' },
        { as: 'Editor' },
      ),
      post('/api/datasources', { name: '§', type: 'prometheus', access: 'proxy' }, 403, denied('datasources:create'), {
        as: 'Editor',
      }),
    ],
  },
  {
    name: 'a viewer may not list versions',
    section: '3.5',
    steps: [
      post('/api/dashboards/db', { dashboard: { uid: '§d', title: '§d' } }, 200, { id: isNumber }),
      get('/api/dashboards/uid/§d/versions', 403, denied('dashboards:write'), { as: 'Viewer' }),
    ],
  },
];
