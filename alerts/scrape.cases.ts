import type { CasesByAlert } from '../lib/alerts/promtool';
import { resolveHomelab } from '../lib/homelab/resolve';
import { casesHomelab } from './cases-homelab';

/** Every program that the homelab of the cases scrapes but for its machine, up. */
const known = Object.fromEntries(
  Object.values(resolveHomelab(casesHomelab).sources).flatMap(({ job, instances }) =>
    instances
      .filter(({ port, service }) => port !== null && service !== null)
      .map(({ address, port, labels }) => {
        const all = { job, instance: `${address}:${port}`, ...labels };
        const matchers = Object.entries(all).map(([label, value]) => `${label}="${value}"`);
        return [`up{${matchers.join(', ')}}`, '1x30'];
      }),
  ),
);

export const scrapeCases: CasesByAlert = {
  TargetDown: {
    fires: {
      series: {
        'up{job="grafana", instance="grafana:3000", service="grafana"}': '0x20',
        'up{job="node", instance="nas:9100", host="nas"}': '1x20',
      },
      silentAt: '4m',
      firesAt: '5m',
      labels: { job: 'grafana', instance: 'grafana:3000', service: 'grafana' },
      summary: 'grafana at grafana:3000 does not answer Prometheus',
      description:
        'Prometheus has not been able to scrape grafana:3000 (job grafana) for 5m. What it tells is missing on boards and in alerts.',
    },
    nearMiss: {
      because: 'its machine is down, which HostDown tells; probed addresses have alerts of their own',
      series: {
        'up{job="smartctl", instance="nas:9633", host="nas"}': '0x20',
        'up{job="node", instance="nas:9100", host="nas"}': '0x20',
        'up{job="blackbox", instance="192.168.1.1", service="router", group="router", reach="internal"}': '0x20',
        'up{job="blackbox-lan", instance="192.168.1.7", device="192.168.1.7"}': '0x20',
      },
      at: '20m',
    },
  },
  TargetAbsent: {
    fires: {
      series: known,
      silentAt: '9m',
      firesAt: '10m',
      labels: { job: 'node', host: 'nas' },
      summary: 'Prometheus does not know a target of node',
      description:
        'The homelab file names a target of the job node, and Prometheus has had nothing of that name for 10m, not even a failed scrape. The labels of this alert say which one.',
    },
    nearMiss: {
      because: 'it is down, but known',
      series: { ...known, 'up{job="node", instance="nas:9100", host="nas"}': '0x30' },
      at: '20m',
    },
  },
  AlertRuleEvaluationFailing: {
    fires: {
      series: {
        'grafana_alerting_rule_evaluation_failures_total{job="grafana", instance="grafana:3000", service="grafana", org="1"}':
          '1000+2x30',
      },
      silentAt: '15m',
      firesAt: '16m',
      labels: { service: 'grafana' },
      summary: 'Alerts cannot be evaluated',
      description: 'Evaluations of alerts by grafana that failed within minutes: 10. It goes on for 15m.',
    },
    nearMiss: {
      because: 'the data source restarts',
      series: {
        'grafana_alerting_rule_evaluation_failures_total{job="grafana", instance="grafana:3000", service="grafana", org="1"}':
          '1000+2x4 1008x30',
      },
      at: '20m',
    },
  },
};
