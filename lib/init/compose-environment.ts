/** Variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A value with the variables in its texts filled in, as compose does it; names that are not set are added to `missing`. */
export const interpolate = (value: unknown, environment: Environment, missing: Set<string>): unknown => {
  if (typeof value === 'string') return fill(value, environment, missing);
  if (Array.isArray(value)) return value.map((each) => interpolate(each, environment, missing));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, interpolate(each, environment, missing)]));
};

/** `$NAME`, `${NAME}`, `${NAME:-otherwise}`, `${NAME-otherwise}`, `${NAME:+instead}`, `${NAME:?why}`, `$$`; braces may be nested. */
const fill = (text: string, environment: Environment, missing: Set<string>): string => {
  let filled = '';
  for (let at = 0; at < text.length;) {
    if (text[at] !== '$') {
      filled += text[at++];
      continue;
    }
    if (text[at + 1] === '$') {
      filled += '$';
      at += 2;
      continue;
    }
    const plain = /^\$([A-Za-z_]\w*)/.exec(text.slice(at));
    if (plain) {
      filled += valueOf(plain[1] as string, environment, missing);
      at += plain[0].length;
      continue;
    }
    const end = text[at + 1] === '{' ? closing(text, at + 2) : -1;
    if (end === -1) {
      filled += text[at++];
      continue;
    }
    filled += expand(text.slice(at + 2, end), environment, missing);
    at = end + 1;
  }
  return filled;
};

const closing = (text: string, from: number): number => {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text.startsWith('${', at)) depth++;
    if (text[at] === '}' && --depth === 0) return at;
  }
  return -1;
};

const expand = (inside: string, environment: Environment, missing: Set<string>): string => {
  const found = /^([A-Za-z_]\w*)(?:(:?[-+?])([\s\S]*))?$/.exec(inside);
  if (!found) return `\${${inside}}`;
  const [, name = '', operator, word = ''] = found;
  const value = environment[name];
  const isThere = operator?.startsWith(':') ? value !== undefined && value !== '' : value !== undefined;
  if (operator?.endsWith('-')) return isThere ? (value ?? '') : fill(word, environment, missing);
  if (operator?.endsWith('+')) return isThere ? fill(word, environment, missing) : '';
  return valueOf(name, environment, missing);
};

const valueOf = (name: string, environment: Environment, missing: Set<string>): string => {
  const value = environment[name];
  if (value === undefined) missing.add(name);
  return value ?? '';
};

/** A file of `NAME=value` lines; `strange` has the numbers of lines that are none. */
export const readEnvironmentFile = (
  text: string,
): { readonly values: Environment; readonly strange: readonly number[] } => {
  const values: Record<string, string> = {};
  const strange: number[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const found = /^(?:export\s+)?([A-Za-z_][\w.-]*)\s*(?:=\s*(.*))?$/.exec(trimmed);
    if (!found) {
      strange.push(index + 1);
      continue;
    }
    const [, name = '', value = ''] = found;
    values[name] = unquoted(value);
  }
  return { values, strange };
};

const unquoted = (value: string): string => {
  const quoted = /^(["'])(.*?)\1\s*(?:#.*)?$/.exec(value);
  return quoted ? (quoted[2] ?? '') : value.replace(/\s+#.*$/, '').trim();
};
