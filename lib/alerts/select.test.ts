import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { leavesOf, type Leaf } from '../expression/expression';
import { printExpression } from '../expression/print';
import { contextOf } from '../expression/testing/context';
import type { Homelab, SourceSettings } from '../homelab/homelab';
import type { ResolvedSource } from '../homelab/resolved';
import { withPrograms } from '../proof/testing/with-programs';
import { bindAll, groupNames, type Signals } from '../signals/index';
import type { Signal } from '../signals/signal';
import { runPromtool, type PromtoolTest } from './promtool';
import { select } from './select';
import { partition, type Match } from './selection';

/** How other people's Prometheus tells hosts apart. */
const identities: Readonly<Record<string, SourceSettings>> = {
  ours: {},
  static: { select: { job: 'node' }, identity: { host: { label: 'instance', pattern: '{host}:9100' } } },
  alloy: { select: { job: 'integrations/unix' }, identity: { host: 'instance' } },
  otlp: {
    select: { job: ['homelab/node', 'homelab/node.2'] },
    identity: { host: { label: 'instance', pattern: 'home.{host}' } },
  },
};

const probes: Homelab['probes'] = { services: [{ name: 'films', url: 'http://nas:80/', host: 'nas' }] };

const signalsFor = (settings: SourceSettings): Signals =>
  bindAll(contextOf({ sources: { node_exporter: settings }, probes }, { place: 'alert' }));

/** One value of each label that the homelab file may name, and another that it does not name. */
const valuesOf: Readonly<Record<string, readonly string[]>> = {
  host: ['nas', 'pi'],
  service: ['films', 'music'],
  mountpoint: ['/', '/media'],
  device: ['sda', 'sdb'],
  chip: ['cpu', 'board'],
  sensor: ['temp1', 'temp2'],
  label: ['Core', 'temp2'],
  alarm: ['fan', 'voltage'],
  group: ['service', 'dns'],
  job: ['node', 'other'],
  name: ['a.service', 'b.service'],
};

/** Signals with what is hard about them. */
const asked: readonly (readonly [what: string, of: (signals: Signals) => Signal])[] = [
  ['an aggregate', ({ host }) => host.diskQueue],
  ['a share of two metrics', ({ host }) => host.filesystemUsed],
  ['a share of sums', ({ host }) => host.networkErrors],
  ['a share whose whole has fewer labels', ({ host }) => host.loadPerCore],
  ['names that come from another metric, or else a label', ({ host }) => host.temperatureLeft],
  ['labels that are written down', ({ host }) => host.hardwareAlarm],
  ['a state', ({ host }) => host.up],
  ['what leaves out others', ({ scrape }) => scrape.programsUp],
  ['a probe', ({ probe }) => probe.up],
  ['a probe over a day', ({ probe }) => probe.availabilityDay],
  ['what expires', ({ probe }) => probe.certificateTimeLeft],
];

/** A list of matches on two labels of the signal at the most: by one label, by both, and one that an earlier one fits in part. */
const matchesFor = ({ labels }: Signal): readonly Match[] => {
  const [a, b] = [...labels].filter((label) => valuesOf[label] && label !== 'job').sort();
  if (a === undefined) return [];
  const [first = ''] = valuesOf[a] ?? [];
  if (b === undefined) return [{ [a]: [first] }];
  const [, other = ''] = valuesOf[b] ?? [];
  return [{ [a]: [first], [b]: [other] }, { [b]: [other] }];
};

/** Each combination of two values of each label: some of every part. */
const seriesOf = (leaf: Leaf, signal: Signal): Readonly<Record<string, string>> => {
  const source = signal.context.sources[leaf.source.name] as ResolvedSource;
  const fixed = new Map(
    leaf.where.flatMap(({ label, operator, value }) =>
      operator === '=' && 'text' in value ? [[label, [value.text]] as const] : [],
    ),
  );
  const own = Object.keys(leaf.facts.labels).filter((label) => label in valuesOf || fixed.has(label));
  const names = [
    ...new Set([...leaf.source.entities, ...leaf.source.added.filter((name) => name in valuesOf), ...own]),
  ];
  const all = names.reduce<readonly Readonly<Record<string, string>>[]>(
    (all, name) =>
      all.flatMap((set) => (fixed.get(name) ?? valuesOf[name] ?? ['x']).map((value) => ({ ...set, [name]: value }))),
    [{}],
  );
  // A sensor has one name, or none.
  const sets = all.filter(({ label, sensor }) => label === undefined || (label === 'Core' && sensor === 'temp1'));
  return Object.fromEntries(
    sets.map((set, index) => {
      const labels = Object.entries(set).map(([name, value]) => {
        const identity = source.identity[name as keyof typeof source.identity];
        return [identity?.label ?? name, identity ? identity.prefix + value + identity.suffix : value] as const;
      });
      const job = source.select['job']?.[0] ?? source.job;
      const spelled = Object.entries({ job, ...Object.fromEntries(labels) }).map(
        ([name, value]) => `${name}="${value}"`,
      );
      return [
        `${leaf.metric}{${spelled.join(',')}}`,
        leaf.type === 'counter' ? `${index}+${index + 2}x30` : `${2 + (index % 3)}x30`,
      ];
    }),
  );
};

/** What must be empty or there, so that the parts are the whole, cut up. */
const testOf = (name: string, signal: Signal, matches = matchesFor(signal)): PromtoolTest => {
  const { base, parts } = partition([], matches);
  const print = (expression: Signal['expression']): string =>
    `(${printExpression(expression, signal.context, signal.labels)})`;
  const whole = print(signal.expression);
  const pieces = [base, ...parts].flatMap((selection) => {
    const piece = select(signal.expression, selection, signal.context);
    return piece ? [print(piece)] : [];
  });
  const union = `(${pieces.join(' or ')})`;
  const empty = [
    `${whole} unless ${union}`,
    `${union} unless ${whole}`,
    `${whole} != ${union}`,
    ...pieces.flatMap((piece, index) => pieces.slice(index + 1).map((other) => `${piece} and ${other}`)),
  ].map((expr) => ({ expr, eval_time: '20m', exp_samples: [] }));
  const there = [whole, ...pieces].map((piece) => ({
    expr: `count(${piece}) > bool 0`,
    eval_time: '20m',
    exp_samples: [{ labels: '{}', value: 1 }],
  }));
  const series = Object.assign({}, ...leavesOf(signal.expression).map((leaf) => seriesOf(leaf, signal))) as Record<
    string,
    string
  >;
  return {
    alert: name.replace(/\W/g, '-'),
    rules: stringify({ groups: [] }),
    test: stringify({
      rule_files: [],
      evaluation_interval: '1m',
      tests: [
        {
          name,
          interval: '1m',
          input_series: Object.entries(series).map(([one, values]) => ({ series: one, values })),
          promql_expr_test: [...empty, ...there],
        },
      ],
    }),
  };
};

describe('the parts of a query', () => {
  const tests = Object.entries(identities).flatMap(([identity, settings]) => {
    const signals = signalsFor(settings);
    return [
      ...asked.map(([what, of]) => testOf(`${identity} ${what}`, of(signals))),
      testOf(`${identity} names`, signals.host.temperatureLeft, [
        { label: ['Core'], host: ['pi'] },
        { label: ['temp2'] },
      ]),
    ];
  });

  withPrograms(
    ['promtool'],
    'are together what the whole gives, and share nothing, however hosts are told apart',
    () => expect(runPromtool(tests)).toBe(''),
    60_000,
  );

  it('can be had by every label of every signal, but where series are ranked, or their labels put into other words', () => {
    const signals = signalsFor({});
    const refused = groupNames.flatMap((name) =>
      Object.values<Signal>(signals[name]).flatMap((signal) =>
        [...signal.labels].flatMap((label) => {
          try {
            select(signal.expression, [{ [label]: { in: ['a'] } }], signal.context);
            return [];
          } catch {
            return [`${signal.id} by ${label}`];
          }
        }),
      ),
    );
    const ranked =
      /^(scrape\.(slowest|largest)|host\.fullest|jellyfin\.(slowest|requests)|arr\.quality|(immich|openWebui)\.(slowest|failing|requestsByStatus)|plex\.watchTimeByTitle|seerr\.(requestsBy(Genre|User)|newestRequests)|tdarr\.(videoCodecs|audioCodecs|resolutions|containers)) /;
    const inOtherWords =
      /^((jellyfin|plex|tautulli)\.(streamsByMethod|watchTimeByMethod|nowPlaying|progress) by method|seerr\.requestsByStatus by status|arr\.issues by message)$/;
    expect(refused.filter((one) => !ranked.test(one) && !inOtherWords.test(one))).toEqual([]);
  });

  it('narrow the whole of a share only by what both carry', () => {
    const { host } = signalsFor({});
    const piece = select(host.loadPerCore.expression, [{ host: { in: ['nas'] } }], host.loadPerCore.context);
    expect(printExpression(piece!, host.loadPerCore.context).match(/host="nas"/g)).toHaveLength(2);
    const errors = select(host.networkErrors.expression, [{ device: { notIn: ['eth1'] } }], host.networkErrors.context);
    expect(printExpression(errors!, host.networkErrors.context)).toContain('device!="eth1"');
  });

  it('are nothing where nothing can be left', () => {
    const { host, scrape } = signalsFor({});
    const gone = (signal: Signal, label: string, value: string) =>
      select(signal.expression, [{ [label]: { in: [value] } }], signal.context);
    expect(gone(host.hardwareAlarm, 'alarm', 'none of ours')).toBeUndefined();
    expect(gone(scrape.absent, 'host', 'nobody')).toBeUndefined();
    expect(printExpression(gone(scrape.absent, 'host', 'nas')!, scrape.absent.context)).toContain('host="nas"');
  });
});
