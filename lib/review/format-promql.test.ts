import { describe, expect, it } from 'vitest';
import { formatPromql } from './format-promql';

const bare = (query: string): string => query.replace(/\s+/g, '');

const long = (metric: string): string =>
  `${metric}{job="node", host="$host", device=~"sd[a-z]+|nvme[0-9]+n[0-9]+", fstype!~"tmpfs|overlay|squashfs"}`;

describe('formatPromql', () => {
  it('leaves a short query on one line', () => {
    const query = '1 - avg by (host) (rate(node_cpu_seconds_total{mode="idle", host="$host"}[$__rate_interval]))';
    expect(formatPromql(query)).toBe(query);
  });

  it('puts the sides of set operators on lines of their own, however short', () => {
    expect(formatPromql('up == 0 or 0 * up')).toBe('up == 0\nor 0 * up');
    expect(formatPromql('a and on (host) b unless c')).toBe('a\nand on (host) b\nunless c');
  });

  it('breaks long operands and arguments, and says which level they belong to', () => {
    expect(formatPromql(`sum by (host) (rate(${long('a')}[$__rate_interval])) / ${long('b')}`)).toBe(
      ['sum by (host) (', `  rate(${long('a')}[$__rate_interval])`, ')', `/ ${long('b')}`].join('\n'),
    );
    expect(formatPromql(`label_replace(${long('x')}, "host", "$1", "instance", "(.+):9100")`)).toBe(
      ['label_replace(', `  ${long('x')},`, '  "host", "$1", "instance", "(.+):9100"', ')'].join('\n'),
    );
  });

  it('keeps a range with the brackets that it belongs to', () => {
    expect(formatPromql(`max_over_time((${long('a')} - ${long('b')})[$__range:1m])`)).toBe(
      ['max_over_time(', '  (', `    ${long('a')}`, `    - ${long('b')}`, '  )[$__range:1m]', ')'].join('\n'),
    );
  });

  it('changes white space only, never within a text, and nothing at the second time', () => {
    const queries = [
      `topk(3, ${long('a')}) by (host) > bool 0 or vector(0)`,
      `${long('a')} offset 1d / ignoring (mode) group_left (nodename) ${long('b')} @ end()`,
      '{"http.server.duration", a="two  spaces"}  +   x',
      `count without (cpu) (${long('a')} == 1) or 0 * count(${long('b')}) and -${long('c')} ^ 2`,
    ];
    for (const query of queries) {
      const formatted = formatPromql(query);
      expect(bare(formatted)).toBe(bare(query));
      expect(formatPromql(formatted)).toBe(formatted);
    }
    expect(formatPromql('{a="two  spaces"}  +   x')).toContain('"two  spaces"} + x');
  });

  it('gives back what is no PromQL', () => {
    expect(formatPromql(' sum(((  ')).toBe('sum(((');
  });
});
