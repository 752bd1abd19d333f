import { expect, it } from 'vitest';
import { fleetOf, type Fleet } from '../index';
import { pageKey } from '../pages';
import { evening } from './examples';
import { house } from './house';

const window = { from: evening - 7_200, to: evening - 3_600 };
const during = evening - 5_400;

/** Holds that incidents of the small house are seen on its pages while they last, and not before. */
export const itShows = (names: readonly string[]): void => {
  const calm = fleetOf(house);
  const [before, amid] = [window.from - 60, during].map((at) => calm.pagesAt(at));
  // To write a page takes longer than all else.
  const answering = ({ pages }: Fleet, at: number): readonly string[] =>
    pages
      .filter(({ answers }) => answers(at))
      .map(({ address, path, parameters }) => pageKey(address, path, parameters));

  it.each(names)('%s shows while it lasts, and not before', (name) => {
    const troubled = calm.withIncident(name, window);
    const earlier = troubled.pagesAt(window.from - 60);
    expect(before?.size).toBeGreaterThan(20);
    // Series that the incident brings may begin at zero; all others are as they were.
    for (const [key, text] of before ?? []) {
      const lines = new Set(earlier.get(key)?.split('\n'));
      expect(text.split('\n').filter((line) => !lines.has(line))).toEqual([]);
    }
    const pages = troubled.pagesAt(during);
    const otherwise = [...(amid ?? [])].filter(([key, text]) => pages.get(key) !== text);
    // What comes and goes may be away at this moment.
    const later = [120, 240].map((wait) => during + wait);
    const comes = (at: number): boolean => {
      const now = troubled.pagesAt(at);
      return [...calm.pagesAt(at)].some(([key, text]) => now.get(key) !== text);
    };
    // Whom nobody asks still answers.
    const isForgotten = troubled.pages.some(({ scraped }) => !scraped(during) && scraped(window.from - 60));
    expect(otherwise.length > 0 || isForgotten || later.some(comes)).toBe(true);
    expect(answering(troubled, window.to + 600)).toEqual(answering(calm, window.to + 600));
  });
};
