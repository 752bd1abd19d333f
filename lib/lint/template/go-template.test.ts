import { describe, expect, it } from 'vitest';
import { readTemplate } from './go-template';

const errorOf = (text: string, engine: 'prometheus' | 'grafana' = 'prometheus') => readTemplate(text, engine).error;

describe('Go templates', () => {
  it.each([
    'no template at all',
    '{{ $labels.instance }} has {{ $value | humanize }} left',
    '{{- if gt $value 5.0 -}} much {{- else if eq .Labels.job "x" }} some {{ else }} little {{ end }}',
    '{{ with query "up{job=\\"}}\\"}" }}{{ . | first | value }}{{ end }}',
    '{{ range query `sort(up)` }}{{ .Labels.job }} {{ .Value }}{{ end }}',
    '{{ range $index, $sample := query "up" }}{{ $index }}{{ $sample.Value }}{{ end }}',
    '{{ printf "%.2f" $value }}{{/* a }} remark */}}',
    '{{ $labels.foo_bar }}:{{ index $labels "a-b" }} {{ $externalLabels.cluster }} {{ (query "up" | first).Labels.job }}',
    '{{ printf "%.0f" (humanizePercentage $value) | title }} {{ len (query "x") }} {{ $x := 5 }}{{ $x = -6 }}{{ $x }}',
    '{{ define "a" }}x{{ end }}{{ template "a" }}',
  ])('takes %s', (text) => expect(errorOf(text)).toBeUndefined());

  it.each([
    ['{{ $labels.instance', 'not closed'],
    ['{{ $labels.instance } is down', 'not closed'],
    ['{{ $labels.instance {{ $value }}', 'inside of'],
    ['{{ if gt $value 5.0 }} much', 'has no `{{ end }}`'],
    ['much {{ end }}', 'ends nothing'],
    ['{{ $label.instance }}', 'variable `$label` is not defined'],
    ['{{ $value | humanise }}', 'function `humanise` is not defined'],
    ['{{ .labels.instance }}', '`.labels` is not there'],
    ['{{ $labels.foo-bar }}', 'unexpected `-`'],
    ['{{ $values.A }}', 'variable `$values` is not defined'],
    ['{{ humanize ($value }}', '`(` is not closed'],
    ['{{ $value | }}', 'nothing follows'],
    ['{{ }}', 'is empty'],
    ['{{ break }}', 'outside of `{{ range }}`'],
    ['{{ | humanize }}', 'unexpected `|`'],
    ['{{ if .Value = 5 }}x{{ end }}', 'only a variable can be set'],
    ['{{ labels.instance }}', 'function `labels` is not defined'],
    ['{{ printf "%.2f $value }}', 'quotes'],
  ])('refuses %s', (text, because) => expect(errorOf(text)).toContain(because));

  it('knows what Grafana has beside', () => {
    expect(errorOf('{{ $values.A.Value }} {{ filterLabels $labels "a" }}', 'grafana')).toBeUndefined();
    expect(errorOf('{{ $externalLabels.a }}', 'grafana')).toContain('`$externalLabels`');
  });

  it('finds the labels and values that are used', () => {
    const text =
      '{{ $labels.a }} {{ .Labels.b }} {{ index $labels "c" }} {{ range query "up" }}{{ .Labels.d }}{{ end }}';
    expect(readTemplate(text, 'prometheus').labels).toEqual(['a', 'b', 'c']);
    expect(readTemplate('{{ $values.A.Value }} {{ index $values "B" }}', 'grafana').values).toEqual(['A', 'B']);
    expect(readTemplate('{{ $value }}', 'prometheus').value).toBe(true);
    expect(readTemplate('{{ $labels.value }}', 'prometheus').value).toBe(false);
  });

  it('reads whatever it gets', () => {
    for (const text of [
      '{{',
      '}}',
      '{{"',
      '{{`',
      '{{$',
      '{{.}}',
      '{{ . }}',
      '{{-}}',
      '{{/*',
      '{{ ((((( }}',
      '\u0000{{ \u0000 }}',
    ])
      expect(() => readTemplate(text, 'grafana')).not.toThrow();
  });
});
