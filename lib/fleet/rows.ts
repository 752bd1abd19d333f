import type { Metric } from '../catalog/catalog';
import { labelAvailability } from '../catalog/lookup';
import type { Labels, Rows, Series } from './content';
import type { Row } from './families';
import { valuesOf } from './label-values';
import type { Behaviour, Place } from './place';
import { usualContent } from './usual';

/** More series than these of one metric are not needed to prove a query. */
const most = 8;

/**
 * The series of one metric of a page, each with all labels that this version of the exporter writes. Throws where the behaviour names a label that
 * the catalog does not have.
 */
export const rowsOf = (place: Place, name: string, metric: Metric, behaviour: Behaviour): readonly Row[] => {
  const rows = behaviour.metrics[name];
  if (rows === null) return [];
  const complete = (labels: Labels): Labels => withAllLabels(place, name, metric, labels, behaviour);
  if (rows === undefined) return usualRows(place, name, metric, complete, Object.keys(behaviour.labels ?? {}));
  return unlike(
    (isList(rows) ? rows : ([[{}, rows]] as const)).map(([labels, content]) => ({ labels: complete(labels), content })),
  );
};

const isList = (rows: Rows): rows is Series => Array.isArray(rows);

const usualRows = (
  place: Place,
  name: string,
  metric: Metric,
  complete: (labels: Labels) => Labels,
  fixed: readonly string[],
): readonly Row[] => {
  const closed = Object.entries(metric.labels)
    .map(([label, values]) => [label, Object.keys(values)] as const)
    .filter(([, values]) => values.length > 0);
  const state =
    metric.unit === 'bool' ? closed.find(([label]) => /state|status|health|method|type/.test(label)) : undefined;
  return unlike(
    combinations(closed, metric)
      .flatMap((known) => togetherWith(metric, known, fixed).map(complete))
      .map((labels) => ({
        labels,
        // One of its states is true, the others are not.
        content: state
          ? Number(labels[state[0]] === wellKnown(state[1]))
          : usualContent(place, name, metric, JSON.stringify(labels)),
      })),
  );
};

/** The state in which a thing is while all is well. */
const wellKnown = (states: readonly string[]): string | undefined =>
  states.find((state) =>
    /^(active|running|ok|online|up|healthy|completed|idle|success|good|enabled|clean|optimal|full)$/i.test(state),
  ) ?? states[0];

/** Each closed value with each of the others while that is not too much, else in step: each value is there at least once. */
const combinations = (
  closed: readonly (readonly [string, readonly string[]])[],
  { type }: Metric,
): readonly Labels[] => {
  const product = closed.reduce((size, [, values]) => size * values.length, 1);
  // Each series of a histogram is eight.
  if (product <= (type === 'histogram' || type === 'summary' ? 2 : most))
    return closed.reduce<readonly Labels[]>(
      (rows, [label, values]) => rows.flatMap((row) => values.map((value) => ({ ...row, [label]: value }))),
      [{}],
    );
  return inStep(closed);
};

/** Labels of which any value is allowed, in step. */
const togetherWith = ({ labels }: Metric, known: Labels, fixed: readonly string[]): readonly Labels[] =>
  inStep(
    Object.entries(labels)
      .filter(([label, values]) => Object.keys(values).length === 0 && !fixed.includes(label) && label !== 'version')
      .map(([label]) => [label, valuesOf(label)] as const),
  ).map((row) => ({ ...row, ...known }));

const inStep = (labels: readonly (readonly [string, readonly string[]])[]): readonly Labels[] => {
  const length = Math.max(1, ...labels.map(([, values]) => values.length));
  return Array.from({ length }, (_, index) =>
    Object.fromEntries(labels.map(([label, values]) => [label, values[index % values.length] ?? ''])),
  );
};

const withAllLabels = (
  { version }: Place,
  name: string,
  metric: Metric,
  given: Labels,
  behaviour: Behaviour,
): Labels => {
  for (const label of Object.keys(given))
    if (!(label in metric.labels)) throw new Error(`\`${name}\` has no label \`${label}\` in its catalog`);
  return Object.fromEntries(
    Object.entries(metric.labels)
      .filter(([label]) => labelAvailability(metric, label, { version }).available)
      .map(([label, values]) => {
        // What a behaviour says of the whole page counts less than what a row says.
        return [
          label,
          given[label] ?? behaviour.labels?.[label] ?? Object.keys(values)[0] ?? versionOr(label, version),
        ];
      }),
  );
};

const versionOr = (label: string, version: string): string =>
  label === 'version' ? version : (valuesOf(label)[0] ?? '');

/** Rows that have the same labels are one series: the first. */
const unlike = (rows: readonly Row[]): readonly Row[] =>
  [...new Map([...rows].reverse().map((row) => [JSON.stringify(row.labels), row])).values()].reverse();
