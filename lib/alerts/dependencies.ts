import { partsOf, type Expression } from '../expression/expression';
import type { ResolvedHomelab } from '../homelab/resolved';
import type { AbsentThing, Alert } from './alert';

/** Something that the homelab file says other things need. Router and internet go by these names. */
export interface Thing {
  readonly kind: Exclude<AbsentThing, 'target'>;
  readonly name: string;
}

/** What a thing cannot do without, however far away: what it needs, and what that needs. */
export interface Needs {
  readonly thing: Thing;
  readonly needs: readonly [Thing, ...Thing[]];
}

/** Messages of one alert: those that carry these labels, each with one of the values. No labels: all of it. */
export interface Messages {
  readonly alert: string;
  readonly labels: Readonly<Record<string, readonly string[]>>;
}

/** While one of `told` fires, `quiet` have nothing to add. */
export interface Dependency {
  readonly told: readonly Messages[];
  readonly quiet: readonly Messages[];
}

/**
 * What each host and service needs, in the file's order: what `dependsOn` says, the host it runs on, and what those need in turn;
 * the internet needs the router. Things that need nothing are left out, and so is what needs the thing itself: if two that need each
 * other kept each other quiet, nobody would be told of either.
 */
export const needsOf = (homelab: ResolvedHomelab): readonly Needs[] => {
  const direct = directNeeds(homelab);
  return [...direct.values()].flatMap(({ thing }) => {
    const [first, ...others] = reach(thing, direct).filter((needed) => !canReach(needed, thing, direct));
    return first ? [{ thing, needs: [first, ...others] }] : [];
  });
};

/**
 * Which messages say nothing new while which others are told, from `dependsOn` and the hosts that services run on: for what
 * inhibits messages by labels. A thing that no alert tells of (`alerts`: as rendered) is not in it.
 */
export const dependenciesOf = (homelab: ResolvedHomelab, alerts: readonly Alert[]): readonly Dependency[] =>
  groupByNeeds(needsOf(homelab)).flatMap(({ things, needs }) => {
    const told = merge(needs.flatMap((thing) => tellingOf(thing, alerts)));
    const quiet = merge(things.flatMap((thing) => [...tellingOf(thing, alerts), ...targetsOf(thing, alerts)]));
    return told.length > 0 && quiet.length > 0 ? [{ told, quiet }] : [];
  });

/** Things with the same needs, together. */
export const groupByNeeds = (
  all: readonly Needs[],
): readonly { readonly things: readonly Thing[]; readonly needs: readonly Thing[] }[] => {
  const groups = new Map<string, { things: Thing[]; needs: readonly Thing[] }>();
  for (const { thing, needs } of all) {
    const key = needs.map(keyOf).sort().join('\n');
    const group = groups.get(key) ?? { things: [], needs };
    group.things.push(thing);
    groups.set(key, group);
  }
  return [...groups.values()];
};

/** Whether it tells of what Prometheus does not know at all: that is a matter of its configuration, whatever else is down. */
export const isUnknown = ({ signal }: Alert): boolean => asksForAbsence(signal.expression);

const asksForAbsence = ({ node }: Expression): boolean => node.kind === 'absent' || partsOf(node).some(asksForAbsence);

/** The label whose value is the thing's name in alerts that tell of things of its kind; router and internet are one each. */
export const labelOf = ({ kind }: Thing): 'host' | 'service' | undefined =>
  kind === 'host' || kind === 'service' ? kind : undefined;

const keyOf = ({ kind, name }: Thing): string => `${kind} ${name}`;

const router: Thing = { kind: 'router', name: 'router' };
const internet: Thing = { kind: 'internet', name: 'internet' };

type Direct = ReadonlyMap<string, { readonly thing: Thing; readonly needs: readonly Thing[] }>;

const directNeeds = ({ hosts, services, probes }: ResolvedHomelab): Direct => {
  const things: readonly Thing[] = [
    ...hosts.map(({ name }): Thing => ({ kind: 'host', name })),
    ...services.map(({ name }): Thing => ({ kind: 'service', name })),
    router,
    internet,
  ];
  // A host and a service may share a name; then both are meant.
  const called = (name: string, by: Thing): readonly Thing[] =>
    things.filter((thing) => thing.name === name && keyOf(thing) !== keyOf(by));
  const all = [
    ...hosts.map(({ name, dependsOn }) => {
      const thing: Thing = { kind: 'host', name };
      return {
        thing,
        needs: dependsOn.flatMap((needed) => called(needed, thing)).filter(({ kind }) => kind !== 'service'),
      };
    }),
    ...services.map(({ name, host, dependsOn }) => {
      const thing: Thing = { kind: 'service', name };
      const own: readonly Thing[] = host === null ? [] : [{ kind: 'host', name: host }];
      return { thing, needs: [...own, ...dependsOn.flatMap((needed) => called(needed, thing))] };
    }),
    ...(probes.targets.some(({ group }) => group === 'router') ? [{ thing: internet, needs: [router] }] : []),
  ];
  return new Map(all.map((one) => [keyOf(one.thing), one]));
};

const canReach = (from: Thing, to: Thing, direct: Direct): boolean =>
  reach(from, direct).some((needed) => keyOf(needed) === keyOf(to));

/** Everything that can be come to; things that need each other do not need themselves. */
const reach = (thing: Thing, direct: Direct): readonly Thing[] => {
  const found = new Map<string, Thing>();
  const visit = (from: Thing): void => {
    for (const needed of direct.get(keyOf(from))?.needs ?? []) {
      if (found.has(keyOf(needed)) || keyOf(needed) === keyOf(thing)) continue;
      found.set(keyOf(needed), needed);
      visit(needed);
    }
  };
  visit(thing);
  return [...found.values()];
};

/** The alerts that tell that the thing itself does not answer. */
const tellingOf = (thing: Thing, alerts: readonly Alert[]): readonly Messages[] =>
  alerts.filter(({ absenceOf }) => absenceOf === thing.kind).flatMap((alert) => about(thing, alert));

const targetsOf = (thing: Thing, alerts: readonly Alert[]): readonly Messages[] =>
  alerts.filter((alert) => alert.absenceOf === 'target' && !isUnknown(alert)).flatMap((alert) => about(thing, alert));

const about = (thing: Thing, { name, signal, absenceOf }: Alert): readonly Messages[] => {
  const label = labelOf(thing);
  if (label !== undefined) return signal.labels.has(label) ? [{ alert: name, labels: { [label]: [thing.name] } }] : [];
  return absenceOf === thing.kind ? [{ alert: name, labels: {} }] : [];
};

/** One entry an alert and label, with all the values. */
const merge = (messages: readonly Messages[]): readonly Messages[] => {
  const merged = new Map<string, { alert: string; label: string | undefined; values: Set<string> }>();
  for (const { alert, labels } of messages) {
    const [label, values = []] = Object.entries(labels)[0] ?? [];
    const entry = merged.get(`${alert} ${label}`) ?? { alert, label, values: new Set<string>() };
    values.forEach((value) => entry.values.add(value));
    merged.set(`${alert} ${label}`, entry);
  }
  return [...merged.values()].map(({ alert, label, values }) => ({
    alert,
    labels: label === undefined ? {} : { [label]: [...values] },
  }));
};
