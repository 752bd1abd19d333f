import { printParseErrorCode, visit, type ParseErrorCode } from 'jsonc-parser';
import { insideString, jsonPlaces } from './json-places';
import { lineFinder } from './lines';
import { problemInText } from './problem';
import type { Problem, Source } from './source';

/** Deeper than anything of Grafana; what walks through values need not fear for its stack. */
export const deepest = 500;

/** Reads JSON. */
export const readJson = (file: string, text: string): Source | Problem => {
  const lines = lineFinder(text);
  const tooDeep = whereTooDeep(text);
  if (tooDeep !== undefined)
    return problemInText(
      file,
      text,
      lines(tooDeep),
      `nested more than ${deepest} deep: no dashboard and no rule file is`,
    );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const { at, message } = firstError(text);
    return problemInText(file, text, lines(at), `no JSON: ${message}`);
  }
  return jsonSource(file, () => text, value);
};

/** A value with the JSON that says it, which is made and looked at only when somebody asks for a place. */
export const jsonSource = (file: string, textOf: () => string, value: unknown): Source => {
  let places:
    { readonly spotOf: ReturnType<typeof jsonPlaces>; readonly lines: ReturnType<typeof lineFinder> } | undefined;
  return {
    file,
    get text() {
      return textOf();
    },
    value,
    comments: [],
    placeOf: (path, offset) => {
      const text = textOf();
      places ??= { spotOf: jsonPlaces(text), lines: lineFinder(text) };
      const spot = places.spotOf(path);
      return { file, ...places.lines(offset === undefined ? spot.key : insideString(text, spot.value, offset)) };
    },
  };
};

const whereTooDeep = (text: string): number | undefined => {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (quoted) {
      if (code === 92) at++;
      else if (code === 34) quoted = false;
    } else if (code === 34) quoted = true;
    else if (code === 123 || code === 91) {
      if (++depth > deepest) return at;
    } else if (code === 125 || code === 93) depth--;
  }
  return undefined;
};

const words: Readonly<Record<string, string>> = {
  InvalidSymbol: 'this is no value',
  InvalidNumberFormat: 'this is no number',
  PropertyNameExpected: 'the name of a field should stand here',
  ValueExpected: 'a value should stand here',
  ColonExpected: 'a colon should stand here',
  CommaExpected: 'a comma should stand here',
  CloseBraceExpected: 'a closing brace is missing',
  CloseBracketExpected: 'a closing bracket is missing',
  EndOfFileExpected: 'something follows after its end',
  InvalidCommentToken: 'comments are not allowed',
  UnexpectedEndOfComment: 'comments are not allowed',
  UnexpectedEndOfString: 'a text does not end',
  UnexpectedEndOfNumber: 'a number does not end',
  InvalidUnicode: 'this escape is none',
  InvalidEscapeCharacter: 'this escape is none',
  InvalidCharacter: 'this character must be escaped',
};

const firstError = (text: string): { readonly at: number; readonly message: string } => {
  let found: { at: number; message: string } | undefined;
  visit(
    text,
    {
      onError: (code: ParseErrorCode, at: number) => {
        const message = words[printParseErrorCode(code)] ?? 'this is not allowed';
        if (!found || at < found.at) found = { at, message };
      },
    },
    { disallowComments: true },
  );
  if (!found) return { at: 0, message: 'it cannot be read' };
  return text.slice(found.at).trim() === '' ? { at: text.trimEnd().length, message: 'it ends too early' } : found;
};
