import { variableHere, nameOfVariable, type Filled } from './filled';
import type { Span } from './tree';

/** A word of a query; its place is that in the author's text. */
export interface Token extends Span {
  /** `open`: a name, a number or a duration with a variable in it whose value is not known. */
  readonly kind: 'name' | 'number' | 'string' | 'operator' | 'open' | 'end';
  readonly text: string;
  /** Of a number or duration, in seconds. */
  readonly value?: number;
  /** A duration, not a plain number. */
  readonly duration?: true;
  /** Only MetricsQL reads it so. */
  readonly extended?: true;
  /** The variable that stands here, known or not. */
  readonly variable?: string;
}

/** Where and why a query is refused. */
export class Refused extends Error {
  constructor(
    message: string,
    readonly span: Span,
  ) {
    super(message);
  }
}

const blank = /(?:\s+|#[^\n]*)+/y;
const stringPattern = /"(?:\\[^]|[^"\\\n])*"|'(?:\\[^]|[^'\\\n])*'|`[^`]*`/y;
const durationPattern =
  /(?=\d)(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m(?!s))?(?:\d+s)?(?:\d+ms)?(?![\w.])(?<=[a-z])/y;
const numberPattern =
  /(?:0[xX][\da-fA-F_]+|(?:\d(?:_?\d)*\.?(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d+)?)(?![\w.])/y;
/** MetricsQL: fractions, any order of units, `i` for the step; `10K`, `1.5Mi`. */
const extendedDuration = /(?:\d+(?:\.\d+)?(?:ms|[smhdwyi]))+(?!\w)/iy;
const extendedNumber = /(\d+(?:\.\d+)?)([kmgt])(i?)b?(?!\w)/iy;
const operatorPattern = /=~|!~|==|!=|<=|>=|<\/|>\/|[-+*/%^=<>(){}[\],:@]/y;

const badNumber = /[\w.]+/y;
const blankOrComment = /[\s#]/;
const quote = /["'`]/;
const digitOrDot = /[\d.]/;
const wordStart = /[\w:$\\[]/;
/** A colon is part of a metric's name, and none in brackets; MetricsQL has dots and escapes in names. */
const wordPatterns = {
  inside: { plain: /\w+/y, extended: /(?:[\w.]|\\.)+/y },
  outside: { plain: /[\w:]+/y, extended: /(?:[\w:.]|\\.)+/y },
};

const units: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
};

/** Seconds of `1h30m`; undefined for MetricsQL's `1i`, whose length the step of the request says. */
export const secondsOf = (duration: string): number | undefined => {
  let seconds = 0;
  for (const [, amount, unit] of duration.matchAll(/(\d+(?:\.\d+)?)(ms|[a-z])/gi)) {
    const size = units[(unit as string).toLowerCase()];
    if (size === undefined) return undefined;
    seconds += Number(amount) * size;
  }
  return seconds;
};

/**
 * The words of a query, read as PromQL or as MetricsQL.
 *
 * @throws Refused where no word starts
 */
export const lex = (filled: Filled, extended: boolean): readonly Token[] => {
  const { text, pieces } = filled;
  const tokens: Token[] = [];
  const variable = variableHere();
  let at = 0;
  let piece = 0;
  let inBrackets = 0;
  let inBraces = false;

  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  const place = (from: number, to: number): { span: Span; name: string | undefined } => {
    while (piece < pieces.length - 1 && (pieces[piece + 1] as Span).from <= from) piece++;
    const first = pieces[piece];
    if (!first) return { span: { from, to }, name: undefined };
    let start = from;
    let name: string | undefined;
    if (first.from <= from) {
      const inside = from < first.to;
      start = inside ? first.origin.from : first.origin.to + (from - first.to);
      if (inside) name = first.name;
    }
    let last = first;
    for (let index = piece + 1; index < pieces.length && (pieces[index] as Span).from < to; index++) {
      last = pieces[index] as typeof first;
      name ??= last.name;
    }
    if (last.from >= to) return { span: { from: start, to: start + (to - from) }, name };
    if (last === first && first.from > from) name ??= first.name;
    return { span: { from: start, to: to <= last.to ? last.origin.to : last.origin.to + (to - last.to) }, name };
  };
  const push = (kind: Token['kind'], length: number, more?: Partial<Token>): void => {
    const word = text.slice(at, at + length);
    if (pieces.length === 0) tokens.push({ kind, text: word, from: at, to: at + length, ...more });
    else {
      const { span, name } = place(at, at + length);
      tokens.push({
        kind,
        text: word,
        from: span.from,
        to: span.to,
        ...(name !== undefined && { variable: name }),
        ...more,
      });
    }
    at += length;
  };

  for (;;) {
    if (blankOrComment.test(text[at] ?? '')) at += match(blank)?.[0].length ?? 0;
    if (at >= text.length) break;
    const character = text[at] as string;

    if (quote.test(character)) {
      const quoted = match(stringPattern);
      if (!quoted) throw new Refused('unterminated quoted string', place(at, text.length).span);
      push('string', quoted[0].length);
      continue;
    }

    // A run of name characters and variables is one word: `node_${kind}_total`, `${n}m`, `$a$b`.
    let end = at;
    let open: string | undefined;
    if (wordStart.test(character)) {
      const word = wordPatterns[inBrackets > 0 || inBraces ? 'inside' : 'outside'][extended ? 'extended' : 'plain'];
      for (;;) {
        const follows = text[end];
        if (follows === '$' || follows === '[') {
          variable.lastIndex = end;
          const found = variable.exec(text);
          if (!found) break;
          open ??= nameOfVariable(found[0]).name;
          end += found[0].length;
          continue;
        }
        word.lastIndex = end;
        const run = word.exec(text);
        if (!run) break;
        end += run[0].length;
      }
      if (open !== undefined) {
        push('open', end - at, { variable: open });
        continue;
      }
    }

    if (digitOrDot.test(character)) {
      const number = numberToken(match, extended);
      if (!number) {
        const rest = match(badNumber)?.[0] ?? character;
        throw new Refused(`bad number or duration syntax: "${rest}"`, place(at, at + rest.length).span);
      }
      push('number', number.length, number.more);
      continue;
    }
    if (end > at) {
      push('name', end - at);
      continue;
    }
    const operator = match(operatorPattern);
    if (!operator) throw new Refused(`unexpected character: '${character}'`, place(at, at + 1).span);
    if (operator[0] === '[') inBrackets++;
    if (operator[0] === ']' && inBrackets > 0) inBrackets--;
    if (operator[0] === '{') inBraces = true;
    if (operator[0] === '}') inBraces = false;
    push('operator', operator[0].length);
  }
  const { span } = place(at, at);
  tokens.push({ kind: 'end', text: '', ...span });
  return tokens;
};

const numberToken = (
  match: (pattern: RegExp) => RegExpExecArray | null,
  extended: boolean,
): { length: number; more: Partial<Token> } | undefined => {
  const duration = match(durationPattern);
  if (duration)
    return { length: duration[0].length, more: { value: secondsOf(duration[0]) as number, duration: true } };
  const plain = match(numberPattern);
  if (plain) return { length: plain[0].length, more: { value: Number(plain[0].replaceAll('_', '')) } };
  if (!extended) return undefined;
  const long = match(extendedDuration);
  if (long) {
    const value = secondsOf(long[0]);
    return { length: long[0].length, more: { ...(value !== undefined && { value }), duration: true, extended: true } };
  }
  const sized = match(extendedNumber);
  if (!sized) return undefined;
  const power = 'kmgt'.indexOf((sized[2] as string).toLowerCase()) + 1;
  return {
    length: sized[0].length,
    more: { value: Number(sized[1]) * (sized[3] ? 1024 : 1000) ** power, extended: true },
  };
};
