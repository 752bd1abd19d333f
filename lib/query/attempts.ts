import { fill, originOf, type Filled } from './filled';
import type { KnownVariable, ParsedQuery } from './parsed';

/** A parser that throws `No parse at 5`, as Lezer's do in strict mode. */
interface StrictParser<Tree> {
  parse(text: string): Tree;
}

/** What can stand for a variable in a language, and which of it fits a place best. */
export interface StandIns {
  readonly candidates: readonly string[];
  readonly prefer: (place: { name: string; before: string; after: string }) => string;
}

/** Tries before a query counts as wrong; each moves one variable to its next stand-in. */
const mostAttempts = 60;
/** Longer texts are read once: no person wrote them around a variable. */
const longText = 20_000;

/**
 * Parses a query with each variable as its value or as whatever lets it parse.
 *
 * @param known changes what a grammar does not know yet into what it does, keeping the length
 */
export const parseWithVariables = <Tree extends object>(
  parser: StrictParser<Tree>,
  text: string,
  variables: readonly KnownVariable[],
  standIns: StandIns,
  known: (text: string) => string = (same) => same,
): { tree: Tree; filled: Filled } | { error: NonNullable<ParsedQuery['error']> } => {
  if (text.trim() === '') return { error: { message: 'the query ends too early', span: { from: 0, to: 0 } } };
  const turns = new Map<number, number>();
  let refused: NonNullable<ParsedQuery['error']> | undefined;
  for (let attempt = 0; attempt < (text.length > longText ? 1 : mostAttempts); attempt++) {
    const filled = fill(text, variables, Math.min(attempt, 3), ({ number, ...place }) => {
      const best = standIns.prefer(place);
      const turn = turns.get(number) ?? 0;
      return turn === 0 ? best : standIns.candidates.filter((candidate) => candidate !== best)[turn - 1];
    });
    const at = failure(parser, known(filled.text));
    if (typeof at !== 'number') return { tree: at, filled };
    const rest = filled.text.slice(at);
    const start = at + (/^\s*/.exec(rest)?.[0].length ?? 0);
    const word = /^(?:[\w.:]+|\S)/.exec(filled.text.slice(start))?.[0] ?? '';
    const span = originOf(filled, { from: start, to: start + word.length });
    refused ??=
      word === ''
        ? { message: 'the query ends too early', span: { from: text.length, to: text.length } }
        : { message: `unexpected \`${text.slice(span.from, span.to)}\``, span };
    const blamed = blame(filled, start, turns, standIns.candidates.length);
    if (blamed === undefined) break;
    turns.set(blamed, (turns.get(blamed) ?? 0) + 1);
    for (const number of turns.keys()) if (number > blamed) turns.delete(number);
  }
  return { error: refused as NonNullable<ParsedQuery['error']> };
};

/** The tree, or where the text does not parse. */
const failure = <Tree extends object>(parser: StrictParser<Tree>, text: string): Tree | number => {
  try {
    return parser.parse(text);
  } catch (error) {
    const at = /^No parse at (\d+)/.exec((error as Error).message)?.[1];
    // Anything else is the parser's own stack, which ends before a deep nesting does.
    return at === undefined ? 0 : Number(at);
  }
};

/** The last variable before a failure that has stand-ins left. */
const blame = (filled: Filled, at: number, turns: Map<number, number>, most: number): number | undefined => {
  for (let number = filled.pieces.length - 1; number >= 0; number--) {
    const piece = filled.pieces[number];
    if (piece && piece.from <= at && (turns.get(number) ?? 0) < most) return number;
  }
  return undefined;
};
