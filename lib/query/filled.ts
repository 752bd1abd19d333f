import type { KnownVariable } from './parsed';
import type { Span } from './tree';

/** Grafana's ways to write a variable, as `variableRegex` of its runtime; `$1` belongs to regular expressions. */
const written = String.raw`\$\{[a-zA-Z_]\w*(?:\.[^:}]+)?(?::[^}]+)?\}|\$[a-zA-Z_]\w*|\[\[[a-zA-Z_]\w*(?::\w+)?\]\]`;

/** Text in quotes and comments, where a variable changes no grammar, or a variable. */
const quotedOrVariable = new RegExp(
  String.raw`"(?:\\[^]|[^"\\])*"?|'(?:\\[^]|[^'\\])*'?|` + '`[^`]*`?' + `|#[^\\n]*|${written}`,
  'g',
);

/** One variable at `lastIndex`. */
export const variableHere = (): RegExp => new RegExp(written, 'y');

const variableAnywhere = new RegExp(written);
const everyVariable = new RegExp(written, 'g');

/** Whether Grafana fills something in. */
export const hasVariable = (text: string): boolean => variableAnywhere.test(text);

/** `__range` and `date:iso` of `${__range:date:iso}`. */
export const nameOfVariable = (variable: string): { name: string; format: string | undefined } => {
  const inner = variable.replace(/^\$\{?|^\[\[|\}$|\]\]$/g, '');
  const colon = inner.indexOf(':');
  const path = colon === -1 ? inner : inner.slice(0, colon);
  return { name: path.replace(/\..*$/, ''), format: colon === -1 ? undefined : inner.slice(colon + 1) };
};

/** Every variable of a text with its place, first occurrence each. */
export const variablesIn = (text: string): { name: string; format: string | undefined; span: Span }[] => {
  const found = new Map<string, { name: string; format: string | undefined; span: Span }>();
  for (const match of text.matchAll(everyVariable)) {
    const { name, format } = nameOfVariable(match[0]);
    if (!found.has(name))
      found.set(name, { name, format, span: { from: match.index, to: match.index + match[0].length } });
  }
  return [...found.values()];
};

/** What stands in a filled text where the author wrote a variable. */
export interface Piece extends Span {
  /** The place of the variable in the author's text. */
  readonly origin: Span;
  readonly name: string;
}

/** A query with the values of known variables in it, and the way back. Variables without a value stand as written. */
export interface Filled {
  readonly text: string;
  readonly pieces: readonly Piece[];
}

/** The value of a variable that the board lists as number `choice`; undefined where only the run time knows. */
const valueOf = (
  name: string,
  format: string | undefined,
  variables: readonly KnownVariable[],
  choice: number,
): string | undefined => {
  const values = variables.find((variable) => variable.name === name)?.values.filter((value) => value !== '$__all');
  if (!values?.some((value) => value.trim() !== '')) return undefined;
  const value = values[Math.min(choice, values.length - 1)] as string;
  return /^(doublequote|singlequote|json)$/.test(format ?? '') ? JSON.stringify(value) : value;
};

/** How much of the text beside a variable its stand-in is chosen by. */
const around = 200;

/** What a parser takes in the place of a variable whose value is not known; undefined leaves it as written. */
export type StandIn = (place: { number: number; name: string; before: string; after: string }) => string | undefined;

/** `text` with each known variable outside quotes replaced by its value number `choice`, others by their stand-in. */
export const fill = (text: string, variables: readonly KnownVariable[] = [], choice = 0, standIn?: StandIn): Filled => {
  if (variables.length === 0 && !standIn) return { text, pieces: [] };
  const pieces: Piece[] = [];
  const parts: string[] = [];
  let length = 0;
  let tail = '';
  const add = (part: string): void => {
    parts.push(part);
    length += part.length;
    tail = (tail + part.slice(-around)).slice(-around);
  };
  let from = 0;
  for (const found of text.matchAll(quotedOrVariable)) {
    if (!/^[$[]/.test(found[0])) continue;
    const { name, format } = nameOfVariable(found[0]);
    add(text.slice(from, found.index));
    from = found.index;
    const to = from + found[0].length;
    const value =
      valueOf(name, format, variables, choice) ??
      standIn?.({ number: pieces.length, name, before: tail, after: text.slice(to, to + around) });
    if (value === undefined) continue;
    // A value may name other variables; they are at most a few, and never in a circle for long.
    const full = [1, 2, 3].reduce((inner) => withValues(inner, variables, choice), value);
    pieces.push({ from: length, to: length + full.length, origin: { from, to }, name });
    add(full);
    from = to;
  }
  add(text.slice(from));
  return { text: parts.join(''), pieces };
};

/** The place in the author's text of a place in a filled one. */
export const originOf = ({ pieces }: Filled, { from, to }: Span): Span => {
  const place = (at: number, isEnd: boolean): number => {
    let shift = 0;
    for (const piece of pieces) {
      if (isEnd ? at <= piece.from : at < piece.from) break;
      const isInside = isEnd ? at <= piece.to : at < piece.to;
      if (isInside) return isEnd ? piece.origin.to : piece.origin.from;
      shift = piece.origin.to - piece.to;
    }
    return at + shift;
  };
  const start = place(from, false);
  return { from: start, to: to <= from ? start : Math.max(start, place(to, true)) };
};

/** Text with the value of each known variable in it, quoted or not. */
export const withValues = (text: string, variables: readonly KnownVariable[], choice = 0): string => {
  if (text.length > 10_000) return text;
  return text.replace(everyVariable, (variable) => {
    const { name, format } = nameOfVariable(variable);
    return valueOf(name, format, variables, choice) ?? variable;
  });
};
