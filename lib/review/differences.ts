import { diffArrays } from 'diff';
import { fenced, generated, type Block, type Outline } from './outline';

/** What is not as in `base`, in the least words: what is equal is read there. */
export const printDifferences = (name: string, base: string, pairs: readonly Pair[]): string => {
  const sections = pairs.map(different).filter(({ lines }) => lines.length > 0);
  return `${[
    generated,
    '',
    `# ${name}`,
    '',
    sections.length === 0 ? `As ${base}.` : `As ${base}, but for this.`,
    ...sections.flatMap(({ title, lines }) => ['', `## ${title}`, ...lines]),
  ].join('\n')}\n`;
};

/** The same board or group of alerts in two homelabs; undefined where one of them has none. */
export interface Pair {
  readonly kind: 'board' | 'alerts';
  readonly was: Outline | undefined;
  readonly is: Outline | undefined;
}

const different = ({ kind, was, is }: Pair): { readonly title: string; readonly lines: readonly string[] } => {
  const title = `${kind === 'board' ? 'Board' : 'Alerts'} ${(is ?? was)?.name}`;
  if (!is) return { title, lines: ['Not here.'] };
  if (!was) return { title, lines: ['Only here: it has an outline of its own.'] };
  const before = new Map(was.blocks.map((block) => [block.key, block]));
  const after = new Map(is.blocks.map((block) => [block.key, block]));
  const gone = was.blocks.filter(({ key }) => !after.has(key));
  const sameOrder = is.blocks.filter(({ key }) => before.has(key)).map(({ key }) => key);
  const usualOrder = was.blocks.filter(({ key }) => after.has(key)).map(({ key }) => key);
  return {
    title,
    lines: [
      ...changedLines(was.head, is.head),
      ...(gone.length > 0 ? [`Without ${gone.map(headingOf).join(', ')}.`] : []),
      ...(sameOrder.join('\n') === usualOrder.join('\n') ? [] : ['In another order.']),
      ...changedBlocks(before, is.blocks),
    ],
  };
};

/** Up to so many blocks that differ in their queries alone are written out. */
const mostQueries = 6;
/** So many stand for all where there are more: another identity changes every query in the same way. */
const samples = 3;

const changedBlocks = (before: ReadonlyMap<string, Block>, blocks: readonly Block[]): readonly string[] => {
  const onlyQueries = blocks.filter((block) => differsInQueriesOnly(before.get(block.key), block));
  const rest = new Set(onlyQueries.length > mostQueries ? onlyQueries.slice(samples) : []);
  return [
    ...blocks.filter((block) => !rest.has(block)).flatMap((block) => changedBlock(before.get(block.key), block)),
    ...(rest.size > 0 ? ['', `Other queries, too: ${[...rest].map(headingOf).join(', ')}.`] : []),
  ];
};

const differsInQueriesOnly = (was: Block | undefined, is: Block): boolean =>
  was !== undefined && was.lines.join('\n') !== is.lines.join('\n') && words(was) === words(is);

const words = ({ lines }: Block): string => lines.slice(0, fenceOf(lines)).join('\n');

const fenceOf = (lines: readonly string[]): number => {
  const index = lines.findIndex((line) => line.startsWith('```'));
  return index === -1 ? lines.length : index;
};

const changedBlock = (was: Block | undefined, is: Block): readonly string[] => {
  if (!was) return ['', ...is.lines];
  const lines = changedLines(was.lines, is.lines);
  return lines.length === 0 ? [] : ['', `### ${headingOf(is)}`, ...lines];
};

/** Lines that went and came, without those between. */
const changedLines = (was: readonly string[], is: readonly string[]): readonly string[] => {
  const changes = diffArrays([...was], [...is]).filter(({ added, removed }) => added || removed);
  const lines = changes.flatMap(({ added, value }) => value.map((line) => `${added ? '+' : '-'} ${line}`));
  return lines.length === 0 ? [] : fenced('diff', lines);
};

const headingOf = ({ lines }: Block): string => (lines[0] ?? '').replace(/^#+ /, '');
