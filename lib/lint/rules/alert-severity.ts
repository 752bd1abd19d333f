import { ownSeverity } from '../own-severity';
import { defineRule } from '../rule';
import { isCloseTo } from '../template/close-to';

const ours = new Set(['critical', 'warning', 'info']);

/** Alerts say how much they matter. */
export const alertSeverity = defineRule({
  id: 'alert-severity',
  on: 'alert',
  severity: 'info',
  needs: 'nothing',
  says: 'an alert without a severity',
  why: 'Routing sends by it: without one the alert goes where everything goes that nobody thought of.',
  instead: 'A label `severity`: `critical` (act now), `warning` (this week), `info` (notifies nobody).',

  *check(alert) {
    const { severity } = alert.labels;
    if (severity === undefined || severity === '') {
      const meant = Object.keys(alert.labels).find((name) => isCloseTo('severity', name));
      yield {
        message: meant ? `the label \`${meant}\` is not \`severity\`` : 'there is no label `severity`',
        culprit: meant ?? alert.name,
        ...(meant && { at: [...alert.at, 'labels', meant], nearest: ['severity'] }),
        expected: 'the label `severity`',
        severity: meant ? 'warning' : ownSeverity(alert, 'warning', 'info'),
      };
    } else if (!ours.has(severity) && !severity.includes('{{')) {
      const meant = [...ours].find((known) => isCloseTo(known, severity));
      if (!meant && !alert.document.own) return;
      yield {
        message: `\`severity\` is \`${severity}\``,
        culprit: severity,
        at: [...alert.at, 'labels', 'severity'],
        expected: meant ? `\`${meant}\`` : '`critical`, `warning` or `info`',
        severity: 'warning',
      };
    }
  },

  accepts: [
    { name: 'a severity', alert: { labels: { severity: 'critical' } } },
    { name: 'one of somebody else', alert: { labels: { severity: 'page' } } },
    {
      name: 'one that is worked out',
      alert: { labels: { severity: '{{ if gt $value 90.0 }}critical{{ else }}warning{{ end }}' } },
    },
  ],
  rejects: [
    { name: 'none', alert: { labels: { severity: undefined } }, because: 'no label `severity`' },
    {
      name: 'misspelt',
      alert: { labels: { severity: undefined, serverity: 'critical' } },
      because: 'is not `severity`',
    },
    { name: 'a misspelt value', alert: { labels: { severity: 'critcal' } }, because: '`critcal`' },
  ],
});
