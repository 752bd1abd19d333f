import { parser } from '@grafana/lezer-traceql';
import { parseWithVariables, type StandIns } from './attempts';
import type { KnownVariable, ParsedQuery } from './parsed';

const strict = parser.configure({ strict: true });

const standIns: StandIns = {
  candidates: ['"x"', '1', '5m', 'x', '.x', '.x = "x"', '=', 'rate()', '{}', 'true', ''],
  prefer: ({ before, after }) => {
    if (/[\w.]$/.test(before) || /^\w/.test(after)) return 'x';
    if (/(=~|!~|!=|=)\s*$/.test(before)) return '"x"';
    if (/[<>]=?\s*$/.test(before)) return '1';
    if (/(\{|&&|\|\|)\s*$/.test(before)) return /^\s*[=!<>]/.test(after) ? '.x' : '.x = "x"';
    return '1';
  },
};

/** Intrinsics of Tempo that the grammar does not list (`pkg/traceql/enum_attributes.go`). */
const intrinsics = /(?<![\w.:"])(nestedSetParent|nestedSetLeft|nestedSetRight|childCount)\b/g;

/**
 * What Tempo reads and `@grafana/lezer-traceql` does not yet, as something of the same length that it does: intrinsics,
 * `.99`, `1h30m`, hints (`with (...)`) at the end.
 */
const known = (text: string): string =>
  text.includes('"') || text.includes('`')
    ? text.replace(/("(?:\\[^]|[^"\\])*"|`[^`]*`)|([^"`]+)/g, (whole, quoted?: string) =>
        quoted === undefined ? outsideQuotes(whole) : whole,
      )
    : outsideQuotes(text);

const outsideQuotes = (text: string): string =>
  text
    .replace(intrinsics, (name) => `.${name.slice(1)}`)
    .replace(/(?<![\w.)\]])\.(?=\d)/g, '1')
    .replace(/\b(\d+(?:ns|us|µs|ms|s|m|h))((?:\d+(?:ns|us|µs|ms|s|m|h))+)\b/g, (_, first: string, rest: string) =>
      first.padEnd(first.length + rest.length),
    )
    .replace(/\bwith\s*\([^(){}|]*\)/g, (hints) => ' '.repeat(hints.length));

/** Where TraceQL does not parse. */
export const readTraceql = (text: string, variables: readonly KnownVariable[]): Pick<ParsedQuery, 'error'> => {
  // Grafana asks for one trace by its id in the same field.
  if (/^\s*([\da-fA-F]{1,32}|\$\w+|\$\{[^}]+\}|\[\[[^\]]+\]\])\s*$/.test(text)) return { error: undefined };
  const result = parseWithVariables(strict, text, variables, standIns, known);
  return { error: 'error' in result ? result.error : undefined };
};
