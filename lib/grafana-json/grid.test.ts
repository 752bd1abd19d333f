import { describe, expect, it } from 'vitest';
import { checkGrid } from './grid';
import type { Json } from './json';
import { formatProblem } from './problem';

type Place = readonly [x: number, y: number, w: number, h: number];

let id = 0;
const panel = (title: string, [x, y, w, h]: Place, rest: Json = {}): Json => ({
  type: 'stat',
  id: ++id,
  title,
  gridPos: { x, y, w, h },
  ...rest,
});
const row = (title: string, y: number, panels?: readonly Json[]): Json => ({
  ...panel(title, [0, y, 24, 1]),
  type: 'row',
  collapsed: panels !== undefined,
  panels: panels ?? [],
});
const told = (...panels: readonly Json[]): string[] =>
  checkGrid({ panels }).map((problem) => formatProblem(problem).replace(/ \(panel \d+ ("\w+")\)/, ' $1'));

describe('right', () => {
  it.each<[string, Json[]]>([
    ['nothing', []],
    ['one line', [panel('A', [0, 0, 8, 4]), panel('B', [8, 0, 16, 4])]],
    ['lines of different heights', [panel('A', [0, 0, 24, 4]), panel('B', [0, 4, 12, 9]), panel('C', [12, 4, 12, 9])]],
    [
      'rows with their panels after them',
      [row('R', 0), panel('A', [0, 1, 24, 4]), row('S', 5), panel('B', [0, 6, 24, 4])],
    ],
    [
      'a collapsed row, the next right below it',
      [row('R', 0, [panel('A', [0, 1, 24, 4])]), row('S', 1), panel('B', [0, 2, 24, 4])],
    ],
    [
      'a collapsed row, the next below what it holds',
      [row('R', 0, [panel('A', [0, 1, 24, 4])]), row('S', 5), panel('B', [0, 6, 24, 4])],
    ],
    ['a panel that repeats over the whole line', [panel('A', [0, 0, 24, 4], { repeat: 'host', repeatDirection: 'h' })]],
    [
      'one that repeats downwards beside another',
      [panel('A', [0, 0, 12, 4], { repeat: 'host', repeatDirection: 'v' }), panel('B', [12, 0, 12, 4])],
    ],
  ])('%s', (_, panels) => {
    expect(told(...panels)).toEqual([]);
  });
});

describe('wrong', () => {
  it.each<[string, Json[], string[]]>([
    [
      'over the edge',
      [panel('A', [0, 0, 20, 4]), panel('B', [20, 0, 5, 4])],
      ['panels[1].gridPos "B": ends at column 25 of 24'],
    ],
    [
      'a line that is not full',
      [panel('A', [0, 0, 8, 4]), panel('B', [8, 0, 15, 4])],
      ['panels[1].gridPos "B": its line is 23 of 24 columns wide'],
    ],
    [
      'a gap inside a line',
      [panel('A', [0, 0, 8, 4]), panel('B', [9, 0, 15, 4])],
      ['panels[1].gridPos "B": leaves a gap of 1 columns before it'],
    ],
    [
      'a line that starts late',
      [panel('A', [1, 0, 23, 4])],
      ['panels[0].gridPos "A": leaves a gap of 1 columns before it'],
    ],
    [
      'different heights',
      [panel('A', [0, 0, 12, 4]), panel('B', [12, 0, 12, 5])],
      ['panels[1].gridPos "B": is 5 high, beside "A" with 4'],
    ],
    [
      'a gap between lines',
      [panel('A', [0, 0, 24, 4]), panel('B', [0, 5, 24, 4])],
      ['panels[1].gridPos "B": leaves a gap of 1 above it'],
    ],
    [
      'a gap below a row',
      [row('R', 0), panel('A', [0, 2, 24, 4])],
      ['panels[1].gridPos "A": leaves a gap of 1 above it'],
    ],
    [
      'a gap above a row',
      [panel('A', [0, 0, 24, 4]), row('R', 6)],
      ['panels[1].gridPos "R": leaves a gap of 2 above it'],
    ],
    [
      'two in one place',
      [panel('A', [0, 0, 24, 4]), panel('B', [0, 3, 24, 4])],
      ['panels[1].gridPos "B": overlaps "A"', 'panels[1].gridPos "B": starts at 3, inside what stands above it'],
    ],
    [
      'two in one place of a collapsed row',
      [row('R', 0, [panel('A', [0, 1, 24, 4]), panel('B', [0, 4, 24, 4])])],
      [
        'panels[0].panels[1].gridPos "B": overlaps "A"',
        'panels[0].panels[1].gridPos "B": starts at 4, inside what stands above it',
      ],
    ],
    [
      'a line of a collapsed row that is not full',
      [row('R', 0, [panel('A', [0, 1, 23, 4])])],
      ['panels[0].panels[0].gridPos "A": its line is 23 of 24 columns wide'],
    ],
    ['a collapsed row without panels', [row('R', 0, [])], ['panels[0] "R": is collapsed and holds no panels']],
    [
      'a panel after a collapsed row',
      [row('R', 0, [panel('A', [0, 1, 24, 4])]), panel('B', [0, 1, 24, 4])],
      ['panels[1] "B": stands after the collapsed row "R" and not in it'],
    ],
    [
      'an expanded row with panels',
      [{ ...row('R', 0, [panel('A', [0, 1, 24, 4])]), collapsed: false }],
      ['panels[0].panels "R": is expanded, so its 1 panels belong after it: Grafana loses them at the first save'],
    ],
    [
      'another order in the file',
      [panel('B', [12, 0, 12, 4]), panel('A', [0, 0, 12, 4])],
      ['panels[1].gridPos "A": comes after "B" in the file and stands before it on the grid'],
    ],
    [
      'a row that is a panel',
      [{ ...row('R', 0), gridPos: { x: 0, y: 0, w: 12, h: 1 } }],
      ['panels[0].gridPos "R": a row is 24 wide, 1 high, at x 0'],
    ],
    [
      'a panel that repeats beside another',
      [panel('A', [0, 0, 12, 4], { repeat: 'host' }), panel('B', [12, 0, 12, 4])],
      ['panels[0].gridPos "A": repeats side by side, so it takes the whole line: 24 wide, with `maxPerRow`'],
    ],
  ])('%s', (_, panels, messages) => {
    expect(told(...panels)).toEqual(messages);
  });
});
