import type { Alert } from '../alerts/alert';
import { buildAlerts } from '../alerts/define';
import type { Catalog, Evidence, Metric } from '../catalog/catalog';
import { catalogNames, loadCatalog } from '../catalog/load';
import type { Dashboard } from '../dashboards/dashboard';
import { leavesOf } from '../expression/expression';
import { isBuiltIn, runningOf } from '../exporters/running';
import { define } from '../homelab/define';
import { recordedCatalogs } from '../homelab/catalogs';
import type { App, Homelab } from '../homelab/homelab';
import { sourceDefaults } from '../homelab/jobs';
import { resolveHomelab } from '../homelab/resolve';
import type { ResolvedHomelab } from '../homelab/resolved';
import { buildDashboard, isBuilt, type DrawnPanel } from '../render/dashboard';
import type { Content } from '../render/render';
import { groupNames, signalGroup } from '../signals/index';
import { isPersonal } from '../signals/personal';
import type { Signal } from '../signals/signal';

/** What the library has about one app: all of it found by rendering, so that nothing is said that is not so. */
export interface AppFacts {
  readonly app: string;
  readonly exporters: readonly ExporterFacts[];
  /** Boards that are about it, in the order given. */
  readonly boards: readonly BoardFacts[];
  /** Boards about something else that show something of it. */
  readonly alsoOn: readonly BoardFacts[];
  readonly alerts: readonly AlertFacts[];
}

export interface ExporterFacts {
  readonly name: string;
  readonly catalog: Catalog;
  /** A homelab with this exporter alone, all its collectors on that boards and alerts need: what the snippets of its page are made from. */
  readonly homelab: ResolvedHomelab;
  /** Its entry in that homelab's file. */
  readonly entry: App;
  /** Metrics of its catalog that boards and alerts read, by name. */
  readonly used: readonly UsedMetric[];
}

export interface UsedMetric {
  readonly name: string;
  readonly metric: Metric;
  readonly evidence: Evidence;
  /** Titles of boards and names of alerts. */
  readonly on: readonly string[];
}

export interface BoardFacts {
  readonly board: Dashboard;
  /** Panels that any of the exporters gives, in the board's order. */
  readonly panels: readonly PanelFacts[];
}

export interface PanelFacts {
  readonly id: number;
  readonly section: string;
  readonly title: string;
  /** Only with `privacy: 'full'`. */
  readonly personal: boolean;
  /** With which exporter, each alone, it is there. */
  readonly by: ReadonlySet<string>;
  /** Of those, which it reads: others come from the machine, a probe or the log. */
  readonly reads: ReadonlySet<string>;
}

export interface AlertFacts {
  readonly alert: Alert;
  readonly group: string;
  /** Exporters that can feed it. */
  readonly by: ReadonlySet<string>;
}

/** Apps that have a catalog, by name; sources that are no app (machines, power, network) are not among them. */
export const appNames = (): readonly string[] =>
  [...new Set(catalogNames().flatMap((name) => loadCatalog(name).app ?? []))].sort();

/** Everything about one app that boards and alerts have. */
export const appFacts = (app: string, content: Content): AppFacts => {
  const catalogs = catalogNames()
    .map(loadCatalog)
    .filter((catalog) => catalog.app === app);
  const seen = catalogs.map((catalog) => look(catalog, app, content));
  const boards = content.dashboards.map((board) => mergeBoards(board, seen)).filter(readsOne);
  return {
    app,
    exporters: seen.map(({ name, catalog, homelab, entry, used }) => ({ name, catalog, homelab, entry, used })),
    boards: boards.filter(isAbout),
    alsoOn: boards.filter((board) => !isAbout(board)),
    alerts: mergeAlerts(seen),
  };
};

/** What there is with one exporter. */
interface Seen extends ExporterFacts {
  readonly boards: ReadonlyMap<Dashboard, readonly DrawnPanel[]>;
  readonly alerts: readonly { readonly alert: Alert; readonly group: string }[];
}

const look = (catalog: Catalog, app: string, content: Content): Seen => {
  const name = catalog.source;
  if (!isNamed(name)) return { name, catalog, ...example(catalog, app, []), boards: new Map(), alerts: [], used: [] };
  const { homelab } = example(catalog, app, Object.values(catalog.metrics));
  const boards = new Map(
    content.dashboards.flatMap((board) => {
      const built = buildDashboard(board, homelab);
      return isBuilt(built) ? [[board, [...built.panels.values()]] as const] : [];
    }),
  );
  const alerts = buildAlerts(content.alerts, homelab, { everyEngine: true, everyPack: true }).groups.flatMap((group) =>
    group.alerts
      .filter((alert) => readBy(alert).some((signal) => reads(signal, name)))
      .map((alert) => ({ alert, group: group.name })),
  );
  const used = usedOf(catalog, boards, alerts);
  // What nothing shows stays off: some of it names people and addresses.
  const needed = used.map(({ metric }) => metric);
  return { name, catalog, ...example(catalog, app, needed), boards, alerts, used };
};

/** The homelab with this exporter alone, and its entry there; switched on is what these metrics need. */
const example = (
  catalog: Catalog,
  app: string,
  metrics: readonly Metric[],
): { readonly homelab: ResolvedHomelab; readonly entry: App } => {
  const { file, entry } = homelabWith(catalog, app, switchedOn(metrics));
  return { homelab: resolveHomelab(file), entry };
};

let named: ReadonlySet<string> | undefined;

/** Whether any signal reads it; to render every board without one would take most of the time. */
const isNamed = (source: string): boolean => {
  named ??= new Set(
    groupNames.flatMap((group) =>
      Object.values(signalGroup(group).definitions).flatMap(({ expression }) =>
        leavesOf(expression).map((leaf) => leaf.source.name),
      ),
    ),
  );
  return named.has(source);
};

/** The machine, a probe and the log are there as well: a board may want them beside the app. */
const homelabWith = (
  catalog: Catalog,
  app: string,
  collectors: Readonly<Record<string, true>>,
): { readonly file: Homelab; readonly entry: App } => {
  const isPushed = sourceDefaults(catalog.source).pushed;
  const running = runningOf(catalog.source);
  const { auth, alsoOn = [] } = isBuiltIn(running) ? running : {};
  const page = {
    exporter: catalog.source,
    ...(catalog.port === null && !isPushed && { port: 80 }),
    ...(Object.keys(collectors).length > 0 && { collectors }),
    ...(auth && { auth }),
  };
  const entry: App = { app, host: 'media', exporters: [page, ...alsoOn.map((port) => ({ ...page, port }))] };
  const file = {
    hosts: [{ name: 'media', address: '192.168.1.11' }],
    apps: [entry],
    probes: { services: [{ name: app, url: `http://192.168.1.11/${app}`, host: 'media' }] },
    dataSources: {
      prometheus: { kind: 'prometheus', uid: 'prometheus' },
      loki: { kind: 'loki', uid: 'loki' },
    },
    privacy: 'full',
  } satisfies Homelab;
  return { file: define(file, recordedCatalogs), entry };
};

/** What is off by default and has to be switched on for these. */
const switchedOn = (metrics: readonly Metric[]): Readonly<Record<string, true>> =>
  Object.fromEntries(
    metrics
      .filter((metric) => metric.default === false)
      .flatMap(({ flag, collector }) => flag ?? collector ?? [])
      .sort()
      .map((name) => [name, true] as const),
  );

const reads = (signal: Signal, exporter: string): boolean => signal.metrics.some(({ source }) => source === exporter);

const readBy = ({ signal, and = [] }: Alert): readonly Signal[] => [signal, ...and.map((guard) => guard.signal)];

const usedOf = (catalog: Catalog, boards: Seen['boards'], alerts: Seen['alerts']): readonly UsedMetric[] => {
  const on = new Map<string, Set<string>>();
  const note = (signals: readonly Signal[], where: string): void => {
    for (const { source, name } of signals.flatMap(({ metrics }) => metrics))
      if (source === catalog.source && Object.hasOwn(catalog.metrics, name))
        on.set(name, (on.get(name) ?? new Set()).add(where));
  };
  for (const [board, panels] of boards) for (const { facts } of panels) note(facts.signals, board.title);
  for (const { alert } of alerts) note(readBy(alert), alert.name);
  return [...on]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, where]) => {
      const metric = catalog.metrics[name] as Metric;
      return { name, metric, evidence: metric.evidence ?? catalog.evidence, on: [...where] };
    });
};

const mergeBoards = (board: Dashboard, seen: readonly Seen[]): BoardFacts => {
  const drawn = seen.map(({ name, boards }) => ({ name, panels: boards.get(board) ?? [] }));
  const panels = new Map<number, PanelFacts>();
  for (const { name, panels: own } of drawn)
    for (const panel of own) {
      const { signals } = panel.facts;
      const known = panels.get(panel.id);
      panels.set(panel.id, {
        id: panel.id,
        section: panel.section,
        title: panel.title,
        personal: signals.some(({ labels }) => [...labels].some(isPersonal)),
        by: new Set([...(known?.by ?? []), name]),
        reads: new Set([...(known?.reads ?? []), ...(signals.some((signal) => reads(signal, name)) ? [name] : [])]),
      });
    }
  const order = inOneOrder(drawn.map((each) => each.panels.map(({ id }) => id)));
  return { board, panels: bySection(order.map((id) => panels.get(id) as PanelFacts)) };
};

/** Each section in one piece: what only one exporter gives may stand anywhere behind what it follows. */
const bySection = (panels: readonly PanelFacts[]): readonly PanelFacts[] =>
  [...new Set(panels.map(({ section }) => section))].flatMap((section) =>
    panels.filter((panel) => panel.section === section),
  );

/** Several lists that each lack something, as the one list that they were taken from: what is new stands behind what it follows. */
export const inOneOrder = <T>(lists: readonly (readonly T[])[]): readonly T[] => {
  const all: T[] = [];
  for (const list of [...lists].sort((a, b) => b.length - a.length)) {
    let last = -1;
    for (const item of list) {
      const at = all.indexOf(item);
      if (at >= 0) last = at;
      else all.splice(++last, 0, item);
    }
  }
  return all;
};

const readsOne = ({ panels }: BoardFacts): boolean => panels.some((panel) => panel.reads.size > 0);

/** Whether most of its panels read the app's own exporters. */
const isAbout = ({ panels }: BoardFacts): boolean =>
  panels.filter((panel) => panel.reads.size > 0).length * 2 > panels.length;

const mergeAlerts = (seen: readonly Seen[]): readonly AlertFacts[] => {
  const found = new Map<string, AlertFacts>();
  for (const { name, alerts } of seen)
    for (const { alert, group } of alerts) {
      const known = found.get(alert.name);
      found.set(alert.name, { alert: known?.alert ?? alert, group, by: new Set([...(known?.by ?? []), name]) });
    }
  return [...found.values()];
};

/** Of these metrics, how many have each grade, the best first. */
export const graded = (metrics: readonly { readonly evidence: Evidence }[]): Readonly<Record<Evidence, number>> => {
  const count = (grade: Evidence): number => metrics.filter(({ evidence }) => evidence === grade).length;
  return { live: count('live'), golden: count('golden'), source: count('source'), docs: count('docs') };
};

/** Every metric of a catalog with its grade. */
export const gradesOf = (catalog: Catalog): readonly { readonly evidence: Evidence }[] =>
  Object.values(catalog.metrics).map(({ evidence = catalog.evidence }) => ({ evidence }));
