import { diffLines } from 'diff';
import { textAt, type Json } from '../../grafana-json/json';
import { changesOfFields } from './fields';

/** So many changed lines are shown. */
const most = 6;

/** `text changed`, and the lines that went (`-`) and came (`+`). */
export const changesOfTemplate = (was: Json, is: Json): readonly string[] => {
  const { template: _, ...others } = was;
  const { template: __, ...rest } = is;
  const [before, after] = [textAt(was, 'template') ?? '', textAt(is, 'template') ?? ''];
  if (before === after) return changesOfFields(others, rest);
  const lines = diffLines(`${before}\n`, `${after}\n`)
    .filter(({ added, removed }) => added || removed)
    .flatMap(({ added, value }) =>
      value
        .replace(/\n$/, '')
        .split('\n')
        .map((line) => `${added ? '+' : '-'} ${line.length > 100 ? `${line.slice(0, 97)}...` : line}`),
    );
  const told = lines.length > most + 1 ? [...lines.slice(0, most), `and ${lines.length - most} more lines`] : lines;
  return [`text changed: ${told.join(' | ')}`, ...changesOfFields(others, rest)];
};
