import { walk, type Matcher } from '../../../query/tree';
import { chosen, inPanels, inQueries, partsOf, replaced, selectorsOf, slice, type Mutator } from '../mutator';
import { listIn, type QuerySite } from '../seed';

const written =
  (from: string | RegExp, to: string) =>
  ({ text }: QuerySite): string =>
    text.replace(from, to);

/** Changes one matcher of a query, as it is written. */
const matcher =
  (change: (matcher: Matcher, metric: string) => string | undefined) =>
  ({ text, tree }: QuerySite): string | undefined => {
    const found = selectorsOf(tree).flatMap(({ matchers, name }) =>
      matchers.flatMap((each) => {
        const to = change(each, name ?? '');
        return to === undefined ? [] : [replaced(text, each, to)];
      }),
    );
    return chosen(found, text);
  };

const isPlain = ({ operator, open }: Matcher): boolean => operator === '=' && !open;
const isPattern = ({ operator, open }: Matcher): boolean => operator === '=~' && !open;

const parsing: readonly Mutator[] = [
  inQueries('query-parses', 'a bracket is missing', ({ text }) => text.replace(/\)([^)]*)$/, '$1'), { most: 6 }),
  inQueries('query-parses', 'a quote is missing', written(/="([^"]*)"/, '="$1'), { most: 5 }),
  inQueries('query-parses', 'an operator at the end', ({ text }) => `${text} +`, { most: 4 }),
  inQueries('query-parses', 'rate() without a window', written(/\[\$__rate_interval\]|\[5m\]/, ''), { most: 5 }),
  inQueries('query-parses', '`by` without brackets', written(/by \((\w+)\)/, 'by $1'), { most: 4 }),
  inQueries('query-parses', 'a function that PromQL does not have', written(/\b(sum|max|min) by/, '$1imum by'), {
    most: 4,
  }),
  inQueries('query-parses', 'a duration in words', written(/\[(\d+)m\]/, '[$1 minutes]'), { most: 4 }),
  inQueries('query-parses', 'SQL', written(/(\w+)="(\w+)", /, '$1="$2" AND '), { most: 4 }),
];

const regexps: readonly Mutator[] = [
  inQueries(
    'regexp-equality',
    '`=~` for one plain value',
    matcher((each) => (isPlain(each) ? `${each.label}=~"${each.value}"` : undefined)),
    { most: 8 },
  ),
  inQueries(
    'regexp-equality',
    '`!~` for one plain value',
    matcher((each) =>
      each.operator === '!=' && !each.open && each.value !== '' ? `${each.label}!~"${each.value}"` : undefined,
    ),
    { most: 4 },
  ),
  inQueries(
    'regexp-invalid',
    'a bracket of a pattern is not closed',
    matcher((each) => (isPattern(each) ? `${each.label}=~${JSON.stringify(`(${each.value}`)}` : undefined)),
    { most: 5 },
  ),
  inQueries(
    'regexp-invalid',
    'a shell pattern',
    matcher((each) => (isPlain(each) ? `${each.label}=~"*${each.value}"` : undefined)),
    { most: 5 },
  ),
  inQueries(
    'regexp-invalid',
    'look-ahead, which RE2 does not have',
    matcher((each) => (each.operator === '!~' ? `${each.label}=~"(?!${each.value}).*"` : undefined)),
    { most: 5 },
  ),
  inQueries('regexp-invalid', 'a range the wrong way round', written('[a-z]+', '[z-a]+'), { most: 3 }),
  inQueries('regexp-invalid', 'label_replace() with a group too many', written(/"(Disk|Interface) \$1"/, '"$1 $2"'), {
    most: 3,
  }),
  inQueries(
    'redundant-anchors',
    'a pattern with ^ and $',
    matcher((each) => (isPattern(each) && /\|/.test(each.value) ? `${each.label}=~"^(${each.value})$"` : undefined)),
    { most: 5 },
  ),
  inQueries(
    'redundant-anchors',
    'a pattern with $',
    matcher((each) => (each.operator === '!~' && !each.open ? `${each.label}!~"${each.value}$"` : undefined)),
    { most: 4 },
  ),
  inQueries(
    'absent-with-regexp',
    'absent() of several',
    written(/absent\((up\{job="node", host)="(\w+)"/, 'absent($1=~"$2|other"'),
    { most: 4 },
  ),
  inQueries(
    'absent-with-regexp',
    'absent() of all that begin alike',
    written(/absent\((probe_success\{job="blackbox", service)="\w+"/, 'absent($1=~"pi.*"'),
    { most: 4 },
  ),
];

const matchers: readonly Mutator[] = [
  inQueries(
    'matcher-matches-nothing',
    'two values of one label',
    matcher((each) => (isPlain(each) ? `${slicedOf(each)}, ${each.label}="other"` : undefined)),
    { most: 6 },
  ),
  inQueries(
    'matcher-matches-nothing',
    'a value and not that value',
    matcher((each) => (isPlain(each) ? `${slicedOf(each)}, ${each.label}!="${each.value}"` : undefined)),
    { most: 6 },
  ),
  inQueries(
    'matcher-matches-nothing',
    'a value and a pattern without it',
    matcher((each) => (isPlain(each) ? `${slicedOf(each)}, ${each.label}=~"one|two"` : undefined)),
    { most: 6 },
  ),
  inQueries(
    'matcher-matches-nothing',
    'a label that is to be empty and is not',
    matcher((each) => (isPlain(each) ? `${slicedOf(each)}, ${each.label}=""` : undefined)),
    { most: 4 },
  ),
  inQueries(
    'matcher-matches-everything',
    'any value or none',
    matcher((each) => (isPlain(each) && each.label !== 'job' ? `${each.label}=~".*"` : undefined)),
    { most: 6 },
  ),
  inQueries(
    'matcher-matches-everything',
    'one value or all',
    matcher((each) => (isPattern(each) ? `${each.label}=~"${each.value}|.*"` : undefined)),
    { most: 4 },
  ),
  inQueries(
    'duplicate-matchers',
    'a matcher twice',
    matcher((each) => `${slicedOf(each)}, ${slicedOf(each)}`),
    { most: 8 },
  ),
  inQueries(
    'too-broad-selector',
    'a selector without a metric',
    ({ text, tree }) => {
      const [selector] = selectorsOf(tree);
      return selector?.nameSpan && !selector.window ? replaced(text, selector, '{job=~".+"}') : undefined;
    },
    { most: 5 },
  ),
  inQueries(
    'too-broad-selector',
    'all metrics by a pattern',
    ({ text, tree }) => {
      const [selector] = selectorsOf(tree);
      return selector && !selector.window ? replaced(text, selector, '{__name__=~".+"}') : undefined;
    },
    { most: 4 },
  ),
];

/** A matcher as it is written. */
const slicedOf = ({ label, operator, value }: Matcher): string => `${label}${operator}"${value}"`;

const windows: readonly Mutator[] = [
  inPanels(
    'rate-interval-in-panels',
    'a fixed window in a graph',
    (panel) => fixedWindow(panel, /\[\$__rate_interval\]/g, '[5m]'),
    { most: 8 },
  ),
  inPanels(
    'rate-interval-in-panels',
    'the step as a window',
    (panel) => fixedWindow(panel, /\[\$__rate_interval\]/g, '[$__interval]'),
    { most: 6 },
  ),
  inQueries(
    'explicit-window-in-alerts',
    "Grafana's window in an alert",
    written(/\[(?:5m|1h|30m|1d)\]/, '[$__rate_interval]'),
    { most: 8, of: ['alert'] },
  ),
  inQueries(
    'explicit-window-in-alerts',
    "a board's variable in an alert",
    written(/\{job="(node|prometheus)"/, '{job="$1", host="$host"'),
    { most: 6, of: ['alert'] },
  ),
  inQueries(
    'explicit-window-in-alerts',
    "the board's range in an alert",
    // Grafana fills it in: that is no mistake there.
    ({ text, seed }) =>
      seed.format === 'prometheus-rules' ? text.replace(/\[(?:5m|1h|30m|1d)\]/, '[$__range]') : undefined,
    { most: 4, of: ['alert'] },
  ),
  inQueries(
    'window-vs-interval',
    'a window of one interval in an alert',
    written(/((?:rate|increase|deriv)\([^[]*)\[(?:5m|1h|15m)\]/, '$1[15s]'),
    { most: 8, of: ['alert'] },
  ),
  inQueries(
    'window-vs-interval',
    'a window of one interval in a panel',
    written(/((?:rate|increase)\([^[]*)\[\$__rate_interval\]/, '$1[10s]'),
    { most: 6, of: ['panel'] },
  ),
  inQueries(
    'window-vs-interval',
    'a window of minutes for what is asked every half hour',
    written(/(changes\(probe_success[^[]*)\[(?:30m|1d)\]/, '$1[20s]'),
    { most: 3, of: ['alert'] },
  ),
];

const fixedWindow = (
  panel: Parameters<Parameters<typeof inPanels>[2]>[0],
  from: RegExp,
  to: string,
): ReturnType<Parameters<typeof inPanels>[2]> => {
  if (panel['type'] !== 'timeseries') return undefined;
  const index = listIn(panel, 'targets').findIndex(({ expr }) =>
    /\brate\([^[]*\[\$__rate_interval\]/.test(String(expr)),
  );
  const text = String(listIn(panel, 'targets')[index]?.['expr']);
  return index < 0 ? undefined : { set: [[['targets', index, 'expr'], text.replaceAll(from, to)]] };
};

const shapes: readonly Mutator[] = [
  inQueries(
    'rate-of-sum',
    'rate() of a sum',
    ({ text, tree, of }) => {
      const window = of === 'panel' ? '$__rate_interval' : '5m';
      const found = partsOf(tree, 'aggregation').flatMap(({ node }) => {
        const call = node.inner;
        if (node.name !== 'sum' || call.kind !== 'call' || !/^(rate|increase)$/.test(call.name)) return [];
        const [range] = call.args;
        if (range?.kind !== 'selector' || !range.window) return [];
        const head = slice(text, { from: node.from, to: call.from });
        const inner = slice(text, { from: range.from, to: range.window.from }).replace(/\[\s*$/, '');
        return [
          replaced(
            text,
            node,
            `${call.name}(${head}${inner})[${window}:])`.replace('((', '((').replace(/^(\w+)\(/, '$1(('),
          ),
        ];
      });
      return chosen(found, text)
        ?.replace('((sum', '(sum')
        .replace(/\)\)\[/, ')[');
    },
    { most: 8 },
  ),
  inQueries(
    'rate-of-sum',
    'rate() of counters added up',
    ({ text, tree, of }) => {
      const window = of === 'panel' ? '$__rate_interval' : '5m';
      // Brackets inside matchers are not told from windows here.
      if (text.includes('"[')) return undefined;
      const [sum] = partsOf(tree, 'binary').filter(
        ({ node: { operator, left, right } }) =>
          operator === '+' &&
          [left, right].every((side) => side.kind === 'call' && /^(rate|increase)$/.test(side.name)),
      );
      if (!sum || sum.node.left.kind !== 'call') return undefined;
      const bare = slice(text, sum.node).replace(/(?:rate|increase)\(([^[]*)\[[^\]]*\]\)/g, '$1');
      return replaced(text, sum.node, `${sum.node.left.name}((${bare})[${window}:])`);
    },
    { most: 6 },
  ),
  inQueries(
    'ratio-without-guard',
    'a division loses its guard',
    ({ text, tree }) => {
      const found = partsOf(tree, 'binary').flatMap(({ node: { operator, right } }) => {
        if (
          operator !== '/' ||
          right.kind !== 'parenthesised' ||
          right.inner.kind !== 'binary' ||
          right.inner.operator !== '>'
        )
          return [];
        // What never is 0 needs no guard: sizes, limits.
        const { left } = right.inner;
        return /rate\(|increase\(/.test(slice(text, left)) ? [replaced(text, right, slice(text, left))] : [];
      });
      return chosen(found, text);
    },
    { most: 10 },
  ),
  inQueries(
    'or-vector-zero',
    'zero where nothing is known',
    ({ text, of }) => (of === 'alert' ? `(${text}) or vector(0)` : undefined),
    { most: 5 },
  ),
  inQueries(
    'or-vector-zero',
    'zero in a panel where nothing is known',
    ({ text }) => text.replace(/ or count\([\s\S]*\* 0$/, ' or vector(0)'),
    { most: 6, of: ['panel'] },
  ),
  inQueries(
    'comparison-never-true',
    'nothing counted',
    ({ text, of }) =>
      of === 'alert' &&
      /^(max|min|sum) by/.test(text) &&
      / (?:>=?|<|==) [\d.]+$/.test(text) &&
      !/ (?:and|or|unless) |\) - /.test(text)
        ? text.replace(/^(?:max|min|sum) by/, 'count by').replace(/( >=? | < | == )[\d.]+$/, ' == 0')
        : undefined,
    { most: 6 },
  ),
  inQueries(
    'comparison-never-true',
    'a count below zero',
    ({ text, tree }) => (tree.kind === 'aggregation' && tree.name === 'count' ? `${text} < 0` : undefined),
    { most: 4 },
  ),
  inQueries(
    'comparison-never-true',
    'a count below one',
    ({ text, tree }) => (tree.kind === 'aggregation' && tree.name === 'max' ? `count(${text}) < 1` : undefined),
    { most: 4 },
  ),
  inQueries(
    'comparison-never-true',
    'a share above one',
    ({ text, tree, owner }) => {
      const unit = JSON.stringify(owner['fieldConfig'] ?? {});
      return tree.kind === 'aggregation' && /avg_over_time\(probe_success/.test(text) && unit.includes('percentunit')
        ? `${text} > 1`
        : undefined;
    },
    { most: 4 },
  ),
  inQueries('comparison-never-true', 'up has another value', written(/(up\{[^}]*\}\)?) == 0/, '$1 == 2'), { most: 4 }),
  inQueries(
    'aggregation-of-one',
    'a sum of a single series',
    ({ text, tree }) =>
      tree.kind === 'aggregation' && !tree.grouping && /^(sum|max|min)$/.test(tree.name) ? `max(${text})` : undefined,
    { most: 4 },
  ),
  inQueries(
    'aggregation-of-one',
    '`by` in the outer one only',
    ({ text, tree }) =>
      tree.kind === 'aggregation' && tree.grouping && tree.name === 'max' && tree.inner.kind === 'aggregation'
        ? text.replace(/^(max by \(\w+\)) \((\w+) by \([^)]*\)/, '$1 ($2')
        : undefined,
    { most: 4 },
  ),
  inQueries('irate-in-alert', 'irate() in an alert', written(/\brate\(/, 'irate('), { most: 6, of: ['alert'] }),
  inQueries(
    'topk-in-graph',
    'the highest five of a graph',
    ({ text, owner, tree }) =>
      owner['type'] === 'timeseries' && tree.kind === 'aggregation' && tree.grouping ? `topk(5, ${text})` : undefined,
    { most: 5 },
  ),
  inQueries(
    'topk-in-graph',
    'the lowest three of a graph',
    ({ text, owner, tree }) =>
      owner['type'] === 'timeseries' && [...walk(tree)][0]?.node.kind === 'binary' ? `bottomk(3, ${text})` : undefined,
    { most: 4 },
  ),
];

export const queryMutators: readonly Mutator[] = [...parsing, ...regexps, ...matchers, ...windows, ...shapes];
