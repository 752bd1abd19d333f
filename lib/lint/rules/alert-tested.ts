import { defineRule } from '../rule';
import type { Alert } from '../subject';

/** Our own alerts are tried before they are shipped. */
export const alertTested = defineRule({
  id: 'alert-tested',
  on: 'alert',
  severity: 'warning',
  needs: 'nothing',
  says: 'an alert of our own without cases',
  why: 'Nobody saw it fire, and nobody saw it stay silent: it may do neither.',
  instead: 'Cases in `alerts/<source>.cases.ts`: one that fires, and a near miss.',

  *check(alert, { testedAlerts }) {
    if (!testedAlerts || !alert.document.own || isHeartbeat(alert)) return;
    // An override of the homelab file makes a second rule of an alert, which the title tells: `HostDown (host nas)`.
    if (testedAlerts.has(alert.name.replace(/ \(.*\)$/s, ''))) return;
    yield {
      message: `\`${alert.name}\` has no cases`,
      culprit: alert.name,
      expected: 'cases in `alerts/<source>.cases.ts`',
    };
  },

  accepts: [
    { name: 'one with cases', alert: { alert: 'HostDown' }, testedAlerts: ['HostDown'] },
    { name: 'nobody says which have', alert: { alert: 'HostDown' } },
    {
      name: 'one that fires always, so that its absence is noticed elsewhere',
      alert: { alert: 'DeadMansSwitch', expr: 'vector(1)' },
      own: true,
      testedAlerts: ['HostDown'],
    },
    {
      name: 'a part of one with cases',
      alert: { alert: 'HostDown (host nas)' },
      own: true,
      testedAlerts: ['HostDown'],
    },
  ],
  rejects: [
    {
      name: 'one without',
      alert: { alert: 'HostGone' },
      own: true,
      testedAlerts: ['HostDown'],
      because: 'has no cases',
    },
  ],
});

/** It asks for nothing, so it fires always. */
const isHeartbeat = ({ queries }: Alert): boolean =>
  queries.every(({ parsed }) => parsed.tree && parsed.selectors.length === 0);
