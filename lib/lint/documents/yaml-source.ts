import type { Document, Node, ParsedNode } from 'yaml';
import type { Path } from '../subject';
import { lineFinder, type LineFinder } from './lines';
import { problemInText, understood } from './problem';
import { textLooksLike } from './recognise';
import type { Comment, Problem, Source } from './source';

/** Reads YAML, each document of it; empty ones are left out. */
export const readYaml = (file: string, text: string): { readonly sources: Source[]; readonly problems: Problem[] } => {
  const lines = lineFinder(text);
  const problem = (offset: number, message: string, expected?: string): Problem =>
    problemInText(file, text, lines(offset), message, expected);
  let documents: readonly Document.Parsed<ParsedNode>[];
  try {
    documents = parseDocuments(text);
    if (documents.some(({ errors }) => errors.some(({ message }) => message.startsWith('Missing closing')))) {
      const again = parseDocuments(withoutLooseQuotes(text));
      if (again.every(({ errors }) => errors.length === 0)) documents = again;
    }
  } catch (error) {
    return { sources: [], problems: [{ file, message: `no YAML: ${reasonOf(error)}` }] };
  }
  const comments = commentsOf(text);
  const sources: Source[] = [];
  const problems: Problem[] = [];
  let firstLine = 1;
  for (const document of documents) {
    const lastLine = lines(document.range[2]).line;
    const own = comments.filter(({ line }) => line >= firstLine && line <= lastLine);
    firstLine = lastLine + 1;
    const [error] = document.errors;
    const looks = error && textLooksLike(text);
    if (looks !== undefined)
      return {
        sources,
        problems: [{ file, message: `this is ${looks}, which is nothing to lint`, expected: understood }],
      };
    if (error) {
      problems.push(
        isTemplate(text)
          ? problem(
              templateAt(text),
              'a template (Helm or Jinja), so no YAML yet',
              'render it first: `helm template …`',
            )
          : problem(error.pos[0], `no YAML: ${lowerFirst(error.message)}`),
      );
      continue;
    }
    try {
      const twice = firstTwice(document.contents);
      if (twice) {
        problems.push(
          problem(twice.at, `\`${twice.key}\` stands twice in one map, which Prometheus and Grafana refuse`),
        );
        continue;
      }
      // A file that repeats itself by aliases may be huge when it is written out.
      const value: unknown = document.toJS({ maxAliasCount: 1000 });
      if (value === null || value === undefined) continue;
      sources.push(yamlSource(file, text, value, document, lines, own));
    } catch (failure) {
      problems.push(problem(document.range[0], `no YAML: ${reasonOf(failure)}`));
    }
  }
  return { sources, problems };
};

const parseDocuments = (text: string): readonly Document.Parsed<ParsedNode>[] => {
  const found = library().parseAllDocuments(text, {
    // Looking for keys that stand twice is ours: the library's own way takes the square of the map's size.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
    merge: true,
  });
  return Array.isArray(found) ? found : [];
};

/**
 * Go's reader of YAML takes a quoted text whose further lines are indented too little, the library does not: such a text is laid on one
 * line, without moving anything.
 */
const withoutLooseQuotes = (text: string): string =>
  text.replace(/(?<=[:-][ \t]+)"(?:[^"\\]|\\[^])*"|(?<=[:-][ \t]+)'(?:[^']|'')*'/g, (quoted) =>
    quoted.replace(/[\r\n\t]/g, ' '),
  );

type Library = typeof import('yaml');
let loaded: Library | undefined;
/** Loaded when the first YAML file comes: our own artifacts need none of it. */
const library = (): Library => (loaded ??= require('yaml') as Library);

const reasonOf = (error: unknown): string => {
  if (error instanceof RangeError) return 'it is nested too deep';
  if (error instanceof ReferenceError && /alias/i.test(error.message)) return 'its aliases repeat too much';
  return error instanceof Error ? lowerFirst(error.message) : 'it cannot be read';
};

const lowerFirst = (text: string): string => {
  const line = (text.split('\n')[0] ?? '').replace(/[.:]$/, '');
  return (line.charAt(0).toLowerCase() + line.slice(1)).slice(0, 100);
};

/** Lines that hold nothing but `{{ … }}`: those of Prometheus stand inside texts. */
const templateLine = /^[ \t]*\{\{[-~]?[^\n]*\}\}[ \t]*\r?$|^[ \t]*\{%/m;
const isTemplate = (text: string): boolean => templateLine.test(text) || /:[ \t]+\{\{[^\n]*\}\}/.test(text);
const templateAt = (text: string): number => (templateLine.exec(text) ?? /\{\{/.exec(text))?.index ?? 0;

const commentsOf = (text: string): readonly Comment[] => {
  if (!text.includes('#')) return [];
  const comments: Comment[] = [];
  let line = 1;
  for (const written of text.split('\n')) {
    const found = /^\s*#+\s*(.*?)\s*$/.exec(written)?.[1];
    if (found !== undefined) comments.push({ line, text: found });
    line++;
  }
  return comments;
};

/** The first key that its map has already. */
const firstTwice = (root: unknown): { readonly key: string; readonly at: number } | undefined => {
  const { isMap, isScalar, isSeq } = library();
  const open: unknown[] = [root];
  while (open.length > 0) {
    const node = open.pop();
    if (isSeq(node)) for (const item of node.items) open.push(item);
    if (!isMap(node)) continue;
    const keys = new Set<unknown>();
    for (const { key, value } of node.items) {
      open.push(value);
      if (!isScalar(key) || key.value === '<<') continue;
      if (keys.has(key.value)) return { key: String(key.value), at: key.range?.[0] ?? 0 };
      keys.add(key.value);
    }
  }
  return undefined;
};

const yamlSource = (
  file: string,
  text: string,
  value: unknown,
  document: Document.Parsed<ParsedNode>,
  lines: LineFinder,
  comments: readonly Comment[],
): Source => {
  return {
    file,
    text,
    value,
    comments,
    placeOf: (path, offset) => {
      const { node, keyAt } = find(document, path);
      const start = node?.range?.[0] ?? document.range[0];
      if (offset !== undefined && node) return { file, ...lines(inScalar(text, node, offset)) };
      return { file, ...lines(keyAt ?? start) };
    },
  };
};

/** The node of a path, or the nearest above it, and where the key before it begins. */
const find = (
  document: Document.Parsed<ParsedNode>,
  path: Path,
): { readonly node: Node | undefined; readonly keyAt: number | undefined } => {
  const { isAlias, isMap, isScalar, isSeq } = library();
  const bare = (node: unknown): Node | undefined =>
    isAlias(node) ? node.resolve(document) : ((node as Node | null) ?? undefined);
  let node = bare(document.contents);
  let keyAt: number | undefined;
  for (const step of path) {
    if (isSeq(node)) {
      const item = node.items[Number(step)];
      if (item === undefined) break;
      node = bare(item);
      keyAt = undefined;
    } else if (isMap(node)) {
      const pair = node.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(step));
      if (!pair) break;
      keyAt = isScalar(pair.key) ? pair.key.range?.[0] : undefined;
      node = bare(pair.value) ?? node;
    } else break;
  }
  return { node, keyAt };
};

/** Where the `offset`th character of a text stands in the file; exact for plain and for literal ones, else near. */
const inScalar = (text: string, node: Node, offset: number): number => {
  const { isScalar } = library();
  const [start, end] = node.range ?? [0, 0];
  if (!isScalar(node) || typeof node.value !== 'string') return start;
  const isBlock = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
  const quoted = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE';
  if (!isBlock) {
    const isOneLine = !text.slice(start, end).includes('\n');
    if (!isOneLine) return nthVisible(text, start + (quoted ? 1 : 0), end, node.value, offset);
    return Math.min(start + (quoted ? 1 : 0) + offset + escapesBefore(text, start, node.type, offset), end);
  }
  const body = text.indexOf('\n', start) + 1;
  return body === 0 ? start : nthVisible(text, body, end, node.value, offset);
};

/** How many characters more the file needs than the value up to `offset`: backslashes, and quotes written twice. */
const escapesBefore = (text: string, start: number, type: string | undefined, offset: number): number => {
  let at = start + 1;
  for (let left = offset; left > 0; left--) {
    if (type === 'QUOTE_DOUBLE' && text[at] === '\\') at += 2;
    else if (type === 'QUOTE_SINGLE' && text[at] === "'") at += 2;
    else at++;
  }
  return type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE' ? at - start - 1 - offset : 0;
};

/** Folding and indentation change only the space between: counts what can be seen. */
const nthVisible = (text: string, from: number, end: number, value: string, offset: number): number => {
  let visible = value.slice(0, offset).replace(/\s+/g, '').length;
  let at = from;
  while (at < end && (visible > 0 || /\s/.test(text[at] as string))) {
    if (!/\s/.test(text[at] as string)) visible--;
    at++;
  }
  return Math.min(at, text.length);
};
