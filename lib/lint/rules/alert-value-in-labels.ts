import { templatesOf } from '../template/texts';
import { defineRule } from '../rule';

/** What changes at each evaluation is no label. */
export const alertValueInLabels = defineRule({
  id: 'alert-value-in-labels',
  on: 'alert',
  severity: 'warning',
  needs: 'nothing',
  says: 'the value of an alert in one of its labels',
  why: 'Labels are what an alert is: with another value it is another alert. The old one resolves, the new one waits through `for` again, so that it may never fire, or sends a message at each evaluation.',
  instead: 'Put the value into an annotation.',

  *check(alert) {
    for (const { of, name, at, template } of templatesOf(alert)) {
      if (of !== 'label' || !template.value || template.error) continue;
      // What only compares the value has a few outcomes: `{{ if gt $value 90.0 }}critical{{ else }}warning{{ end }}`.
      if (!showsValue(alert.labels[name] as string)) continue;
      yield {
        message: `the label \`${name}\` holds the value, so that each new value is a new alert`,
        culprit: name,
        at,
        expected: 'an annotation',
      };
    }
  },

  accepts: [
    { name: 'in an annotation', alert: { annotations: { summary: '{{ $value }}' } } },
    { name: 'a label of the series', alert: { labels: { severity: 'warning', host: '{{ $labels.instance }}' } } },
    {
      name: 'a value that is compared',
      alert: { labels: { severity: '{{ if gt $value 90.0 }}critical{{ else }}warning{{ end }}' } },
    },
  ],
  rejects: [
    {
      name: 'in a label',
      alert: { labels: { severity: 'warning', value: '{{ $value }}' } },
      because: 'holds the value',
    },
    {
      name: 'rounded',
      alert: { labels: { severity: 'warning', load: '{{ .Value | printf "%.0f" }}' } },
      because: 'holds the value',
    },
  ],
});

const showsValue = (text: string): boolean =>
  [...text.matchAll(/\{\{-?\s*([\s\S]*?)\}\}/g)].some(
    ([, action]) =>
      !/^(?:if|else|with)\b/.test(action as string) && /\$value\b|\.Value\b|\$values\b/.test(action as string),
  );
