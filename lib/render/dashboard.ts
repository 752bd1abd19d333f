import type { Panel, RowPanel } from '@grafana/grafana-foundation-sdk/dashboard';
import { fileOf, mark, type BoardHome, type Dashboard, type Section } from '../dashboards/dashboard';
import { layOut, type Placed } from '../dashboards/layout';
import { panelId } from '../dashboards/panel-id';
import type { ResolvedHomelab } from '../homelab/resolved';
import { slugOf } from '../included/names';
import { factsOf, placeOf, type PanelFacts } from '../panel-facts';
import { bindAll, type Signals } from '../signals/index';
import type { BindContext } from '../signals/signal';
import type { Levels } from '../thresholds';
import type { Omission } from './artifact';
import { boardFrame } from './board-frame';

/** A board as it is for one homelab, before links between boards are known. */
export interface BuiltDashboard {
  readonly definition: Dashboard;
  readonly uid: string;
  readonly folderUid: string;
  /** The classic model as the SDK builds it; `board:` links are not resolved yet. */
  readonly model: object;
  /** What the reader picks on it. */
  readonly picks: readonly Pick[];
  /** What each drawn panel stands for, by panel id. */
  readonly panels: ReadonlyMap<number, DrawnPanel>;
  readonly omissions: readonly Omission[];
}

/** A variable of a board: whether several values may be chosen, and the source whose values they are. */
export interface Pick {
  readonly name: string;
  readonly several: boolean;
  readonly source: string;
}

export interface DrawnPanel {
  readonly id: number;
  readonly title: string;
  readonly section: string;
  readonly facts: PanelFacts;
}

/** Queries that a board may send when it is opened; collapsed rows wait. More makes a small Prometheus stutter. */
const queriesAtOnce = 30;

/** Builds one board; `levels`: those that this homelab has otherwise, by signal. Undefined, with the reason in `omissions`, when nothing of it can have data. Throws with file and line on an author's mistake. */
export const buildDashboard = (
  definition: Dashboard,
  homelab: ResolvedHomelab,
  levels: Readonly<Record<string, Levels>> = {},
): BuiltDashboard | { readonly omissions: readonly Omission[] } => {
  const context: BindContext = {
    sources: homelab.sources,
    display: homelab.display,
    engine: homelab.alerting.engine,
    probed: homelab.probes.targets.map(({ group }) => group),
    place: 'panel',
    privacy: homelab.privacy,
    timeZone: homelab.timeZone,
    levels,
    variables: Object.fromEntries(
      (definition.variables ?? []).map(({ name, several }) => [name, several ? 'multi' : 'single']),
    ),
  };
  const signals = bindAll(context);
  const all = bindAll({ ...context, variables: {} });
  const blind = (definition.variables ?? []).map(({ from }) => from(signals)).find(({ missing }) => missing);
  if (blind) return { omissions: [{ what: 'dashboard', where: definition.title, why: blind.missing as string }] };

  const omissions: Omission[] = [];
  const drawn = new Map<number, DrawnPanel>();
  const panels: (Panel | RowPanel)[] = [];
  let y = 0;
  for (const section of sectionsOf(definition, signals, all, boardHome(homelab))) {
    const { placed, facts } = measure(section, definition, drawn, omissions);
    const laidOut = layOut(placed, ({ panel }) => !facts.get(panel.id as number)?.missing, y + 1);
    if (laidOut.panels.length === 0) {
      omissions.push({
        what: 'section',
        where: `${definition.title} › ${section.title}`,
        why: 'none of its panels can have data',
      });
      continue;
    }
    panels.push(rowOf(section, y, laidOut.panels), ...(section.collapsed ? [] : laidOut.panels));
    y = section.collapsed ? y + 1 : laidOut.bottom;
  }
  if (drawn.size === 0) {
    const reasons = [...new Set(omissions.filter(({ what }) => what === 'panel').map(({ why }) => why))];
    const why = [
      'none of its panels can have data',
      ...(reasons.length > 0 ? [reasons.slice(0, 2).join('; ')] : []),
    ].join(': ');
    return { omissions: [{ what: 'dashboard', where: definition.title, why }] };
  }
  refuseTooManyQueries(definition, panels);

  const uid = uidOf(homelab, definition.name);
  // Grafana marks its own alerts on the panels they are linked to; those of other engines are series.
  // Off, because what fires for days would lie over every graph.
  const firing = signals.scrape.firing.missing
    ? []
    : [{ ...mark('Firing', signals.scrape.firing, 'critical'), off: true as const }];
  const marks = [...(definition.annotations?.(signals, all) ?? []), ...firing];
  const model = {
    ...boardFrame(definition, homelab, context, [...drawn.values()], marks)
      .uid(uid)
      .build(),
    panels,
  };
  const picks = (definition.variables ?? []).map(({ name, several, from }) => ({
    name,
    several,
    source: from(signals).sources[0]?.source ?? '',
  }));
  const folderUid = folderUidOf(homelab, definition.folder);
  return { definition, uid, folderUid, model, picks, panels: drawn, omissions };
};

export const isBuilt = (result: ReturnType<typeof buildDashboard>): result is BuiltDashboard => 'model' in result;

/** `hl-host-use`. */
export const uidOf = (homelab: ResolvedHomelab, name: string): string => `${homelab.project}-${name}`;

/** `hl-folder-hosts`. */
export const folderUidOf = (homelab: ResolvedHomelab, folder: string): string => {
  const before = `${homelab.project}-folder-`;
  const name = folder.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  // Grafana takes 40 characters, and titles in other scripts would all be one.
  const fits = /[a-z0-9]/.test(name) && before.length + name.length <= 40;
  return `${before}${fits ? name : slugOf(folder, 40 - before.length)}`;
};

/** The panel that draws a signal on a board: itself before something made from it. */
export const panelDrawing = (board: BuiltDashboard, signalId: string): DrawnPanel | undefined => {
  const all = [...board.panels.values()];
  return (
    all.find(({ facts }) => facts.signals[0]?.id === signalId && facts.key.startsWith('timeseries')) ??
    all.find(({ facts }) => facts.signals.some(({ id }) => id === signalId)) ??
    all.find(({ facts }) => facts.signals.some(({ id }) => id.startsWith(`${signalId}:`)))
  );
};

const boardHome = ({ dataSources, privacy }: ResolvedHomelab): BoardHome => ({
  logs: Object.values(dataSources).find(({ kind }) => kind === 'loki')?.key,
  privacy,
});

/** An author's mistake in a board names the board's file; the SDK's own refusals (`w must be <= 24`) name nothing. */
const sectionsOf = (definition: Dashboard, signals: Signals, all: Signals, home: BoardHome): readonly Section[] => {
  try {
    return definition.sections(signals, all, home);
  } catch (error) {
    throw new Error(`${fileOf(definition)}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
};

const measure = (
  section: Section,
  definition: Dashboard,
  drawn: Map<number, DrawnPanel>,
  omissions: Omission[],
): { placed: readonly Placed[]; facts: ReadonlyMap<number, PanelFacts> } => {
  const facts = new Map<number, PanelFacts>();
  const placed = section.panels.map((builder) => {
    const known = factsOf(builder);
    const panel = builder.build();
    const where = `${definition.title} › ${section.title} › ${panel.title}`;
    const id = panelId(known.key);
    refuseCollision(drawn.get(id) ?? wasMeasured(facts, id), known, where);
    facts.set(id, known);
    if (known.missing) omissions.push({ what: 'panel', where, why: known.missing });
    else drawn.set(id, { id, title: panel.title ?? '', section: section.title, facts: known });
    for (const { title, why } of known.partly ?? [])
      omissions.push({ what: 'panel', where: `${where} › ${title}`, why });
    return { panel: { ...panel, id }, width: panel.gridPos?.w ?? 12, height: panel.gridPos?.h ?? 8 };
  });
  return { placed, facts };
};

const wasMeasured = (
  facts: ReadonlyMap<number, PanelFacts>,
  id: number,
): { readonly facts: PanelFacts } | undefined => {
  const known = facts.get(id);
  return known && { facts: known };
};

const refuseCollision = (
  earlier: { readonly facts: PanelFacts } | undefined,
  later: PanelFacts,
  where: string,
): void => {
  if (!earlier) return;
  throw new Error(
    `${placeOf(later)}: ${where} has the same key as the panel of ${placeOf(earlier.facts)} (\`${later.key}\`), so both would have one id\n  try: give one of them a key of its own: keyed(panel, '…')`,
  );
};

const refuseTooManyQueries = (definition: Dashboard, panels: readonly (Panel | RowPanel)[]): void => {
  const queries = panels.flatMap((panel) => ('targets' in panel ? (panel.targets ?? []) : [])).length;
  if (queries <= queriesAtOnce) return;
  throw new Error(
    `${definition.title} sends ${queries} queries when it is opened, ${queriesAtOnce} are allowed\n  try: put detail into collapsed() sections`,
  );
};

const rowOf = ({ title, collapsed }: Section, y: number, panels: readonly Panel[]): RowPanel => ({
  type: 'row',
  collapsed,
  title,
  id: panelId(`row ${title}`),
  gridPos: { x: 0, y, w: 24, h: 1 },
  panels: collapsed ? [...panels] : [],
});
