import type { ResolvedHomelab } from '../homelab/resolved';
import type { Omission } from './artifact';

/** What the homelab file asks of messages and its engine cannot do, or does otherwise than elsewhere. */
export const messageLimits = ({ alerting, grafana }: ResolvedHomelab): readonly Omission[] => {
  const names = Object.keys(alerting.receivers);
  const limit = (where: string, why: string): Omission => ({ what: 'message', where, why });
  if (alerting.engine === 'grafana') {
    return grafana.mode === 'existing' && names.length > 0
      ? [
          limit(
            'grouping',
            "each alert is a message by itself, also in the digest and when a machine is down: in a Grafana of your own rules name their receivers, and Grafana groups what they send by the rule's name",
          ),
        ]
      : [];
  }
  return Object.entries(alerting.receivers).flatMap(([name, receiver]) =>
    receiver.kind === 'ntfy' && typeof receiver.topic !== 'string'
      ? [
          limit(
            name,
            `ntfy writes it in its own words, and ${receiver.topic.env} must hold the whole address: Alertmanager cannot put a secret topic into a message (see .env.example)`,
          ),
        ]
      : [],
  );
};
