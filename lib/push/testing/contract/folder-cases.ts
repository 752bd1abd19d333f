import {
  get,
  isAbsent,
  isEmpty,
  isNumber,
  isText,
  lacks,
  post,
  put,
  remove,
  type ContractCase,
  type Race,
  type Step,
} from './step';
import { holding, without } from './match';
import { board, ruleGroup } from './bodies';

const folder = (uid: string, parentUid?: string): Step =>
  post('/api/folders', { uid, title: `${uid} title`, ...(parentUid && { parentUid }) }, 200, { uid });

/** A folder made by v1beta1: `§f`. */
const folders = '/apis/folder.grafana.app/v1beta1/namespaces/default/folders';

/** The order in which 12.3.0 deletes what is below is not always the same, and with it the answer: 404 in most tries, now and then 200. */
const deletedOrNotFound: Race = {
  calls: [{ method: 'DELETE', path: '/api/folders/§a' }],
  passes: 200,
  atLeast: 0,
  refusals: [{ status: 404, answer: { message: 'folder not found' } }],
};

export const folderCases: readonly ContractCase[] = [
  {
    name: 'create, read, list',
    section: '2.2',
    steps: [
      post('/api/folders', { uid: '§f', title: ' §F ', description: 'why' }, 200, {
        id: isNumber,
        uid: '§f',
        title: '§F',
        url: (url) => /\/dashboards\/f\/.*f\//.test(String(url)),
        version: 1,
        description: isAbsent,
      }),
      get('/api/folders/§f', 200, { uid: '§f', title: '§F', version: 1, parentUid: isAbsent, description: isAbsent }),
      get('/api/folders', 200, holding({ uid: '§f', title: '§F', id: isNumber })),
      get('/api/folders/§none', 404, { status: 'not-found', message: 'folder not found' }),
    ],
  },
  {
    name: 'a uid is made where none is sent',
    section: '2.2',
    steps: [post('/api/folders', { title: '§F' }, 200, { uid: isText })],
  },
  {
    name: 'the same uid again',
    section: '2.3',
    steps: [
      folder('§f'),
      post('/api/folders', { uid: '§f', title: '§f title' }, 412, {
        message: 'the folder has been changed by someone else',
        status: isAbsent,
      }),
    ],
  },
  {
    name: '10 at once with one uid: one passes',
    section: '2.3',
    steps: [
      {
        calls: Array.from({ length: 10 }, () => ({
          method: 'POST' as const,
          path: '/api/folders',
          body: { uid: '§f', title: '§f' },
        })),
        passes: 200,
        atLeast: 1,
        refusals: [
          { status: 412, answer: { message: 'the folder has been changed by someone else' } },
          { status: 500, answer: { message: /UNIQUE constraint failed: folder.org_id, folder.uid/ } },
        ],
      },
    ],
  },
  {
    name: 'an unknown parent',
    section: '2.3',
    steps: [post('/api/folders', { uid: '§f', title: '§f', parentUid: '§none' }, 404, { message: 'folder not found' })],
  },
  {
    name: 'bad uids and titles',
    section: '2.1',
    steps: [
      post('/api/folders', { uid: 'a b', title: '§f' }, 400, { message: 'uid contains illegal characters' }),
      post('/api/folders', { uid: 'x'.repeat(41), title: '§f' }, 400, { message: 'uid too long, max 40 characters' }),
      post('/api/folders', { uid: '§f', title: '  ' }, 400, { message: 'folder title cannot be empty' }),
      post('/api/folders', { uid: '§f', title: 'gEneral' }, 400, { message: 'A folder with that name already exists' }),
      post('/api/folders', { uid: 'general', title: '§f' }, 500, { message: /invalid uid for folder provided/ }),
      post('/api/folders', { uid: 'sharedwithme', title: '§f' }, 400, { messageId: 'folder.bad-request' }),
    ],
  },
  {
    name: 'general is there',
    section: '2.1',
    steps: [get('/api/folders/general', 200, { id: 0, title: 'Dashboards' })],
  },
  {
    name: 'titles need not be unique',
    section: '2.1',
    steps: [
      post('/api/folders', { uid: '§a', title: '§same' }, 200),
      post('/api/folders', { uid: '§b', title: '§same' }, 200),
    ],
  },
  {
    name: 'the uid of a dashboard',
    section: '2.1',
    steps: [
      post('/api/dashboards/db', board('§x'), 200),
      post('/api/folders', { uid: '§x', title: '§x' }, 400, { message: 'Dashboard cannot be changed to a folder' }),
    ],
  },
  {
    name: 'five levels pass, the sixth fails',
    section: '2.1',
    steps: [
      folder('§1'),
      folder('§2', '§1'),
      folder('§3', '§2'),
      folder('§4', '§3'),
      folder('§5', '§4'),
      post('/api/folders', { uid: '§6', title: '§6', parentUid: '§5' }, 400, {
        message: 'Maximum nested folder depth reached',
        messageId: isAbsent,
      }),
      folder('§m'),
      post('/api/folders/§m/move', { parentUid: '§5' }, 400, { messageId: 'folder.maximum-depth-reached' }),
      get('/api/folders/§3', 200, { parentUid: '§2', parents: [{ uid: '§1' }, { uid: '§2' }] }),
      get('/api/folders?parentUid=§1', 200, [{ uid: '§2', parentUid: '§1' }]),
      get('/api/folders', 200, without({ uid: '§2' })),
      get('/api/folders?parentUid=§none', 404),
    ],
  },
  {
    name: 'rename with and without the version',
    section: '2.3',
    steps: [
      folder('§f'),
      put('/api/folders/§f', { title: '§new' }, 412, {
        message: 'The dashboard has been changed by someone else',
        status: isAbsent,
      }),
      put('/api/folders/§f', { title: '§new', version: 7 }, 412),
      put('/api/folders/§f', { title: '§new', version: 1 }, 200, { title: '§new', version: 2 }),
      put('/api/folders/§f', { title: '§new', overwrite: true }, 200, { version: 3 }),
      put('/api/folders/§none', { title: '§new', overwrite: true }, 404),
    ],
  },
  {
    name: 'a folder keeps its description',
    section: '2.2',
    steps: [
      post('/api/folders', { uid: '§f', title: '§f', description: 'why' }, 200),
      put('/api/folders/§f', { title: '§g', overwrite: true }, 200, { description: isAbsent }),
      get(`${folders}/§f`, 200, {
        kind: 'Folder',
        spec: { title: '§g', description: 'why' },
        metadata: { name: '§f', generation: 2 },
      }),
    ],
  },
  {
    name: 'move',
    section: '2.2',
    steps: [
      folder('§a'),
      folder('§b', '§a'),
      folder('§c'),
      post('/api/folders/§c/move', { parentUid: '§b' }, 200, { uid: '§c', parentUid: '§b' }),
      get('/api/folders/§c', 200, { parentUid: '§b', version: 3 }),
      get(`${folders}/§c`, 200, { metadata: { annotations: { 'grafana.app/folder': '§b' } } }),
      post('/api/folders/§a/move', { parentUid: '§c' }, 400, { messageId: 'folder.circular-reference' }),
      post('/api/folders/§a/move', { parentUid: '§a' }, 400, { messageId: 'folder.circular-reference' }),
      post('/api/folders/§a/move', { parentUid: '§none' }, 500, { message: /move folder failed/ }),
      post('/api/folders/§none/move', { parentUid: '§a' }, 500, { message: /move folder failed/ }),
      post('/api/folders/§c/move', { parentUid: '' }, 200, { uid: '§c', parentUid: isEmpty }),
    ],
  },
  {
    name: 'counts take in all below',
    section: '2.2',
    steps: [
      folder('§a'),
      folder('§b', '§a'),
      post('/api/dashboards/db', board('§d', { folderUid: '§b' }), 200),
      put('/api/v1/provisioning/folder/§b/rule-groups/§g', ruleGroup('§r'), 200),
      get('/api/folders/§a/counts', 200, { folder: 1, dashboard: 1, alertrule: 1, librarypanel: 0 }),
    ],
  },
  {
    name: 'delete takes the dashboards and the level below',
    section: '2.4',
    steps: [
      folder('§a'),
      folder('§b', '§a'),
      post('/api/dashboards/db', board('§d', { folderUid: '§b' }), 200),
      remove('/api/folders/§a', 200, { message: 'Folder deleted' }),
      get('/api/dashboards/uid/§d', 404),
      get('/api/folders/§b', 404),
      remove('/api/folders/§a', 404, lacks('status')),
    ],
  },
  {
    name: 'a rule below keeps a folder',
    section: '2.4',
    steps: [
      folder('§a'),
      folder('§b', '§a'),
      put('/api/v1/provisioning/folder/§b/rule-groups/§g', ruleGroup('§r'), 200),
      remove('/api/folders/§a', 400, { messageId: 'folder.not-empty' }),
      get('/api/folders/§b', 200),
      remove('/api/folders/§a?forceDeleteRules=true', 200),
      get('/api/v1/provisioning/alert-rules/§r', 404),
    ],
  },
  {
    name: 'two levels below: usually 404, and the folder stays until it is deleted again',
    section: '2.4',
    steps: [
      folder('§a'),
      folder('§b', '§a'),
      folder('§c', '§b'),
      post('/api/dashboards/db', board('§d', { folderUid: '§c' }), 200),
      deletedOrNotFound,
      get('/api/dashboards/uid/§d', 404),
      deletedOrNotFound,
      get('/api/folders/§a', 404),
    ],
  },
  {
    name: 'search',
    section: '2.5',
    steps: [
      folder('§a'),
      folder('§b', '§a'),
      post('/api/dashboards/db', board('§d', { folderUid: '§b', tags: ['§one', '§two'] }), 200),
      post('/api/dashboards/db', board('§e', { tags: ['§one'] }), 200),
      get('/api/search?type=dash-db&tag=§one&tag=§two', 200, [
        {
          uid: '§d',
          title: '§d title',
          type: 'dash-db',
          tags: holding('§one', '§two'),
          folderUid: '§b',
          folderTitle: '§b title',
          slug: '',
        },
      ]),
      get('/api/search?tag=§one&sort=alpha-asc', 200, [
        { uid: '§d' },
        { uid: '§e', folderUid: isAbsent, folderTitle: isAbsent },
      ]),
      get('/api/search?type=dash-folder&query=§b', 200, [{ uid: '§b', type: 'dash-folder', folderUid: '§a' }]),
      get('/api/search?folderUIDs=§b', 200, [{ uid: '§d' }]),
      get('/api/search?folderUIDs=§b&folderUIDs=general&tag=§one', 200, holding({ uid: '§d' }, { uid: '§e' })),
      get('/api/search?dashboardUIDs=§e', 200, [{ uid: '§e', tags: [] }]),
      get('/api/search?dashboardUIDs=§d&dashboardUIDs=§e', 200, [
        { uid: '§d', tags: ['§one', '§two'] },
        { uid: '§e', tags: ['§one'] },
      ]),
      get('/api/search?tag=§one&limit=1&page=2', 200, [{ uid: '§e' }]),
      get('/api/search?tag=§one&limit=1&page=3', 200, []),
      get('/api/search?folderUIDs[]=§b&tag=§one', 200, [{ uid: '§d' }, { uid: '§e' }]),
      get('/api/search?limit=5001', 422, { message: isText }),
    ],
  },
];
