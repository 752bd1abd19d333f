import { ownSeverity } from '../own-severity';
import { defineRule } from '../rule';

const telling = ['summary', 'description', 'message', 'title'];

/** Alerts say what is wrong. */
export const alertSummary = defineRule({
  id: 'alert-summary',
  on: 'alert',
  severity: 'warning',
  needs: 'nothing',
  says: 'an alert without a summary',
  why: 'The message has nothing but a name in it: who is woken up has to find out what it means.',
  instead: 'The annotation `summary`: one line that says what is wrong, and where.',

  *check(alert) {
    if (alert.annotations.summary?.trim()) return;
    const others = telling.some((name) => alert.annotations[name]?.trim());
    yield {
      message: others ? 'there is no `summary`' : 'no annotation says what is wrong',
      culprit: alert.name,
      expected: 'the annotation `summary`',
      severity: others ? ownSeverity(alert, 'warning', 'info') : 'warning',
    };
  },

  accepts: [{ name: 'a summary', alert: { annotations: { summary: '{{ $labels.instance }} is down' } } }],
  rejects: [
    {
      name: 'nothing',
      alert: { annotations: { summary: undefined, description: undefined } },
      because: 'no annotation',
    },
    { name: 'an empty one', alert: { annotations: { summary: ' ', description: 'Down.' } }, because: 'no `summary`' },
  ],
});
