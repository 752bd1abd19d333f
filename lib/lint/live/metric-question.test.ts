import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../query/parse';
import { metricQuestions } from './metric-question';

const questions = (...queries: readonly string[]) =>
  metricQuestions(queries.flatMap((query) => parseQuery('promql', query).selectors)).map(
    ({ ask, selector }) => `${ask} ${selector}`,
  );

describe('questions about metrics', () => {
  it('are one a metric, sorted', () => {
    expect(questions('up{job="b"} + a', 'a')).toEqual(['labels {__name__="a"}', 'labels {__name__="up",job="b"}']);
  });

  it('ask for the series where uses differ, with what all share', () => {
    expect(questions('up{job="a", host="x"} / up{job="a", host="y"}')).toEqual(['series {__name__="up",job="a"}']);
    expect(questions('up{job="a"} or up')).toEqual(['series {__name__="up"}']);
  });

  it('take matchers in another order, and beside variables, for the same use', () => {
    expect(questions('up{b="2", a="1"}', 'up{a="1", b="2", host="$host"}')).toEqual([
      'labels {__name__="up",a="1",b="2"}',
    ]);
  });

  it('are none for a pattern of names', () => {
    expect(questions('{__name__=~"a|b"}')).toEqual([]);
  });
});
