import type { Catalog } from './catalog';

const catalogFields = [
  'source',
  'app',
  'version',
  'port',
  'path',
  'note',
  'provenance',
  'evidence',
  'recordings',
  'prefixes',
  'open',
  'metrics',
] as const satisfies readonly (keyof Catalog)[];

const metricFields = [
  'type',
  'unit',
  'labels',
  'collector',
  'default',
  'flag',
  'since',
  'until',
  'labelSince',
  'evidence',
  'variants',
  'utf8',
  'note',
];

/** The one way a catalog is written: fields in the order of the type, names sorted, one metric (or list item) a line. */
export const formatCatalog = (catalog: Catalog): string => {
  const lines = catalogFields
    .filter((field) => catalog[field] !== undefined)
    .map((field) => `  ${JSON.stringify(field)}: ${formatField(field, catalog[field])}`);
  return `{\n${lines.join(',\n')}\n}\n`;
};

const formatField = (field: keyof Catalog, value: unknown): string => {
  if (field === 'metrics') {
    const metrics = Object.entries(value as object).sort(byName);
    return block(
      '{',
      '}',
      metrics.map(([name, metric]) => `${JSON.stringify(name)}: ${inline(inMetricOrder(metric))}`),
    );
  }
  if (Array.isArray(value)) {
    const items = field === 'prefixes' ? [...value].sort(byCodePoint) : value;
    return block('[', ']', items.map(inline));
  }
  return JSON.stringify(value);
};

const block = (open: string, close: string, lines: readonly string[]): string =>
  lines.length === 0 ? open + close : `${open}\n${lines.map((line) => `    ${line}`).join(',\n')}\n  ${close}`;

const inMetricOrder = (metric: object): object => {
  const rank = (key: string): number => (metricFields.includes(key) ? metricFields.indexOf(key) : metricFields.length);
  return Object.fromEntries(
    Object.entries(metric)
      .sort(([a], [b]) => rank(a) - rank(b) || byCodePoint(a, b))
      .map(([key, value]) => [key, isRecord(value) ? sorted(value) : value]),
  );
};

const sorted = (record: object): object =>
  Object.fromEntries(
    Object.entries(record)
      .sort(byName)
      .map(([key, value]) => [key, isRecord(value) ? sorted(value) : value]),
  );

/** JSON on one line, with a space after each comma and colon. */
const inline = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => `${JSON.stringify(key)}: ${inline(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
};

const isRecord = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

// Code points, not a locale: the same bytes on every machine.
const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const byName = ([a]: [string, unknown], [b]: [string, unknown]): number => byCodePoint(a, b);
