import { describe, expect, it } from 'vitest';
import { metricsOf, promqlError, withCaret } from './promql';

describe('the first place where a query is no PromQL', () => {
  it.each([
    ['sum(rate(x[5m]))', undefined],
    ['{"http.requests", code="200"}', undefined],
    ['sum(rate(x[5m])', { at: 15, message: 'the query ends too early' }],
    ['sum by host (x)', { at: 7, message: 'unexpected `host`' }],
    ['x + + * y', { at: 6, message: 'unexpected `*`' }],
    ['', { at: 0, message: 'the query ends too early' }],
  ])('%s', (query, error) => expect(promqlError(query)).toEqual(error));
});

describe('a caret', () => {
  it.each([
    ['abc', 1, 'abc\n ^'],
    ['abc', 3, 'abc\n   ^'],
    ['a\nbcd\ne', 4, 'bcd\n  ^'],
    ['a\nb', 0, 'a\n^'],
  ])('in %j at %d', (text, at, shown) => expect(withCaret(text, at)).toBe(shown));
});

describe('metrics of a query', () => {
  it.each([
    ['rate(b_total[5m]) / a', ['a', 'b_total']],
    ['{"http.requests", code="200"}', ['http.requests']],
    ['{__name__="up", job="x"}', ['up']],
    ['{__name__=~"up.*"}', []],
    ['label_replace(a, "b", "c", "d", "e") or vector(1)', ['a']],
  ])('%s', (query, metrics) => expect(metricsOf(query)).toEqual(metrics));
});
