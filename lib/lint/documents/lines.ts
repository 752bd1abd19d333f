/** Where an offset of a text is; line and column start at 1. */
export type LineFinder = (offset: number) => { readonly line: number; readonly column: number };

/** Finds lines of a text; where they begin is looked up at the first question. */
export const lineFinder = (text: string): LineFinder => {
  let starts: readonly number[] | undefined;
  return (offset) => {
    starts ??= lineStarts(text);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] as number) + 1 };
  };
};

const lineStarts = (text: string): readonly number[] => {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
};

/** One line of a text, cut to what a terminal shows, with a caret below the column. */
export const caretAt = (text: string, line: number, column: number): string => {
  const width = 120;
  let from = 0;
  for (let skipped = 1; skipped < line; skipped++) {
    const next = text.indexOf('\n', from);
    if (next === -1) break;
    from = next + 1;
  }
  const end = text.indexOf('\n', from);
  const start = column > width ? column - width / 2 : 1;
  const written = text
    .slice(from, end === -1 ? undefined : end)
    .slice(start - 1, start - 1 + width)
    .replace(/[^\x20-\x7e\u00a0-\uffff]/g, ' ');
  return `${written}\n${' '.repeat(column - start)}^`;
};
