import { describe, expect, it } from 'vitest';
import type { Json } from './json';
import { formatProblem } from './problem';
import { checkVariables } from './variables';

const host = { type: 'query', name: 'host', multi: true };
const one = { type: 'query', name: 'one' };
const told = (panel: Json, variables: readonly Json[] = [host, one], rest: Json = {}): string[] =>
  checkVariables({ ...rest, templating: { list: variables }, panels: [{ type: 'stat', ...panel }] }).map(formatProblem);
const asking = (expr: string): Json => ({ targets: [{ refId: 'A', expr }] });

describe('uses', () => {
  it.each([
    'up{host=~"$host"}',
    'up{host=~"${host}"}',
    'up{host=~"${host:regex}"}',
    'up{host=~"[[host]]"}',
    'rate(x[$__rate_interval]) * ${__interval_ms}',
    'label_replace(up, "a", "$1", "b", "(.*)")',
    '{job="x"} | line_format "{{ $value }}"',
    'up{host=~"a$|b$"}',
    'up{host=~"^web-[0-9]+$"}',
  ])('%s is right', (expr) => {
    expect(told(asking(expr))).toEqual([]);
  });

  it.each([
    ['up{host=~"$hots"}', 'no variable `$hots` (did you mean `$host`?)'],
    ['up{host=~"${hosts:regex}"}', 'no variable `$hosts` (did you mean `$host`?)'],
    ['rate(x[$__rate_intervall])', 'no variable `$__rate_intervall` (did you mean `$__rate_interval`?)'],
    ['rate(x[$__rate_foo_bar_baz])', 'no variable `$__rate_foo_bar_baz`'],
  ])('%s is wrong', (expr, message) => {
    expect(told(asking(expr))).toEqual([
      `panels[0].targets[0].expr: ${message.replaceAll('`$host`', '`host`').replaceAll('mean `$__', 'mean `__')}`,
    ]);
  });

  it('in titles, links, text, repeats, the questions of variables and the targets of annotations', () => {
    expect(told({ title: 'CPU of $hosst' })).toHaveLength(1);
    expect(told({ links: [{ title: 'x', url: '/d/x?var-a=${hosst}' }] })).toHaveLength(1);
    expect(
      told({ fieldConfig: { defaults: { links: [{ url: '?a=${__field.labels.host}&b=${__data.fields[0]}' }] } } }),
    ).toEqual([]);
    expect(told({ options: { content: 'on $hosst' } })).toHaveLength(1);
    expect(told({ options: { content: 'run `echo $HOME` and\n```\n$PATH\n```' } })).toEqual([]);
    expect(told({ type: 'row', title: '$hosst' })).toHaveLength(1);
    expect(told({}, [host, { ...one, query: 'label_values(up{host="$hosst"}, x)' }])).toHaveLength(1);
    expect(
      told({}, [host, { ...one, query: 'label_values(up{host="$host"}, x)', current: { value: '$__all' } }]),
    ).toEqual([]);
    expect(told({}, [host], { annotations: { list: [{ target: { expr: 'up{host="$hosst"}' } }] } })).toHaveLength(1);
  });

  it('in expressions `$A` is a target', () => {
    const expression = { refId: 'B', datasource: { type: '__expr__' }, type: 'math', expression: '$A * 2' };
    expect(told({ targets: [expression] })).toEqual([]);
  });
});

describe('repeats', () => {
  it('need a variable with several values', () => {
    expect(told({ repeat: 'host' })).toEqual([]);
    expect(told({ repeat: 'one' })).toEqual([
      'panels[0].repeat: `one` has one value only: make it multi, or include All',
    ]);
    expect(told({ repeat: 'hots' })).toEqual(['panels[0].repeat: no variable `hots` (did you mean `host`?)']);
    expect(told({ type: 'row', repeat: 'hots' })).toHaveLength(1);
  });
});

describe('definitions', () => {
  it.each([
    [[host, host], '`host` is defined twice'],
    [[{ ...host, name: 'ho st' }], 'must be made of letters, digits and `_`'],
    [[{ ...host, name: '__host' }], "names with `__` before them are Grafana's own"],
  ])('%j', (variables, message) => {
    expect(told({}, variables)).toEqual([expect.stringContaining(message)]);
  });
});
