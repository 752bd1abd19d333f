import { defineRule } from '../rule';
import type { Alert } from '../subject';

/** Alerts say what to do. */
export const alertRunbook = defineRule({
  id: 'alert-runbook',
  on: 'alert',
  severity: 'info',
  needs: 'nothing',
  says: 'an alert without a runbook',
  why: 'At three in the morning nobody remembers what helped the last time.',
  instead: 'The annotation `runbook_url`, or the first steps in an annotation.',

  *check(alert) {
    if (!lacksRunbook(alert)) return;
    const report = { culprit: alert.name, expected: 'the annotation `runbook_url`' };
    if (alert.document.own) {
      yield { ...report, message: 'there is no runbook', severity: 'warning' };
      return;
    }
    // A convention that strangers may not share: told once a group.
    const alerts = alert.group.rules.filter((rule) => rule.kind === 'alert');
    const lacking = alerts.filter(lacksRunbook);
    if (lacking[0] !== alert) return;
    yield {
      ...report,
      message: `there is no runbook${lacking.length > 1 ? `, as for ${lacking.length} of ${alerts.length} alerts of the group` : ''}`,
    };
  },

  accepts: [
    { name: 'a link', alert: { annotations: { summary: 'Down.', runbook_url: 'https://example.com/down' } } },
    { name: 'the first step', alert: { annotations: { summary: 'Down.', first_step: 'Look at the logs.' } } },
  ],
  rejects: [
    { name: 'none', alert: { annotations: { runbook_url: undefined } }, because: 'no runbook' },
    { name: 'an empty one', alert: { annotations: { summary: 'Down.', runbook_url: '' } }, because: 'no runbook' },
  ],
});

const lacksRunbook = ({ annotations }: Alert): boolean =>
  !Object.entries(annotations).some(([name, text]) => /runbook|first_?step|playbook/i.test(name) && text.trim() !== '');
