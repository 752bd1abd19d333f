import { HomelabError } from '../homelab/homelab-error';
import { positionOf, type HomelabText } from '../homelab/position';
import { problem } from '../homelab/problem';
import { parseYaml } from '../homelab/read-yaml';

/** A byte order mark, which editors of Windows write. */
export const withoutMark = (text: string): string => text.replace(/^\uFEFF/, '');

/** What a JSON or YAML file holds, and where. Throws a `HomelabError` with line and caret where it is neither. */
export const readText = (text: string, source: string): HomelabText => {
  if (/\.json$/i.test(source)) return readJson(text, source);
  if (/\.ya?ml$/i.test(source)) return parseYaml(text, source);
  throw new HomelabError(
    [
      problem([], {
        what: 'neither JSON nor YAML by its name',
        allowed: 'names that end in .json, .yaml or .yml',
        try: 'rename it, or leave it out of the pattern in `include`',
      }),
    ],
    source,
  );
};

const readJson = (text: string, source: string): HomelabText => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new HomelabError([whereJsonEnds(text)], source, { cause: error });
  }
  return {
    value,
    locate: ({ keys, onKey }) => {
      const { parseTree, findNodeAtLocation } = library();
      const tree = parseTree(text);
      // What is missing is missing in what is above it.
      for (let depth = keys.length; tree && depth >= 0; depth -= 1) {
        const node = depth === 0 ? tree : findNodeAtLocation(tree, keys.slice(0, depth));
        const shown =
          onKey && depth === keys.length && node?.parent?.type === 'property' ? node.parent.children?.[0] : node;
        if (shown) return positionOf(text, shown.offset, shown.offset + shown.length);
      }
      return undefined;
    },
  };
};

/** The first place where a text is not JSON; the engine's own message names none. */
const whereJsonEnds = (text: string) => {
  const { parse, printParseErrorCode } = library();
  const errors: { error: number; offset: number; length: number }[] = [];
  parse(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  const [first] = errors;
  const offset = first?.offset ?? 0;
  const words = first && (faults[printParseErrorCode(first.error)] ?? printParseErrorCode(first.error));
  return {
    ...problem([], {
      what: text.trim() === '' ? 'an empty file' : `not JSON: ${words ?? 'not as its grammar wants it'}`,
      try: 'mend it, or export it again',
    }),
    ...(text.trim() !== '' && { at: positionOf(text, offset, offset + (first?.length ?? 1)) }),
  };
};

const faults: Readonly<Record<string, string>> = {
  InvalidSymbol: 'a word that is no value',
  InvalidNumberFormat: 'a malformed number',
  PropertyNameExpected: 'a key in quotes is missing, or there is a comma too many',
  ValueExpected: 'a value is missing, or there is a comma too many',
  ColonExpected: 'a colon is missing',
  CommaExpected: 'a comma is missing',
  CloseBraceExpected: 'a closing brace is missing',
  CloseBracketExpected: 'a closing bracket is missing',
  EndOfFileExpected: 'something stands behind its end',
  InvalidCommentToken: 'comments are not allowed',
  UnexpectedEndOfComment: 'comments are not allowed',
  UnexpectedEndOfString: 'a text has no closing quote',
  UnexpectedEndOfNumber: 'a malformed number',
  InvalidUnicode: 'a malformed \\u in a text',
  InvalidEscapeCharacter: 'a text has a backslash before something that needs none',
  InvalidCharacter: 'a text has a control character, such as a line break',
};

/** Loaded only for a message. */
const library = () => require('jsonc-parser') as typeof import('jsonc-parser');
