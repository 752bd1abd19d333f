import { describe, expect, it } from 'vitest';
import type { Signals } from '../signals/index';
import { below, is } from './condition';
import { sampleHomelab, buildSample } from './testing/sample';
import { grafanaText, plainText, prometheusText, renderText } from './text';

const one = (differs: Parameters<typeof buildSample>[1] = {}, display = {}) =>
  buildSample(sampleHomelab({}, { display }), differs).groups[0]!.alerts[0]!;

describe('texts', () => {
  const text = '{host} is {value}, {threshold} or more for {for}';

  it('become templates of the engine', () => {
    expect(renderText(text, one(), prometheusText)).toBe(
      '{{ $labels.host }} is {{ $value | humanizePercentage }}, 90% or more for 30m',
    );
    expect(renderText(text, one(), grafanaText)).toBe(
      '{{ $labels.host }} is {{ with $values.A }}{{ .Value | humanizePercentage }}{{ else }}[no value]{{ end }}, 90% or more for 30m',
    );
  });

  it('can be read without an engine', () => {
    expect(renderText(text, one(), plainText)).toBe('<host> is <value>, 90% or more for 30m');
  });

  it('follow the units that the homelab prefers', () => {
    const hot = ({ host }: Signals) => ({ signal: host.hottest, when: { above: 80 } });
    expect(renderText('{value} > {threshold}', one(hot, { temperature: 'fahrenheit' }), prometheusText)).toBe(
      '{{ printf "%.0f" $value }} °F > 176 °F',
    );
  });

  it('call states by their names', () => {
    const down = ({ host }: Signals) => ({ signal: host.up, when: is(0), description: '{host} is {threshold}.' });
    expect(renderText('{threshold}', one(down), prometheusText)).toBe('Down');
    const short = ({ host }: Signals) => ({ signal: host.uptime, when: below(600) });
    expect(renderText('{threshold}', one(short), prometheusText)).toBe('10m');
  });
});
