import type { IncomingHttpHeaders } from 'node:http';
import { Refusal, route, ok, status, type Route } from './exchange';
import type { State } from './state';

export type Role = 'Admin' | 'Editor' | 'Viewer' | 'None';

/** Who asks. `root`: the server's administrator, with a password. */
export interface Caller {
  readonly role: Role;
  readonly root: boolean;
  readonly name: string;
  readonly uid: string;
}

/** What stands in front of `Bearer`: a token of each role, and those that are refused. */
export const tokens = {
  Admin: 'glsa_admin',
  Editor: 'glsa_editor',
  Viewer: 'glsa_viewer',
  None: 'glsa_none',
  expired: 'glsa_expired',
  deleted: 'glsa_deleted',
} as const;

/** The server's administrator. */
export const administrator = { user: 'admin', password: 'admin' } as const;

/** Contract 1.1: who a request comes from. Throws a 401. */
export const callerOf = (headers: IncomingHttpHeaders, path: string, query: URLSearchParams, state: State): Caller => {
  const [scheme = '', credentials = ''] = (headers.authorization ?? '').split(' ');
  const org = organisationOf(headers, path, query);
  if (/^bearer$/i.test(scheme)) return ofToken(credentials, org);
  if (/^basic$/i.test(scheme)) {
    const [user, ...password] = Buffer.from(credentials, 'base64').toString().split(':');
    // Contract 1.1: a token as the password of `api_key`.
    if (user === 'api_key') return ofToken(password.join(':'), org);
    if (user !== administrator.user || password.join(':') !== administrator.password)
      throw unauthorised('password-auth.failed', 'Invalid username or password');
    // Contract 1.2: no member of that organisation, no rights.
    return { role: org === 1 ? 'Admin' : 'None', root: org === 1, name: 'admin', uid: 'user:root' };
  }
  if (state.settings.anonymous) return { role: 'Viewer', root: false, name: 'Anonymous', uid: 'anonymous:0' };
  throw unauthorised('auth.unauthorized', 'Unauthorized');
};

const ofToken = (token: string, org: number): Caller => {
  if (token === tokens.expired) throw unauthorised('api-key.expired', 'Expired API key');
  // Contract 1.1: a deleted token has no `messageId`.
  if (token === tokens.deleted) throw new Refusal({ status: 401, body: { message: 'Unauthorized', traceID: '' } });
  const roles = ['Admin', 'Editor', 'Viewer', 'None'] as const;
  const role = roles.find((name) => tokens[name] === token);
  if (!role) throw unauthorised('api-key.invalid', 'Invalid API key');
  // Contract 1.2: a token belongs to one organisation.
  if (org !== 1)
    throw unauthorised('api-key.organization-mismatch', 'API key does not belong to the requested organization');
  const id = roles.indexOf(role) + 2;
  return { role, root: false, name: `contract-${role}`, uid: `service-account:${id}` };
};

/** Contract 1.2: namespace, then query, then header. */
const organisationOf = (headers: IncomingHttpHeaders, path: string, query: URLSearchParams): number => {
  const namespace = /^\/apis\/[^/]+\/[^/]+\/namespaces\/([^/]+)/.exec(path)?.[1];
  if (namespace) return namespace === 'default' ? 1 : Number(/^org-(\d+)$/.exec(namespace)?.[1] ?? 0);
  const asked = query.get('targetOrgId') ?? headers['x-grafana-org-id'];
  return asked === undefined || asked === '' ? 1 : Number(asked);
};

const unauthorised = (messageId: string, message: string): Refusal =>
  new Refusal({ status: 401, body: { extra: null, message, messageId, statusCode: 401, traceID: '' } });

/** Contract 1.6: what the roles of an OSS Grafana may do, as far as anything here asks. */
const viewerActions = [
  'alert.notifications:read',
  'alert.rules:read',
  'annotations:read',
  'dashboards:read',
  'datasources:query',
  'datasources:read',
  'folders:read',
  'orgs:read',
];
const editorActions = [
  ...viewerActions,
  'alert.notifications:write',
  'alert.provisioning.provenance:write',
  'alert.rules:create',
  'alert.rules:delete',
  'alert.rules:write',
  'dashboards:create',
  'dashboards:delete',
  'dashboards:write',
  'folders:create',
  'folders:delete',
  'folders:write',
];
const adminActions = [
  ...editorActions,
  'alert.notifications.provisioning:read',
  'alert.notifications.provisioning:write',
  'alert.provisioning.secrets:read',
  'alert.provisioning:read',
  'alert.provisioning:write',
  'alert.rules.provisioning:read',
  'alert.rules.provisioning:write',
  'datasources:create',
  'datasources:delete',
  'datasources:write',
];
const actions: Readonly<Record<Role, readonly string[]>> = {
  Admin: adminActions,
  Editor: editorActions,
  Viewer: viewerActions,
  None: [],
};

/** Doors of the alerting provisioning API (contract 1.6), and of the rest. */
export const needs = {
  rulesRead: [
    'alert.provisioning:read',
    'alert.rules.provisioning:read',
    'alert.provisioning.secrets:read',
    'alert.rules:read',
  ],
  rulesWrite: ['alert.provisioning:write', 'alert.rules.provisioning:write', 'alert.rules:write'],
  notificationsRead: [
    'alert.provisioning:read',
    'alert.notifications.provisioning:read',
    'alert.provisioning.secrets:read',
    'alert.notifications:read',
  ],
  notificationsWrite: [
    'alert.provisioning:write',
    'alert.notifications.provisioning:write',
    'alert.notifications:write',
  ],
} as const;

/** Where the text is not only the list (recorded from 12.3.0). */
const texts = new Map<readonly string[], string>([
  [
    needs.notificationsWrite,
    'any of alert.provisioning:write, alert.notifications.provisioning:write, all of alert.notifications:write, alert.provisioning.provenance:write',
  ],
  [
    needs.rulesWrite,
    'any of alert.provisioning:write, alert.rules.provisioning:write, all of alert.rules:read, folders:read, alert.provisioning.provenance:write, any of alert.rules:write, alert.rules:create, alert.rules:delete',
  ],
]);

export const may = ({ role }: Caller, action: string): boolean => actions[role].includes(action);

/** Contract 1.5: an RBAC denial. */
export const denied = (wanted: readonly string[]): Refusal =>
  new Refusal({
    status: 403,
    body: {
      accessErrorId: 'ACE0000000000',
      message: `You'll need additional permissions to perform this action. Permissions needed: ${
        texts.get(wanted) ?? (wanted.length > 1 ? `any of ${wanted.join(', ')}` : wanted.join(''))
      }`,
      title: 'Access denied',
    },
  });

/** Throws a 403 in the form of the API that was asked (contract 1.5: `/apis` gives no message). */
export const demand = (caller: Caller, wanted: readonly string[], path: string): void => {
  if (wanted.length === 0 || wanted.some((action) => may(caller, action))) return;
  throw path.startsWith('/apis/') ? status(403, undefined) : denied(wanted);
};

/** Contract 1.4: who am I, and what may I do. */
export const authRoutes: readonly Route[] = [
  route('GET', '/api/org', ['orgs:read'], () =>
    ok({
      id: 1,
      name: 'Main Org.',
      address: { address1: '', address2: '', city: '', zipCode: '', state: '', country: '' },
    }),
  ),
  route('GET', '/api/user', [], ({ caller }) =>
    ok({
      id: caller.root ? 1 : 0,
      uid: caller.uid,
      name: caller.name,
      login: caller.root ? 'admin' : `sa-1-${caller.name.toLowerCase()}`,
      orgId: 1,
      isGrafanaAdmin: caller.root,
    }),
  ),
  route('GET', '/api/access-control/user/actions', [], ({ caller }) =>
    ok(Object.fromEntries(actions[caller.role].map((action) => [action, true]))),
  ),
  route('GET', '/api/access-control/user/permissions', [], ({ caller }) =>
    ok(Object.fromEntries(actions[caller.role].map((action) => [action, [scopeOf(action)]]))),
  ),
];

const scopeOf = (action: string): string => {
  if (/^(folders|dashboards|alert\.rules)[.:]/.test(action)) return 'folders:*';
  return action.startsWith('datasources') ? 'datasources:*' : '';
};
