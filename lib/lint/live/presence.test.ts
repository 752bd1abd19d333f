import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../query/parse';
import { factsOf } from '../testing/live-facts';
import { presenceOf, takes, type Presence } from './presence';

const series = {
  disk_free: [
    { job: 'node', mount: '/' },
    { job: 'node', mount: '/srv', fs: 'zfs' },
  ],
};
const facts = factsOf({ now: ['up', 'disk_free'], series, lastSeen: { gone: 1000 } }, [
  'up',
  'disk_free',
  'gone',
  'nope',
]);

const presence = (query: string): Presence => {
  const [selector] = parseQuery('promql', query).selectors;
  if (!selector) throw new Error(`no selector in ${query}`);
  return presenceOf(selector, facts);
};

describe('presence', () => {
  it.each([
    ['up', 'present'],
    ['disk_free{mount="/"}', 'present'],
    ['disk_free{mount="$mount"}', 'present'],
    ['disk_free{mount=~"/s.*", fs="zfs"}', 'present'],
    ['disk_free{fs=""}', 'present'],
    ['disk_free{host!="pi"}', 'present'],
    ['nope', 'never'],
    ['gone{job="x"}', 'vanished'],
    ['disk_free{host="pi"}', 'no label'],
    ['disk_free{mount="/s"}', 'no value'],
    ['disk_free{mount=~"/x.*"}', 'no value'],
    ['disk_free{mount="/", fs="zfs"}', 'no combination'],
    ['nobody_asked', 'unknown'],
    ['{__name__=~"disk.*"}', 'unknown'],
  ])('of %s is %s', (query, state) => {
    expect(presence(query).state).toBe(state);
  });

  it('says when, and what is there instead', () => {
    expect(presence('gone')).toMatchObject({ last: 1000 });
    expect(presence('disk_free{mount="/s"}')).toMatchObject({ values: ['/', '/srv'] });
    expect(presence('disk_free{host="pi"}')).toMatchObject({ labels: ['fs', 'job', 'mount'] });
  });
});

describe('a matcher', () => {
  const matcher = (text: string) => {
    const found = parseQuery('promql', `m{${text}}`).selectors[0]?.matchers[0];
    if (!found) throw new Error(`no matcher in ${text}`);
    return found;
  };

  it.each([
    ['a="x"', 'x', true],
    ['a="x"', 'xx', false],
    ['a!="x"', '', true],
    ['a=~"x"', 'xx', false],
    ['a=~"x.*"', 'xx', true],
    ['a=~".*"', '', true],
    ['a=~".+"', '', false],
    ['a!~"x|y"', 'y', false],
    ['a=~"(?i)x"', 'X', true],
    // Not for us to say.
    ['a=~"("', 'x', true],
  ])('%s takes %j: %s', (text, value, expected) => {
    expect(takes(matcher(text), value)).toBe(expected);
  });
});
