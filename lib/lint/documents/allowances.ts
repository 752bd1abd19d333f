import type { Allowance, Path } from '../subject';
import type { Source } from './source';

const written = /^lint allow ([a-z0-9-]+)(?: about (.+?))?(?: until (\d{4}-\d{2}-\d{2}))?:\s*(\S.*)$/;

/** Exceptions that stand as comments in a file. */
export interface Allowances {
  /** Those at the file's top, before anything else. */
  readonly ofFile: readonly Allowance[];
  /** Those on the lines just above something. */
  above(path: Path): readonly Allowance[];
}

/** Reads `# lint allow <rule> about <culprit> until 2027-01-31: reason`; comments that begin so and go on otherwise are handed to `refuse`. */
export const readAllowances = (source: Source, refuse: (line: number) => void): Allowances => {
  const known = read.get(source);
  if (known) return known;
  const fresh = readComments(source, refuse);
  read.set(source, fresh);
  return fresh;
};

/** Once a file, so that each comment is one exception, however many groups ask. */
const read = new WeakMap<Source, Allowances>();

const readComments = (source: Source, refuse: (line: number) => void): Allowances => {
  const byLine = new Map<number, Allowance | undefined>();
  for (const { line, text } of source.comments) {
    const isMeant = /^lint allow\b/.test(text);
    const found = isMeant ? written.exec(text) : null;
    if (isMeant && !found) refuse(line);
    byLine.set(
      line,
      found
        ? {
            rule: found[1] as string,
            reason: found[4] as string,
            ...(found[2] !== undefined && { about: found[2].replace(/^`(.*)`$/, '$1') }),
            ...(found[3] !== undefined && { until: found[3] }),
            place: { file: source.file, line, column: 1 },
          }
        : undefined,
    );
  }
  if (![...byLine.values()].some(Boolean)) return { ofFile: [], above: () => [] };
  const taken = new Set<number>();
  const above = (path: Path): readonly Allowance[] => {
    const found: Allowance[] = [];
    for (let line = source.placeOf(path).line - 1; byLine.has(line); line--) {
      const allowance = byLine.get(line);
      if (allowance && !taken.has(line)) found.unshift(allowance);
    }
    return found;
  };
  const first = source.placeOf([]).line;
  const ofFile = [...byLine].flatMap(([line, allowance]) => (allowance && line < first ? [allowance] : []));
  for (const [line] of byLine) if (line < first) taken.add(line);
  return { ofFile, above };
};
