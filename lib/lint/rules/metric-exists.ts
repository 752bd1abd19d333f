import { bare, walk, type Expr, type Selector } from '../../query/tree';
import type { Knowledge } from '../knowledge';
import { queriesOf } from '../promql/queries-of-world';
import { defineRule, type World } from '../rule';
import type { LintDocument } from '../subject';

export const metricExists = defineRule({
  id: 'metric-exists',
  on: 'query',
  severity: 'error',
  needs: 'catalog',
  says: 'a metric that the exporter which would have it does not have',
  why: 'A query on a metric that nobody exports draws an empty panel, or makes an alert that never fires, and nothing says so.',
  instead:
    'Take the name from the exporter that runs: most were renamed at some version. An alternative behind `or`, for another version, is only mentioned.',

  *check({ document, parsed: { tree, selectors } }, { knowledge, all }) {
    for (const selector of selectors) {
      const known = knowledge.of(selector);
      const span = selector.nameSpan ?? selector;
      if (known.state === 'missing') {
        const spare = tree !== undefined && hasAlternative(selector, tree, knowledge);
        yield {
          message: `no metric \`${known.name}\`: ${known.why}`,
          culprit: known.name,
          span,
          evidence: known.evidence,
          nearest: known.nearest,
          ...(spare
            ? { severity: 'info' as const }
            : known.doubtful && {
                expected: `a name of ${known.owner}, unless something else writes it`,
                severity: hasOthers(known.name, document, all, knowledge) ? ('warning' as const) : ('info' as const),
              }),
        };
      } else if ((known.state === 'open' || known.state === 'uncovered') && known.slip) {
        if (isFamily(known.name, known.slip, all)) continue;
        yield {
          message: `no metric \`${known.name}\` is known, and \`${known.slip}\` differs by one letter`,
          culprit: known.name,
          span,
          evidence: knowledge.says,
          nearest: [known.slip],
          severity: 'warning',
        };
      }
    }
  },

  accepts: [
    { name: 'a metric of the catalog', query: 'node_load1' },
    { name: 'a part of a histogram', query: 'rate(prometheus_http_request_duration_seconds_count[5m])' },
    { name: 'a name that the kernel makes', query: 'node_memory_ZswapNew_bytes' },
    { name: 'a metric of an exporter that no catalog covers', query: 'kube_pod_info' },
    { name: 'a metric that older versions have', query: 'node_memory_Hugetlb_bytes' },
  ],
  rejects: [
    { name: 'a misspelt metric', query: 'rate(node_cpu_second_total[5m])', because: '`node_cpu_second_total`' },
    { name: 'the name of before 0.16', query: 'rate(node_cpu[5m])', because: 'node_exporter' },
    { name: 'buckets of a counter', query: 'node_cpu_seconds_total_bucket', because: 'does not have it' },
    { name: 'a slip among names that the kernel makes', query: 'node_memory_MemAvailble_bytes', because: 'one letter' },
    {
      name: 'beside others of the exporter, what a text file may write',
      query: 'node_load1 * node_changed_watch_count_sum',
      because: '`node_changed_watch_count_sum`',
    },
    { name: 'a slip in the beginning', query: 'nod_filesystem_size_bytes', because: 'one letter' },
  ],
});

/** Whether the same file reads metrics that are known and begin with the same word: then their exporter is probably meant. */
const hasOthers = (name: string, document: LintDocument, world: World, knowledge: Knowledge): boolean => {
  const [word] = name.split('_', 1) as [string];
  return queriesOf(world).some(
    (query) =>
      query.document === document &&
      query.parsed.selectors.some(
        (selector) => selector.name?.startsWith(`${word}_`) && knowledge.of(selector).state === 'known',
      ),
  );
};

/** Another exporter's names, one letter away in their beginning: several metrics begin like that. */
const isFamily = (name: string, slip: string, world: World): boolean => {
  const [word] = name.split('_', 1) as [string];
  if (slip.startsWith(`${word}_`)) return false;
  return (namesByWord(world).get(word)?.size ?? 0) > 1;
};

const words = new WeakMap<World, ReadonlyMap<string, ReadonlySet<string>>>();

/** Metric names of all queries by their first word. */
const namesByWord = (world: World): ReadonlyMap<string, ReadonlySet<string>> => {
  const known = words.get(world);
  if (known) return known;
  const names = new Map<string, Set<string>>();
  for (const { parsed } of queriesOf(world))
    for (const { name } of parsed.selectors) {
      const [word] = (name ?? '').split('_', 1) as [string];
      names.set(word, (names.get(word) ?? new Set()).add(name ?? ''));
    }
  words.set(world, names);
  return names;
};

/** Whether an `or` around it has another side that is there. */
const hasAlternative = (selector: Selector, tree: Expr, knowledge: Knowledge): boolean => {
  for (const { node, around } of walk(tree)) {
    if (node !== selector) continue;
    return around.some((outer, index) => {
      if (outer.kind !== 'binary' || (outer.operator !== 'or' && outer.operator !== 'default')) return false;
      const inside = index === 0 ? selector : around[index - 1];
      const other = outer.left === inside ? outer.right : outer.left;
      return [...walk(bare(other))].some(
        ({ node: each }) => each.kind === 'selector' && knowledge.of(each).state !== 'missing',
      );
    });
  }
  return false;
};
