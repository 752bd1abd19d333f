import fs from 'node:fs';
import type { Document, Node, Pair } from 'yaml';
import { HomelabError } from './homelab-error';
import { positionOf, type HomelabText } from './position';
import { problem, type HomelabProblem, type Keys } from './problem';

/** What a YAML (or JSON) file holds. Throws a `HomelabError` where it is not YAML. */
export const readYaml = (file: string): HomelabText => parseYaml(fs.readFileSync(file, 'utf8'), file);

/** The same for a text that is already there; `file` is what messages call it. */
export const parseYaml = (text: string, file?: string): HomelabText => {
  const document = library().parseDocument(text, { prettyErrors: false, logLevel: 'error', merge: true });
  const problems = document.errors.map(({ code, message, pos: [start, end] }) => ({
    ...problem([], { what: inOurForm(message), ...(remedies[code] && { try: remedies[code] }) }),
    at: positionOf(text, start, end),
  }));
  const wrong = [...problems, ...danglingAliases(document, text)];
  if (wrong.length > 0) throw new HomelabError(wrong, file);
  return { value: toValue(document, file), locate: (one) => locate(document, text, one) };
};

/** Loaded only when needed: who writes TypeScript does not wait for it. */
const library = () => require('yaml') as typeof import('yaml');

const danglingAliases = (document: Document, text: string): readonly HomelabProblem[] => {
  const found: HomelabProblem[] = [];
  library().visit(document, {
    Alias: (_key, alias) => {
      if (alias.resolve(document) || !alias.range) return;
      const what = `not YAML: unresolved alias: there is no anchor \`&${alias.source}\` above it`;
      found.push({ ...problem([], { what }), at: positionOf(text, alias.range[0], alias.range[1]) });
    },
  });
  return found;
};

const toValue = (document: Document, file: string | undefined): unknown => {
  try {
    return document.toJS();
  } catch (error) {
    // Aliases of aliases that would grow without end.
    throw new HomelabError([problem([], { what: inOurForm((error as Error).message) })], file, { cause: error });
  }
};

/** `Map keys must be unique` -> `map keys must be unique`; the hints of some go to a line of their own. */
const inOurForm = (message: string): string =>
  `not YAML: ${message.charAt(0).toLowerCase()}${message.slice(1)}`.replace(/[.\s]+$/, '');

const remedies: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'indent with spaces',
  DUPLICATE_KEY: 'keep one of the two',
  MULTIPLE_DOCS: 'remove the `---` between them',
  BAD_INDENT: 'give the keys of one thing the same number of spaces',
  MULTILINE_IMPLICIT_KEY: 'put the text in quotes, or mend the indentation',
  BLOCK_AS_IMPLICIT_KEY: 'put the text in quotes when it holds a colon and a space',
};

const locate = (document: Document, text: string, { keys, onKey, secret }: HomelabProblem) => {
  const node = find(document, document.contents, keys, onKey ?? false);
  const range = node?.range;
  return range ? positionOf(text, range[0], range[1], secret) : undefined;
};

/** The node at these keys, or the last one on the way to it. */
const find = (document: Document, start: Node | null, keys: Keys, onKey: boolean): Node | undefined => {
  const { isAlias, isMap, isNode, isScalar, isSeq } = library();
  let node = start ?? undefined;
  for (const [depth, key] of keys.entries()) {
    if (isAlias(node)) node = node.resolve(document);
    if (isSeq(node)) {
      const item = node.items[Number(key)];
      if (!isNode(item)) return node;
      node = item;
    } else if (isMap(node)) {
      const pair = node.items.find((one) => isScalar(one.key) && String(one.key.value) === key) as Pair | undefined;
      const isLast = depth === keys.length - 1;
      // What is missing is missing in the map; an empty value has no place but its key's.
      if (!pair) return node;
      const isEmpty = !isNode(pair.value) || (isScalar(pair.value) && pair.value.value === null);
      if ((isLast && onKey) || isEmpty) return pair.key as Node;
      node = pair.value as Node;
    } else return node;
  }
  return node;
};
