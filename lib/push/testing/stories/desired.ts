import type { Json } from '../../../grafana-json/json';
import type { DesiredObject, Kind } from '../../object';
import type { Random } from '../random';

/** Prefix of all that is ours. */
export const project = 'hl';
export const alertFolder = { uid: 'hl-alert-rules', title: 'Alerts' } as const;
export const timing = 'hl nights';
export const receiver = 'hl point';
/** By the name of the variable. */
export type Secrets = Readonly<Record<'HL_HOOK' | 'HL_KEY', string>>;

const folders = [
  { uid: 'hl-a', title: 'Hosts' },
  { uid: 'hl-b', title: 'Disks', parentUid: 'hl-a' },
] as const;

/** A small set of all kinds, some of it left out, each in one of three forms. */
export const randomDesired = (random: Random): readonly DesiredObject[] => {
  const has = (share = 0.75): boolean => random.chance(share);
  const form = (): number => random.below(3);
  const objects: DesiredObject[] = [];
  const add = (kind: Kind, key: string, body: Json): void => void objects.push({ kind, key, title: key, body });

  const outer = has(0.85);
  const inner = outer && has();
  for (const folder of [...(outer ? [folders[0]] : []), ...(inner ? [folders[1]] : [])])
    objects.push({ kind: 'folder', key: folder.uid, title: folder.title, body: { ...folder } });
  const hasRules = has(0.85);
  if (hasRules)
    objects.push({ kind: 'folder', key: alertFolder.uid, title: alertFolder.title, body: { ...alertFolder } });
  for (const uid of ['hl-d1', 'hl-d2', 'hl-d3'])
    if (has()) {
      const folderUid = inner && uid !== 'hl-d1' && has() ? 'hl-b' : outer ? 'hl-a' : '';
      add('dashboard', uid, { dashboard: board(uid, form()), folderUid });
    }
  if (has(0.5)) add('template', 'hl text', { name: 'hl text', template: `{{ define "hl" }}text ${form()}{{ end }}` });
  const hasTiming = has(0.6);
  if (hasTiming)
    add('mute-timing', timing, {
      name: timing,
      time_intervals: [{ times: [{ start_time: `0${form()}:00`, end_time: '07:00' }], weekdays: ['monday:friday'] }],
    });
  const hasPoint = has();
  if (hasPoint)
    add('contact-point', 'hl-c1', {
      uid: 'hl-c1',
      name: receiver,
      type: 'webhook',
      disableResolveMessage: random.chance(0.5),
      settings: { url: { env: 'HL_HOOK', before: 'http://127.0.0.1/' }, password: { env: 'HL_KEY' } },
    });
  if (has(0.5))
    add('contact-point', 'hl-c2', {
      uid: 'hl-c2',
      name: 'hl other',
      type: 'discord',
      disableResolveMessage: random.chance(0.5),
      settings: { url: { env: 'HL_HOOK' }, message: `message ${form()}` },
    });
  if (hasPoint && hasRules && has())
    add('policy', alertFolder.title, {
      receiver,
      object_matchers: [['grafana_folder', '=', alertFolder.title]],
      group_interval: `${5 + form()}m`,
      ...(hasTiming && random.chance(0.5) && { mute_time_intervals: [timing] }),
    });
  if (hasRules) {
    // A rule may go from one group to the other.
    const [first, second] = random.chance(0.3) ? [['hl-r1'], ['hl-r2', 'hl-r3']] : [['hl-r1', 'hl-r2'], ['hl-r3']];
    for (const [name, uids] of [
      ['one', first],
      ['two', second],
    ] as const)
      if (has())
        add('rule-group', `${alertFolder.uid}/${name}`, {
          title: name,
          folderUid: alertFolder.uid,
          interval: 60 * (1 + random.below(2)),
          rules: (uids ?? []).map((uid) => rule(uid, { __homelab_dashboards__: project }, form())),
        });
  }
  return objects;
};

/** A dashboard of two panels, as the renderer writes them. */
export const board = (uid: string, form: number): Json => ({
  uid,
  title: `Board ${uid}`,
  description: `Form ${form}`,
  schemaVersion: 42,
  editable: true,
  tags: ['hl'],
  time: { from: 'now-6h', to: 'now' },
  panels: [0, 1].map((index) => ({
    id: index + 1,
    type: index === 0 ? 'stat' : 'timeseries',
    title: `Panel ${index}`,
    datasource: { type: 'prometheus', uid: 'hl-metrics' },
    gridPos: { h: 8, w: 12, x: index * 12, y: 0 },
    fieldConfig: {
      defaults: {
        unit: 'percentunit',
        thresholds: {
          mode: 'absolute',
          steps: [
            { color: 'green', value: null },
            { color: 'red', value: 0.7 + form / 10 },
          ],
        },
      },
      overrides: [],
    },
    targets: [{ refId: 'A', expr: `up == ${form}`, datasource: { type: 'prometheus', uid: 'hl-metrics' } }],
  })),
});

/** An alert rule that fires by a query of no data source. */
export const rule = (uid: string, annotations: Json, form: number): Json => ({
  uid,
  title: `Rule ${uid}`,
  condition: 'A',
  for: `${1 + form}m`,
  labels: { severity: 'warning' },
  annotations,
  noDataState: 'OK',
  execErrState: 'Error',
  data: [
    {
      refId: 'A',
      relativeTimeRange: { from: 600, to: 0 },
      datasourceUid: '__expr__',
      model: { refId: 'A', type: 'math', expression: `${form} > 1` },
    },
  ],
});
