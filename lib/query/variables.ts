/** Grafana's ways to write a variable: `$name`, `${name}`, `${name:format}`, `[[name]]`. `$1` belongs to regular expressions. */
const variable = /\$\{[a-zA-Z_]\w*(?:\.[\w.]+)?(?::\w+)?\}|\$[a-zA-Z_]\w*|\[\[[a-zA-Z_]\w*(?::\w+)?\]\]/g;

/**
 * A query with something in the place of Grafana's variables that a parser takes, of the same length, so that offsets
 * stay: a duration where a range is, text in quotes, else a name or a number.
 */
export const expandForParsing = (query: string): string => {
  let quoteMark = '';
  let result = '';
  let from = 0;
  for (const found of query.matchAll(variable)) {
    const before = query.slice(from, found.index);
    quoteMark = quoteAfter(before, quoteMark);
    result += before;
    result += standIn(found[0], quoteMark !== '', result);
    from = found.index + found[0].length;
  }
  return result + query.slice(from);
};

/** The quotation mark that is open after `text`. */
const quoteAfter = (text: string, open: string): string => {
  let mark = open;
  for (let index = 0; index < text.length; index++) {
    const character = text[index] as string;
    if (mark !== '' && mark !== '`' && character === '\\') index++;
    else if (mark === '' && (character === '"' || character === "'" || character === '`')) mark = character;
    else if (character === mark) mark = '';
  }
  return mark;
};

const standIn = (written: string, quoted: boolean, before: string): string => {
  if (quoted) return 'x'.repeat(written.length);
  const isDuration = /(\[|:|\boffset\s+)\s*$/.test(before) || /__(interval|rate_interval|range)$/.test(nameOf(written));
  if (isDuration) return '5m'.padEnd(written.length);
  if (/__(interval|range)_m?s$/.test(nameOf(written))) return '60'.padEnd(written.length);
  // Labels stand in brackets after these words; elsewhere only a number can.
  const isLabel = /\b(by|without|on|ignoring|group_left|group_right)\s*\([^()]*$/.test(before);
  return isLabel ? 'x'.repeat(written.length) : '1'.padEnd(written.length);
};

const nameOf = (written: string): string => written.replace(/^\$\{?|^\[\[/, '').replace(/(:\w+)?(\}|\]\])?$/, '');
