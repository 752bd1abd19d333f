import { describe, expect, it } from 'vitest';
import type { ResolvedAlerting } from '../homelab/resolved';
import { paceOf, receiverOf } from './routing';

const alerting: ResolvedAlerting = {
  engine: 'grafana',
  alertmanager: 'alertmanager:9093',
  receivers: {},
  routes: [
    { severity: ['critical'], category: ['data-loss'], to: 'phone' },
    { severity: null, category: ['monitoring'], to: 'admin' },
    { severity: ['info'], category: ['monitoring'], to: 'watchdog' },
  ],
  defaultReceiver: 'mail',
};

describe('who is told', () => {
  it.each([
    ['critical', 'data-loss', 'phone'],
    ['warning', 'data-loss', 'mail'],
    ['warning', 'monitoring', 'admin'],
    // A route without severities is about messages, and info is none.
    ['info', 'monitoring', 'watchdog'],
    ['info', 'capacity', null],
  ] as const)('%s %s', (severity, category, receiver) =>
    expect(receiverOf(alerting, { severity, category })).toBe(receiver),
  );

  it('is nobody when the homelab names nobody', () => {
    expect(
      receiverOf({ ...alerting, routes: [], defaultReceiver: null }, { severity: 'critical', category: 'power' }),
    ).toBeNull();
  });

  it('hears of a heartbeat again and again', () => {
    expect(paceOf('info', true).repeat_interval).toBe('5m');
    expect(paceOf('critical').group_wait).toBe('30s');
  });
});
