import { alertRule, free, ruleGroup } from './bodies';
import { exactly, holding, without } from './match';
import { get, isAbsent, isNumber, isText, post, put, remove, type ContractCase, type Step } from './step';

const rules = '/api/v1/provisioning/alert-rules';
const groups = '/api/v1/provisioning/folder';
const folder = (uid = '§f'): Step => post('/api/folders', { uid, title: uid }, 200);
const isNothing = (value: unknown): boolean => value === undefined;

export const ruleCases: readonly ContractCase[] = [
  {
    name: 'a group is stored, and its answer is an echo',
    section: '4.2',
    steps: [
      folder(),
      put(
        `${groups}/§f/rule-groups/§g`,
        ruleGroup('§r', { labels: { a: 'b' }, annotations: { __mark__: 'x' } }),
        200,
        {
          title: '§g',
          folderUid: '§f',
          interval: 60,
          rules: [{ uid: '§r', id: (id) => id === undefined || id === 0 }],
        },
        free,
      ),
      get(`${groups}/§f/rule-groups/§g`, 200, {
        title: '§g',
        folderUid: '§f',
        interval: 60,
        rules: [
          {
            uid: '§r',
            id: isNumber,
            orgID: 1,
            folderUID: '§f',
            ruleGroup: '§g',
            title: '§r title',
            condition: 'A',
            for: '1m30s',
            keep_firing_for: '0s',
            isPaused: false,
            noDataState: 'OK',
            execErrState: 'OK',
            updated: isText,
            labels: { a: 'b' },
            annotations: { __mark__: 'x' },
            provenance: isAbsent,
            notification_settings: null,
            record: null,
            data: [
              {
                refId: 'A',
                queryType: '',
                relativeTimeRange: { from: 600, to: 0 },
                datasourceUid: '__expr__',
                model: { expression: '0 > 1', intervalMs: 1000, maxDataPoints: 43200, refId: 'A', type: 'math' },
              },
            ],
          },
        ],
      }),
      get(`${rules}/§r`, 200, { uid: '§r', provenance: isAbsent }),
      get(rules, 200, holding({ uid: '§r', folderUID: '§f', ruleGroup: '§g' })),
    ],
  },
  {
    name: 'nothing there',
    section: '4.2',
    steps: [
      get(`${rules}/§none`, 404, isNothing),
      get(`${groups}/§f/rule-groups/§none`, 404, { messageId: 'alerting.alert-rule.notFound' }),
      remove(`${rules}/§none`, 204, isNothing),
      remove(`${groups}/§f/rule-groups/§none`, 404),
      put(`${rules}/§none`, alertRule('§none', { folderUID: '§f', ruleGroup: '§g' }), 400, {
        message: 'invalid alert rule: folder does not exist',
      }),
      folder(),
      put(`${rules}/§none`, alertRule('§none', { folderUID: '§f', ruleGroup: '§g' }), 404, isNothing),
    ],
  },
  {
    name: 'a rule of its own',
    section: '4.2',
    steps: [
      folder(),
      post(rules, alertRule('§r', { folderUID: '§f', ruleGroup: '§g' }), 201, {
        uid: '§r',
        provenance: 'api',
        folderUID: '§f',
        ruleGroup: '§g',
      }),
      post(rules, alertRule('§r', { folderUID: '§f', ruleGroup: '§g' }), 409, {
        messageId: 'alerting.alert-rule.conflict',
      }),
      post(rules, alertRule('§s', { folderUID: '§none', ruleGroup: '§g' }), 400, { message: /folder does not exist/ }),
      put(`${rules}/§r`, alertRule('§r', { folderUID: '§f', ruleGroup: '§g', title: '§new' }), 200, { title: '§new' }),
      remove(`${rules}/§r`, 204),
      get(`${rules}/§r`, 404),
    ],
  },
  {
    name: 'an interval is seconds, in steps of ten',
    section: '4.2',
    steps: [
      folder(),
      put(`${groups}/§f/rule-groups/§g`, { interval: 15, rules: [alertRule('§r')] }, 400, { message: isText }),
      put(`${groups}/§f/rule-groups/§g`, { interval: '1m', rules: [alertRule('§r')] }, 400, {
        message: 'bad request data',
      }),
      put(`${groups}/§f/rule-groups/§g`, { interval: 0, rules: [alertRule('§r')] }, 400),
    ],
  },
  {
    name: 'no rules change the interval only',
    section: '4.2',
    steps: [
      folder(),
      put(`${groups}/§f/rule-groups/§g`, ruleGroup('§r'), 200),
      put(`${groups}/§f/rule-groups/§g`, { interval: 120, rules: [] }, 200, { rules: [] }),
      get(`${groups}/§f/rule-groups/§g`, 200, { interval: 120, rules: [{ uid: '§r' }] }),
      put(`${groups}/§f/rule-groups/§g`, { interval: 180 }, 200),
      get(`${groups}/§f/rule-groups/§g`, 200, { interval: 180, rules: [{ uid: '§r' }] }),
    ],
  },
  {
    name: 'rules that are left out are removed, and the order is kept',
    section: '4.2',
    steps: [
      folder(),
      put(`${groups}/§f/rule-groups/§g`, { interval: 60, rules: [alertRule('§a'), alertRule('§b')] }, 200),
      put(`${groups}/§f/rule-groups/§g`, { interval: 60, rules: [alertRule('§c'), alertRule('§b')] }, 200),
      get(`${groups}/§f/rule-groups/§g`, 200, { rules: [{ uid: '§c' }, { uid: '§b' }] }),
      get(`${rules}/§a`, 404),
    ],
  },
  {
    name: 'what is left out of a rule keeps, or is reset',
    section: '4.2',
    steps: [
      folder(),
      put(
        `${groups}/§f/rule-groups/§g`,
        ruleGroup('§r', {
          labels: { a: 'b' },
          annotations: { c: 'd' },
          keep_firing_for: '2m',
          isPaused: true,
          missingSeriesEvalsToResolve: 3,
        }),
        200,
      ),
      get(`${groups}/§f/rule-groups/§g`, 200, {
        rules: [{ keep_firing_for: '2m', isPaused: true, missingSeriesEvalsToResolve: 3 }],
      }),
      put(`${groups}/§f/rule-groups/§g`, { interval: 60, rules: [{ uid: '§r' }] }, 200),
      get(`${groups}/§f/rule-groups/§g`, 200, {
        rules: [
          {
            title: '§r title',
            condition: 'A',
            noDataState: 'OK',
            execErrState: 'OK',
            for: '0s',
            keep_firing_for: '0s',
            labels: isAbsent,
            annotations: isAbsent,
            isPaused: false,
            missingSeriesEvalsToResolve: isAbsent,
            data: [{ refId: 'A' }],
          },
        ],
      }),
    ],
  },
  {
    name: 'what a new rule must have',
    section: '4.2',
    steps: [
      folder(),
      put(`${groups}/§f/rule-groups/§g`, ruleGroup('§r', { title: '' }), 400, { message: isText }),
      put(`${groups}/§f/rule-groups/§g`, ruleGroup('§r', { title: 'x'.repeat(191) }), 400),
      put(`${groups}/§f/rule-groups/§g`, ruleGroup('§r', { noDataState: 'x' }), 400, { message: /NoData/i }),
      put(`${groups}/§f/rule-groups/§g`, ruleGroup('§r', { execErrState: 'x' }), 400),
      put(`${groups}/§f/rule-groups/§g`, ruleGroup('§r', { data: [] }), 400),
      put(`${groups}/§f/rule-groups/§g`, ruleGroup('§r', { for: 300 }), 400, { message: 'bad request data' }),
      put(`${groups}/§f/rule-groups/§g`, ruleGroup('§r', { for: '5 minutes' }), 400, { message: 'bad request data' }),
      put(`${groups}/§f/rule-groups/§g`, ruleGroup('a b'), 400),
      put(
        `${groups}/§f/rule-groups/§g`,
        ruleGroup('§r', {
          data: [{ refId: 'A', datasourceUid: 'prom', relativeTimeRange: { from: 0, to: 0 }, model: { refId: 'A' } }],
        }),
        400,
        { message: /invalidRelativeTime/ },
      ),
      put(`${groups}/§f/rule-groups/§g`, ruleGroup('§r', { notification_settings: { receiver: '§none' } }), 400, {
        message: /does not exist/,
      }),
      put(`${groups}/§f/rule-groups/§g`, ruleGroup('§r', { labels: { __grafana_receiver__: 'x' } }), 400),
      put(`${groups}/§f/rule-groups/§g`, ruleGroup('§r', { annotations: { __panelId__: '1' } }), 400),
      get(`${rules}/§r`, 404),
    ],
  },
  {
    name: 'a condition that names nothing is stored',
    section: '4.2',
    steps: [
      folder(),
      put(`${groups}/§f/rule-groups/§g`, ruleGroup('§r', { condition: 'Z' }), 200),
      get(`${rules}/§r`, 200, { condition: 'Z' }),
    ],
  },
  {
    name: 'one uid twice',
    section: '4.2',
    steps: [
      folder(),
      put(`${groups}/§f/rule-groups/§g`, { interval: 60, rules: [alertRule('§r'), alertRule('§r')] }, 409),
    ],
  },
  {
    name: 'a uid of another group moves',
    section: '4.2',
    steps: [
      folder('§f'),
      folder('§e'),
      put(`${groups}/§f/rule-groups/§g`, { interval: 60, rules: [alertRule('§a'), alertRule('§b')] }, 200),
      put(`${groups}/§e/rule-groups/§h`, ruleGroup('§a'), 200),
      get(`${groups}/§f/rule-groups/§g`, 200, { rules: [{ uid: '§b' }] }),
      get(`${rules}/§a`, 200, { folderUID: '§e', ruleGroup: '§h' }),
    ],
  },
  {
    name: 'a folder that is not there',
    section: '4.2',
    steps: [
      put(`${groups}/§none/rule-groups/§g`, ruleGroup('§r'), 200),
      get(`${groups}/§none/rule-groups/§g`, 200, { folderUid: '§none', rules: [{ uid: '§r' }] }),
      put(`${groups}/§nowhere/rule-groups/§g`, ruleGroup('§s'), 403, undefined, { as: 'Editor' }),
      get(rules, 500, { messageId: 'accesscontrol.internal' }, { as: 'Viewer' }),
      remove(`${groups}/§none/rule-groups/§g`, 204),
      get(rules, 200, undefined, { as: 'Viewer' }),
    ],
  },
  {
    name: 'provenance of a group',
    section: '4.1',
    steps: [
      folder(),
      put(`${groups}/§f/rule-groups/§g`, ruleGroup('§r'), 200, undefined, free),
      put(`${groups}/§f/rule-groups/§g`, ruleGroup('§r'), 200),
      get(`${rules}/§r`, 200, { provenance: 'api' }),
      put(`${groups}/§f/rule-groups/§g`, ruleGroup('§r'), 200, undefined, free),
      get(`${rules}/§r`, 200, { provenance: isAbsent }),
    ],
  },
  {
    name: 'provenance of a rule',
    section: '4.1',
    steps: [
      folder(),
      post(rules, alertRule('§r', { folderUID: '§f', ruleGroup: '§g' }), 201, { provenance: 'api' }),
      put(
        `${rules}/§r`,
        alertRule('§r', { folderUID: '§f', ruleGroup: '§g' }),
        500,
        { message: 'Internal Server Error' },
        free,
      ),
      remove(`${rules}/§r`, 409, { messageId: 'alerting.provenanceMismatch' }, free),
      remove(`${rules}/§r`, 204),
    ],
  },
  {
    name: 'provenance of a group that is removed',
    section: '4.1',
    steps: [
      folder(),
      put(`${groups}/§f/rule-groups/§g`, ruleGroup('§r'), 200),
      remove(`${groups}/§f/rule-groups/§g`, 204, undefined, free),
      put(`${groups}/§f/rule-groups/§g`, ruleGroup('§r'), 200, undefined, free),
      remove(`${groups}/§f/rule-groups/§g`, 204, undefined, free),
      get(`${rules}/§r`, 404),
    ],
  },
  {
    name: 'every put rewrites all rules of its group',
    section: '4.2',
    steps: [
      folder(),
      put(`${groups}/§f/rule-groups/§g`, ruleGroup('§r'), 200, undefined, free),
      get('/api/ruler/grafana/api/v1/rules/§f/§g', 202, { name: '§g', rules: [{ grafana_alert: { version: 1 } }] }),
      put(`${groups}/§f/rule-groups/§g`, ruleGroup('§r'), 200, undefined, free),
      get('/api/ruler/grafana/api/v1/rules/§f/§g', 202, { rules: [{ grafana_alert: { version: 2 } }] }),
    ],
  },
  {
    name: 'one group at once',
    section: '4.1',
    steps: [
      folder(),
      put(`${groups}/§f/rule-groups/§g`, ruleGroup('§r'), 200),
      {
        calls: Array.from({ length: 10 }, (_, index) => ({
          method: 'PUT' as const,
          path: `${groups}/§f/rule-groups/§g`,
          body: ruleGroup('§r', { title: `§${index}` }),
        })),
        passes: 200,
        atLeast: 1,
        refusals: [
          { status: 409, answer: { message: /version conflict while updating a record/, messageId: isAbsent } },
        ],
      },
    ],
  },
  {
    name: 'different groups at once',
    section: '4.1',
    steps: [
      folder(),
      {
        calls: Array.from({ length: 10 }, (_, index) => ({
          method: 'PUT' as const,
          path: `${groups}/§f/rule-groups/§g${index}`,
          body: ruleGroup(`§r${index}`),
        })),
        passes: 200,
        atLeast: 10,
        refusals: [],
      },
    ],
  },
  {
    name: 'a recording rule',
    section: '4.2',
    steps: [
      folder(),
      put(
        `${groups}/§f/rule-groups/§g`,
        ruleGroup('§r', { record: { metric: 'a_b', from: 'A' }, annotations: { a: 'b' }, keep_firing_for: '1m' }),
        200,
      ),
      get(`${rules}/§r`, 200, {
        condition: '',
        noDataState: '',
        execErrState: '',
        for: '0s',
        keep_firing_for: '0s',
        record: { metric: 'a_b', from: 'A' },
        annotations: { a: 'b' },
      }),
    ],
  },
  {
    name: 'model keys are kept, others dropped, intervals kept where sent',
    section: '4.2',
    steps: [
      folder(),
      put(
        `${groups}/§f/rule-groups/§g`,
        ruleGroup('§r', {
          odd: 1,
          data: [
            {
              refId: 'A',
              datasourceUid: 'prom',
              odd: 1,
              relativeTimeRange: { from: 600, to: 0 },
              model: { refId: 'A', expr: 'up', odd: 1, queryType: 'q', intervalMs: 5000, maxDataPoints: 7 },
            },
            { refId: 'B', datasourceUid: '__expr__', model: { refId: 'B', type: 'math', expression: '$A' } },
          ],
        }),
        200,
      ),
      get(`${rules}/§r`, 200, {
        odd: isAbsent,
        data: [
          {
            odd: isAbsent,
            queryType: 'q',
            model: exactly({ refId: 'A', expr: 'up', odd: 1, queryType: 'q', intervalMs: 5000, maxDataPoints: 7 }),
          },
          { relativeTimeRange: { from: 0, to: 0 } },
        ],
      }),
      get(rules, 200, without({ uid: '§none' })),
    ],
  },
  {
    name: 'the export of a folder',
    section: '4.7',
    steps: [
      folder(),
      put(`${groups}/§f/rule-groups/§g`, ruleGroup('§r'), 200),
      get(`${rules}/export?folderUid=§f&format=json`, 200, {
        apiVersion: 1,
        groups: [{ name: '§g', folder: '§f', interval: '1m', rules: [{ uid: '§r', title: '§r title' }] }],
      }),
      get(`${rules}/export?folderUid=§none&format=json`, 404, isNothing),
    ],
  },
];
