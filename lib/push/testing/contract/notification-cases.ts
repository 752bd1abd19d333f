import { alertRule, free, webhook } from './bodies';
import { exactly, holding, without } from './match';
import { at, get, isAbsent, isNumber, isText, lacks, post, put, remove, type ContractCase, type Race } from './step';

const p = '/api/v1/provisioning';
const points = `${p}/contact-points`;
const timings = `${p}/mute-timings`;
const policies = `${p}/policies`;
const resetPolicies = remove(policies, 202);

/** Ten at once in the one Alertmanager document. */
const tenOf = (
  method: Race['calls'][number]['method'],
  path: (index: number) => string,
  body: (index: number) => unknown,
): Race['calls'] => Array.from({ length: 10 }, (_, index) => ({ method, path: path(index), body: body(index) }));

export const contactPointCases: readonly ContractCase[] = [
  {
    name: 'create, list, by name',
    section: '4.3',
    steps: [
      post(points, webhook('§w'), 202, {
        uid: '§w',
        name: '§w name',
        type: 'webhook',
        disableResolveMessage: false,
        provenance: isAbsent,
      }),
      get(
        points,
        200,
        holding({
          uid: '§w',
          name: '§w name',
          type: 'webhook',
          settings: { url: 'http://127.0.0.1:9/' },
          provenance: 'api',
        }),
      ),
      get(`${points}?name=§w%20name`, 200, [{ uid: '§w' }]),
      get(`${points}?name=§none`, 200, []),
    ],
  },
  {
    name: 'a uid is made where none is sent',
    section: '4.3',
    steps: [
      post(
        points,
        { name: '§n', type: 'webhook', settings: { url: 'http://127.0.0.1:9/' } },
        202,
        { uid: isText },
        free,
      ),
    ],
  },
  {
    name: 'a uid in use',
    section: '4.3',
    steps: [
      post(points, webhook('§w'), 202),
      post(points, webhook('§w', { name: '§other' }), 409, {
        messageId: 'alerting.notifications.contact-points.uidInUse',
      }),
    ],
  },
  {
    name: 'what is refused',
    section: '4.3',
    steps: [
      post(points, webhook('§w', { type: 'nonsense' }), 400, { message: /invalid object specification/ }),
      post(points, webhook('§w', { settings: {} }), 400, { message: /invalid object specification/ }),
      post(points, webhook('§w', { name: '' }), 400, { message: /invalid object specification/ }),
      post(points, webhook('a b'), 400, { message: /invalid object specification/ }),
      post(points, { uid: '§s', name: '§s', type: 'slack', settings: { recipient: '#a' } }, 400, {
        message: /invalid object specification/,
      }),
    ],
  },
  {
    name: 'secrets come back as a mark, which keeps them',
    section: '4.3',
    steps: [
      post(
        points,
        webhook('§w', { settings: { url: 'http://127.0.0.1:9/', username: 'u', password: 'secret-one' } }),
        202,
        { settings: { password: '[REDACTED]' } },
        free,
      ),
      get(`${points}?name=§w%20name`, 200, [
        { settings: { password: '[REDACTED]', username: 'u' }, provenance: isAbsent },
      ]),
      put(
        `${points}/§w`,
        webhook('§w', { settings: { url: 'http://127.0.0.1:9/x', username: 'u', password: '[REDACTED]' } }),
        202,
        { message: 'contactpoint updated' },
        free,
      ),
      get(`${points}?name=§w%20name`, 200, [{ settings: { url: 'http://127.0.0.1:9/x', password: '[REDACTED]' } }]),
      get(`${points}/export?name=§w%20name&decrypt=true&format=json`, 200, {
        contactPoints: [{ receivers: [{ settings: { password: 'secret-one' } }] }],
      }),
      put(
        `${points}/§w`,
        webhook('§w', { settings: { url: 'http://127.0.0.1:9/x', username: 'u' } }),
        202,
        undefined,
        free,
      ),
      get(`${points}?name=§w%20name`, 200, [{ settings: lacks('password') }]),
    ],
  },
  {
    name: 'a secret that a type needs',
    section: '4.3',
    steps: [
      post(
        points,
        { uid: '§s', name: '§s', type: 'slack', settings: { url: 'http://127.0.0.1:9/' } },
        202,
        { settings: { url: '[REDACTED]' } },
        free,
      ),
      put(`${points}/§s`, { name: '§s', type: 'slack', settings: { recipient: '#a' } }, 400, undefined, free),
      put(
        `${points}/§s`,
        { name: '§s', type: 'slack', settings: { recipient: '#a', url: '[REDACTED]' } },
        202,
        undefined,
        free,
      ),
    ],
  },
  {
    name: 'unknown settings stay, unknown keys beside them go',
    section: '4.3',
    steps: [
      post(points, webhook('§w', { odd: 1, settings: { url: 'http://127.0.0.1:9/', odd: 'x' } }), 202),
      get(`${points}?name=§w%20name`, 200, [{ odd: isAbsent, settings: { odd: 'x' } }]),
    ],
  },
  {
    name: 'put and delete of what is not there',
    section: '4.3',
    steps: [put(`${points}/§none`, webhook('§none'), 404), remove(`${points}/§none`, 202)],
  },
  {
    name: 'a rename takes references along',
    section: '4.3',
    steps: [
      post(points, webhook('§w'), 202, undefined, free),
      put(
        policies,
        { receiver: 'grafana-default-email', routes: [{ receiver: '§w name', object_matchers: [['a', '=', 'b']] }] },
        202,
        undefined,
        free,
      ),
      put(`${points}/§w`, webhook('§w', { name: '§renamed' }), 202, undefined, free),
      get(policies, 200, { routes: [{ receiver: '§renamed' }] }),
      resetPolicies,
    ],
  },
  {
    name: 'in use by a policy',
    section: '4.3',
    steps: [
      post(points, webhook('§w'), 202, undefined, free),
      put(policies, { receiver: '§w name' }, 202, undefined, free),
      remove(`${points}/§w`, 409, { messageId: 'alerting.notifications.contact-points.referenced' }),
      resetPolicies,
      remove(`${points}/§w`, 202),
      get(`${points}?name=§w%20name`, 200, []),
    ],
  },
  {
    name: 'in use by a rule',
    section: '4.3',
    steps: [
      post('/api/folders', { uid: '§f', title: '§f' }, 200),
      post(points, webhook('§w'), 202, undefined, free),
      put(
        `${p}/folder/§f/rule-groups/§g`,
        { interval: 60, rules: [alertRule('§r', { notification_settings: { receiver: '§w name' } })] },
        200,
      ),
      get(`${p}/alert-rules/§r`, 200, { notification_settings: { receiver: '§w name' } }),
      remove(`${points}/§w`, 409, { messageId: 'alerting.notifications.contact-points.used-by-rule' }),
      remove(`${p}/folder/§f/rule-groups/§g`, 204),
      remove(`${points}/§w`, 202),
    ],
  },
  {
    name: 'one of two integrations of a name in use',
    section: '4.3',
    steps: [
      post(points, webhook('§a', { name: '§both' }), 202, undefined, free),
      post(points, webhook('§b', { name: '§both' }), 202, undefined, free),
      put(policies, { receiver: '§both' }, 202, undefined, free),
      get(`${points}?name=§both`, 200, [{ uid: '§a' }, { uid: '§b' }]),
      remove(`${points}/§a`, 202),
      remove(`${points}/§b`, 409),
      resetPolicies,
    ],
  },
  {
    name: 'provenance',
    section: '4.1',
    steps: [
      post(points, webhook('§w'), 202),
      put(`${points}/§w`, webhook('§w'), 500, { message: /cannot change provenance from 'api' to ''/ }, free),
      remove(`${points}/§w`, 202, undefined, free),
      post(points, webhook('§v'), 202, undefined, free),
      put(`${points}/§v`, webhook('§v'), 202),
      get(`${points}?name=§v%20name`, 200, [{ provenance: 'api' }]),
    ],
  },
  {
    name: 'the one that was always there has no uid and another name in the list',
    section: '4.3',
    steps: [
      get(points, 200, holding({ uid: '', name: 'email receiver', type: 'email' })),
      get(`${points}?name=grafana-default-email`, 200, [{ uid: '' }]),
      remove(`${points}/`, 404),
    ],
  },
  {
    name: '10 new ones at once',
    section: '4.1',
    steps: [
      {
        calls: tenOf(
          'POST',
          () => points,
          (index) => webhook(`§w${index}`),
        ),
        passes: 202,
        atLeast: 1,
        refusals: [{ status: 500, answer: { message: 'Internal Server Error' } }],
      },
    ],
  },
  {
    name: '10 changed at once',
    section: '4.1',
    steps: [
      ...Array.from({ length: 10 }, (_, index) => post(points, webhook(`§w${index}`), 202)),
      {
        calls: tenOf(
          'PUT',
          (index) => `${points}/§w${index}`,
          (index) => webhook(`§w${index}`, { settings: { url: `http://127.0.0.1:9/${index}` } }),
        ),
        passes: 202,
        atLeast: 1,
        refusals: [{ status: 500, answer: { message: /could not find object using provided id and hash/ } }],
      },
    ],
  },
];

export const policyCases: readonly ContractCase[] = [
  {
    name: 'the tree of a new Grafana',
    section: '4.4',
    steps: [
      remove(policies, 202, { receiver: 'grafana-default-email', provenance: isAbsent }),
      get(policies, 200, {
        receiver: 'grafana-default-email',
        group_by: ['grafana_folder', 'alertname'],
        routes: isAbsent,
        provenance: isAbsent,
      }),
    ],
  },
  {
    name: 'the normal form',
    section: '4.4',
    steps: [
      put(
        policies,
        {
          receiver: 'grafana-default-email',
          group_by: ['alertname'],
          group_wait: '60s',
          repeat_interval: '24h',
          routes: [
            {
              object_matchers: [
                ['z', '=', '"q"'],
                ['b', '=~', 'x.*'],
              ],
              continue: false,
              routes: [],
              mute_time_intervals: [],
            },
            { receiver: 'grafana-default-email', matchers: ['a="b"'], continue: true },
          ],
        },
        202,
        undefined,
        free,
      ),
      get(
        policies,
        200,
        exactly({
          receiver: 'grafana-default-email',
          group_by: ['alertname'],
          group_wait: '1m',
          repeat_interval: '1d',
          routes: [
            {
              object_matchers: [
                ['b', '=~', 'x.*'],
                ['z', '=', 'q'],
              ],
            },
            { receiver: 'grafana-default-email', matchers: ['a="b"'], continue: true },
          ],
        }),
      ),
      resetPolicies,
    ],
  },
  {
    name: 'names that are not there',
    section: '4.4',
    steps: [
      put(policies, { receiver: '§none' }, 400, { messageId: 'alerting.notifications.routes.invalidFormat' }),
      put(policies, { receiver: 'grafana-default-email', routes: [{ receiver: '§none' }] }, 400, {
        messageId: 'alerting.notifications.routes.invalidFormat',
      }),
      put(policies, { receiver: 'grafana-default-email', routes: [{ mute_time_intervals: ['§none'] }] }, 400, {
        messageId: 'alerting.notifications.routes.invalidFormat',
      }),
    ],
  },
  ...(
    [
      ['no receiver', { group_by: ['a'] }],
      ['matchers at the root', { receiver: 'grafana-default-email', object_matchers: [['a', '=', 'b']] }],
      ['a mute timing at the root', { receiver: 'grafana-default-email', mute_time_intervals: ['x'] }],
      ['one label twice', { receiver: 'grafana-default-email', group_by: ['a', 'a'] }],
      ['... beside another label', { receiver: 'grafana-default-email', group_by: ['...', 'a'] }],
      ['an interval of zero', { receiver: 'grafana-default-email', group_interval: '0s' }],
      [
        'an operator that is none',
        { receiver: 'grafana-default-email', routes: [{ object_matchers: [['a', '==', 'b']] }] },
      ],
      [
        'an expression that is none',
        { receiver: 'grafana-default-email', routes: [{ object_matchers: [['a', '=~', '(']] }] },
      ],
      ['a duration that is none', { receiver: 'grafana-default-email', group_wait: 'soon' }],
    ] as const
  ).map(([name, body]): ContractCase => ({
    name: `${name} is a bad request`,
    section: '4.4',
    steps: [put(policies, body, 400, { message: isText })],
  })),
  {
    name: 'provenance',
    section: '4.1',
    steps: [
      put(policies, { receiver: 'grafana-default-email' }, 202, { message: isText }),
      get(policies, 200, { provenance: 'api' }),
      put(
        policies,
        { receiver: 'grafana-default-email' },
        403,
        { messageId: 'alerting.notifications.invalidProvenance' },
        free,
      ),
      resetPolicies,
      get(policies, 200, { provenance: isAbsent }),
    ],
  },
  {
    name: '10 at once',
    section: '4.1',
    steps: [
      {
        calls: tenOf(
          'PUT',
          () => policies,
          (index) => ({ receiver: 'grafana-default-email', group_by: [`l${index}`] }),
        ),
        passes: 202,
        atLeast: 1,
        refusals: [{ status: 500, answer: { message: 'failed to update notification policy tree' } }],
      },
      resetPolicies,
    ],
  },
];

export const muteTimingCases: readonly ContractCase[] = [
  {
    name: 'create, read, normal form',
    section: '4.5',
    steps: [
      post(
        timings,
        {
          name: '§m',
          time_intervals: [
            {
              times: [{ start_time: '08:00', end_time: '17:00' }],
              weekdays: ['monday:friday'],
              months: ['january:march', 'december'],
              days_of_month: ['1:5', '-1'],
              years: ['2026'],
              location: 'Europe/Amsterdam',
            },
          ],
        },
        201,
        { name: '§m', version: isText },
        free,
      ),
      get(`${timings}/§m`, 200, {
        name: '§m',
        version: isText,
        provenance: isAbsent,
        time_intervals: [
          exactly({
            times: [{ start_time: '08:00', end_time: '17:00' }],
            weekdays: ['monday:friday'],
            months: ['1:3', '12'],
            days_of_month: ['1:5', '-1'],
            years: ['2026'],
            location: 'Europe/Amsterdam',
          }),
        ],
      }),
      get(timings, 200, holding({ name: '§m' })),
      get(`${timings}/§none`, 404),
    ],
  },
  {
    name: 'a name in use, one that is not there, no rename',
    section: '4.5',
    steps: [
      post(timings, { name: '§m', time_intervals: [] }, 201, undefined, free),
      post(
        timings,
        { name: '§m', time_intervals: [] },
        400,
        { messageId: 'alerting.notifications.time-intervals.nameExists' },
        free,
      ),
      put(`${timings}/§none`, { name: '§none', time_intervals: [] }, 404, undefined, free),
      put(`${timings}/§m`, { name: '§renamed', time_intervals: [] }, 404, undefined, free),
      remove(`${timings}/§none`, 204),
    ],
  },
  {
    name: 'the version is checked where it is sent',
    section: '4.5',
    steps: [
      post(timings, { name: '§m', time_intervals: [] }, 201, { version: isText }, free),
      put(
        `${timings}/§m`,
        { name: '§m', time_intervals: [{ weekdays: ['monday'] }], version: 'x' },
        409,
        { messageId: 'alerting.notifications.conflict' },
        free,
      ),
      put(
        `${timings}/§m`,
        undefined,
        202,
        { version: isText },
        {
          ...free,
          bodyFrom: (earlier) => ({
            name: '§m',
            time_intervals: [{ weekdays: ['monday'] }],
            version: at(earlier[0], 'version'),
          }),
        },
      ),
      remove(`${timings}/§m?version=x`, 409, { messageId: 'alerting.notifications.conflict' }),
      remove(`${timings}/§m`, 204),
      get(`${timings}/§m`, 404),
    ],
  },
  {
    name: 'what is refused',
    section: '4.5',
    steps: [
      post(timings, { name: '§m', time_intervals: [{ weekdays: ['1'] }] }, 400, { message: 'bad request data' }),
      post(timings, { name: '§m', time_intervals: [{ weekdays: ['funday'] }] }, 400, { message: 'bad request data' }),
      post(timings, { name: '§m', time_intervals: [{ location: 'Nowhere/Atall' }] }, 400, {
        message: 'bad request data',
      }),
      post(timings, { name: '§m', time_intervals: [{ times: [{ from: '08:00', to: '09:00' }] }] }, 400, {
        message: 'bad request data',
      }),
      post(timings, { name: '§m', time_intervals: [{}] }, 201),
    ],
  },
  {
    name: 'in use by a policy',
    section: '4.5',
    steps: [
      post(timings, { name: '§m', time_intervals: [] }, 201, undefined, free),
      put(
        policies,
        {
          receiver: 'grafana-default-email',
          routes: [{ object_matchers: [['a', '=', 'b']], mute_time_intervals: ['§m'] }],
        },
        202,
        undefined,
        free,
      ),
      remove(
        `${timings}/§m`,
        409,
        { messageId: 'alerting.notifications.time-intervals.used', extra: { UsedByRoutes: true } },
        free,
      ),
      resetPolicies,
      remove(`${timings}/§m`, 204, undefined, free),
    ],
  },
  {
    name: 'provenance',
    section: '4.1',
    steps: [
      post(timings, { name: '§m', time_intervals: [] }, 201, { provenance: 'api' }),
      put(
        `${timings}/§m`,
        { name: '§m', time_intervals: [] },
        403,
        { messageId: 'alerting.notifications.invalidProvenance' },
        free,
      ),
      put(`${timings}/§m`, { name: '§m', time_intervals: [] }, 202),
      remove(`${timings}/§m`, 204),
    ],
  },
  {
    name: '10 new ones at once',
    section: '4.1',
    steps: [
      {
        calls: tenOf(
          'POST',
          () => timings,
          (index) => ({ name: `§m${index}`, time_intervals: [] }),
        ),
        passes: 201,
        atLeast: 1,
        refusals: [{ status: 500, answer: { message: 'failed to create mute timing' } }],
      },
    ],
  },
];

export const templateCases: readonly ContractCase[] = [
  {
    name: 'create, read, list',
    section: '4.6',
    steps: [
      put(
        `${p}/templates/§t`,
        { template: '\n{{ define "§t" }}x{{ end }}\n\n' },
        202,
        { name: '§t', template: '{{ define "§t" }}x{{ end }}', version: isText },
        free,
      ),
      get(`${p}/templates/§t`, 200, {
        name: '§t',
        template: '{{ define "§t" }}x{{ end }}',
        version: isText,
        provenance: isAbsent,
      }),
      get(`${p}/templates`, 200, holding({ name: '§t' })),
      get(`${p}/templates/§none`, 404),
      post(`${p}/templates`, { name: '§t', template: 'x' }, 404),
    ],
  },
  {
    name: 'a text without a definition is wrapped',
    section: '4.6',
    steps: [
      put(`${p}/templates/§t`, { template: 'one\ntwo' }, 202, {
        template: '{{ define "§t" }}\n  one\n  two\n{{ end }}',
      }),
    ],
  },
  {
    name: 'the version',
    section: '4.6',
    steps: [
      put(`${p}/templates/§t`, { template: '{{ define "§t" }}x{{ end }}', version: 'x' }, 404),
      put(`${p}/templates/§t`, { template: '{{ define "§t" }}x{{ end }}' }, 202),
      put(`${p}/templates/§t`, { template: '{{ define "§t" }}y{{ end }}', version: 'x' }, 409),
      put(`${p}/templates/§t`, undefined, 202, undefined, {
        bodyFrom: (earlier) => ({ template: '{{ define "§t" }}y{{ end }}', version: at(earlier[1], 'version') }),
      }),
    ],
  },
  {
    name: 'a template that does not parse, and none',
    section: '4.6',
    steps: [
      put(`${p}/templates/§t`, { template: '{{ define "§t" }}{{ if }}{{ end }}' }, 400, {
        messageId: 'alerting.notifications.templates.invalidFormat',
        extra: { Error: isText },
      }),
      put(`${p}/templates/§t`, { template: '' }, 400, { messageId: 'alerting.notifications.templates.invalidFormat' }),
    ],
  },
  {
    name: 'delete',
    section: '4.6',
    steps: [
      put(`${p}/templates/§t`, { template: '{{ define "§t" }}x{{ end }}' }, 202),
      remove(`${p}/templates/§t`, 204),
      remove(`${p}/templates/§t`, 204),
      get(`${p}/templates`, 200, without({ name: '§t' })),
    ],
  },
  {
    name: 'provenance',
    section: '4.1',
    steps: [
      put(`${p}/templates/§t`, { template: '{{ define "§t" }}x{{ end }}' }, 202, { provenance: 'api' }),
      put(
        `${p}/templates/§t`,
        { template: '{{ define "§t" }}x{{ end }}' },
        403,
        { messageId: 'alerting.notifications.invalidProvenance' },
        free,
      ),
      remove(`${p}/templates/§t`, 403, { messageId: 'alerting.notifications.invalidProvenance' }, free),
      remove(`${p}/templates/§t`, 204),
    ],
  },
  {
    name: '10 at once',
    section: '4.1',
    steps: [
      {
        calls: tenOf(
          'PUT',
          (index) => `${p}/templates/§t${index}`,
          (index) => ({ template: `{{ define "§t${index}" }}x{{ end }}` }),
        ),
        passes: 202,
        atLeast: 1,
        refusals: [{ status: 500, answer: { message: 'Internal Server Error' } }],
      },
    ],
  },
];

const source = (uid: string, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  uid,
  name: `${uid} name`,
  type: 'prometheus',
  access: 'proxy',
  url: 'http://127.0.0.1:9',
  ...more,
});
const sources = '/api/datasources';

export const dataSourceCases: readonly ContractCase[] = [
  {
    name: 'create, read, list',
    section: '6.1',
    steps: [
      post(
        sources,
        source('§p', { jsonData: { httpMethod: 'POST' }, secureJsonData: { httpHeaderValue1: 'secret' } }),
        200,
        { id: isNumber, name: '§p name', message: 'Datasource added', datasource: { uid: '§p', version: 1 } },
      ),
      get(`${sources}/uid/§p`, 200, {
        uid: '§p',
        name: '§p name',
        type: 'prometheus',
        access: 'proxy',
        jsonData: { httpMethod: 'POST' },
        secureJsonFields: { httpHeaderValue1: true },
        secureJsonData: isAbsent,
        readOnly: false,
        version: isNumber,
      }),
      get(`${sources}/name/§p%20name`, 200, { uid: '§p' }),
      get(sources, 200, holding({ uid: '§p', type: 'prometheus', typeName: isText, version: isAbsent })),
      get(`${sources}/uid/§none`, 404, { message: 'Data source not found' }),
    ],
  },
  {
    name: 'names and uids in use, and bad ones',
    section: '6.1',
    steps: [
      post(sources, source('§p'), 200),
      post(sources, source('§q', { name: '§p name' }), 409, {
        message: 'data source with the same name already exists',
      }),
      post(sources, source('§p', { name: '§other' }), 409, { message: /uid/ }),
      post(sources, source('a b', { name: '§c' }), 400, { messageId: 'datasource.uidInvalid' }),
    ],
  },
  {
    name: 'put replaces, but for secrets',
    section: '6.1',
    steps: [
      post(sources, source('§p', { jsonData: { a: 1 }, secureJsonData: { one: 'x' } }), 200),
      put(`${sources}/uid/§p`, source('§p', { url: 'http://127.0.0.1:10', version: 1 }), 200, {
        message: 'Datasource updated',
        datasource: { url: 'http://127.0.0.1:10', version: 2 },
      }),
      get(`${sources}/uid/§p`, 200, { jsonData: exactly({}), secureJsonFields: { one: true }, version: 2 }),
      put(`${sources}/uid/§p`, source('§p', { version: 1 }), 409, {
        message: /Datasource has already been updated by someone else/,
      }),
      put(`${sources}/uid/§p`, source('§p'), 200),
      get(`${sources}/uid/§p`, 200, { version: 1 }),
      put(`${sources}/uid/§none`, source('§none'), 404),
      put(`${sources}/uid/§p`, source('§changed', { name: '§p name' }), 500, {
        message: 'Failed to update datasource',
      }),
    ],
  },
  {
    name: 'one default',
    section: '6.1',
    steps: [
      post(sources, source('§p', { isDefault: true }), 200),
      post(sources, source('§q', { isDefault: true }), 200),
      get(`${sources}/uid/§p`, 200, { isDefault: false }),
      get(`${sources}/uid/§q`, 200, { isDefault: true }),
    ],
  },
  {
    name: 'delete',
    section: '6.1',
    steps: [
      post(sources, source('§p'), 200),
      remove(`${sources}/uid/§p`, 200, { message: 'Data source deleted' }),
      remove(`${sources}/uid/§p`, 404),
    ],
  },
  {
    name: '10 new ones at once',
    section: '4.1',
    steps: [
      {
        calls: tenOf(
          'POST',
          () => sources,
          (index) => source(`§p${index}`),
        ),
        passes: 200,
        atLeast: 1,
        refusals: [{ status: 500, answer: { message: 'Failed to add datasource' } }],
      },
    ],
  },
];
