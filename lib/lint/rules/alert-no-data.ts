import { ownSeverity } from '../own-severity';
import { defineRule } from '../rule';

const states = {
  noDataState: ['NoData', 'OK', 'Alerting', 'KeepLast'],
  execErrState: ['Error', 'OK', 'Alerting', 'KeepLast'],
} as const;

/** Grafana's alerts say what silence means. */
export const alertNoData = defineRule({
  id: 'alert-no-data',
  on: 'alert',
  severity: 'info',
  needs: 'nothing',
  says: 'a Grafana alert that does not say what it does without data, or when its query fails',
  why: 'Whether a series that vanished is fine or bad depends on the alert; unset, Grafana sends an alert of its own, called DatasourceNoData, or pages for the alert itself when the query fails.',
  instead:
    '`noDataState: OK` where no series means that nothing is wrong, `NoData` or `Alerting` where it means that nobody looks; `execErrState: Error`.',

  *check(alert) {
    if (alert.engine !== 'grafana') return;
    for (const [name, allowed] of Object.entries(states)) {
      const state = alert[name as keyof typeof states];
      if (state === undefined) {
        yield {
          message: `\`${name}\` is not set`,
          culprit: name,
          expected: allowed.map((value) => `\`${value}\``).join(', '),
          severity: ownSeverity(alert, 'warning', 'info'),
        };
      } else if (!allowed.some((value) => value.toLowerCase() === state.toLowerCase())) {
        yield {
          message: `\`${name}\` cannot be \`${state}\``,
          culprit: state,
          at: [...alert.at, name],
          expected: allowed.map((value) => `\`${value}\``).join(', '),
          severity: 'error',
        };
      }
    }
    if (alert.noDataState === 'OK' && alert.execErrState === 'OK' && !alert.document.own) {
      yield {
        message: 'nobody is told when its query fails',
        culprit: 'execErrState',
        at: [...alert.at, 'execErrState'],
        expected: '`Error`',
      };
    }
  },

  accepts: [
    { name: 'both set', grafanaAlert: { noDataState: 'OK', execErrState: 'Error' } },
    { name: 'a rule of Prometheus, which has none', alert: {} },
  ],
  rejects: [
    { name: 'a word that is none', grafanaAlert: { noDataState: 'Ok!' }, because: 'cannot be `Ok!`' },
    { name: 'both silent', grafanaAlert: { noDataState: 'OK', execErrState: 'OK' }, because: 'nobody is told' },
  ],
});
