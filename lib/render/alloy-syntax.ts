/** A value in Alloy's configuration language. */
export type AlloyValue =
  | { readonly kind: 'text'; readonly text: string }
  /** Written as it is: the name of another component's output, or a call. */
  | { readonly kind: 'reference'; readonly expression: string }
  | { readonly kind: 'list'; readonly items: readonly AlloyValue[] }
  | { readonly kind: 'object'; readonly fields: Readonly<Record<string, AlloyValue>> };

/** `prometheus.scrape "node" { … }`; inside are attributes, and blocks under keys that only keep them apart. */
export interface AlloyBlock {
  readonly kind: 'block';
  readonly name: string;
  readonly label: string | null;
  readonly body: Readonly<Record<string, AlloyValue | AlloyBlock>>;
}

export const text = (value: string): AlloyValue => ({ kind: 'text', text: value });
export const reference = (expression: string): AlloyValue => ({ kind: 'reference', expression });
export const list = (items: readonly AlloyValue[]): AlloyValue => ({ kind: 'list', items });
export const object = (fields: Readonly<Record<string, AlloyValue>>): AlloyValue => ({ kind: 'object', fields });
export const block = (name: string, label: string | null, body: AlloyBlock['body']): AlloyBlock => ({
  kind: 'block',
  name,
  label,
  body,
});

/** Blocks as `alloy fmt` writes them: tabs, attributes that follow each other in columns, an empty line around a block. */
export const toAlloy = (blocks: readonly AlloyBlock[]): string =>
  blocks.map((each) => `${print(each, '')}\n`).join('\n');

const print = ({ name, label, body }: AlloyBlock, indent: string): string => {
  const inside = `${indent}\t`;
  const attributes = Object.entries(body).filter((entry): entry is [string, AlloyValue] => entry[1].kind !== 'block');
  const blocks = Object.values(body).filter((each): each is AlloyBlock => each.kind === 'block');
  const parts = [
    ...(attributes.length > 0 ? [columns(attributes, inside, '')] : []),
    ...blocks.map((each) => `${inside}${print(each, inside)}`),
  ];
  return `${name} ${label === null ? '' : `${JSON.stringify(label)} `}{\n${parts.join('\n\n')}\n${indent}}`;
};

/** Attributes of a block, or fields of an object, which end with a comma. A value of several lines ends a column. */
const columns = (entries: readonly (readonly [string, AlloyValue])[], indent: string, end: string): string => {
  const written = entries.map(([key, given]) => ({ key, value: value(given, indent) }));
  return written
    .map(({ key, value }, index) => {
      const width = Math.max(...columnAround(written, index).map((each) => each.key.length));
      return `${indent}${key.padEnd(width)} = ${value}${end}`;
    })
    .join('\n');
};

type Written = { readonly key: string; readonly value: string };

const columnAround = (entries: readonly Written[], index: number): readonly Written[] => {
  const isTall = ({ value }: Written): boolean => value.includes('\n');
  let from = index;
  while (from > 0 && !isTall(entries[from - 1] as Written)) from--;
  let to = index;
  while (!isTall(entries[to] as Written) && to + 1 < entries.length) to++;
  return entries.slice(from, to + 1);
};

const value = (given: AlloyValue, indent: string): string => {
  switch (given.kind) {
    case 'text':
      return quote(given.text);
    case 'reference':
      return given.expression;
    case 'list': {
      // Targets stand one a line; names of others, and single texts, beside each other.
      if (!given.items.some(({ kind }) => kind === 'object'))
        return `[${given.items.map((item) => value(item, indent)).join(', ')}]`;
      return `[\n${given.items.map((item) => `${indent}\t${oneLine(item)},\n`).join('')}${indent}]`;
    }
    case 'object':
      return `{\n${columns(
        Object.entries(given.fields).map(([key, field]) => [keyOf(key), field] as const),
        `${indent}\t`,
        ',',
      )}\n${indent}}`;
  }
};

const oneLine = (given: AlloyValue): string =>
  given.kind === 'object'
    ? `{${Object.entries(given.fields)
        .map(([key, field]) => `${keyOf(key)} = ${oneLine(field)}`)
        .join(', ')}}`
    : value(given, '');

/** A key that is no identifier is quoted, as a text is. */
const keyOf = (key: string): string => (/^[A-Za-z_]\w*$/.test(key) && !reserved.has(key) ? key : quote(key));
const reserved = new Set(['true', 'false', 'null']);

/** Alloy reads the escapes of Go, of which JSON's are some. */
const quote = (given: string): string => JSON.stringify(given);
