import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { alerts } from '../../../alerts/index';
import { dashboards } from '../../../dashboards/index';
import { objectAt, type Json } from '../../grafana-json/json';
import { chooseTarget } from '../../homelab/choose-target';
import { defineHomelab } from '../../homelab/define';
import { resolveHomelab } from '../../homelab/resolve';
import { render } from '../../render/render';
import { desiredObjects } from '../desired';
import { kinds, type DesiredObject, type Kind } from '../object';
import { changesOf } from './changes';

const receivers = {
  phone: { kind: 'telegram', token: { env: 'BOT' }, chat: '-100' },
  hook: { kind: 'webhook', url: { env: 'HOOK' } },
} as const;
const homelab = resolveHomelab(
  defineHomelab({
    hosts: [{ name: 'nas', address: '192.168.1.10' }],
    timeZone: 'Europe/Berlin',
    grafana: { mode: 'owned' },
    targets: { main: { kind: 'grafana', url: 'http://nas:3000', folder: 'Ours' } },
    alerting: { receivers, quietHours: { from: '22:00', to: '07:00' } },
    dataSources: {
      prometheus: {
        kind: 'prometheus',
        uid: 'prom',
        url: 'http://prometheus:9090',
        basicAuth: { user: 'me', password: { env: 'PASSWORD' } },
      },
    },
  }),
);
const objects = desiredObjects(render(homelab, { dashboards, alerts }), chooseTarget(homelab));

const find = (kind: Kind, key: string): DesiredObject => {
  const found = objects.find((object) => object.kind === kind && object.key === key);
  if (!found) throw new Error(`no ${kind} ${key} among ${objects.map((one) => one.key).join(', ')}`);
  return found;
};

type Edit = (body: any) => void;

/** What is said of an object that a person edited. */
const edited = ({ kind, body }: DesiredObject, edit: Edit): readonly string[] => {
  const copy = structuredClone(body);
  edit(copy);
  return changesOf(kind, body, copy);
};

describe('a dashboard', () => {
  const board = find('dashboard', 'hl-host-use');
  const first = (body: Json): any => {
    const panels = objectAt(body, 'dashboard')['panels'] as any[];
    return (
      panels.flatMap((panel) => [panel, ...(panel.panels ?? [])]).find(({ title }) => title === 'Processor busy') ??
      panels.find(({ type }) => type !== 'row')
    );
  };
  const { title } = first(board.body) as { title: string };

  it.each<[string, Edit, readonly (string | RegExp)[]]>([
    ['another title', (body) => (body.dashboard.title = 'Mine'), [/^title Hosts.* to Mine$/]],
    ['another folder', (body) => (body.folderUid = 'other'), ['moved into the folder other']],
    ['a query', (body) => (first(body).targets[0].expr += ' + 1'), [new RegExp(`^panel ${title}.*: query changed$`)]],
    ['a unit', (body) => (first(body).fieldConfig.defaults.unit = 'bytes'), [/: unit .* to bytes/]],
    ['an option', (body) => (first(body).options = { mine: 1 }), [/: details changed: .*options/]],
    ['the range of time', (body) => (body.dashboard.time = { from: 'now-1y' }), ['time shown changed']],
    ['a tag', (body) => body.dashboard.tags.push('mine'), ['details changed: tags']],
    ['a section', (body) => (body.dashboard.panels[0].title = 'Mine'), [/^section Mine: was Right now$/]],
    [
      'a section elsewhere',
      (body) => Object.assign(body.dashboard.panels[0], { title: 'Mine', gridPos: { x: 0, y: 99, w: 24, h: 1 } }),
      ['places changed', /^section Mine: was Right now$/],
    ],
    ['a panel', (body) => body.dashboard.panels.push({ id: 7, type: 'text', title: 'Note' }), ['new panel Note']],
  ])('that has %s', (_, edit, expected) => {
    const words = edited(board, edit);
    expect(words).toHaveLength(expected.length);
    expected.forEach((one, index) => expect(words[index]).toMatch(one));
  });

  it('tells a threshold in its unit', () => {
    const panel = (at: number): Json => ({
      dashboard: {
        title: 'Board',
        panels: [
          {
            id: 1,
            title: 'CPU busy',
            type: 'stat',
            fieldConfig: {
              defaults: {
                unit: 'percentunit',
                thresholds: {
                  steps: [
                    { value: null, color: 'green' },
                    { value: at, color: 'red' },
                  ],
                },
              },
            },
          },
        ],
      },
    });
    expect(changesOf('dashboard', panel(0.8), panel(0.9))).toEqual(['panel CPU busy: threshold 80% to 90%']);
  });
});

describe('a rule group', () => {
  const group = find('rule-group', 'hl-alert-rules/host');
  const name = (group.body['rules'] as any[])[0].title as string;

  it.each<[string, Edit, readonly string[]]>([
    [
      'another duration',
      (body) => (body.rules[0].for = '42m'),
      [`alert ${name}: for ${(group.body['rules'] as any[])[0].for} to 42m`],
    ],
    [
      'another threshold',
      (body) => (body.rules[0].data[1].model.conditions[0].evaluator.params = [0.123]),
      [
        `alert ${name}: threshold ${(group.body['rules'] as any[])[0].data[1].model.conditions[0].evaluator.params[0]} to 0.123`,
      ],
    ],
    [
      'another severity',
      (body) => (body.rules[0].labels.severity = 'info'),
      [`alert ${name}: severity ${(group.body['rules'] as any[])[0].labels.severity} to info`],
    ],
    ['a pause', (body) => (body.rules[0].isPaused = true), [`alert ${name}: details changed: isPaused`]],
    ['another text', (body) => (body.rules[0].annotations.summary = 'Mine'), [`alert ${name}: text changed`]],
    [
      'a time to stay',
      (body) => (body.rules[0].keep_firing_for = '9m'),
      [`alert ${name}: stays for ${(group.body['rules'] as any[])[0].keep_firing_for ?? 'none'} to 9m`],
    ],
    ['another name', (body) => (body.rules[0].title = 'Mine'), [`alert Mine: was ${name}`]],
    ['one rule less', (body) => body.rules.shift(), [`without alert ${name}`]],
    ['one rule more', (body) => body.rules.push({ uid: 'x', title: 'Mine' }), ['new alert Mine']],
    ['another order', (body) => body.rules.reverse(), ['rules in another order']],
    ['another interval', (body) => (body.interval = 120), ['interval 60 to 120']],
  ])('with %s', (_, edit, expected) => {
    expect(edited(group, edit)).toEqual(expected);
  });

  it('of a ruler', () => {
    const rule = { alert: 'Mine', expr: 'up == 0', for: '5m', labels: {}, annotations: {} };
    const of = (differs: object): Json => ({
      name: 'g',
      rules: [
        { ...rule, ...differs },
        { record: 'a:b', expr: 'sum(up)' },
      ],
    });
    expect(changesOf('rule-group', of({}), of({ for: '10m', expr: 'up{job="x"} == 0' }))).toEqual([
      'alert Mine: for 5m to 10m, query changed',
    ]);
    const recorded: Json = { name: 'g', rules: [rule, { record: 'a:b', expr: 'sum(down)' }] };
    expect(changesOf('rule-group', of({}), recorded)).toEqual(['recording rule a:b: details changed: expr']);
  });
});

describe('other objects', () => {
  it.each<[string, Kind, string, Edit, readonly (string | RegExp)[]]>([
    [
      'a folder that was renamed',
      'folder',
      'hl-folder-hosts',
      (body) => (body.title = 'Machines'),
      ['renamed: Hosts to Machines'],
    ],
    ['a folder that was moved', 'folder', 'hl-folder-hosts', (body) => delete body.parentUid, ['moved to the top']],
    [
      'a contact point',
      'contact-point',
      'hl-phone',
      (body) => (body.settings.parse_mode = 'Markdown'),
      ['settings parse_mode HTML to Markdown'],
    ],
    [
      'its secret',
      'contact-point',
      'hl-phone',
      (body) => (body.settings.bottoken = 'hunter2'),
      ['settings bottoken is not the value of BOT: one of the two changed'],
    ],
    [
      'its address',
      'contact-point',
      'hl-hook',
      (body) => (body.settings.url = 'http://hunter2'),
      ['settings url is not the value of HOOK: one of the two changed'],
    ],
    [
      'its silence',
      'contact-point',
      'hl-phone',
      (body) => (body.disableResolveMessage = true),
      ['disable resolve message no to yes'],
    ],
    [
      'quiet hours',
      'mute-timing',
      'hl-quiet-hours',
      (body) =>
        body.time_intervals.forEach((one: any) => one.times?.forEach((time: any) => (time.start_time = '23:30'))),
      [/^no longer: 22:00 to/, /./],
    ],
    [
      'a text',
      'template',
      'hl-messages',
      (body) => (body.template = body.template.replace('{{ define', '{{/* mine */}}\n{{ define')),
      [/^text changed: \+ \{\{\/\* mine \*\/\}\}$/],
    ],
    [
      'the receiver of our route',
      'policy',
      'Ours/Homelab alerts',
      (body) => (body.receiver = 'mine'),
      ['receiver hl-phone to mine'],
    ],
    [
      'a branch',
      'policy',
      'Ours/Homelab alerts',
      (body) => body.routes.push({ receiver: 'mine', object_matchers: [['team', '=', 'a']] }),
      ['new branch team = a to mine'],
    ],
    [
      'a branch less',
      'policy',
      'Ours/Homelab alerts',
      (body) => body.routes.pop(),
      [/^branch severity = info.* goes$/],
    ],
    [
      'the pace of a branch',
      'policy',
      'Ours/Homelab alerts',
      (body) => (body.routes[0].repeat_interval = '9d'),
      [/^branch .*: repeat_interval .* to 9d$/],
    ],
    [
      'a data source',
      'data-source',
      'prom',
      (body) => (body.jsonData.timeInterval = '30s'),
      ['json data time interval 15s to 30s'],
    ],
    [
      'its password',
      'data-source',
      'prom',
      (body) => (body.secureJsonData.basicAuthPassword = 'hunter2'),
      [/^secure json data basic auth password is not the value of PASSWORD: one of the two changed$/],
    ],
  ])('%s', (_, kind, key, edit, expected) => {
    const words = edited(find(kind, key), edit);
    expect(words.join('\n')).not.toContain('hunter2');
    expect(words.length).toBeGreaterThanOrEqual(expected.length);
    expected.forEach((one, index) =>
      typeof one === 'string' ? expect(words[index]).toBe(one) : expect(words[index]).toMatch(one),
    );
  });
});

/** Every place of a body that can be changed. */
const placesOf = (
  value: unknown,
  path: readonly (string | number)[] = [],
): readonly (readonly (string | number)[])[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, item]) => {
        const place = [...path, Array.isArray(value) ? Number(key) : key];
        return [place, ...placesOf(item, place)];
      })
    : [];

const changedAt = (body: Json, path: readonly (string | number)[], value: unknown): Json => {
  const copy = structuredClone(body);
  let parent: any = copy;
  for (const step of path.slice(0, -1)) parent = parent[step];
  const last = path.at(-1) as string | number;
  if (value === undefined && Array.isArray(parent)) parent.splice(Number(last), 1);
  else if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
};

const secretWord = 'planted-hunter2';

describe('any change', () => {
  const sample = kinds.flatMap((kind) => objects.filter((object) => object.kind === kind).slice(0, 3));
  const places = new Map(sample.map((object) => [object, placesOf(object.body)]));
  const change = fc.constantFrom(...sample).chain((object) =>
    fc.record({
      object: fc.constant(object),
      path: fc.constantFrom(...(places.get(object) ?? [])),
      value: fc.oneof(
        fc.constantFrom<unknown>(undefined, null, '', 'x', 0, 1.5, true, [], {}, [null], [[]], { a: 1 }),
        fc.jsonValue({ maxDepth: 2 }),
      ),
    }),
  );

  it('is never silent, and what is equal has none', () => {
    fc.assert(
      fc.property(change, ({ object: { kind, body }, path, value }) => {
        const after = changedAt(body, path, value);
        const isSame = isDeepStrictEqual(body, after);
        for (const words of [changesOf(kind, body, after), changesOf(kind, after, body)]) {
          expect(words.length > 0).toBe(!isSame);
          for (const word of words) expect(word).toMatch(/\S/);
        }
        expect(changesOf(kind, after, structuredClone(after))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('is told of anything at all that came from a server', () => {
    // As it comes out of a parser of JSON: objects of the usual prototype.
    const json = fc
      .dictionary(
        fc.constantFrom(
          'title',
          'rules',
          'routes',
          'dashboard',
          'panels',
          'time_intervals',
          'template',
          'settings',
          'x',
        ),
        fc.oneof(
          fc.jsonValue({ maxDepth: 2 }),
          fc.array(
            fc.dictionary(
              fc.constantFrom('uid', 'title', 'data', 'labels', 'alert', 'expr', 'routes'),
              fc.jsonValue({ maxDepth: 1 }),
            ),
          ),
        ),
      )
      .map((value) => JSON.parse(JSON.stringify(value)) as Json);
    fc.assert(
      fc.property(fc.constantFrom(...kinds), json, json, (kind, was, is) => {
        expect(changesOf(kind, was, is).length > 0).toBe(!isDeepStrictEqual(was, is));
      }),
      { numRuns: 100 },
    );
  });

  it('never tells a value of a contact point or data source that may be secret', () => {
    const secrets = sample
      .filter(({ kind }) => kind === 'contact-point' || kind === 'data-source')
      .flatMap((object) =>
        (places.get(object) ?? [])
          .filter((path) => /url|token|secure|password|chatid|header|payload/i.test(path.join('.')))
          .map((path) => ({ object, path })),
      );
    expect(secrets.length).toBeGreaterThan(5);
    for (const { object, path } of secrets)
      expect(changesOf(object.kind, object.body, changedAt(object.body, path, secretWord)).join('\n')).not.toContain(
        secretWord,
      );
  });
});
