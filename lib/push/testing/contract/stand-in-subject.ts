import type { GrafanaStandIn } from '../grafana';
import type { Subject } from './run';

/** The stand-in as the cases know it. */
export const standInSubject = ({ url, tokens, administrator }: GrafanaStandIn): Subject => {
  const basic = (user: string, password: string): string =>
    `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  return {
    url,
    headersOf: (who) => {
      if (who === 'nobody') return {};
      if (who === 'root') return { Authorization: basic(administrator.user, administrator.password) };
      if (who === 'unknown-user') return { Authorization: basic('nobody-here', 'wrong') };
      if (who === 'unknown-token') return { Authorization: 'Bearer glsa_unknown' };
      if (who === 'expired-token') return { Authorization: `Bearer ${tokens.expired}` };
      if (who === 'deleted-token') return { Authorization: `Bearer ${tokens.deleted}` };
      return { Authorization: `Bearer ${tokens[who]}` };
    },
  };
};
