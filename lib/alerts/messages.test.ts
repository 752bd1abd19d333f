import { describe, expect, it } from 'vitest';
import { defineHomelab } from '../homelab/define';
import type { Homelab, Receiver } from '../homelab/homelab';
import { resolveHomelab } from '../homelab/resolve';
import { messageTemplates, type MessageEngine } from './messages';

// What they read as is seen in lib/proof/messages.real.test.ts, in the programs that fill them in.
const templates = (engine: MessageEngine, rest: Partial<Homelab> = {}, ...receivers: readonly Receiver[]): string =>
  messageTemplates(
    resolveHomelab(
      defineHomelab({
        hosts: [{ name: 'nas' }],
        ...rest,
        alerting: { receivers: Object.fromEntries(receivers.map((receiver) => [receiver.kind, receiver])) },
      }),
    ),
    engine,
  );

describe('links', () => {
  it.each(['grafana', 'alertmanager'] as const)('begin where the homelab says, or are left out: %s', (engine) => {
    const urls = { grafana: 'https://grafana.home.arpa', alertmanager: 'https://alertmanager.home.arpa' };
    const silence = engine === 'grafana' ? 'home.arpa/alerting/silence/' : 'alertmanager.home.arpa';
    expect(templates(engine, { urls })).toContain(silence);
    expect(templates(engine)).not.toMatch(/home\.arpa|localhost|SilenceURL|PanelURL|silences\/new/);
  });
});

describe('times', () => {
  it('are in the time zone and on the clock of the homelab', () => {
    const text = templates('grafana', { timeZone: 'Europe/Berlin', display: { clock: '12h' } });
    expect(text).toContain('tz "Europe/Berlin" | date "Mon 2 Jan 3:04 PM"');
  });

  it('are in UTC without one, by nothing that Alertmanager 0.25 lacks', () => {
    const text = templates('alertmanager');
    expect(text).toContain('printf "%s UTC"');
    expect(text).not.toMatch(/\| (tz|date) /);
  });
});

describe('JSON', () => {
  const house: Receiver = { kind: 'home-assistant', url: { env: 'A' } };

  it('is written only where somebody reads it: an older Alertmanager reads no file with its functions', () => {
    expect(templates('alertmanager')).not.toMatch(/toJson|dict/);
    expect(templates('alertmanager', {}, house)).toMatch(/dict .* \| toJson/);
    expect(templates('grafana', {}, house)).toMatch(/coll\.Dict .* \| data\.ToJSON/);
  });

  it('has the topic of its receiver, and none that only a file of Alertmanager knows', () => {
    expect(templates('alertmanager', {}, { kind: 'ntfy', topic: 'attic' })).toContain('"topic" "attic"');
    expect(templates('alertmanager', {}, { kind: 'ntfy', topic: { env: 'A' } })).not.toContain('topic');
    expect(templates('grafana', {}, { kind: 'ntfy', topic: { env: 'A' } })).toContain('.Vars.topic');
  });
});
