import { expect, it } from 'vitest';
import { exampleDocuments } from '../testing/clean';
import { askable } from './askable';

const asked = (expr: string): string | undefined => {
  const [query] = exampleDocuments({ name: expr, query: expr }).flatMap(({ boards }) =>
    boards.flatMap(({ panels }) => panels.flatMap(({ queries }) => queries)),
  );
  if (!query) throw new Error(`no query ${expr}`);
  return askable(query);
};

it.each([
  ['up{job="node"}', 'up{job="node"}'],
  ['up{job="$job", a="1"}', 'up{job=~".*", a="1"}'],
  ['rate(x_total{host!~"${host:regex}"}[$__rate_interval])', 'rate(x_total{host=~".*"}[5m])'],
  ['max_over_time(rate(x_total[5m])[$__range:${step}])', 'max_over_time(rate(x_total[5m])[5m:5m])'],
  ['topk($n, up)', undefined],
  ['sum by ($by) (up)', undefined],
])('%s is asked as %s', (written, expected) => {
  expect(asked(written)).toBe(expected);
});
