import { templatesOf } from '../template/texts';
import { refIdsOf } from '../ref-ids';
import { defineRule } from '../rule';

/** Templates in alerts can be filled in. */
export const alertTemplate = defineRule({
  id: 'alert-template',
  on: 'alert',
  severity: 'error',
  needs: 'nothing',
  says: 'a template in a label or annotation that does not parse, or reads a query that is not there',
  why: 'Prometheus does not load a rule file with a broken template; Grafana sends the template instead of the text.',
  instead: 'Templates are Go templates: `{{ $labels.instance }}`, `{{ $value | humanize }}`.',

  *check(alert) {
    const refIds = refIdsOf(alert);
    for (const { of, name, at, template } of templatesOf(alert)) {
      if (template.error) {
        yield { message: `the template in the ${of} \`${name}\` does not parse: ${template.error}`, culprit: name, at };
        continue;
      }
      if (alert.engine === 'grafana') {
        for (const value of template.values) {
          // Classic conditions number theirs: `B0`.
          if (refIds.has(value) || refIds.has(value.replace(/\d+$/, ''))) continue;
          yield {
            message: `\`$values.${value}\` in the ${of} \`${name}\` is no refId of this rule`,
            culprit: value,
            at,
            nearest: [...refIds],
          };
        }
      }
      const [only] = template.vmalert;
      if (only) {
        yield {
          message: `only vmalert knows \`${only}\`, in the ${of} \`${name}\``,
          culprit: only,
          at,
          severity: 'info',
        };
      }
    }
  },

  accepts: [
    {
      name: 'labels and the value',
      alert: {
        expr: 'max by (instance) (node_load1) > 5',
        annotations: { summary: '{{ $labels.instance }}: {{ printf "%.1f" $value }}, {{ $value | humanize }}' },
      },
    },
    {
      name: 'a query of its own',
      alert: { annotations: { summary: '{{ with query "up" }}{{ . | first | value }}{{ end }}' } },
    },
  ],
  rejects: [
    {
      name: 'braces that are not closed',
      alert: { annotations: { summary: '{{ $labels.instance }' } },
      because: 'does not parse',
    },
    { name: 'no such function', alert: { annotations: { summary: '{{ $value | humanise }}' } }, because: '`humanise`' },
    { name: 'no such variable', alert: { labels: { host: '{{ $label.host }}' } }, because: '`$label`' },
    {
      name: 'no such refId',
      grafanaAlert: { annotations: { summary: '{{ $values.Z.Value }}' } },
      because: '`$values.Z`',
    },
  ],
});
