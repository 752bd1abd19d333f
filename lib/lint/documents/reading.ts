import type { KnownVariable } from '../../query/parsed';
import { parseQuery } from '../../query/parse';
import type { Language } from '../../query/parsed';
import type { Format, LintDocument, Query } from '../subject';
import { problemAt, problemInText } from './problem';
import type { Problem, Source } from './source';
import type { Path } from '../subject';
import type { Building } from './value';

/** A file while it is read: what is found in it, and what is wrong or passed over. */
export interface Reading {
  readonly source: Source;
  readonly document: Building<LintDocument>;
  readonly problems: Problem[];
  note(text: string): void;
  problem(path: Path, message: string, expected?: string): void;
  /** An exception in a comment that nobody can read; said once. */
  badAllowance(line: number): void;
}

/** Begins to read a file that was recognised. */
export const beginReading = (source: Source, format: Format, own = false): Reading => {
  const notes = new Set<string>();
  const document: Building<LintDocument> = {
    file: source.file,
    get text() {
      return source.text;
    },
    format,
    placeOf: source.placeOf,
    boards: [],
    groups: [],
    own,
    get notes() {
      return [...notes];
    },
  };
  const problems: Problem[] = [];
  const badLines = new Set<number>();
  return {
    source,
    document,
    problems,
    note: (text) => void notes.add(text),
    problem: (path, message, expected) => void problems.push(problemAt(source, path, message, expected)),
    badAllowance: (line) => {
      if (badLines.has(line)) return;
      badLines.add(line);
      problems.push(
        problemInText(
          source.file,
          source.text,
          { line, column: 1 },
          'this exception cannot be read',
          'write `# lint allow <rule>: <reason>`, after the rule ` about <name>` and ` until 2027-01-31` if you like',
        ),
      );
    },
  };
};

/** Adds to a query what is only found when a rule asks for it. */
export const queryOf = (
  known: Omit<Query, 'kind' | 'parsed' | 'declared'>,
  variables: () => readonly KnownVariable[],
  declared?: () => string | undefined,
): Query => {
  let parsed: Query['parsed'] | undefined;
  return {
    kind: 'query',
    document: known.document,
    at: known.at,
    from: known.from,
    allowed: known.allowed,
    owner: known.owner,
    refId: known.refId,
    language: known.language,
    text: known.text,
    legend: known.legend,
    mode: known.mode,
    format: known.format,
    interval: known.interval,
    hidden: known.hidden,
    dataSource: known.dataSource,
    json: known.json,
    get declared() {
      return declared?.();
    },
    get parsed() {
      parsed ??= parseQuery(known.language, known.text, {
        variables: variables(),
        metricsql: /victoria/i.test(known.dataSource?.type ?? ''),
      });
      return parsed;
    },
  };
};

/** What a text is written in, as far as its looks tell: for where nothing says it. */
export const languageByLooks = (text: string): Language =>
  /^\s*\{\s*\}\s*$/.test(text)
    ? 'other'
    : /^\s*\{(?!\s*(__name__|"))/.test(text) || logs.test(text)
      ? 'logql'
      : 'promql';

/** Filters and parsers behind a stream selector, and functions of LogQL around one. */
const logs =
  /\}\s*(?:\|[=~>]|![=~>]\s*[`"]|\|\s*(?:json|logfmt|pattern|regexp|unpack|unwrap|line_format|label_format|decolorize|drop|keep)\b)|\b(?:bytes_rate|bytes_over_time)\s*\(|\b(?:count_over_time|rate)\s*\(\s*\{(?!\s*(?:__name__|"))/;
