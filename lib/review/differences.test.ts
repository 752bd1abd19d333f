import { describe, expect, it } from 'vitest';
import { printDifferences } from './differences';
import type { Block, Outline } from './outline';

const panel = (key: string, query = 'up', words = '- stat'): Block => ({
  key,
  lines: [`### ${key}`, words, '```promql', query, '```'],
});
const board = (head: string, ...blocks: readonly Block[]): Outline => ({
  name: 'hosts',
  head: ['# Hosts', head],
  blocks,
});
const print = (was: Outline | undefined, is: Outline | undefined): readonly string[] =>
  printDifferences('minimal', 'typical', [{ kind: 'board', was, is }])
    .split('\n')
    .slice(2);

describe('printDifferences', () => {
  it('says in one line that nothing differs', () => {
    expect(print(board('a', panel('x')), board('a', panel('x')))).toEqual(['# minimal', '', 'As typical.', '']);
  });

  it('says which boards are missing, and which only it has', () => {
    expect(print(board('a'), undefined)).toContain('Not here.');
    expect(print(undefined, board('a'))).toContain('Only here: it has an outline of its own.');
  });

  it('gives lines that went and came, blocks that came as they are, and the names of those that went', () => {
    const lines = print(board('a', panel('x'), panel('y'), panel('z')), board('b', panel('x', 'down'), panel('new')));
    expect(lines).toEqual([
      '# minimal',
      '',
      'As typical, but for this.',
      '',
      '## Board hosts',
      '```diff',
      '- a',
      '+ b',
      '```',
      'Without y, z.',
      '',
      '### x',
      '```diff',
      '- up',
      '+ down',
      '```',
      '',
      '### new',
      '- stat',
      '```promql',
      'up',
      '```',
      '',
    ]);
  });

  it('notices another order', () => {
    expect(print(board('a', panel('x'), panel('y')), board('a', panel('y'), panel('x')))).toContain(
      'In another order.',
    );
  });

  it('writes a few queries for all where another identity changes every one, but every change of words', () => {
    const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const was = board('', ...keys.map((key) => panel(key)));
    const is = board('', ...keys.map((key) => panel(key, 'other', key === 'h' ? '- gauge' : '- stat')));
    const lines = print(was, is);
    expect(lines.filter((line) => line.startsWith('### '))).toEqual(['### a', '### b', '### c', '### h']);
    expect(lines).toContain('Other queries, too: d, e, f, g.');
  });
});
