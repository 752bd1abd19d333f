import { parsePromql } from '../query/promql';
import { expandForParsing } from '../query/variables';
import type { CatalogChange } from './compare';

/** A query of ours, and where a person sees what it gives. */
export interface UsedQuery {
  /** `Hosts › CPU › CPU busy`, `alert HostDiskFull`. */
  readonly where: string;
  readonly query: string;
}

/** A query that a change takes something away from. */
export interface Broken {
  readonly where: string;
  readonly change: CatalogChange;
}

/**
 * Where a change takes away what is used: the metric, a label that its query names, a value that a matcher wants, the type or unit
 * that it relies on. `foreignJobs`: jobs of other sources; what is selected from these alone is not meant.
 */
export const brokenBy = (
  changes: readonly CatalogChange[],
  queries: readonly UsedQuery[],
  foreignJobs: ReadonlySet<string> = new Set(),
): readonly Broken[] => {
  const harmful = changes.filter(({ kind }) => /(gone|changed)$/.test(kind));
  return queries.flatMap(({ where, query }) => {
    const text = expandForParsing(query);
    const selectors = selectorsOf(text).filter(({ matchers }) => !isForeign(matchers, foreignJobs));
    const grouped = labelsOf(text);
    return harmful.filter((change) => takesAway(change, selectors, grouped)).map((change) => ({ where, change }));
  });
};

interface UsedSelector {
  readonly metric: string;
  readonly matchers: readonly { readonly label: string; readonly operator: string; readonly value: string }[];
}

const takesAway = (
  change: CatalogChange,
  selectors: readonly UsedSelector[],
  grouped: ReadonlySet<string>,
): boolean => {
  const own = selectors.filter(({ metric }) => isOf(metric, change.metric));
  if (own.length === 0) return false;
  const { label, value } = change;
  if (label === undefined) return true;
  if (value === undefined)
    return grouped.has(label) || own.some(({ matchers }) => matchers.some((each) => each.label === label));
  return own.some(({ matchers }) =>
    matchers.some((each) => each.label === label && wants(each.operator, each.value, value)),
  );
};

const wants = (operator: string, pattern: string, value: string): boolean => {
  if (operator === '=') return pattern === value;
  if (operator !== '=~') return false;
  return pattern.split('|').includes(value);
};

/** A histogram's series are asked by their own names. */
const isOf = (asked: string, metric: string): boolean =>
  asked === metric || (asked.startsWith(metric) && /^_(bucket|sum|count)$/.test(asked.slice(metric.length)));

const isForeign = (matchers: UsedSelector['matchers'], foreign: ReadonlySet<string>): boolean => {
  const job = matchers.find(({ label }) => label === 'job');
  if (!job || (job.operator !== '=' && job.operator !== '=~')) return false;
  return job.value.split('|').every((each) => foreign.has(each));
};

const selectorsOf = (text: string): readonly UsedSelector[] => {
  const found: UsedSelector[] = [];
  parsePromql(text).iterate({
    enter: (node) => {
      if (node.name !== 'VectorSelector') return;
      const written = text.slice(node.from, node.to);
      const matchers = [...written.matchAll(/([a-zA-Z_]\w*)\s*(=~|!~|!=|=)\s*"((?:[^"\\]|\\.)*)"/g)].map(
        ([, label = '', operator = '', value = '']) => ({ label, operator, value: value.replace(/\\(.)/g, '$1') }),
      );
      const metric =
        /^[a-zA-Z_:][a-zA-Z0-9_:]*/.exec(written)?.[0] ??
        /\{\s*"([^"]+)"/.exec(written)?.[1] ??
        matchers.find(({ label, operator }) => label === '__name__' && operator === '=')?.value;
      if (metric !== undefined) found.push({ metric, matchers });
    },
  });
  return found;
};

/** Labels that are grouped, joined or rewritten by. */
const labelsOf = (text: string): ReadonlySet<string> => {
  const labels = new Set<string>();
  parsePromql(text).iterate({
    enter: (node) => {
      if (node.name === 'GroupingLabels')
        for (const [label] of text.slice(node.from, node.to).matchAll(/[a-zA-Z_]\w*/g)) labels.add(label);
    },
  });
  for (const [, label = ''] of text.matchAll(
    /label_replace\([\s\S]*?,\s*"[^"]*",\s*"([a-zA-Z_]\w*)"\s*,\s*"[^"]*"\s*\)/g,
  ))
    labels.add(label);
  return labels;
};
