import { shortenPast, withoutFilters } from './open-query';
import { asVector, binary, expressionIn, operandsOf, shown, slice, type QueryNode } from './query-nodes';
import { lookUp, type Scraped } from './scraped';
import { metricOf, readSelector } from './selectors';

/** Why a query gives nothing. */
export type Emptiness =
  /** It selects by value, and nothing has such a value now: what it selects from is there. */
  | { readonly kind: 'quiet' }
  /** The pages do not have what it needs. */
  | { readonly kind: 'lacking'; readonly what: readonly string[] }
  /** It looks back further than there is data; the same query with a shorter past gives some. */
  | { readonly kind: 'young'; readonly what: readonly string[] }
  /** There is no reason: it is wrong. */
  | { readonly kind: 'unexplained'; readonly why: string };

/** What finding the reason needs to know. */
export interface Evidence {
  /** Whether a query gives data in the same way (instant or range) and at the same time. */
  readonly hasData: (query: string) => Promise<boolean>;
  readonly scraped: Scraped;
  /** Recording rules: name -> query. */
  readonly recorded: ReadonlyMap<string, string>;
}

/**
 * The reason why a query that Prometheus accepts gives no data, computed from the query and from what is scraped. Comparisons are
 * turned into their `bool` form first: when that gives data, the filter is what leaves nothing.
 */
export const explainEmptiness = async (query: string, evidence: Evidence): Promise<Emptiness> => {
  const open = withoutFilters(query);
  if (open !== query && (await evidence.hasData(open))) return { kind: 'quiet' };
  const past = shortenPast(query);
  if (past.shortened.length > 0 && (await evidence.hasData(past.query))) return { kind: 'young', what: past.shortened };
  const near = shortenPast(open).query;
  if (near !== open && (await evidence.hasData(near))) return { kind: 'quiet' };
  const reason = await reasonOf(expressionIn(near), near, evidence);
  if (typeof reason === 'string') return { kind: 'unexplained', why: reason };
  const lacking = reason.filter(({ kind }) => kind === 'lacking');
  const [first] = lacking.length > 0 ? lacking : reason;
  const what = [...new Set((lacking.length > 0 ? lacking : reason).map(({ what }) => what))];
  return first?.kind === 'quiet' ? { kind: 'quiet' } : { kind: 'lacking', what };
};

interface Reason {
  readonly kind: 'lacking' | 'quiet';
  readonly what: string;
}

/** Why a node gives nothing, or in words what is odd about it. Only asked of nodes that give nothing. */
const reasonOf = async (node: QueryNode, query: string, evidence: Evidence): Promise<readonly Reason[] | string> => {
  switch (node.name) {
    case 'VectorSelector':
    case 'MatrixSelector':
      return selectorReason(node, query, evidence);
    case 'BinaryExpr':
      return binaryReason(node, query, evidence);
    case 'NumberDurationLiteral':
    case 'StringLiteral':
      return `\`${slice(node, query)}\` is no query`;
    default:
      return sidesReason(operandsOf(node), node, query, evidence);
  }
};

const binaryReason = async (
  node: QueryNode,
  query: string,
  evidence: Evidence,
): Promise<readonly Reason[] | string> => {
  const { left, right, operator } = binary(node, query);
  if (operator !== 'or') return sidesReason([left, right], node, query, evidence);
  const [a, b] = [await reasonOf(left, query, evidence), await reasonOf(right, query, evidence)];
  if (typeof a === 'string') return a;
  return typeof b === 'string' ? b : [...a, ...b];
};

/** One side that gives nothing is enough. */
const sidesReason = async (
  sides: readonly QueryNode[],
  node: QueryNode,
  query: string,
  evidence: Evidence,
): Promise<readonly Reason[] | string> => {
  let odd: string | undefined;
  for (const side of sides) {
    if (await evidence.hasData(asVector(side, query))) continue;
    const reason = await reasonOf(side, query, evidence);
    if (typeof reason !== 'string') return reason;
    odd = reason;
  }
  if (odd) return odd;
  return sides.length > 1
    ? `both sides have series, but their labels do not meet in \`${shown(node, query)}\``
    : `\`${shown(node, query)}\` gives nothing of what it is given`;
};

const selectorReason = async (
  node: QueryNode,
  query: string,
  evidence: Evidence,
): Promise<readonly Reason[] | string> => {
  const vector = node.getChild('VectorSelector') ?? node;
  const selector = readSelector(vector, query);
  const name = metricOf(selector) ?? '';
  if (name === 'ALERTS' || name === 'ALERTS_FOR_STATE') return [{ kind: 'quiet', what: selector.text }];
  const rule = evidence.recorded.get(name);
  if (rule !== undefined) {
    const reason = await explainEmptiness(rule, evidence);
    if (reason.kind === 'unexplained') return `${name} is recorded as \`${rule}\`: ${reason.why}`;
    return [
      { kind: reason.kind === 'lacking' ? 'lacking' : 'quiet', what: 'what' in reason ? reason.what.join(', ') : name },
    ];
  }
  const answer = await lookUp(selector, evidence.scraped);
  if (answer === 'nobody') return `nothing that is scraped has the labels of \`${selector.text}\``;
  if (answer === 'lacking') return [{ kind: 'lacking', what: onPage(selector.text) }];
  if (node.name === 'MatrixSelector' && (await evidence.hasData(selector.text)))
    return `\`${slice(node, query)}\` is too short for two samples`;
  return `the page has \`${selector.text}\`, but Prometheus does not`;
};

/** The selector without what scraping adds, for eyes. */
const onPage = (text: string): string =>
  text
    .replace(/\b(job|instance|host|service)=~?"[^"]*"(, ?)?/g, '')
    .replace(/,? ?\}$/, '}')
    .replace(/\{\}$/, '');
