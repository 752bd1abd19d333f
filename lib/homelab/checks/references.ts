import { each, eachEntry, type Draft } from '../draft';
import { allowedNames, closest } from '../nearest';
import { problem, quote, type HomelabProblem, type Keys } from '../problem';

/** Every name that points at something else in the file points at something. */
export function* checkReferences(draft: Draft): Iterable<HomelabProblem> {
  const hosts = each(draft.hosts).map(([, { name }]) => name);
  for (const [index, { host }] of each(draft.apps)) yield* refer('host', ['apps', index, 'host'], host, hosts, 'hosts');
  for (const [index, { host }] of each(draft.probes?.services)) {
    yield* refer('host', ['probes', 'services', index, 'host'], host, hosts, 'hosts');
  }

  const { receivers, routes, defaultReceiver, digest, alerts } = draft.alerting ?? {};
  const receiverNames = Object.keys(receivers ?? {});
  for (const [index, { to }] of each(routes)) {
    yield* refer('receiver', ['alerting', 'routes', index, 'to'], to, receiverNames, 'alerting.receivers');
  }
  const told = (keys: Keys, name: string | undefined): Iterable<HomelabProblem> =>
    refer('receiver', keys, name, receiverNames, 'alerting.receivers');
  yield* told(['alerting', 'defaultReceiver'], defaultReceiver);
  yield* told(['alerting', 'digest', 'to'], digest?.to);
  for (const [alert, { notify, overrides }] of eachEntry(alerts)) {
    const keys = ['alerting', 'alerts', alert];
    for (const [at, name] of eachOf([...keys, 'notify'], notify)) yield* told(at, name);
    for (const [index, override] of each(overrides)) {
      for (const [at, name] of eachOf([...keys, 'overrides', index, 'notify'], override.notify)) yield* told(at, name);
    }
  }

  const grafanas = eachEntry(draft.targets).filter(([, { kind }]) => kind === undefined || kind === 'grafana');
  const grafanaNames = grafanas.map(([name, { kind }]) => kind && name);
  for (const [name, target] of eachEntry(draft.targets))
    if (target.kind === 'ruler')
      yield* refer('Grafana', ['targets', name, 'state'], target.state, grafanaNames, 'targets');

  yield* checkNeeded(draft);

  yield* checkDataSources(draft);
}

/** `known` holds undefined where a name is missing or wrong: then nobody can say what is unknown. */
function* refer(
  kind: string,
  keys: Keys,
  name: string | undefined,
  known: readonly (string | undefined)[],
  list: string,
): Iterable<HomelabProblem> {
  if (name === undefined || known.includes(name) || known.includes(undefined)) return;
  const names = known.filter((one) => one !== undefined);
  const meant = closest(name, names);
  yield problem(keys, {
    what: `unknown ${kind}`,
    value: name,
    allowed: allowedNames(name, names),
    try: meant ? `write \`${keys.at(-1)}: ${quote(meant)}\`` : `add it to \`${list}\``,
  });
}

/** One value or a list of them, each with its place. */
const eachOf = (
  keys: Keys,
  values: string | readonly (string | undefined)[] | undefined,
): readonly (readonly [Keys, string])[] =>
  typeof values === 'string'
    ? [[keys, values]]
    : each(values).map(([index, value]) => [[...keys, index], value] as const);

/** What something cannot do without is in the file, and not itself. */
function* checkNeeded({ hosts, apps, probes }: Draft): Iterable<HomelabProblem> {
  const hostNames = each(hosts).map(([, { name }]) => name);
  const serviceNames = [
    ...each(apps).map(([, { app, name }]) => name ?? app),
    ...each(probes?.services).map(([, { name }]) => name),
  ];
  const router = probes?.router === undefined ? [] : ['router'];
  const internet = each(probes?.internet).length === 0 ? [] : ['internet'];
  const forHosts = [...hostNames, ...router];
  const forServices = [...new Set([...forHosts, ...serviceNames, ...internet])];

  const needs = function* (
    keys: Keys,
    name: string | undefined,
    dependsOn: string | readonly (string | undefined)[] | undefined,
    known: readonly (string | undefined)[],
    list: string,
  ): Iterable<HomelabProblem> {
    for (const [at, needed] of eachOf([...keys, 'dependsOn'], dependsOn)) {
      if (needed !== name) yield* refer('thing to depend on', at, needed, known, list);
      else yield problem(at, { what: 'depends on itself', value: needed, try: 'take it out' });
    }
  };
  for (const [index, { name, dependsOn }] of each(hosts))
    yield* needs(['hosts', index], name, dependsOn, forHosts, 'hosts');
  for (const [index, { app, name = app, dependsOn }] of each(apps))
    yield* needs(['apps', index], name, dependsOn, forServices, 'apps');
  for (const [index, { name, dependsOn }] of each(probes?.services))
    yield* needs(['probes', 'services', index], name, dependsOn, forServices, 'probes.services');
}

function* checkDataSources(draft: Draft): Iterable<HomelabProblem> {
  const dataSources = draft.dataSources ?? {};
  const ofPrometheus = Object.keys(dataSources).filter(
    (key) => (dataSources[key]?.kind ?? 'prometheus') === 'prometheus',
  );
  const usable = ofPrometheus.length > 0 ? ofPrometheus : ['prometheus'];

  for (const [name, { dataSource }] of eachEntry(draft.sources)) {
    if (dataSource === undefined || usable.includes(dataSource)) continue;
    const keys = ['sources', name, 'dataSource'];
    if (!Object.hasOwn(dataSources, dataSource)) {
      yield* refer('data source', keys, dataSource, usable, 'dataSources');
      continue;
    }
    yield problem(keys, {
      what: `data source of kind ${dataSources[dataSource]?.kind}, which holds no metrics`,
      value: dataSource,
      allowed: allowedNames(dataSource, usable),
    });
  }

  if (draft.grafana?.mode === 'owned') yield* checkOwned(draft);
}

/** In `owned` mode Grafana is given its data sources, so each must say where it is. */
export function* checkOwned({ dataSources }: Pick<Draft, 'dataSources'>): Iterable<HomelabProblem> {
  for (const [key, { url, kind }] of eachEntry(dataSources)) {
    if (url !== undefined) continue;
    yield problem(['dataSources', key, 'url'], {
      what: 'missing: in `owned` mode we write the data sources, and Grafana must know where each is',
      allowed: 'http://... or https://..., as Grafana reaches it',
      try: `add \`url: 'http://${key}:${defaultPorts[kind ?? 'prometheus']}'\`, or use \`grafana: { mode: 'existing' }\``,
    });
  }
}

const defaultPorts = { prometheus: 9090, loki: 3100, tempo: 3200, alertmanager: 9093 } as const;
