import { defineRule, type World } from '../rule';
import type { Query } from '../subject';

export const metricNotCovered = defineRule({
  id: 'metric-not-covered',
  on: 'query',
  severity: 'info',
  needs: 'catalog',
  says: 'metrics of a source that no catalog covers, once a source',
  why: 'Nothing is known of these metrics: a misspelt name, a lost label or a rate of a gauge among them goes unnoticed.',
  instead:
    'Record a catalog of the source with `npm run catalog -- record`, give one with `--catalog`, or ask the server with `--prometheus`.',

  *check(query, { knowledge, all }) {
    for (const selector of query.parsed.selectors) {
      const known = knowledge.of(selector);
      if (known.state !== 'uncovered' || known.slip || !isFirst(known.source, query, all)) continue;
      const isRules = known.source.includes(' ');
      yield {
        message: isRules
          ? `not covered: \`${known.name}\` and others come from ${known.source}`
          : `not covered: no catalog has the metrics of \`${known.source}\`, such as \`${known.name}\``,
        culprit: isRules ? known.name : known.source,
        span: selector.nameSpan ?? selector,
        evidence: knowledge.says,
      };
      return;
    }
  },

  accepts: [
    { name: 'a metric of the catalog', query: 'node_load1' },
    { name: 'a missing metric of a source that is covered', query: 'node_loud1' },
  ],
  rejects: [
    { name: 'an exporter without a catalog', query: 'redis_up', because: '`redis`' },
    { name: 'a recording rule of somebody else', query: 'instance:node_cpu:rate5m', because: 'recording rules' },
  ],
});

const firsts = new WeakMap<World, Map<string, Query>>();

/** Whether this query is the first of all that uses the source. */
const isFirst = (source: string, query: Query, world: World): boolean => {
  let known = firsts.get(world);
  if (!known) firsts.set(world, (known = new Map()));
  const first = known.get(source);
  if (!first) known.set(source, query);
  return !first || first === query;
};
