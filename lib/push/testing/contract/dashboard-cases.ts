import { board, resource } from './bodies';
import { holding } from './match';
import { at, get, isAbsent, isNoMessage, isNumber, isText, lacks, post, put, remove, type ContractCase } from './step';

const mismatched = { status: 'version-mismatch', message: 'The dashboard has been changed by someone else' };
const changed = { message: 'The dashboard has been changed by someone else' };
export const apis = '/apis/dashboard.grafana.app/v1beta1/namespaces/default/dashboards';

const onlyVersion = (resourceVersion: string): unknown => ({
  apiVersion: 'v1',
  kind: 'DeleteOptions',
  preconditions: { resourceVersion },
});

/** The legacy calls. */
export const dashboardCases: readonly ContractCase[] = [
  {
    name: 'save and read',
    section: '3.1',
    steps: [
      post('/api/folders', { uid: '§f', title: '§f' }, 200),
      post(
        '/api/dashboards/db',
        board('§d', { folderUid: '§f', title: '  §d title ', odd: null, panels: [{ type: 'text', x: { y: null } }] }),
        200,
        {
          id: isNumber,
          uid: '§d',
          status: 'success',
          version: 1,
          slug: isText,
          folderUid: '§f',
          url: (url) => /\/d\/.*d\/.*-title$/.test(String(url)),
        },
      ),
      get('/api/dashboards/uid/§d', 200, {
        dashboard: {
          id: isNumber,
          uid: '§d',
          version: 1,
          title: '§d title',
          odd: null,
          panels: [{ type: 'text', x: { y: null }, gridPos: isAbsent, id: isAbsent }],
          editable: isAbsent,
        },
        meta: {
          type: 'db',
          version: 1,
          folderUid: '§f',
          folderTitle: '§f',
          provisioned: false,
          provisionedExternalId: '',
          isFolder: false,
          canSave: true,
          slug: isText,
          created: isText,
          updated: isText,
          createdBy: isText,
          updatedBy: isText,
        },
      }),
      get('/api/dashboards/uid/§none', 404, { message: 'Dashboard not found' }),
    ],
  },
  {
    name: 'at the root',
    section: '3.2',
    steps: [
      post('/api/dashboards/db', board('§d'), 200, { folderUid: (value) => value === undefined || value === '' }),
      get('/api/dashboards/uid/§d', 200, { meta: { folderUid: '', folderTitle: 'General' } }),
    ],
  },
  {
    name: 'a uid is made where none is sent',
    section: '3.1',
    steps: [post('/api/dashboards/db', { dashboard: { title: '§d' } }, 200, { uid: isText })],
  },
  {
    name: 'a save without a folder moves it to the root',
    section: '3.1',
    steps: [
      post('/api/folders', { uid: '§f', title: '§f' }, 200),
      post('/api/dashboards/db', board('§d', { folderUid: '§f' }), 200),
      post('/api/dashboards/db', board('§d', { overwrite: true }), 200),
      get('/api/dashboards/uid/§d', 200, { meta: { folderUid: '' } }),
    ],
  },
  {
    name: 'the version is checked',
    section: '3.1',
    steps: [
      post('/api/dashboards/db', board('§d'), 200),
      post('/api/dashboards/db', board('§d', { title: '§other' }), 412, mismatched),
      post('/api/dashboards/db', board('§d', { title: '§other', version: 1 }), 200, { version: 2 }),
      post('/api/dashboards/db', board('§d', { title: '§third', version: 1 }), 412, mismatched),
      post('/api/dashboards/db', board('§d', { title: '§third', version: 1, overwrite: true }), 200, { version: 3 }),
      get('/api/dashboards/uid/§d', 200, { dashboard: { title: '§third', version: 3 } }),
    ],
  },
  {
    name: 'equal content makes a version, and the answer has the old number',
    section: '3.1',
    steps: [
      post('/api/dashboards/db', board('§d'), 200, { version: 1 }),
      post('/api/dashboards/db', board('§d', { version: 1 }), 200, { version: 1 }),
      get('/api/dashboards/uid/§d', 200, { dashboard: { version: 2 } }),
      post('/api/dashboards/db', board('§d', { version: 1 }), 412, mismatched),
    ],
  },
  {
    name: '10 at once with one version',
    section: '3.1',
    steps: [
      post('/api/dashboards/db', board('§d'), 200),
      {
        calls: Array.from({ length: 10 }, (_, index) => ({
          method: 'POST' as const,
          path: '/api/dashboards/db',
          body: board('§d', { title: `§d ${index}`, version: 1 }),
        })),
        passes: 200,
        atLeast: 1,
        refusals: [
          { status: 412, answer: changed },
          { status: 500, answer: { message: /UNIQUE constraint failed: dashboard_version/ } },
        ],
      },
    ],
  },
  {
    name: '10 at once that overwrite',
    section: '3.1',
    steps: [
      post('/api/dashboards/db', board('§d'), 200),
      {
        calls: Array.from({ length: 10 }, (_, index) => ({
          method: 'POST' as const,
          path: '/api/dashboards/db',
          body: board('§d', { title: `§d ${index}`, overwrite: true }),
        })),
        passes: 200,
        atLeast: 1,
        refusals: [
          { status: 500, answer: { message: /UNIQUE constraint failed: dashboard_version/ } },
          { status: 412, answer: changed },
        ],
      },
    ],
  },
  {
    name: '10 different dashboards at once',
    section: '4.1',
    steps: [
      {
        calls: Array.from({ length: 10 }, (_, index) => ({
          method: 'POST' as const,
          path: '/api/dashboards/db',
          body: board(`§d${index}`),
        })),
        passes: 200,
        atLeast: 10,
        refusals: [],
      },
    ],
  },
  {
    name: 'ids of the table',
    section: '3.1',
    steps: [
      post('/api/dashboards/db', board('§d', { id: 987654321 }), 404, { status: 'not-found' }),
      post('/api/dashboards/db', board('§d', { id: null }), 200),
      post('/api/dashboards/db', board('§e'), 200),
      post(
        '/api/dashboards/db',
        undefined,
        400,
        { message: 'A dashboard with the same uid already exists' },
        {
          bodyFrom: (earlier) => board('§e', { id: at(earlier[1], 'id'), overwrite: true }),
        },
      ),
    ],
  },
  {
    name: 'what is refused',
    section: '3.1',
    steps: [
      post('/api/dashboards/db', board('§d', { title: ' ' }), 400, { status: 'empty-name' }),
      post('/api/dashboards/db', board('§d', { title: 'x'.repeat(5001) }), 400, { status: 'title-too-long' }),
      post('/api/dashboards/db', board('§d', { message: 'x'.repeat(501) }), 400, {
        message: 'message too long, max 500 characters',
      }),
      post('/api/dashboards/db', board('§d', { folderUid: '§none' }), 400, { message: 'folder not found' }),
      post('/api/dashboards/db', board('a b'), 400, { message: 'uid contains illegal characters' }),
      post('/api/dashboards/db', board('x'.repeat(41)), 400, { message: 'uid too long, max 40 characters' }),
      post('/api/dashboards/db', { dashboard: { uid: '§d', title: '§d' }, isFolder: true }, 400),
      post('/api/dashboards/db', { metadata: {}, spec: {} }, 400, { message: 'bad request data' }),
    ],
  },
  {
    name: 'the uid of a folder',
    section: '2.1',
    steps: [
      post('/api/folders', { uid: '§x', title: '§x' }, 200),
      post('/api/dashboards/db', board('§x', { overwrite: true }), 409, {
        message: 'dashboards.dashboard.grafana.app "§x" already exists',
      }),
      remove('/api/dashboards/uid/§x', 404),
    ],
  },
  {
    name: 'an unknown library panel: 500, and saved',
    section: '3.1',
    steps: [
      post('/api/dashboards/db', board('§d', { panels: [{ id: 1, libraryPanel: { uid: '§none', name: 'x' } }] }), 500, {
        message: /library element could not be found/,
      }),
      get('/api/dashboards/uid/§d', 200, { dashboard: { version: 1 } }),
      post('/api/dashboards/db', board('§e', { panels: [{ id: 1, libraryPanel: { name: 'x' } }] }), 500, {
        message: /library panel header is missing required property uid/,
      }),
      get('/api/dashboards/uid/§e', 200, { dashboard: { version: 1 } }),
    ],
  },
  {
    name: 'delete',
    section: '3.4',
    steps: [
      post('/api/dashboards/db', board('§d'), 200),
      remove('/api/dashboards/uid/§d', 200, { title: '§d title', message: 'Dashboard §d title deleted', uid: '§d' }),
      remove('/api/dashboards/uid/§d', 404, { message: 'Dashboard not found' }),
      get('/api/dashboards/uid/§d', 404),
      get('/api/dashboards/uid/§d/versions', 404),
    ],
  },
  {
    name: 'refresh is raised to the least',
    section: '3.3',
    steps: [
      post('/api/dashboards/db', board('§d', { refresh: '10ms' }), 200),
      get('/api/dashboards/uid/§d', 200, {
        dashboard: { refresh: (value) => value !== '10ms' && typeof value === 'string' },
      }),
    ],
  },
  {
    name: 'versions, and the message of the first',
    section: '3.5',
    steps: [
      post('/api/dashboards/db', board('§d', { message: 'one' }), 200),
      post('/api/dashboards/db', board('§d', { message: 'two', version: 1, title: '§second' }), 200),
      post('/api/dashboards/db', board('§d', { version: 2, title: '§third' }), 200),
      get('/api/dashboards/uid/§d/versions', 200, {
        continueToken: '',
        versions: [
          {
            version: 3,
            message: '',
            parentVersion: 2,
            data: { title: '§third' },
            uid: '§d',
            id: isNumber,
            created: isText,
            createdBy: isText,
          },
          { version: 2, message: 'two', parentVersion: 1, data: { title: '§second' } },
          { version: 1, message: 'Initial save', data: { title: '§d title' } },
        ],
      }),
      get('/api/dashboards/uid/§d/versions/1', 200, { version: 1, message: 'one', data: { title: '§d title' } }),
      get('/api/dashboards/uid/§d/versions/2', 200, { version: 2, message: 'two' }),
      get('/api/dashboards/uid/§d/versions/9', 500),
      get('/api/dashboards/uid/§d/versions?limit=1', 200, { versions: [{ version: 3 }] }),
      get('/api/dashboards/uid/§none/versions', 404),
    ],
  },
  {
    name: 'restore',
    section: '3.5',
    steps: [
      post('/api/dashboards/db', board('§d'), 200),
      post('/api/dashboards/db', board('§d', { version: 1, title: '§second' }), 200),
      post('/api/dashboards/uid/§d/restore', { version: 9 }, 404, { message: /not found/i }),
      post('/api/dashboards/uid/§d/restore', { version: 1 }, 200),
      get('/api/dashboards/uid/§d', 200, { dashboard: { title: '§d title', version: 3 } }),
      get('/api/dashboards/uid/§d/versions?limit=1', 200, {
        versions: [{ version: 3, message: 'Restored from version 1' }],
      }),
    ],
  },
];

/** The same through `/apis`. */
export const dashboardResourceCases: readonly ContractCase[] = [
  {
    name: 'create, read',
    section: '3.7',
    steps: [
      post(
        apis,
        resource(
          '§d',
          {},
          { annotations: { 'grafana.app/message': 'one', 'grafana.app/grant-permissions': 'default' } },
        ),
        201,
        {
          kind: 'Dashboard',
          apiVersion: 'dashboard.grafana.app/v1beta1',
          metadata: {
            name: '§d',
            namespace: 'default',
            uid: isText,
            generation: 1,
            resourceVersion: isText,
            creationTimestamp: isText,
          },
          spec: { title: '§d title', schemaVersion: 42 },
        },
      ),
      get(`${apis}/§d`, 200, {
        metadata: {
          resourceVersion: '1',
          generation: 1,
          annotations: {
            'grafana.app/message': isAbsent,
            'grafana.app/grant-permissions': isAbsent,
            'grafana.app/folder': isAbsent,
            'grafana.app/createdBy': isText,
          },
          labels: { 'grafana.app/deprecatedInternalID': isText },
        },
        spec: lacks('id', 'uid', 'version'),
      }),
      get('/api/dashboards/uid/§d', 200, { dashboard: { uid: '§d', version: 1 } }),
    ],
  },
  {
    name: 'missing, and there already',
    section: '3.7',
    steps: [
      get(`${apis}/§none`, 404, { kind: 'Status', status: 'Failure', reason: 'NotFound', code: 404 }),
      remove(`${apis}/§none`, 404, { kind: 'Status', reason: 'NotFound' }),
      post(apis, resource('§d'), 201),
      post(apis, resource('§d'), 409, {
        kind: 'Status',
        reason: 'AlreadyExists',
        message: 'dashboards.dashboard.grafana.app "§d" already exists',
      }),
    ],
  },
  {
    name: 'a put without a version wins, and creates',
    section: '3.7',
    steps: [
      put(`${apis}/§d`, resource('§d'), 201, { metadata: { name: '§d' } }),
      put(`${apis}/§d`, resource('§d', { title: '§new' }), 200, { spec: { title: '§new' } }),
      get(`${apis}/§d`, 200, { metadata: { resourceVersion: '2' }, spec: { title: '§new' } }),
      put(`${apis}/§none`, resource('§none', {}, { resourceVersion: '1' }), 500, {
        message: /resourceVersion should not be set on objects to be created/,
      }),
    ],
  },
  {
    name: 'a put with a version',
    section: '3.7',
    steps: [
      post(apis, resource('§d'), 201),
      put(`${apis}/§d`, resource('§d', { title: '§a' }, { resourceVersion: '1' }), 200, {
        metadata: { generation: 2 },
      }),
      put(`${apis}/§d`, resource('§d', { title: '§b' }, { resourceVersion: '1' }), 409, {
        kind: 'Status',
        reason: 'Conflict',
        code: 409,
      }),
      get(`${apis}/§d`, 200, { spec: { title: '§a' } }),
    ],
  },
  {
    name: '10 at once with one version: most are refused',
    section: '3.7',
    steps: [
      post(apis, resource('§d'), 201),
      {
        calls: Array.from({ length: 10 }, (_, index) => ({
          method: 'PUT' as const,
          path: `${apis}/§d`,
          body: resource('§d', { title: `§${index}` }, { resourceVersion: '1' }),
        })),
        passes: 200,
        atLeast: 1,
        refusals: [
          { status: 409, answer: { reason: 'Conflict' } },
          { status: 500, answer: { message: /UNIQUE constraint failed: dashboard_version/ } },
        ],
      },
      get(`${apis}/§d`, 200, { metadata: { resourceVersion: /^[2-6]$/ } }),
    ],
  },
  {
    name: 'the folder is an annotation',
    section: '3.7',
    steps: [
      post('/api/folders', { uid: '§f', title: '§f' }, 200),
      post(apis, resource('§d', {}, { annotations: { 'grafana.app/folder': '§f' } }), 201),
      get('/api/dashboards/uid/§d', 200, { meta: { folderUid: '§f' } }),
      get(`${apis}/§d`, 200, { metadata: { annotations: { 'grafana.app/folder': '§f' } } }),
      put(`${apis}/§d`, resource('§d'), 200),
      get('/api/dashboards/uid/§d', 200, { meta: { folderUid: '' } }),
      put(`${apis}/§d`, resource('§d', {}, { annotations: { 'grafana.app/folder': '§none' } }), 500, {
        message: 'access denied to folder',
      }),
      post(apis, resource('§e', {}, { annotations: { 'grafana.app/folder': '§none' } }), 404, {
        reason: 'NotFound',
        details: { kind: 'folders' },
      }),
    ],
  },
  {
    name: 'a write migrates',
    section: '3.3',
    steps: [
      post(
        apis,
        resource('§d', {
          schemaVersion: 36,
          odd: 1,
          gone: null,
          id: 4,
          version: 7,
          gnetId: null,
          panels: [
            {
              id: 1,
              type: 'text',
              title: 'b',
              gridPos: { x: 0, y: 4, w: 12, h: 4 },
              options: { content: 'x', empty: null },
            },
            {
              id: 1,
              type: 'stat',
              title: 'a',
              gridPos: { x: 0, y: 0, w: 12, h: 4 },
              fieldConfig: {
                defaults: {
                  thresholds: {
                    mode: 'absolute',
                    steps: [
                      { color: 'green', value: null },
                      { color: 'red', value: 80 },
                    ],
                  },
                },
                overrides: [],
              },
            },
          ],
        }),
        201,
      ),
      get(`${apis}/§d`, 200, {
        spec: {
          schemaVersion: 42,
          odd: 1,
          gone: null,
          id: isAbsent,
          version: isAbsent,
          gnetId: isAbsent,
          panels: [
            {
              title: 'a',
              id: isNumber,
              fieldConfig: { defaults: { thresholds: { steps: [lacks('value'), { value: 80 }] } } },
            },
            { title: 'b', id: isNumber, options: lacks('empty') },
          ],
          editable: true,
          graphTooltip: 0,
          annotations: { list: isPresent },
          time: { from: 'now-6h', to: 'now' },
          timezone: '',
          preload: isAbsent,
          refresh: '',
        },
      }),
      get('/api/dashboards/uid/§d', 200, {
        dashboard: { schemaVersion: 42, panels: [{ title: 'a' }, { title: 'b' }] },
      }),
    ],
  },
  {
    name: 'what the legacy call saved, read as v1beta1',
    section: '3.3',
    steps: [
      post(
        '/api/dashboards/db',
        board('§d', { schemaVersion: 42, odd: null, tags: ['§t'], panels: [{ id: 3, type: 'text', x: null }] }),
        200,
      ),
      get(`${apis}/§d`, 200, { spec: { schemaVersion: 42, tags: ['§t'], panels: [{ id: 3, type: 'text' }] } }),
    ],
  },
  {
    name: 'a schema of the future',
    section: '3.3',
    steps: [post(apis, resource('§d', { schemaVersion: 43 }), 422, { kind: 'Status', reason: 'Invalid' })],
  },
  {
    name: 'strict, and tolerant',
    section: '3.7',
    steps: [
      post(apis, resource('§d', { graphTooltip: 'x' }), 422, {
        reason: 'Invalid',
        details: { causes: holding({ field: /graphTooltip/ }) },
      }),
      post(`${apis}?fieldValidation=Ignore`, resource('§d', { graphTooltip: 'x' }), 201),
    ],
  },
  {
    name: 'a dry run stores nothing',
    section: '3.7',
    steps: [
      post(
        `${apis}?dryRun=All`,
        resource('§d', { schemaVersion: 36 }),
        201,
        { spec: { schemaVersion: 42 } },
        { as: 'Viewer' },
      ),
      get(`${apis}/§d`, 404),
      post(apis, resource('§d'), 201),
      put(`${apis}/§d?dryRun=All`, resource('§d', { title: '§x' }), 200, { spec: { title: '§x' } }),
      put(`${apis}/§d?dryRun=All`, resource('§d', {}, { resourceVersion: '9' }), 409, { reason: 'Conflict' }),
      get(`${apis}/§d`, 200, { metadata: { resourceVersion: '1' }, spec: { title: '§d title' } }),
    ],
  },
  {
    name: 'a viewer may not write',
    section: '1.5',
    steps: [post(apis, resource('§d'), 403, { kind: 'Status', code: 403, message: isAbsent }, { as: 'Viewer' })],
  },
  {
    name: 'refresh below the least',
    section: '3.7',
    steps: [post(apis, resource('§d', { refresh: '10ms' }), 400, { message: /refresh interval is too low/i })],
  },
  {
    name: 'annotations and labels of our own are dropped',
    section: '3.7',
    steps: [
      post(
        apis,
        resource(
          '§d',
          {},
          { annotations: { 'hl/own': 'x', 'grafana.app/managedBy': 'kubectl', 'grafana.app/managerId': 'x' } },
        ),
        201,
        { metadata: { annotations: { 'hl/own': 'x' } } },
      ),
      get(`${apis}/§d`, 200, { metadata: { annotations: { 'hl/own': isAbsent, 'grafana.app/managedBy': isAbsent } } }),
    ],
  },
  {
    name: 'lists in parts',
    section: '3.7',
    steps: [
      post(apis, resource('§1'), 201),
      post(apis, resource('§2'), 201),
      get(`${apis}?limit=1`, 200, {
        kind: 'DashboardList',
        items: [{ metadata: { name: isText }, spec: {} }],
        metadata: { continue: isText },
      }),
      get(
        (earlier) => `${apis}?limit=1&continue=${encodeURIComponent(String(at(earlier[2], 'metadata', 'continue')))}`,
        200,
        { items: [{ metadata: { name: isText } }] },
      ),
      get(`${apis}?limit=5000`, 200, {
        items: holding({ metadata: { name: '§1' } }, { metadata: { name: '§2' } }),
        metadata: { continue: isNoMessage },
      }),
    ],
  },
  {
    name: 'history with messages',
    section: '3.7',
    steps: [
      post(apis, resource('§d', {}, { annotations: { 'grafana.app/message': 'one' } }), 201),
      put(`${apis}/§d`, resource('§d', { title: '§new' }, { annotations: { 'grafana.app/message': 'two' } }), 200),
      get(`${apis}?labelSelector=grafana.app/get-history=true&fieldSelector=metadata.name=§d`, 200, {
        items: [
          { metadata: { generation: 2, annotations: { 'grafana.app/message': 'two' } }, spec: { title: '§new' } },
          { metadata: { generation: 1, annotations: { 'grafana.app/message': 'one' } } },
        ],
      }),
      get('/api/dashboards/uid/§d/versions', 200, { versions: [{ message: 'two' }, { message: 'Initial save' }] }),
      get('/api/dashboards/uid/§d/versions/1', 200, { message: 'one' }),
    ],
  },
  {
    name: 'delete',
    section: '3.7',
    steps: [post(apis, resource('§d'), 201), remove(`${apis}/§d`, 200, {}), get(`${apis}/§d`, 404)],
  },
  {
    name: 'delete only a certain version',
    section: '3.7',
    steps: [
      post(apis, resource('§d'), 201),
      put(`${apis}/§d`, resource('§d'), 200),
      { method: 'DELETE', path: `${apis}/§d`, body: onlyVersion('1'), status: 409, answer: { reason: 'Conflict' } },
      { method: 'DELETE', path: `${apis}/§d`, body: onlyVersion('2'), status: 200 },
      get(`${apis}/§d`, 404),
    ],
  },
  {
    name: 'a bad name',
    section: '3.7',
    steps: [post(apis, resource('a b'), 400, { message: /uid contains illegal characters/ })],
  },
  {
    name: 'a v2 dashboard cannot be read by the legacy call',
    section: '3.2',
    steps: [
      post(
        `${apis.replace('v1beta1', 'v2beta1')}`,
        {
          apiVersion: 'dashboard.grafana.app/v2beta1',
          kind: 'Dashboard',
          metadata: { name: '§d', namespace: 'default' },
          spec: {
            title: '§d',
            cursorSync: 'Off',
            editable: true,
            preload: false,
            tags: [],
            links: [],
            annotations: [],
            variables: [],
            elements: {},
            layout: { kind: 'GridLayout', spec: { items: [] } },
            timeSettings: {
              timezone: 'browser',
              from: 'now-6h',
              to: 'now',
              autoRefresh: '',
              autoRefreshIntervals: [],
              hideTimepicker: false,
              fiscalYearStartMonth: 0,
            },
          },
        },
        201,
      ),
      get('/api/dashboards/uid/§d', 406, {
        message: /^dashboard api version not supported, use \/apis\/dashboard\.grafana\.app\/v2beta1/,
      }),
      get(`${apis}/§d`, 200, { status: { conversion: { failed: true, storedVersion: 'v2beta1' } } }),
      post('/api/dashboards/db', board('§d', { overwrite: true }), 200),
      get('/api/dashboards/uid/§d', 200),
    ],
  },
  {
    name: 'the library panel reference loses its type',
    section: '3.6',
    steps: [
      get('/api/library-elements/§none', 404),
      get('/api/library-elements?kind=1', 200, {
        result: { totalCount: isNumber, elements: (list) => Array.isArray(list) },
      }),
    ],
  },
];

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}
