import { describe, expect, it } from 'vitest';
import { alerts } from '../alerts/index';
import typical from '../examples/homelabs/typical';
import type { Homelab } from '../lib/homelab/homelab';
import { resolveHomelab } from '../lib/homelab/resolve';
import { render } from '../lib/render/render';
import { dashboards } from './index';

/** Every board and alert, as one homelab wants numbers shown. */
const rendered = (display: Homelab['display'] = {}): string =>
  render(resolveHomelab({ ...typical, display, alerting: { ...typical.alerting, pack: 'all' } }), {
    dashboards,
    alerts,
  })
    .artifacts.map(({ text }) => text)
    .join('\n');

/** Names of metrics stay what they are. */
const celsius = /"celsius"|°C|degrees Celsius/;
const fahrenheit = /"fahrenheit"|°F/;
const iec = /"(bytes|binBps)"|[KMGT]iB\b|humanize1024/;
const si = /"(decbytes|Bps)"/;

describe('what is rendered', () => {
  const [usual, other] = [rendered(), rendered({ temperature: 'fahrenheit', bytes: 'si' })];

  it('is in degrees Celsius and in bytes of 1024, where nothing is said', () => {
    expect([celsius, iec].map((one) => one.test(usual))).toEqual([true, true]);
    expect([fahrenheit, si].map((one) => one.test(usual))).toEqual([false, false]);
  });

  it('has no trace of them in boards, alerts, messages and runbooks, where the homelab file says otherwise', () => {
    expect([celsius, iec].map((one) => one.exec(other)?.[0])).toEqual([undefined, undefined]);
    expect([fahrenheit, si].map((one) => one.test(other))).toEqual([true, true]);
  });

  it('has limits in the unit that is shown', () => {
    expect(usual).toContain('the limit is 5 °C');
    expect(other).toContain('the limit is 9 °F');
  });
});
