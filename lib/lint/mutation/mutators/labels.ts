import { walk, type Aggregation } from '../../../query/tree';
import {
  chosen,
  inAlerts,
  inPanels,
  inQueries,
  misspelt,
  partsOf,
  replaced,
  selectorsOf,
  slice,
  type Mutator,
} from '../mutator';
import { listIn, type QuerySite } from '../seed';
import type { JsonObject } from '../../subject';

const misspeltMatcher =
  (wrong: (label: string) => string) =>
  ({ text, tree }: QuerySite): string | undefined => {
    const found = selectorsOf(tree).flatMap(({ matchers }) =>
      matchers
        .filter(({ label }) => label.length > 3)
        .map((matcher) =>
          replaced(text, { from: matcher.from, to: matcher.from + matcher.label.length }, wrong(matcher.label)),
        ),
    );
    return chosen(found, text);
  };

const misspeltGrouping =
  (wrong: (label: string) => string) =>
  ({ text, tree }: QuerySite): string | undefined => {
    const found = partsOf(tree, 'aggregation').flatMap(({ node: { grouping } }) =>
      (grouping?.labels ?? [])
        .filter(({ name }) => name.length > 3)
        .map((label) => replaced(text, label, wrong(label.name))),
    );
    return chosen(found, text);
  };

const withMatcher =
  (matcher: (metric: string) => string | undefined) =>
  ({ text, tree }: QuerySite): string | undefined => {
    const found = selectorsOf(tree).flatMap(({ name, nameSpan, matchers: [first] }) => {
      const more = name === undefined ? undefined : matcher(name);
      return more !== undefined && first && nameSpan
        ? [`${text.slice(0, first.from)}${more}, ${text.slice(first.from)}`]
        : [];
    });
    return chosen(found, text);
  };

const labels: readonly Mutator[] = [
  inQueries('label-exists', 'a label in a matcher, a letter missing', misspeltMatcher(misspelt.dropped), { most: 12 }),
  inQueries('label-exists', 'a label in a matcher, two letters swapped', misspeltMatcher(misspelt.swapped), {
    most: 8,
  }),
  inQueries('label-exists', 'a label in `by`, a letter missing', misspeltGrouping(misspelt.dropped), { most: 12 }),
  inQueries('label-exists', 'a label in `by`, a letter twice', misspeltGrouping(misspelt.doubled), { most: 8 }),
  inQueries(
    'label-exists',
    'a label of another metric of the exporter',
    withMatcher((name) =>
      /^node_(load1|memory_MemAvailable_bytes|boot_time_seconds)$/.test(name) ? 'mountpoint="/"' : undefined,
    ),
  ),
  inQueries('label-exists', 'grouped by a label of another metric', ({ text }) => {
    const to = text.replace(
      /^max by \(host\) \((node_(?:load1|boot_time_seconds|filefd_allocated))/,
      'max by (host, mountpoint) ($1',
    );
    return to === text ? undefined : to;
  }),
  inQueries('join-labels', 'a label in `on`, a letter missing', ({ text, tree }) => {
    const found = partsOf(tree, 'binary').flatMap(({ node: { matching } }) =>
      (matching?.labels ?? [])
        .filter(({ name }) => name.length > 3)
        .map((label) => replaced(text, label, misspelt.dropped(label.name))),
    );
    return chosen(found, text);
  }),
  inQueries('label-exists', 'an aggregation takes a label that the next one keeps', ({ text }) => {
    const to = text.replace(
      /max by \((host)\) \(max by \(host, mountpoint\)/,
      'max by ($1, mountpoint) (max by (host)',
    );
    return to === text ? undefined : to;
  }),
];

/** Values that an exporter writes itself, and what fingers make of them. */
const wrongValues: readonly (readonly [RegExp, string])[] = [
  [/mode="idle"/, 'mode="idel"'],
  [/mode=~"idle\|iowait\|steal"/, 'mode=~"idle|iowiat|steal"'],
  [/state="active"/, 'state="activ"'],
  [/state="failed"/, 'state="fail"'],
  [/phase="rtt"/, 'phase="roundtrip"'],
  [/alertstate="firing"/, 'alertstate="fireing"'],
  [/alertstate="pending"/, 'alertstate="waiting"'],
  [/slice="inner_eval"/, 'slice="eval"'],
];

const values: readonly Mutator[] = wrongValues.map(([right, wrong]) =>
  inQueries('label-value-exists', `${wrong} is no value`, ({ text }) => text.replace(right, wrong), { most: 4 }),
);

const legendLabels = (panel: JsonObject, target: JsonObject): readonly string[] =>
  panel['type'] === 'table'
    ? []
    : [...String(target['legendFormat'] ?? '').matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, label]) => label as string);

/** Without one label in the `by (…)` that decides what is left at the end. */
const withoutLabel = (text: string, aggregation: Aggregation, label: string): string | undefined => {
  const kept = aggregation.grouping?.labels.filter(({ name }) => name !== label) ?? [];
  if (aggregation.grouping?.mode !== 'by' || kept.length === aggregation.grouping.labels.length) return undefined;
  const head = slice(text, { from: aggregation.from, to: aggregation.inner.from });
  return replaced(
    text,
    { from: aggregation.from, to: aggregation.inner.from },
    head
      .replace(/by \([^)]*\)/, kept.length > 0 ? `by (${kept.map(({ name }) => name).join(', ')})` : '')
      .replace('  ', ' '),
  );
};

/** The aggregations whose labels are those of the result: not inside another one, nor to the right of an operator. */
const outermost = ({ tree }: QuerySite): readonly Aggregation[] =>
  [...walk(tree)].flatMap(({ node, around }) =>
    node.kind === 'aggregation' &&
    !/^(topk|bottomk)$/.test(node.name) &&
    around.every(
      (each) => each.kind !== 'binary' && (each.kind !== 'aggregation' || /^(topk|bottomk)$/.test(each.name)),
    )
      ? [node]
      : [],
  );

const targetOf = ({ owner, textAt }: QuerySite): JsonObject => listIn(owner, 'targets')[Number(textAt.at(-2))] ?? {};

const isOfLogs = (panel: JsonObject): boolean => JSON.stringify(panel['datasource']).includes('loki');

const legends: readonly Mutator[] = [
  inQueries(
    'legend-labels',
    'the query no longer keeps what the legend names',
    (site) => {
      const [label] = [...legendLabels(site.owner, targetOf(site))].reverse();
      const [aggregation] = outermost(site);
      return label !== undefined && aggregation ? withoutLabel(site.text, aggregation, label) : undefined;
    },
    { most: 14, of: ['panel'] },
  ),
  ...(['dropped', 'swapped'] as const).map((how) =>
    inPanels(
      'legend-labels',
      `a label of the legend, a letter ${how}`,
      (panel) => {
        const index = listIn(panel, 'targets').findIndex((target) => legendLabels(panel, target).length > 0);
        const target = listIn(panel, 'targets')[index];
        if (!target) return undefined;
        const legend = String(target['legendFormat']).replace(
          /\{\{(\w+)\}\}/,
          (_, label: string) => `{{${misspelt[how](label)}}}`,
        );
        return { set: [[['targets', index, 'legendFormat'], legend]] };
      },
      { most: 6 },
    ),
  ),
  inPanels('legend-labels', 'a legend by a label of a sum of all', (panel) => {
    const [target] = listIn(panel, 'targets');
    return /^(sum|max)\(/.test(String(target?.['expr'])) && panel['type'] === 'timeseries' && !isOfLogs(panel)
      ? { set: [[['targets', 0, 'legendFormat'], '{{instance}}']] }
      : undefined;
  }),
  inPanels('legend-distinct', 'a query is copied with its legend', (panel) => {
    const targets = listIn(panel, 'targets');
    const [first, second] = targets;
    return panel['type'] !== 'table' && first?.['legendFormat'] && second
      ? { set: [[['targets', 1, 'legendFormat'], first['legendFormat']]] }
      : undefined;
  }),
];

/** Labels that the texts of an alert name. */
const textLabels = (alert: JsonObject): readonly string[] => {
  const { summary, description } = (alert['annotations'] ?? {}) as Record<string, string>;
  return [
    ...new Set(
      [...`${summary ?? ''} ${description ?? ''}`.matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label as string),
    ),
  ];
};

const alertTexts: readonly Mutator[] = [
  inQueries(
    'alert-text-labels',
    'the query no longer keeps what the text names',
    (site) => {
      const label = chosen(textLabels(site.owner), site.text);
      const all = [...walk(site.tree)].flatMap(({ node }) => (node.kind === 'aggregation' ? [node] : []));
      // Where sides are joined, the label has to go on all of them.
      const simple = partsOf(site.tree, 'binary').every(({ node }) => node.right.kind === 'number')
        ? all[0]
        : undefined;
      return label !== undefined && simple ? withoutLabel(site.text, simple, label) : undefined;
    },
    { most: 14, of: ['alert'] },
  ),
  ...(['dropped', 'swapped'] as const).map((how) =>
    inAlerts(
      'alert-text-labels',
      `a label in the summary, a letter ${how}`,
      (alert) => {
        const summary = (alert['annotations'] as Record<string, string> | undefined)?.['summary'];
        if (!summary?.includes('$labels.')) return undefined;
        const to = summary.replace(/\$labels\.(\w+)/, (_, label: string) => `$labels.${misspelt[how](label)}`);
        return { set: [[['annotations', 'summary'], to]] };
      },
      { most: 8 },
    ),
  ),
  inAlerts('alert-text-labels', 'the text of another alert', (alert) => {
    const [label] = textLabels(alert);
    return label !== undefined && label !== 'mountpoint'
      ? { set: [[['annotations', 'description'], 'Only a little is free on {{ $labels.mountpoint }}.']] }
      : undefined;
  }),
  inQueries(
    'alert-text-labels',
    'group_left() is lost',
    ({ text }) => {
      const to = text.replaceAll(
        / group_left \(label\) group by \(host, chip, sensor, label\)/g,
        ' group by (host, chip, sensor)',
      );
      return to.replaceAll('"label"', '"lable"');
    },
    { of: ['alert'] },
  ),
];

const joins: readonly Mutator[] = [
  inQueries(
    'join-labels',
    'one side of a division loses a label',
    ({ text, tree }) => {
      const found = partsOf(tree, 'binary').flatMap(({ node: { operator, left, right, matching } }) => {
        const below = right.kind === 'parenthesised' && right.inner.kind === 'binary' ? right.inner.left : right;
        if (!/^[-/*+]$/.test(operator) || matching || left.kind !== 'aggregation' || below.kind !== 'aggregation')
          return [];
        const label = below.grouping?.labels[0]?.name;
        const to = label === undefined ? undefined : withoutLabel(text, below, label);
        return to === undefined ? [] : [to];
      });
      return chosen(found, text);
    },
    { most: 10 },
  ),
  inQueries(
    'join-labels',
    'one side of `and` has one label more',
    ({ text, tree }) => {
      const found = partsOf(tree, 'binary').flatMap(({ node: { operator, right, matching } }) => {
        const side = right.kind === 'binary' ? right.left : right;
        if (
          !/^(and|unless)$/.test(operator) ||
          matching?.mode ||
          side.kind !== 'aggregation' ||
          side.grouping?.mode !== 'by'
        )
          return [];
        const [first] = side.grouping.labels;
        return first ? [replaced(text, { from: first.from, to: first.from }, 'instance, ')] : [];
      });
      return chosen(found, text);
    },
    { most: 8 },
  ),
  inQueries(
    'join-labels',
    'aggregated against plain series',
    ({ text, tree }) => {
      const found = partsOf(tree, 'binary').flatMap(({ node: { operator, left, right, matching } }) => {
        if (!/^[-/*]$/.test(operator) || matching || left.kind !== 'selector' || left.window) return [];
        const below = right.kind === 'parenthesised' && right.inner.kind === 'binary' ? right.inner.left : right;
        return below.kind === 'selector' && !below.window
          ? [replaced(text, below, `sum by (host) (${slice(text, below)})`)]
          : [];
      });
      return chosen(found, text);
    },
    { most: 8 },
  ),
  inQueries('join-labels', 'joined on a label that one side does not keep', ({ text }) => {
    const to = text.replace(/ on \((host)\) (max by) \(host(?:, device)?\)/, ' on ($1) $2 (service)');
    return to;
  }),
];

export const labelMutators: readonly Mutator[] = [...labels, ...values, ...legends, ...alertTexts, ...joins];
