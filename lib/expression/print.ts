import type { Metric } from '../catalog/catalog';
import { formatDuration } from '../duration';
import type { EntityName, Spelling } from '../homelab/homelab';
import type { ResolvedDisplay, ResolvedIdentity, ResolvedSource } from '../homelab/resolved';
import type { Expression, Hole, Leaf, Matcher, Node, Window } from './expression';
import { escapeRegex } from './source';

/** Where an expression is printed for: the homelab's sources, and a panel's variables or an alert's plain windows. */
export interface PrintContext {
  readonly sources: Readonly<Record<string, ResolvedSource>>;
  readonly display: ResolvedDisplay;
  readonly place: 'panel' | 'alert';
  /** Dashboard variables that narrow what is shown: name -> whether several values may be chosen. */
  readonly variables: Readonly<Record<string, 'single' | 'multi'>>;
}

/** The PromQL of an expression for one homelab, on one line. `keep` names the labels that are used; others need not be made. */
export const printExpression = (expression: Expression, context: PrintContext, keep?: ReadonlySet<string>): string =>
  print(expression, context, keep);

/** Labels needed further up; undefined: all. */
type Need = ReadonlySet<string> | undefined;

const print = ({ node }: Expression, context: PrintContext, need: Need): string => {
  switch (node.kind) {
    case 'leaf':
      return withIdentity(node, selector(node, context) + offset(node), context, need);
    case 'range': {
      const leaf = node.of.node as Leaf;
      const ranged = `${selector(leaf, context)}[${printWindow(node.window, leaf, context)}]${offset(leaf)}`;
      const call =
        node.parameter === undefined
          ? `${node.function}(${ranged})`
          : node.function === 'predict_linear'
            ? `predict_linear(${ranged}, ${node.parameter})`
            : `${node.function}(${node.parameter}, ${ranged})`;
      return withIdentity(leaf, call, context, need);
    }
    case 'aggregate': {
      const by = node.by.length > 0 ? ` by (${node.by.join(', ')})` : '';
      return `${node.function}${by} (${print(node.of, context, new Set(node.by))})`;
    }
    case 'quantile':
      return printQuantile(node, context);
    case 'histogram-part':
      return printHistogramPart(node, context, need);
    case 'binary':
      return printBinary(node, context, need);
    case 'number':
      return String(node.value);
    case 'time':
      return 'time()';
    case 'call':
      return `${node.function}(${[...(node.before ?? []), print(node.of, context, need), ...(node.after ?? [])].join(', ')})`;
    case 'absent':
      return node.over ? `absent_over_time(${selector(node.of, context)}[${node.over}])` : `absent(${selector(node.of, context)})`;
    case 'tag':
      return printTag(node, context, need);
    case 'subquery':
      return `${node.function}((${print(node.of, context, need)})[${printWindow(node.window, undefined, context)}:${node.step ?? ''}])`;
    case 'raw':
      return node.texts.map((text, index) => text + (index < node.holes.length ? printHole(node.holes[index] as Hole, context, need) : '')).join('');
  }
};

const printHole = (hole: Hole, context: PrintContext, need: Need): string => {
  if ('window' in hole) return printWindow(hole.window, hole.of.node as Leaf, context);
  if (hole.node.kind === 'leaf') return selector(hole.node, context);
  return hole.node.kind === 'binary' ? `(${print(hole, context, need)})` : print(hole, context, need);
};

const printQuantile = (node: Extract<Node, { kind: 'quantile' }>, context: PrintContext): string => {
  const { histograms } = sourceOf(node.of, context).spelling;
  const leaf: Leaf = histograms === 'native' ? node.of : { ...node.of, part: 'bucket' };
  const by = histograms === 'native' ? node.by : ['le', ...node.by];
  const rated = `rate(${selector(leaf, context)}[${printWindow(node.window, leaf, context)}])`;
  const labelled = withIdentity(leaf, rated, context, new Set(by));
  return `histogram_quantile(${node.q}, sum${by.length > 0 ? ` by (${by.join(', ')})` : ''} (${labelled}))`;
};

const printHistogramPart = (node: Extract<Node, { kind: 'histogram-part' }>, context: PrintContext, need: Need): string => {
  const native = sourceOf(node.of, context).spelling.histograms === 'native' && node.of.type === 'histogram';
  const leaf: Leaf = native ? node.of : { ...node.of, part: node.part };
  const ranged = `${node.function}(${selector(leaf, context)}[${printWindow(node.window, leaf, context)}])`;
  return withIdentity(leaf, native ? `histogram_${node.part}(${ranged})` : ranged, context, need);
};

const precedence: Readonly<Record<string, number>> = {
  '*': 5, '/': 5, '%': 5, '+': 4, '-': 4, '==': 3, '!=': 3, '<=': 3, '<': 3, '>=': 3, '>': 3, and: 2, unless: 2, or: 1,
}; // prettier-ignore

const printBinary = (node: Extract<Node, { kind: 'binary' }>, context: PrintContext, need: Need): string => {
  const matched = need && node.on ? new Set([...need, ...node.on, ...(node.group?.include ?? [])]) : need;
  const own = precedence[node.operator] as number;
  const side = (expression: Expression, onTheRight: boolean): string => {
    const text = print(expression, context, matched);
    if (expression.node.kind !== 'binary') return text;
    const inner = precedence[expression.node.operator] as number;
    return inner < own || (inner === own && onTheRight) ? `(${text})` : text;
  };
  const bool = node.bool ? ' bool' : '';
  const on = node.on ? ` on (${node.on.join(', ')})` : '';
  const group = node.group ? ` group_${node.group.side} (${node.group.include.join(', ')})` : '';
  return `${side(node.left, false)} ${node.operator}${bool}${on}${group} ${side(node.right, true)}`;
};

const printTag = (node: Extract<Node, { kind: 'tag' }>, context: PrintContext, need: Need): string => {
  const inner = print(node.of, context, need && node.from ? new Set([...need, node.from]) : need);
  const value = node.from ? node.value.replace(`{${node.from}}`, '$1') : node.value;
  const pattern = node.from ? '(.*)' : '';
  return `label_replace(${inner}, ${quote(node.label)}, ${quote(value)}, ${quote(node.from ?? '')}, ${quote(pattern)})`;
};

// --- one metric --------------------------------------------------------------------------------------------------

/** `name{matchers}` with the source's own matchers first, then the signal's, then what the reader picked. */
const selector = (leaf: Leaf, context: PrintContext): string => {
  const source = sourceOf(leaf, context);
  const matchers = [
    ...Object.entries(source.select).map(([label, values]) => printValues(label, values)),
    ...leaf.where.flatMap((matcher) => printMatcher(matcher, source, context)),
    ...leaf.source.entities.flatMap((entity) => scope(entity, leaf, source, context)),
  ];
  const name = spellName(leaf.metric, leaf.facts, leaf.part, source.spelling);
  const body = name.startsWith('"') ? [name, ...matchers].join(', ') : matchers.join(', ');
  const head = name.startsWith('"') ? '' : name;
  return `${head}${body ? `{${body}}` : ''}`;
};

const offset = (leaf: Leaf): string => (leaf.offset ? ` offset ${leaf.offset}` : '');

const printValues = (label: string, values: readonly string[]): string =>
  values.length === 1 ? `${label}=${quote(values[0] as string)}` : `${label}=~${quote(values.map(escapeRegex).join('|'))}`;

const printMatcher = ({ label, operator, value }: Matcher, source: ResolvedSource, context: PrintContext): readonly string[] => {
  if ('setting' in value) return [`${label}${operator}${quote(context.display[value.setting])}`];
  if ('picked' in value) {
    const multiplicity = context.place === 'panel' ? context.variables[value.picked] : undefined;
    return multiplicity ? [`${label}${multiplicity === 'multi' ? '=~' : '='}"$${value.picked}"`] : [];
  }
  const identity = source.identity[label as EntityName];
  if (!identity) return [`${label}${operator}${quote(value.text)}`];
  const regex = operator === '=~' || operator === '!~';
  const around = regex ? [escapeRegex(identity.prefix), escapeRegex(identity.suffix)] : [identity.prefix, identity.suffix];
  const inner = regex && (identity.prefix || identity.suffix) ? `(${value.text})` : value.text;
  return [`${identity.label}${operator}${quote(around[0] + inner + around[1])}`];
};

/** The dashboard variable of an entity narrows every series that is about one, unless the signal chose it itself. */
const scope = (entity: EntityName, leaf: Leaf, source: ResolvedSource, context: PrintContext): readonly string[] => {
  const multiplicity = context.variables[entity];
  const identity = source.identity[entity];
  if (context.place !== 'panel' || !multiplicity || !identity) return [];
  if (leaf.where.some(({ label }) => label === entity)) return [];
  const [prefix, suffix] =
    multiplicity === 'multi' ? [escapeRegex(identity.prefix), escapeRegex(identity.suffix)] : [identity.prefix, identity.suffix];
  const variable = prefix || suffix ? `\${${entity}}` : `$${entity}`;
  return [`${identity.label}${multiplicity === 'multi' ? '=~' : '='}${quoteAround(prefix, variable, suffix)}`];
};

/** Gives the series the canonical entity labels that are needed and that the source spells otherwise. */
const withIdentity = (leaf: Leaf, text: string, context: PrintContext, need: Need): string => {
  const source = sourceOf(leaf, context);
  return leaf.source.entities.reduce((inner, entity) => {
    const identity = source.identity[entity];
    if (!identity || isCanonical(identity, entity) || (need && !need.has(entity))) return inner;
    const pattern = `${escapeRegex(identity.prefix)}(.+)${escapeRegex(identity.suffix)}`;
    return `label_replace(${inner}, "${entity}", "$1", "${identity.label}", ${quote(pattern)})`;
  }, text);
};

const isCanonical = (identity: ResolvedIdentity, entity: EntityName): boolean =>
  identity.label === entity && identity.prefix === '' && identity.suffix === '';

/** The name as this source's data spells it. Quoted (UTF-8) names go inside the braces. Throws where the catalog does not know the spelling. */
export const spellName = (metric: string, facts: Metric, part: Leaf['part'], spelling: Required<Spelling>): string => {
  const suffix = part ? `_${part}` : '';
  if (spelling.names === 'utf8') {
    if (!facts.utf8) throw new Error(`the catalog does not know the UTF-8 name of \`${metric}\`: set names: 'underscores' for its source`);
    return JSON.stringify(facts.utf8 + suffix);
  }
  if (spelling.suffixes) return metric + suffix;
  const shorter = facts.variants?.find((variant) => metric.startsWith(variant));
  return (shorter ?? metric.replace(/_total$/, '').replace(/_(seconds|bytes|milliseconds)$/, '')) + suffix;
};

const sourceOf = (leaf: Leaf, context: PrintContext): ResolvedSource => {
  const source = context.sources[leaf.source.name];
  if (!source) throw new Error(`nothing in the homelab file gives the source ${leaf.source.name}`);
  return source;
};

const printWindow = (window: Window, leaf: Leaf | undefined, context: PrintContext): string => {
  if (typeof window === 'object') return window.duration;
  if (context.place === 'panel') return window === 'range' ? '$__range' : '$__rate_interval';
  if (window === 'range' || !leaf) throw new Error('`range` is what a panel shows; an alert needs a duration of its own');
  return alertWindow(sourceOf(leaf, context).interval.seconds);
};

/** The standing window of alerts: five minutes, or four scrape intervals where that is longer, so that one missed scrape changes nothing. */
export const alertWindow = (intervalSeconds: number): string => formatDuration(Math.max(300, Math.ceil((4 * intervalSeconds) / 60) * 60));

const quote = (text: string): string => JSON.stringify(text);
const quoteAround = (prefix: string, variable: string, suffix: string): string =>
  `"${JSON.stringify(prefix).slice(1, -1)}${variable}${JSON.stringify(suffix).slice(1, -1)}"`;
