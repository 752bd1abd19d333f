import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  AnnotationQueryBuilder,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
  type Panel,
  type RowPanel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { mark, type Dashboard, type Mark, type Section, type Variable } from '../dashboards/dashboard';
import { dataSourceVariable } from '../dashboards/data-source-variable';
import { layOut, type Placed } from '../dashboards/layout';
import { panelId } from '../dashboards/panel-id';
import { leavesOf } from '../expression/walk';
import type { PrintContext } from '../expression/print';
import { selector } from '../expression/selector';
import { escapeRegex } from '../expression/source';
import type { EntityName } from '../homelab/homelab';
import type { ResolvedHomelab } from '../homelab/resolved';
import { factsOf, placeOf, type PanelFacts } from '../panel-facts';
import { bindAll } from '../signals/index';
import { evidenceOf, intervalOf, queryOf, type Signal } from '../signals/signal';
import { tokens } from '../tokens';
import type { Omission } from './artifact';

/** A board as it is for one homelab, before links between boards are known. */
export interface BuiltDashboard {
  readonly definition: Dashboard;
  readonly uid: string;
  readonly folderUid: string;
  /** The classic model as the SDK builds it; `board:` links are not resolved yet. */
  readonly model: object;
  /** What each drawn panel stands for, by panel id. */
  readonly panels: ReadonlyMap<number, DrawnPanel>;
  readonly omissions: readonly Omission[];
}

export interface DrawnPanel {
  readonly id: number;
  readonly title: string;
  readonly section: string;
  readonly facts: PanelFacts;
}

/** Queries that a board may send when it is opened; collapsed rows wait. More makes a small Prometheus stutter. */
const queriesAtOnce = 30;

/** Builds one board. Undefined, with the reason in `omissions`, when nothing of it can have data. Throws with file and line on an author's mistake. */
export const buildDashboard = (
  definition: Dashboard,
  homelab: ResolvedHomelab,
): BuiltDashboard | { readonly omissions: readonly Omission[] } => {
  const context: PrintContext = {
    sources: homelab.sources,
    display: homelab.display,
    place: 'panel',
    variables: Object.fromEntries(
      (definition.variables ?? []).map(({ name, several }) => [name, several ? 'multi' : 'single']),
    ),
  };
  const signals = bindAll(context);
  const blind = (definition.variables ?? []).map(({ from }) => from(signals)).find(({ missing }) => missing);
  if (blind) return { omissions: [{ what: 'dashboard', where: definition.title, why: blind.missing as string }] };

  const omissions: Omission[] = [];
  const drawn = new Map<number, DrawnPanel>();
  const panels: (Panel | RowPanel)[] = [];
  let y = 0;
  for (const section of definition.sections(signals)) {
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
  if (drawn.size === 0)
    return { omissions: [{ what: 'dashboard', where: definition.title, why: 'none of its panels can have data' }] };
  refuseTooManyQueries(definition, panels);

  const uid = uidOf(homelab, definition.name);
  // Grafana marks its own alerts on the panels they are linked to; those of other engines are series.
  const firing = homelab.alerting.engine === 'grafana' ? [] : [mark('Firing', signals.scrape.firing, 'critical')];
  const marks = [...(definition.annotations?.(signals) ?? []), ...firing];
  const model = {
    ...frame(definition, homelab, context, [...drawn.values()], marks)
      .uid(uid)
      .build(),
    panels,
  };
  return { definition, uid, folderUid: folderUidOf(homelab, definition.folder), model, panels: drawn, omissions };
};

export const isBuilt = (result: ReturnType<typeof buildDashboard>): result is BuiltDashboard => 'model' in result;

/** `hl-host-use`. */
export const uidOf = (homelab: ResolvedHomelab, name: string): string => `${homelab.project}-${name}`;

/** `hl-folder-hosts`. */
export const folderUidOf = (homelab: ResolvedHomelab, folder: string): string =>
  `${homelab.project}-folder-${folder.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;

/** The panel that draws a signal on a board: itself before something made from it. */
export const panelDrawing = (board: BuiltDashboard, signalId: string): DrawnPanel | undefined => {
  const all = [...board.panels.values()];
  return (
    all.find(({ facts }) => facts.signals[0]?.id === signalId && facts.key.startsWith('timeseries')) ??
    all.find(({ facts }) => facts.signals.some(({ id }) => id === signalId)) ??
    all.find(({ facts }) => facts.signals.some(({ id }) => id.startsWith(`${signalId}:`)))
  );
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

const frame = (
  definition: Dashboard,
  homelab: ResolvedHomelab,
  context: PrintContext,
  drawn: readonly DrawnPanel[],
  marks: readonly Mark[],
): DashboardBuilder => {
  const board = new DashboardBuilder(definition.title)
    .description(`${definition.question}\n\n${provenance(drawn)}`)
    .tags(['homelab', ...definition.tags])
    .timezone(homelab.timeZone)
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: `now-${definition.reach ?? '6h'}`, to: 'now' })
    .readonly();
  if (definition.refresh) board.refresh(definition.refresh);
  if (homelab.display.weekStart) board.weekStart(homelab.display.weekStart);
  for (const variable of dataSourceVariables(homelab, drawn, marks)) board.withVariable(variable);
  for (const [index, variable] of (definition.variables ?? []).entries()) {
    const earlier = (definition.variables ?? []).slice(0, index).map(({ name }) => name);
    board.withVariable(picker(variable, { ...context, variables: only(context.variables, earlier) }));
  }
  for (const { title, signal, colour } of marks.filter(({ signal }) => !signal.missing))
    board.annotation(annotation(title, signal, colour));
  board.link(
    new DashboardLinkBuilder('Homelab')
      .type(DashboardLinkType.Dashboards)
      .tags(['homelab'])
      .asDropdown(true)
      .keepTime(true)
      .includeVars(true),
  );
  for (const name of definition.links ?? [])
    board.link(
      new DashboardLinkBuilder(`board:${name}`)
        .type(DashboardLinkType.Link)
        .url(`board:${name}?`)
        .keepTime(true)
        .includeVars(true),
    );
  return board;
};

/** Which exporter the panels were checked against, and how well that is known. */
const provenance = (drawn: readonly DrawnPanel[]): string => {
  const signals = drawn.flatMap(({ facts }) => facts.signals);
  const sources = [
    ...new Map(signals.flatMap((signal) => signal.sources.map((source) => [source.source, source] as const))).values(),
  ];
  const grades = [...new Set(signals.map(evidenceOf))].sort();
  return sources.length === 0
    ? ''
    : `Made for ${sources.map(({ catalog }) => `${catalog.source} ${catalog.version}`).join(', ')}; evidence of its metrics: ${grades.join(', ')}.`;
};

const dataSourceVariables = (
  homelab: ResolvedHomelab,
  drawn: readonly DrawnPanel[],
  marks: readonly Mark[],
): readonly DatasourceVariableBuilder[] => {
  const used = new Set([
    ...drawn.flatMap(({ facts }) => facts.dataSources ?? []),
    ...[...drawn.flatMap(({ facts }) => facts.signals), ...marks.map(({ signal }) => signal)].flatMap(({ sources }) =>
      sources.map(({ dataSource }) => dataSource),
    ),
  ]);
  return Object.values(homelab.dataSources)
    .filter(({ key }) => used.has(key))
    .map(({ key, kind, uid, name }) =>
      new DatasourceVariableBuilder(dataSourceVariable(key))
        .label(key === 'prometheus' ? 'Metrics' : name)
        .type(kind)
        .current({ text: name, value: uid }),
    );
};

/** A query variable over a metric that is always there; patterns on `instance` are undone by the variable's own expression. */
const picker = ({ name, label, several, from, of }: Variable, context: PrintContext): QueryVariableBuilder => {
  const signal = from(bindAll(context));
  const [source] = signal.sources;
  const identity = source?.identity[of as EntityName];
  const [leaf] = leavesOf(signal.expression);
  if (!leaf) throw new Error(`the variable ${name} needs a signal that reads a metric`);
  const query = `label_values(${selector(leaf, context)}, ${identity?.label ?? of})`;
  const variable = new QueryVariableBuilder(name)
    .label(label)
    .query({ query, refId: 'PrometheusVariableQueryEditor-VariableQuery', qryType: 1 })
    .definition(query)
    .datasource({ type: 'prometheus', uid: `\${${dataSourceVariable(source?.dataSource ?? 'prometheus')}}` })
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.NaturalAsc);
  if (identity && (identity.prefix || identity.suffix))
    variable.regex(`/^${escapeRegex(identity.prefix)}(.+)${escapeRegex(identity.suffix)}$/`);
  return several
    ? variable
        .multi(true)
        .includeAll(true)
        .allValue('.+')
        .current({ text: ['All'], value: ['$__all'] })
    : variable;
};

const annotation = (title: string, signal: Signal, colour: Mark['colour']): AnnotationQueryBuilder =>
  new AnnotationQueryBuilder()
    .name(title)
    .datasource({ type: 'prometheus', uid: `\${${dataSourceVariable(signal.sources[0]?.dataSource ?? 'prometheus')}}` })
    .enable(true)
    .iconColor(tokens.colour[colour])
    .target(
      new DataqueryBuilder()
        .refId('Anno')
        .expr(`${queryOf(signal)} > 0`)
        .interval(intervalOf(signal).text) as unknown as Builder<never>,
    )
    .titleFormat(title)
    .textFormat(
      [...signal.labels]
        .filter((label) => !['job', 'instance'].includes(label))
        .map((label) => `{{${label}}}`)
        .join(' · '),
    );

const only = <T>(all: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> =>
  Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));

/**
 * Turns `board:name?…` links into `/d/uid?…` and names them after the board; links to boards that are not rendered go.
 * Changes the model, which is as large as a board: a copy of each would be a tenth of a render.
 */
export const resolveLinks = (model: object, boards: ReadonlyMap<string, BuiltDashboard>): object => {
  for (const [key, value] of Object.entries(model)) {
    if (value === null || typeof value !== 'object') continue;
    if (Array.isArray(value) && value.some(isBoardLink)) {
      (model as Record<string, unknown>)[key] = value.flatMap((item) =>
        isBoardLink(item) ? resolveLink(item, boards) : [item],
      );
    } else {
      resolveLinks(value, boards);
    }
  }
  return model;
};

interface Link {
  readonly title?: string;
  readonly url: string;
}

const isBoardLink = (value: unknown): value is Link =>
  typeof value === 'object' &&
  value !== null &&
  'url' in value &&
  typeof value.url === 'string' &&
  value.url.startsWith('board:');

const resolveLink = (link: Link, boards: ReadonlyMap<string, BuiltDashboard>): readonly Link[] => {
  const [, name = '', query] = /^board:([\w-]+)(\?.*)?$/.exec(link.url) ?? [];
  const board = boards.get(name);
  if (!board) return [];
  const title = link.title === `board:${name}` ? board.definition.title : link.title;
  return [
    { ...link, ...(title !== undefined && { title }), url: `/d/${board.uid}${query && query !== '?' ? query : ''}` },
  ];
};
