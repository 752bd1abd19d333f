import { applyEdits, findNodeAtLocation, modify, parseTree, type FormattingOptions } from 'jsonc-parser';
import type { Finding, Fix } from './finding';
import type { Path } from './subject';

/** A file as it is after its fixes. */
export interface Fixed {
  readonly file: string;
  readonly text: string;
  /** What was done, in words. */
  readonly fixes: readonly string[];
}

/**
 * Applies the mechanical fixes that findings of JSON files carry; everything else in the file stays, to the last space. What does not
 * stand where its finding says (a dashboard inside of a text, a file that is not UTF-8) is left alone.
 */
export const fixed = (findings: readonly Finding[], readFile: (path: string) => Uint8Array): readonly Fixed[] => {
  const byFile = new Map<string, (Finding & { readonly fix: Fix })[]>();
  for (const finding of findings) {
    const { fix, place } = finding;
    if (!fix || !/\.json$/i.test(place.file)) continue;
    byFile.set(place.file, [...(byFile.get(place.file) ?? []), { ...finding, fix }]);
  }
  return [...byFile].flatMap(([file, those]) => {
    const before = utf8(readFile(file));
    if (before === undefined) return [];
    let text = before;
    const fixes: string[] = [];
    // From the end, so that what is still to be done stays where it is.
    for (const { fix, where } of [...those].sort((a, b) => -inFile(a.fix, b.fix))) {
      const after = withFix(text, fix);
      if (after === undefined || after === text) continue;
      text = after;
      fixes.unshift(`${where}: ${fix.says}`);
    }
    return text === before ? [] : [{ file, text, fixes }];
  });
};

const mark = '\uFEFF';

const utf8 = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

const withFix = (whole: string, fix: Fix): string | undefined => {
  const start = whole.startsWith(mark) ? mark : '';
  const text = whole.slice(start.length);
  const tree = parseTree(text);
  if (!tree) return undefined;
  const there = findNodeAtLocation(tree, [...fix.at]);
  if (fix.span || fix.value === undefined ? !there : !holderOf(text, fix.at)) return undefined;
  const value = fix.span ? spliced(there?.value, fix) : fix.value;
  if (fix.span && value === undefined) return undefined;
  const formattingOptions = formattingOf(text);
  return start + applyEdits(text, modify(text, [...fix.at], value, formattingOptions ? { formattingOptions } : {}));
};

/** Whether anything stands around the place, objects that are still to be made aside: the first two steps must be there. */
const holderOf = (text: string, at: Path): boolean => {
  const tree = parseTree(text);
  return tree !== undefined && findNodeAtLocation(tree, at.slice(0, Math.min(at.length - 1, 2))) !== undefined;
};

const spliced = (text: unknown, { span, value }: Fix): string | undefined =>
  typeof text === 'string' && typeof value === 'string' && span && span.to <= text.length
    ? text.slice(0, span.from) + value + text.slice(span.to)
    : undefined;

/** By path, then by place in the text. */
const inFile = (a: Fix, b: Fix): number => {
  for (let index = 0; index < Math.max(a.at.length, b.at.length); index++) {
    const [one, other] = [a.at[index], b.at[index]];
    if (one === other) continue;
    if (one === undefined) return -1;
    if (other === undefined) return 1;
    return one < other ? -1 : 1;
  }
  return (a.span?.from ?? 0) - (b.span?.from ?? 0);
};

/** How the file is laid out; undefined where it is all on one line. */
const formattingOf = (text: string): FormattingOptions | undefined => {
  if (!text.trim().includes('\n')) return undefined;
  const indent = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
};
