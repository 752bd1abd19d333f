import { isPlain } from './yaml';

/**
 * The value in a file that `toYaml` wrote; undefined for a text that it would have spelled otherwise, which a library for all of
 * YAML has to read. That one takes a quarter of a second for a hundred kilobytes of rules, this one a hundredth.
 */
export const readOwnYaml = (text: string): { readonly value: unknown } | undefined => {
  const lines = text
    .split('\n')
    .filter((line) => !line.startsWith('#') && line !== '')
    .map(splitIndent);
  try {
    const reader: Reader = { lines, at: 0 };
    const value = lines[0] && isWholeScalar(lines) ? scalar(lines[0].text, reader) : block(reader, 0);
    return reader.at === lines.length ? { value } : undefined;
  } catch (error) {
    if (error === notOurs) return undefined;
    throw error;
  }
};

interface Line {
  readonly indent: number;
  readonly text: string;
}

interface Reader {
  readonly lines: Line[];
  at: number;
}

const notOurs = new Error('not as we write it');

const splitIndent = (line: string): Line => {
  const text = line.trimStart();
  return { indent: line.length - text.length, text };
};

const isWholeScalar = (lines: readonly Line[]): boolean =>
  lines.length === 1 && !entryOf(lines[0]?.text ?? '') && !lines[0]?.text.startsWith('- ');

const quotedKey = /^("(?:[^"\\]|\\.)*"):(?: (.+))?$/;
const plainKey = /^[A-Za-z_/][\w ./()@+*-]*$/;
/** A few keys come thousands of times. */
const known = new Set<string>();

/** A key as it is written, and what stands behind it on its line; undefined for a line that is no entry of a map. */
const entryOf = (line: string): { readonly key: string; readonly rest?: string } | undefined => {
  if (line.startsWith('"')) {
    const [, key, rest] = quotedKey.exec(line) ?? [];
    return key === undefined ? undefined : { key, ...(rest !== undefined && { rest }) };
  }
  const colon = line.indexOf(':');
  const key = line.slice(0, colon);
  if (colon < 0 || !(known.has(key) || plainKey.test(key))) return undefined;
  known.add(key);
  if (colon === line.length - 1) return { key };
  return line[colon + 1] === ' ' && line.length > colon + 2 ? { key, rest: line.slice(colon + 2) } : undefined;
};

/** A list or a map whose lines stand at `indent`. */
const block = (reader: Reader, indent: number): unknown => {
  const line = reader.lines[reader.at];
  if (line?.indent !== indent) throw notOurs;
  return line.text.startsWith('- ') ? list(reader, indent) : map(reader, indent);
};

const list = (reader: Reader, indent: number): unknown => {
  const items: unknown[] = [];
  for (let line = reader.lines[reader.at]; line?.indent === indent; line = reader.lines[reader.at]) {
    if (!line.text.startsWith('- ')) throw notOurs;
    const text = line.text.slice(2);
    if (text.startsWith('- ') || entryOf(text)) {
      reader.lines[reader.at] = { indent: indent + 2, text };
      items.push(block(reader, indent + 2));
    } else {
      items.push(scalar(text, reader));
    }
  }
  return items;
};

const map = (reader: Reader, indent: number): unknown => {
  const values = new Map<string, unknown>();
  for (let line = reader.lines[reader.at]; line?.indent === indent; line = reader.lines[reader.at]) {
    const found = entryOf(line.text);
    if (!found) throw notOurs;
    const { rest } = found;
    const name = text(found.key);
    if (values.has(name)) throw notOurs;
    if (rest === undefined) {
      reader.at += 1;
      values.set(name, block(reader, indent + 2));
    } else {
      values.set(name, scalar(rest, reader));
    }
  }
  return Object.fromEntries(values);
};

const scalar = (written: string, reader: Reader): unknown => {
  reader.at += 1;
  if (written === '[]') return [];
  if (written === '{}') return {};
  if (/^(true|false|null|-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?)$/.test(written)) return JSON.parse(written);
  return text(written);
};

const text = (written: string): string => {
  if (!written.startsWith('"')) {
    if (!isPlain(written)) throw notOurs;
    return written;
  }
  try {
    return JSON.parse(written) as string;
  } catch {
    throw notOurs;
  }
};
