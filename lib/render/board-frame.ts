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
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import type { Dashboard, Mark, Variable } from '../dashboards/dashboard';
import { dataSourceVariable } from '../dashboards/data-source-variable';
import type { Leaf } from '../expression/expression';
import type { PrintContext } from '../expression/print';
import { selector } from '../expression/selector';
import { escapeRegex } from '../expression/source';
import { leavesOf } from '../expression/walk';
import type { EntityName } from '../homelab/homelab';
import type { ResolvedHomelab, ResolvedSource } from '../homelab/resolved';
import { bindAll } from '../signals/index';
import { evidenceOf, intervalOf, queryOf } from '../signals/signal';
import { tokens } from '../tokens';
import type { DrawnPanel } from './dashboard';

/** A board without its panels: description, time, data sources, what the reader picks, marks and links. */
export const boardFrame = (
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
  for (const each of marks.filter(({ signal }) => !signal.missing)) board.annotation(annotation(each));
  board.link(
    new DashboardLinkBuilder('Homelab')
      .type(DashboardLinkType.Dashboards)
      .tags(['homelab'])
      .asDropdown(true)
      // What is picked here means something else on some of them: only links by name know on which (`board-links.ts`).
      .keepTime(true),
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
  const [leaf, ...others] = leavesOf(signal.expression);
  if (!leaf) throw new Error(`the variable ${name} needs a signal that reads a metric`);
  const query = `label_values(${selector(leaf, ofAll(leaf, others, context))}, ${identity?.label ?? of})`;
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

/** Where several sources tell of one thing by the same metric, all of them are offered: `up{job=~"jellyseerr|overseerr"}`. */
const ofAll = (leaf: Leaf, others: readonly Leaf[], context: PrintContext): PrintContext => {
  const own = context.sources[leaf.source.name];
  if (!own) return context;
  const told = others.flatMap((other): readonly ResolvedSource[] => {
    const source = context.sources[other.source.name];
    return source && other.metric === leaf.metric && isAlike(source, own) ? [source] : [];
  });
  const select = Object.fromEntries(
    Object.entries(own.select).map(([label, values]) => [
      label,
      [...new Set([...values, ...told.flatMap((source) => source.select[label] ?? [])])],
    ]),
  );
  return { ...context, sources: { ...context.sources, [leaf.source.name]: { ...own, select } } };
};

/** Told from others by the value of one label, of the same name for both, and found by the same names of entities. */
const isAlike = (one: ResolvedSource, other: ResolvedSource): boolean => {
  const [label, ...rest] = Object.keys(one.select);
  return (
    rest.length === 0 &&
    [label].join() === Object.keys(other.select).join() &&
    one.dataSource === other.dataSource &&
    JSON.stringify(one.identity) === JSON.stringify(other.identity)
  );
};

const annotation = ({ title, signal, colour, off }: Mark): AnnotationQueryBuilder =>
  new AnnotationQueryBuilder()
    .name(title)
    .datasource({ type: 'prometheus', uid: `\${${dataSourceVariable(signal.sources[0]?.dataSource ?? 'prometheus')}}` })
    .enable(!off)
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
