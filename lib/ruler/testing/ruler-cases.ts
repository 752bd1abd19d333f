import { expect, it } from 'vitest';
import { objectsAt, type Json } from '../../grafana-json/json';
import { normalForms } from '../../push/normal-form';
import type { DesiredObject } from '../../push/object';
import { MovedError } from '../../push/store';
import { authenticationFromEnv } from '../../server/authentication';
import { RulerClient } from '../ruler-client';
import { RulerStore } from '../ruler-store';

/** A ruler that the cases may write to, in a namespace that nobody else has. */
export interface RulerSubject {
  readonly url: string;
  readonly tenant: string | null;
  readonly namespace: string;
}

/** What our store counts on, of the stand-in and of a real ruler alike. */
export const rulerCases = (subject: () => RulerSubject): void => {
  const client = (url = subject().url): RulerClient =>
    new RulerClient(url, authenticationFromEnv('RULER', process.env), subject().tenant);
  const store = (url?: string): RulerStore => new RulerStore(client(url), { normalForms });
  const wanted = (name: string, rules: readonly Json[], more: Json = {}): DesiredObject => ({
    kind: 'rule-group',
    key: `${subject().namespace}/${name}`,
    title: name,
    body: { name, interval: '1m', rules, ...more },
  });
  const normal = (body: Json): Json => normalForms['rule-group'](body);
  const down: Json = { alert: 'Down', expr: 'up == 0', for: '5m', labels: { severity: 'critical' } };

  it('a group is made, found as it was meant, changed and removed', async () => {
    const group = wanted('hosts', [down]);
    expect((await store().readAll([group.key])).size).toBe(0);
    const made = await store().write(group, undefined);
    expect(normal(made.body)).toEqual(normal(group.body));
    expect((await store().readAll([group.key])).get(group.key)).toEqual(made);
    const slower = wanted('hosts', [{ ...down, for: '10m' }]);
    const changed = await store().write(slower, made);
    expect(normal(changed.body)).toEqual(normal(slower.body));
    await expect(store().write(group, made)).rejects.toBeInstanceOf(MovedError);
    await expect(store().remove(made)).rejects.toBeInstanceOf(MovedError);
    await store().remove(changed);
    expect(await store().read(group.key)).toBeUndefined();
    await store().remove(changed);
  });

  it.each<[string, Json, Json]>([
    ['durations', { rules: [{ ...down, for: '90s', keep_firing_for: '120m' }] }, { rules: [{ ...down, for: '91s' }] }],
    ['no duration', { rules: [{ ...down, for: '0s', keep_firing_for: 0 }] }, { rules: [{ ...down, for: '1s' }] }],
    ['zeros of the group', { limit: 0, query_offset: '0s', labels: {}, source_tenants: [] }, { limit: 3 }],
    ['offset and limit', { limit: 7, query_offset: '150s' }, { limit: 7, query_offset: '151s' }],
    ['the old name of the offset', { evaluation_delay: '60s' }, {}],
    ['alignment', { align_evaluation_time_on_interval: true }, { align_evaluation_time_on_interval: false }],
    ['labels of the group', { labels: { team: 1 } }, { labels: { team: 2 } }],
    ['no interval', { interval: undefined }, { interval: '2m' }],
    ['an interval of hours', { interval: '90m' }, { interval: '91m' }],
    [
      'values that are no texts',
      { rules: [{ ...down, labels: { a: 1, b: true }, annotations: {} }] },
      { rules: [{ ...down, labels: { a: 2 } }] },
    ],
    ['an empty label', { rules: [{ ...down, labels: { team: '' } }] }, { rules: [down] }],
    [
      'texts that YAML takes for something else',
      {
        rules: [
          {
            ...down,
            annotations: {
              ...Object.fromEntries(
                [
                  'yes',
                  '012',
                  '1_000',
                  '0x1F',
                  '~',
                  'null',
                  '12:30:00',
                  '2001-01-01',
                  '1e3',
                  '=',
                  '.inf',
                  '- a',
                  '# b',
                ].map((text, index) => [`a${index}`, text]),
              ),
              lines: 'one\n  two \n\n three\ttab\n\n',
              edges: '  blank around  ',
              quotes: `"double" 'single' \\ back: {{ $labels.host }} %`,
              signs: 'Grüße 🏠 \u00a0\u2028\u0085\u007f end',
              long: 'word '.repeat(60),
            },
          },
        ],
      },
      {
        rules: [{ ...down, annotations: { lines: 'one\n two' } }],
      },
    ],
    [
      'an expression of several lines',
      { rules: [{ record: 'a:b', expr: 'sum by (job) (\n  up == 0\n)\n' }] },
      { rules: [{ record: 'a:b', expr: 'sum(up)' }] },
    ],
    ['a number for an expression', { rules: [{ record: 'one', expr: 1 }] }, { rules: [{ record: 'one', expr: 2 }] }],
  ])('%s come back as they were meant, and a change shows', async (_, more, edited) => {
    const group = wanted('forms', [down], more);
    const made = await store().write(group, undefined);
    expect(normal(made.body)).toEqual(normal(group.body));
    const other = wanted('forms', [down], edited);
    expect(normal(other.body)).not.toEqual(normal(group.body));
    const changed = await store().write(other, made);
    expect(normal(changed.body)).toEqual(normal(other.body));
    await store().remove(changed);
  });

  it.each(['a b', 'own-rules:host', 'a/b', '50% of ü', 'a.b?c#d&e=+'])('a group may be called %s', async (name) => {
    const group = wanted(name, [down]);
    const made = await store().write(group, undefined);
    expect([...(await store().readAll([group.key])).keys()]).toEqual([group.key]);
    expect(await store().read(group.key)).toEqual(made);
    await store().remove(made);
    expect(await store().read(group.key)).toBeUndefined();
  });

  it('groups beside ours are neither read nor touched', async () => {
    const { namespace } = subject();
    await client().put(`${namespace}-theirs`, { name: 'hosts', rules: [down] });
    const group = wanted('hosts', [{ ...down, for: '1m' }]);
    const made = await store().write(group, undefined);
    expect((await store().readAll([group.key, `${namespace}/other`])).size).toBe(1);
    await store().remove(made);
    const theirs = await client().group(`${namespace}-theirs`, 'hosts');
    expect(objectsAt(theirs, 'rules')[0]?.[0]).toMatchObject(down);
    await client().remove(`${namespace}-theirs`, 'hosts');
  });

  it('what it refuses is told in its own words', async () => {
    const bad = wanted('bad', [{ alert: 'Bad', expr: 'sum(' }]);
    await expect(store().write(bad, undefined)).rejects.toMatchObject({
      status: 400,
      evidence: expect.stringMatching(/"Bad"[^]*could not parse expression/),
      next: expect.stringContaining('mend the rule'),
    });
    const many = wanted(
      'many',
      Array.from({ length: 21 }, (_, index) => ({ ...down, alert: `Down${index}` })),
    );
    await expect(store().write(many, undefined)).rejects.toMatchObject({
      status: 400,
      evidence: expect.stringContaining('limit: 20 actual: 21'),
      next: expect.stringContaining('ruler_max_rules_per_rule_group'),
    });
    expect((await store().readAll([bad.key, many.key])).size).toBe(0);
  });

  it('an address that is not its own is told from a group that is not there', async () => {
    const { url, namespace } = subject();
    await expect(store(`${url}/prometheus`).readAll([`${namespace}/a`])).rejects.toMatchObject({
      evidence: expect.stringContaining('404 page not found'),
      next: expect.stringContaining('without /prometheus behind it'),
    });
  });
};
