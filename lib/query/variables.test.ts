import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { promqlError } from './promql';
import { expandForParsing } from './variables';

describe('variables in the place of a parser', () => {
  it.each([
    ['rate(x[$__rate_interval])', 'rate(x[5m              ])'],
    ['increase(x[$__range])', 'increase(x[5m      ])'],
    ['max_over_time(x[$__range:$step])', 'max_over_time(x[5m      :5m   ])'],
    ['x offset $shift', 'x offset 5m    '],
    ['rate(x[${window}])', 'rate(x[5m       ])'],
    ['up{host="$host"}', 'up{host="xxxxx"}'],
    ['up{host=~"${host}:9100"}', 'up{host=~"xxxxxxx:9100"}'],
    ['up{host=~"${host:regex}"}', 'up{host=~"xxxxxxxxxxxxx"}'],
    ['up{host=~"[[host]]"}', 'up{host=~"xxxxxxxx"}'],
    ["up{host='$host'}", "up{host='xxxxx'}"],
    ['up{a="\\"$a"}', 'up{a="\\"xx"}'],
    ['topk($top, up)', 'topk(1   , up)'],
    ['x / $__range_s', 'x / 60        '],
    ['sum by ($label) (x)', 'sum by (xxxxxx) (x)'],
    ['a * on ($label) group_left (b, $more) c', 'a * on (xxxxxx) group_left (b, xxxxx) c'],
    ['x > $limit', 'x > 1     '],
    ['rate(x[$__interval]) * $__interval_ms', 'rate(x[5m         ]) * 60            '],
  ])('%s', (query, expanded) => {
    expect(expandForParsing(query)).toBe(expanded);
    expect(promqlError(expanded)).toBeUndefined();
  });

  it.each(['label_replace(x, "a", "$1", "b", "(.+)")', 'up{a=~"x$"}', 'up{a="`"} == 1'])('leaves %s', (query) => {
    expect(expandForParsing(query)).toBe(query);
  });

  it('keeps the length, so that offsets stay', () => {
    fc.assert(fc.property(fc.string(), (text) => expandForParsing(text).length === text.length));
  });
});
