import type { MetricType } from './catalog';
import { typeByWord } from './metric-types';
import { Cursor, labelCharacter, nameCharacter, valueCharacter, type Fail } from './cursor';

/** One metric as a metrics page shows it: histograms and summaries are one metric, without `le` and `quantile`. */
export interface PageMetric {
  readonly name: string;
  /** Absent: the page does not say. */
  readonly type?: MetricType;
  /** As OpenMetrics declares it. */
  readonly unit?: string;
  /** Label -> the values seen. */
  readonly labels: ReadonlyMap<string, ReadonlySet<string>>;
  readonly series: number;
}

/** One series of a metrics page, by the name that stands there. */
export interface PageSeries {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** A line of a metrics page that cannot be read. */
export class PageError extends Error {
  override readonly name = 'PageError';

  constructor(
    readonly line: number,
    readonly text: string,
    why: string,
  ) {
    super(`line ${line} of the metrics page: ${why}\n  ${text.length > 200 ? `${text.slice(0, 200)}…` : text}`);
  }
}

interface Family {
  type?: MetricType;
  unit?: string;
}

interface Gathered {
  readonly family: Family;
  readonly labels: Map<string, Set<string>>;
  readonly series: Set<string>;
}

/** Reads a metrics page, Prometheus text format (0.0.4, and 1.0 with quoted names) or OpenMetrics. */
export const parsePage = (text: string): readonly PageMetric[] => {
  const families = new Map<string, Family>();
  const metrics = new Map<string, Gathered>();
  let ended = false;

  for (const [index, line] of text.split('\n').entries()) {
    const fail = (why: string): never => {
      throw new PageError(index + 1, line, why);
    };
    const trimmed = line.replace(/\r$/, '').trim();
    if (trimmed === '') continue;
    if (ended) fail('something follows # EOF');
    if (trimmed === '# EOF') ended = true;
    else if (trimmed.startsWith('#')) readComment(trimmed, families, fail);
    else gather(readSample(trimmed, fail), families, metrics);
  }

  return [...metrics].map(([name, { family, labels, series }]) => ({ name, ...family, labels, series: series.size }));
};

/** Every series of a page as Prometheus stores it: buckets, sums and counts apart; values are left out. */
export const parseSeries = (text: string): readonly PageSeries[] =>
  text.split('\n').flatMap((line, index) => {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) return [];
    const { name, labels } = readSample(trimmed, (why) => {
      throw new PageError(index + 1, line, why);
    });
    return [{ name, labels: Object.fromEntries(labels) }];
  });

const types: Readonly<Record<string, MetricType | undefined>> = {
  ...typeByWord,
  untyped: 'untyped',
  unknown: 'untyped',
};

const readComment = (line: string, families: Map<string, Family>, fail: Fail): void => {
  const found = /^#\s+(TYPE|UNIT)(?:\s+(.*))?$/.exec(line);
  if (!found) return;
  const [, keyword, rest = ''] = found;
  const cursor = new Cursor(rest, fail);
  const name = rest.startsWith('"') ? cursor.quoted() : cursor.word(nameCharacter, 'a metric name');
  const said = cursor.rest().trim();
  const family = familyOf(families, name);
  if (keyword === 'UNIT') {
    if (said !== '') family.unit = said;
    return;
  }
  const type = types[said] ?? fail(`\`${said}\` is no type of a metric`);
  // Immich's page says the same of one name twice (two libraries measure it), and Prometheus takes that.
  if (family.type && family.type !== type) fail(`a second TYPE for \`${name}\``);
  family.type = type;
};

const familyOf = (families: Map<string, Family>, name: string): Family => {
  const known = families.get(name);
  if (known) return known;
  const family: Family = {};
  families.set(name, family);
  return family;
};

interface Sample {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
}

const readSample = (line: string, fail: Fail): Sample => {
  const cursor = new Cursor(line, fail);
  let name = cursor.at('{') ? undefined : cursor.word(nameCharacter, 'a metric name');
  cursor.spaces();
  const labels = new Map<string, string>();
  if (cursor.skip('{')) {
    readLabels(cursor, labels, (quoted) => {
      if (name !== undefined) fail('a second metric name');
      name = quoted;
    });
    cursor.spaces();
  }
  readValue(cursor, fail);
  readExemplar(cursor, fail);
  if (!cursor.done()) fail(`\`${cursor.rest()}\` follows the value`);
  return { name: name ?? fail('no metric name'), labels };
};

/** Up to and with the closing brace. A quoted string without `=` is the name of the metric. */
const readLabels = (cursor: Cursor, labels: Map<string, string>, named: (name: string) => void): void => {
  for (;;) {
    cursor.spaces();
    if (cursor.skip('}')) return;
    const isQuoted = cursor.at('"');
    const label = isQuoted ? cursor.quoted() : cursor.word(labelCharacter, 'a label name');
    cursor.spaces();
    if (isQuoted && (cursor.at(',') || cursor.at('}'))) {
      named(label);
    } else {
      cursor.expect('=', `\`=\` after the label ${label}`);
      cursor.spaces();
      if (labels.has(label)) cursor.fail(`the label ${label} twice`);
      labels.set(label, cursor.quoted());
      cursor.spaces();
    }
    if (!cursor.skip(',') && !cursor.at('}')) cursor.fail('neither `,` nor `}` after a label');
  }
};

const readValue = (cursor: Cursor, fail: Fail): void => {
  const value = cursor.word(valueCharacter, 'a value');
  if (!isNumber(value)) fail(`\`${value}\` is no value`);
  cursor.spaces();
  if (cursor.done() || cursor.at('#')) return;
  const timestamp = cursor.word(valueCharacter, 'a timestamp');
  if (!isNumber(timestamp)) fail(`\`${timestamp}\` is no timestamp`);
  cursor.spaces();
};

const readExemplar = (cursor: Cursor, fail: Fail): void => {
  while (cursor.skip('#')) {
    cursor.spaces();
    cursor.expect('{', 'the labels of an exemplar');
    readLabels(cursor, new Map(), () => fail('a label of an exemplar without a value'));
    cursor.spaces();
    readValue(cursor, fail);
  }
};

const isNumber = (text: string): boolean =>
  /^[+-]?(?:\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|inf(?:inity)?|nan|0x[\da-f]+(?:\.[\da-f]*)?(?:p[+-]?\d+)?)$/i.test(
    text,
  );

const gather = (sample: Sample, families: Map<string, Family>, metrics: Map<string, Gathered>): void => {
  const { name, family, dropped } = metricOf(sample, families);
  const known = metrics.get(name);
  const gathered: Gathered = known ?? { family, labels: new Map(), series: new Set() };
  if (!known) metrics.set(name, gathered);
  const kept = [...sample.labels].filter(([label, value]) => label !== dropped && value !== '');
  for (const [label, value] of kept) {
    const values = gathered.labels.get(label);
    if (values) values.add(value);
    else gathered.labels.set(label, new Set([value]));
  }
  gathered.series.add(JSON.stringify(kept.sort()));
};

/** What a sample belongs to; the name is that which a query uses, so a counter keeps `_total` and an info metric `_info`. */
const metricOf = (
  { name }: Sample,
  families: Map<string, Family>,
): { readonly name: string; readonly family: Family; readonly dropped?: string } => {
  const own = families.get(name);
  if (own?.type === 'summary') return { name, family: own, dropped: 'quantile' };
  if (own) return { name, family: own };
  const suffix = /_(bucket|sum|count|gsum|gcount|total|created|info)$/.exec(name);
  const base = suffix ? name.slice(0, suffix.index) : name;
  const family = families.get(base);
  if (!suffix || !family?.type) return { name, family: {} };
  const { type } = family;
  const part = suffix[1];
  if (type === 'histogram' && part !== 'total' && part !== 'info') return { name: base, family, dropped: 'le' };
  if (type === 'summary' && (part === 'sum' || part === 'count' || part === 'created')) return { name: base, family };
  if (type === 'counter' && part === 'total') return { name, family };
  if (type === 'counter' && part === 'created') return { name: `${base}_total`, family };
  if (type === 'info' && part === 'info') return { name, family };
  return { name, family: {} };
};
