import { describe, expect, it } from 'vitest';
import type { Signals } from '../signals/index';
import type { Alert } from './alert';
import { above, below, is } from './condition';
import { buildAlerts, defineAlerts } from './define';
import { buildSample, sampleAlert, sampleGroup, sampleHomelab } from './testing/sample';

const homelab = sampleHomelab();
const mistake = (differs: Partial<Alert> | ((signals: Signals) => Partial<Alert>)) => () =>
  buildSample(homelab, differs);

describe('an alert', () => {
  it('is built for a homelab that can have it', () => {
    expect(
      buildSample(homelab, {}).groups.map(({ name, alerts }) => [name, alerts.map((alert) => alert.name)]),
    ).toEqual([['host', ['HostCpuHigh']]]);
  });

  it.each<[string, Partial<Alert> | ((signals: Signals) => Partial<Alert>), RegExp]>([
    ['name', { name: 'host-down' }, /HOST|<Thing><Condition>/],
    ['long summary', { summary: `{host} ${'x'.repeat(90)}` }, /97 characters, 80 are allowed/],
    [
      'value in the summary',
      { summary: '{host} is {value} busy' },
      /summary holds \{value\}.*move it to the description/,
    ],
    [
      'label that is lost',
      { description: '{value} on {mountpoint}' },
      /\{mountpoint\}, which host\.cpuBusy does not carry; it has host/,
    ],
    [
      'label that a first step does not have',
      { firstSteps: ["Run df | awk '{print}'."] },
      /the first step holds \{print\}, which host\.cpuBusy does not carry/,
    ],
    [
      'template in a first step',
      { firstSteps: ["Run docker ps --format '{{.Names}}'."] },
      /the first step holds a template of one engine/,
    ],
    ['label of a person', { description: '{value} because of {user}' }, /\{user\}, which is personal/],
    ['template of an engine', { description: '{{ $value }} and {value}' }, /template of one engine/],
    ['no value in the description', { description: '{host} is busy' }, /needs \{value\}/],
    [
      'value of a state',
      ({ host }) => ({ signal: host.up, when: is(0), description: '{value}' }),
      /is a state, whose number says nothing/,
    ],
    [
      'step that is no request',
      { firstSteps: ['The processor is hot'] },
      /"The processor is hot" must begin with what to do/,
    ],
    [
      'first step that fills a telephone',
      { firstSteps: [`Open ${'the page '.repeat(13)}`] },
      /the first step has 122 characters, 120 are allowed, because messages show it/,
    ],
    ['empty reason', { forReason: ' ' }, /forReason is empty/],
    ['duration', { for: '5 minutes' }, /for: `5 minutes` is not a duration/],
    [
      'percent for a ratio',
      { when: above(90) },
      /can never fire: host\.cpuBusy is between 0 and 1, the alert wants > 90; for 90 % write 0.9/,
    ],
    ['out of range', { when: below(0) }, /can never fire/],
    ['limit without a reason', { when: above(0.77) }, /does not say why it starts at 0\.77: write whenReason/],
    ['no panel', { panel: undefined as never }, /names no panel/],
    [
      'no data of a guarded query',
      ({ host }) => ({ and: [{ signal: host.up, when: is(1) }], noData: 'noData' }),
      /write noData: 'ok'/,
    ],
    ['escalation of nothing', { escalates: 'HostWarm' }, /escalates `HostWarm`, which no alert is called/],
  ])('is refused for its %s, with its file and name', (_, differs, message) => {
    expect(mistake(differs)).toThrow(message);
    expect(mistake(differs)).toThrow(/lib\/alerts\/testing\/sample\.ts › |name must be/);
  });

  it('may say more in a later step than messages show', () => {
    const [shown, later] = [`Open ${'the page '.repeat(13)}`.slice(0, 120), `Read ${'on '.repeat(60)}`];
    expect(mistake({ firstSteps: [shown, later] })).not.toThrow();
  });

  it('is refused with all of its mistakes at once', () => {
    expect(mistake({ summary: '{value}', impact: '', for: 'soon' })).toThrow(
      /\{value\}[^]*soon[^]*impact is empty|impact is empty[^]*soon/,
    );
  });

  it('is refused when another has its name', () => {
    const twice = [sampleGroup({}), defineAlerts('other', (signals) => [sampleAlert(signals)])];
    expect(() => buildAlerts(twice, homelab)).toThrow(/HostCpuHigh: .* has an alert of that name already/);
    expect(() => buildAlerts([sampleGroup({}), sampleGroup({ name: 'HostHot' })], homelab)).toThrow(
      /is a group called `host` already/,
    );
  });
});

describe('an alert that the homelab cannot have', () => {
  it('is left out with the reason', () => {
    const off = sampleHomelab(
      {},
      { hosts: [{ name: 'nas', exporters: [{ exporter: 'node_exporter', collectors: { pressure: false } }] }] },
    );
    const { groups, omissions } = buildSample(off, ({ host }) => ({ signal: host.cpuPressure, when: above(0.4) }));
    expect(groups).toEqual([]);
    expect(omissions).toEqual([
      { what: 'alert', where: 'HostCpuHigh', why: expect.stringContaining('`pressure` is switched off') },
    ]);
  });

  it('is left out when only its guard cannot be', () => {
    const off = sampleHomelab(
      {},
      { hosts: [{ name: 'nas', exporters: [{ exporter: 'node_exporter', collectors: { pressure: false } }] }] },
    );
    const { omissions } = buildSample(off, ({ host }) => ({
      and: [{ signal: host.memoryPressure, when: above(0.1) }],
    }));
    expect(omissions.map(({ where }) => where)).toEqual(['HostCpuHigh']);
  });

  it('is left out with an engine that it is not for', () => {
    const only = { engines: ['mimir'], because: 'only Mimir has it' } as const;
    expect(buildSample(homelab, { only }).omissions).toEqual([
      { what: 'alert', where: 'HostCpuHigh', why: 'only Mimir has it' },
    ]);
    expect(buildAlerts([sampleGroup({ only })], homelab, { everyEngine: true }).omissions).toEqual([]);
  });

  it('is left out as information where nobody is named, since Grafana would send it to somebody', () => {
    expect(buildSample(homelab, { severity: 'info' }).omissions[0]?.why).toContain('alerting.receivers');
    const named = sampleHomelab({ receivers: { mail: { kind: 'email', to: ['me@example.org'] } } });
    expect(buildSample(named, { severity: 'info' }).omissions).toEqual([]);
    expect(buildSample(sampleHomelab({ engine: 'prometheus' }), { severity: 'info' }).omissions).toEqual([]);
  });
});
