import { describe, expect, it } from 'vitest';
import { alertUid, receiverUid } from './uid';

describe('uids', () => {
  it.each([
    ['HostDown', 'hl-host-down'],
    ['HostTcpRetransmits', 'hl-host-tcp-retransmits'],
    ['PrometheusTSDBReloads', 'hl-prometheus-tsdb-reloads'],
  ])('%s', (name, uid) => expect(alertUid('hl', name)).toBe(uid));

  it('stay within 40 characters, and apart', () => {
    const long = ['PrometheusRemoteStorageFailuresOfEveryKindA', 'PrometheusRemoteStorageFailuresOfEveryKindB'].map(
      (name) => alertUid('homelab-long', name),
    );
    expect(long.every((uid) => uid.length <= 40 && /^[a-z0-9-]+$/.test(uid))).toBe(true);
    expect(new Set(long).size).toBe(2);
    expect(long[0]).toMatch(/^homelab-long-prometheus-remo.*-[0-9a-f]{8}$/);
  });

  it('keep receivers apart that differ in spelling only', () => {
    expect(receiverUid('hl', 'phone')).toBe('hl-phone');
    expect(receiverUid('hl', 'Phone')).toMatch(/^hl-phone-[0-9a-f]{8}$/);
    expect(receiverUid('hl', 'Телефон')).toMatch(/^hl-receiver-[0-9a-f]{8}$/);
  });
});
