import { leavesOf, makeExpression, type Expression } from '../expression/expression';
import { narrow } from '../expression/narrow';
import { max, union, where } from '../expression/operators';
import type { ResolvedHomelab } from '../homelab/resolved';
import type { Signals } from '../signals/index';
import type { Signal } from '../signals/signal';
import type { Alert } from './alert';
import { groupByNeeds, isUnknown, labelOf, needsOf, type Needs, type Thing } from './dependencies';
import { everything, partition, type Match } from './selection';
import { select } from './select';

/**
 * The alert, silent about what cannot answer because something it needs is down at this moment: its query gives nothing for them.
 * `isTold`: of what messages keep others quiet, so that no query has to ask for it.
 */
export const quietWhileDown = (
  alert: Alert,
  homelab: ResolvedHomelab,
  signals: Signals,
  isTold: (thing: Thing) => boolean = () => false,
): Alert => {
  const { signal, absenceOf, leavesOutWhileDown = [] } = alert;
  if (!absenceOf || signal.missing || isUnknown(alert)) return alert;
  const about = needsOf(homelab).filter(({ thing }) => concerns(alert, thing, homelab));
  const ownHosts = new Map(homelab.services.map(({ name, host }) => [name, host]));
  const isOwnHost = (thing: Thing, needed: Thing): boolean =>
    thing.kind === 'service' && needed.kind === 'host' && ownHosts.get(thing.name) === needed.name;
  // The host that a service runs on is a label of its series, so one comparison does for all.
  const withoutHosts = leavesOutWhileDown.includes('host');
  const onHosts = about.some(({ thing, needs }) => needs.some((one) => isOwnHost(thing, one) && !isTold(one)));
  const hosts =
    onHosts && absenceOf === 'service' && !withoutHosts && signal.labels.has('host')
      ? hostDown(signals, signal)
      : undefined;
  const byHost = hosts !== undefined || withoutHosts;
  const seesTo = (thing: Thing, needed: Thing): boolean =>
    (byHost && isOwnHost(thing, needed)) || (needed.kind === 'router' && leavesOutWhileDown.includes('router'));
  const others = about.flatMap(({ thing, needs }): readonly Needs[] => {
    const [first, ...more] = needs.filter((one) => !isTold(one) && !seesTo(thing, one));
    return first ? [{ thing, needs: [first, ...more] }] : [];
  });
  const groups = groupsOf(others, homelab, signals, signal);
  const asked = hosts ? unless(signal.expression, hosts, ['host']) : signal.expression;
  const expression = unlessNeeded(asked, signal, groups);
  const quietAbout = [
    ...(onHosts && byHost ? ['what runs on a host while that is down'] : []),
    ...groups.map(({ things, needs }) => `${namesOf(things)} while ${namesOf(needs, 'or')} is down`),
  ];
  if (expression === signal.expression) return quietAbout.length > 0 ? { ...alert, quietAbout } : alert;
  return {
    ...alert,
    quietAbout,
    signal: { ...signal, expression },
    // An empty answer is then what it should be; like with `and`.
    ...(alert.noData !== 'ok' && {
      noData: 'ok',
      noDataReason: 'It is silent while what it needs is down. TargetAbsent tells of what is not asked at all.',
    }),
  };
};

const namesOf = (things: readonly Thing[], word = 'and'): string => {
  const names = things.map(({ kind, name }) => (kind === 'router' || kind === 'internet' ? `the ${name}` : name));
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}` : names.join('');
};

/** Things that need the same, with what is asked to know whether it is down. */
interface Group {
  readonly things: readonly Thing[];
  readonly needs: readonly Thing[];
  readonly match: Match;
  readonly down: Expression;
}

/** Services before hosts: what a service needs includes what its host needs, and the first that fits wins. */
const groupsOf = (
  all: readonly Needs[],
  homelab: ResolvedHomelab,
  signals: Signals,
  signal: Signal,
): readonly Group[] =>
  groupByNeeds([...all].sort((a, b) => rank(a.thing) - rank(b.thing))).flatMap(({ things, needs }) => {
    const down = downNow(needs, homelab, signals, signal);
    return down ? byLabel(things).map((one) => ({ ...one, needs, down })) : [];
  });

const unlessNeeded = (expression: Expression, signal: Signal, groups: readonly Group[]): Expression => {
  if (groups.length === 0) return expression;
  const { base, parts } = partition(
    [],
    groups.map(({ match }) => match),
  );
  const pieces = [
    select(expression, base, signal.context),
    ...groups.map(({ down }, index) => {
      const piece = select(expression, parts[index] ?? everything, signal.context);
      return piece && unless(piece, down, []);
    }),
  ].filter((piece) => piece !== undefined);
  const [first, ...rest] = pieces;
  return first ? { ...union(first, ...rest), labels: expression.labels } : expression;
};

const rank = ({ kind }: Thing): number => (kind === 'service' ? 0 : 1);

/** Things of one kind by their label; the internet is everything that an alert on it is about. */
const byLabel = (things: readonly Thing[]): readonly { readonly things: readonly Thing[]; readonly match: Match }[] =>
  [...new Set(things.map(labelOf))].map((label) => {
    const same = things.filter((thing) => labelOf(thing) === label);
    return { things: same, match: label === undefined ? {} : { [label]: same.map(({ name }) => name) } };
  });

/** Whether some of the alert's series are about the thing. */
const concerns = ({ absenceOf, signal }: Alert, thing: Thing, { sources }: ResolvedHomelab): boolean => {
  const label = labelOf(thing);
  if (label !== undefined && !signal.labels.has(label)) return false;
  if (absenceOf !== 'target') return absenceOf === thing.kind;
  const scraped = Object.values(sources).flatMap(({ instances }) => instances);
  return label !== undefined && scraped.some((instance) => instance[label] === thing.name);
};

/** Any series: one of the things is down now. Undefined where nothing says so, or says so in another data source. */
const downNow = (
  needs: readonly Thing[],
  homelab: ResolvedHomelab,
  signals: Signals,
  asking: Signal,
): Expression | undefined => {
  const named = (kind: Thing['kind']): readonly string[] =>
    needs.filter((thing) => thing.kind === kind).map(({ name }) => name);
  const probed = new Set(homelab.probes.targets.filter(({ group }) => group === 'service').map(({ name }) => name));
  const watched = new Set((homelab.sources['node_exporter']?.instances ?? []).map(({ host }) => host));
  const split = (names: readonly string[], known: (name: string) => boolean) => [
    names.filter(known),
    names.filter((name) => !known(name)),
  ];
  const [hosts = [], otherHosts = []] = split(named('host'), (name) => watched.has(name));
  const [services = [], otherServices = []] = split(named('service'), (name) => probed.has(name));
  const asked = [
    hosts.length > 0 && of(signals.host.up, { host: hosts }),
    otherHosts.length > 0 && of(signals.scrape.up, { host: otherHosts }, 'host'),
    services.length > 0 && of(signals.probe.up, { service: services }),
    otherServices.length > 0 && of(signals.scrape.up, { service: otherServices }, 'service'),
    named('router').length > 0 && of(signals.probe.routerUp, {}),
    named('internet').length > 0 && of(signals.probe.internetUp, {}),
  ].filter((one): one is Expression => typeof one === 'object' && sameDataSource(one, asking));
  const [first, ...others] = asked;
  return first && union(first, ...others);
};

const of = (signal: Signal, match: Match, by?: string): Expression | undefined => {
  if (signal.missing) return undefined;
  const limits = Object.fromEntries(Object.entries(match).map(([label, values]) => [label, { in: values }]));
  const narrowed = narrow(signal.expression, limits, signal.context);
  return narrowed && where(by === undefined ? narrowed : max(narrowed, by as never), '==', 0);
};

const hostDown = ({ host }: Signals, asking: Signal): Expression | undefined => {
  const down = host.up.missing ? undefined : where(host.up.expression, '==', 0);
  return down && sameDataSource(down, asking) ? down : undefined;
};

const sameDataSource = (expression: Expression, { sources, context }: Signal): boolean => {
  const asked = new Set(sources.map(({ dataSource }) => dataSource));
  return leavesOf(expression).every(({ source: { name } }) => {
    const dataSource = context.sources[name]?.dataSource;
    return dataSource === undefined || asked.size === 0 || asked.has(dataSource);
  });
};

const unless = (left: Expression, right: Expression, on: readonly string[]): Expression =>
  makeExpression({ kind: 'binary', operator: 'unless', left, right, on }, left.labels);
