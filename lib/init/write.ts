import { Document, isMap, isSeq, type Node, type YAMLMap, type YAMLSeq } from 'yaml';
import { quote as quoted } from '../homelab/problem';
import type { Comments, Proposal } from './proposal';

/** The proposal as a TypeScript homelab file, with its evidence as comments. */
export const toTypeScript = ({ homelab, comments, suggestions, unsaid }: Proposal): string =>
  [
    `import { defineHomelab } from 'homelab-dashboards';`,
    '',
    ...(comments[''] ?? []).map((line) => `// ${line}`),
    ...wrapCall(writeValue(homelab, '', comments, 0, true)),
    ...suggestions.flatMap(({ why, part }) => [
      '',
      ...why.map((line) => `// ${line}`),
      ...commented(writeEntries(part, '', {}, 0), '//'),
    ]),
    ...leftOver(unsaid, '//'),
    '',
  ].join('\n');

const wrapCall = (lines: readonly string[]): readonly string[] => {
  const [first = '', ...rest] = lines;
  const all = [`export default defineHomelab(${first}`, ...rest];
  return [...all.slice(0, -1), `${all.at(-1) ?? ''});`];
};

const leftOver = (unsaid: readonly string[], sign: string): readonly string[] =>
  unsaid.length === 0
    ? []
    : ['', `${sign} Left out:`, ...unsaid.flatMap(plainLines).map((line) => `${sign} - ${line}`)];

/** A label's value may hold anything, also the end of a line. */
const plainLines = (line: string): readonly string[] => line.split(/[\r\n\u2028\u2029]+/);

const commented = (lines: readonly string[], sign: string): readonly string[] =>
  lines.map((line) => `${sign}   ${line}`);

/** Prettier's width, so that the file looks like the examples. */
const width = 120;

/** A value over as many lines as it needs; the first has no indentation, because it stands behind its key. */
const writeValue = (
  value: unknown,
  place: string,
  comments: Comments,
  depth: number,
  isTop = false,
): readonly string[] => {
  const flat = inline(value);
  const isSmall = !isTop && !hasComments(place, comments) && depth * 2 + flat.length + 30 <= width;
  if (isSmall || typeof value !== 'object' || value === null || flat === '[]' || flat === '{}') return [flat];
  const pad = '  '.repeat(depth);
  if (Array.isArray(value)) {
    const items = value.flatMap((item, index) => {
      const at = `${place}[${index}]`;
      const [first = '', ...rest] = writeValue(item, at, comments, depth + 1);
      return ended([...above(at, comments, `${pad}  `), `${pad}  ${first}`, ...rest]);
    });
    return ['[', ...items, `${pad}]`];
  }
  return ['{', ...writeEntries(value, place, comments, depth + 1, isTop), `${pad}}`];
};

const writeEntries = (
  value: object,
  place: string,
  comments: Comments,
  depth: number,
  isTop = false,
): readonly string[] => {
  const pad = '  '.repeat(depth);
  return Object.entries(value).flatMap(([key, each], index) => {
    const at = place === '' ? key : `${place}.${key}`;
    const [first = '', ...rest] = writeValue(each, at, comments, depth);
    const lines = ended([...above(at, comments, pad), `${pad}${writeKey(key)}: ${first}`, ...rest]);
    return isTop && index > 0 ? ['', ...lines] : lines;
  });
};

const ended = (lines: readonly string[]): readonly string[] => [...lines.slice(0, -1), `${lines.at(-1) ?? ''},`];

const above = (place: string, comments: Comments, pad: string): readonly string[] =>
  (comments[place] ?? []).flatMap(plainLines).map((line) => `${pad}// ${line}`);

/** Comments of what is inside; its own stand above it. */
const hasComments = (place: string, comments: Comments): boolean =>
  Object.keys(comments).some((each) => each.startsWith(`${place}.`) || each.startsWith(`${place}[`));

/** In the quotes that Prettier takes. */
const quote = (value: string): string =>
  value.includes("'") && !value.includes('"') ? JSON.stringify(value) : quoted(value);

const writeKey = (key: string): string => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key));

/** A value on one line, as one writes it in TypeScript. */
export const inline = (value: unknown): string => {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).map(([key, each]) => `${writeKey(key)}: ${inline(each)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
};

/** The proposal as a YAML homelab file; `schema` is where its schema lies, seen from the file. */
export const toYaml = ({ homelab, comments, suggestions, unsaid }: Proposal, schema: string): string => {
  const document = new Document(homelab);
  annotate(document.contents, '', comments);
  const head = [`yaml-language-server: $schema=${schema}`, ...(comments[''] ?? [])].map((line) => `# ${line}`);
  const tail = suggestions.flatMap(({ why, part }) => [
    '',
    ...why.map((line) => `# ${line}`),
    ...commented(new Document(part).toString({ lineWidth: 0 }).trimEnd().split('\n'), '#'),
  ]);
  const body = document.toString({ lineWidth: 0, singleQuote: true });
  return [...head, body.trimEnd(), ...tail, ...leftOver(unsaid, '#'), ''].join('\n');
};

const annotate = (node: Node | null, place: string, comments: Comments): void => {
  if (isSeq(node)) {
    for (const [index, item] of (node as YAMLSeq<Node>).items.entries()) {
      const at = `${place}[${index}]`;
      const lines = comments[at];
      if (lines) item.commentBefore = text(lines);
      annotate(item, at, comments);
    }
  }
  if (!isMap(node)) return;
  for (const pair of (node as YAMLMap<Node & { readonly value: string }, Node>).items) {
    const at = place === '' ? pair.key.value : `${place}.${pair.key.value}`;
    const lines = comments[at];
    if (lines) pair.key.commentBefore = text(lines);
    annotate(pair.value, at, comments);
  }
};

const text = (lines: readonly string[]): string =>
  lines
    .flatMap(plainLines)
    .map((line) => ` ${line}`)
    .join('\n');
