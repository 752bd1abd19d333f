import { describe, expect, it } from 'vitest';
import { casesHomelab } from '../../../alerts/cases-homelab';
import { alerts } from '../../../alerts/index';
import { comparing } from '../../alerts/condition';
import { buildAlerts } from '../../alerts/define';
import { conditionQuery, measuredQuery } from '../../alerts/rule';
import { resolveHomelab } from '../../homelab/resolve';
import { shownValue } from '../../signals/signal';
import { splitLimit } from './split-limit';

describe('splitLimit', () => {
  it.each([
    ['a > 5', 'a', '>', 5],
    ['max by (host) (up{job="x"}) == 0', 'max by (host) (up{job="x"})', '==', 0],
    ['a - b >= 1e-09', 'a - b', '>=', 1e-9],
    ['(a or b) != 2', 'a or b', '!=', 2],
    ['(a or b) < 2 and c == 1', '(a or b) and c == 1', '<', 2],
    ['a < 600 and on (host) b > 1 and c == 1', 'a and on (host) b > 1 and c == 1', '<', 600],
  ])('%s', (expression, query, operator, value) => {
    expect(splitLimit(expression)).toEqual({ query, limit: { operator, values: [value] } });
  });

  it.each(['absent(up)', 'a > b', 'a > bool 5', 'a + 5', '5', '', 'a >'])('takes %j as a whole', (expression) => {
    expect(splitLimit(expression)).toEqual({ query: expression });
  });

  const all = buildAlerts(alerts, resolveHomelab(casesHomelab), { everyEngine: true, everyPack: true }).groups.flatMap(
    (group) => group.alerts,
  );
  it.each(all.map((alert) => [alert.name, alert] as const))(
    'finds the limit of %s as Grafana is told it',
    (_, alert) => {
      const { operator, value } = comparing(alert.when);
      expect(splitLimit(conditionQuery(alert))).toEqual({
        query: measuredQuery(alert),
        limit: { operator, values: [shownValue(alert.signal, value)] },
      });
    },
  );
});
