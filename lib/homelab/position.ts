import type { HomelabProblem, Position } from './problem';

/** A file as it was read: what it holds, and where in its text things stand. */
export interface HomelabText {
  readonly value: unknown;
  locate(problem: HomelabProblem): Position | undefined;
}

/** The problem with its place in the text. */
export const withPosition = (one: HomelabProblem, locate: HomelabText['locate']): HomelabProblem => {
  const at = locate(one);
  return at ? { ...one, at } : one;
};

/** Where a stretch of the text is, with its line; `end` may lie on a later line. */
export const positionOf = (text: string, start: number, end: number, secret = false): Position => {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const newline = text.indexOf('\n', start);
  const lineEnd = newline === -1 ? text.length : newline;
  const source = text.slice(lineStart, lineEnd).replace(/\r$/, '');
  const column = start - lineStart + 1;
  return {
    line: text.slice(0, lineStart).split('\n').length,
    column,
    length: Math.max(1, Math.min(end, lineStart + source.length) - start),
    ...(!secret && source.length <= longest && { source: withoutSecrets(source) }),
  };
};

/** A longer line is no help to a reader. */
const longest = 160;

/** A line is shown for one value, but may hold others. The length stays, so that the caret keeps its place. */
const withoutSecrets = (line: string): string =>
  secrets.reduce((text, secret) => text.replace(secret, (found) => '*'.repeat(found.length)), line);

const secrets = [
  /(?<=https?:\/\/)[^\s'"]*(discord|slack|telegram|office)[^\s'"]*/gi,
  /(?<=:\/\/)[^\s'"/@]+@/g,
  /\b\d{6,}:[\w-]{20,}/g,
  /(?<=(password|token|secret|userKey|api_?key)['"]?\s*[:=]\s*)['"]?[^\s'"{},]+/gi,
];
