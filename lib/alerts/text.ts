import { shownValue, type Signal } from '../signals/signal';
import type { Alert } from './alert';
import { comparing } from './condition';
import { valueFormat, type ValueFormat } from './format';

/** How one engine writes the two things that change from alert to alert. */
export interface TextDialect {
  readonly label: (name: string) => string;
  readonly value: (format: ValueFormat) => string;
}

const label = (name: string): string => `{{ $labels.${name} }}`;

export const prometheusText: TextDialect = { label, value: ({ template }) => template('$value') };

/**
 * `A` is the query without its comparison. Grafana also fills in the texts of a rule whose query gave nothing, and writes an
 * error to its log at each evaluation where a function then gets no number.
 */
export const grafanaText: TextDialect = {
  label,
  value: ({ template }) => `{{ with $values.A }}${template('.Value')}{{ else }}[no value]{{ end }}`,
};

/** For a page that is about no alert in particular. */
export const plainText: TextDialect = { label: (name) => `<${name}>`, value: () => '<value>' };

/** Names in braces, in order of appearance: `{host} is at {value}` -> host, value. */
export const holesOf = (text: string): readonly string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);

/** Holes that are no labels. */
export const ownHoles: ReadonlySet<string> = new Set(['value', 'threshold', 'for']);

/** One of our texts as an engine's template: `{value}` and `{threshold}` in the signal's unit, `{for}`, every other hole a label. */
export const renderText = (text: string, alert: Pick<Alert, 'signal' | 'when' | 'for'>, dialect: TextDialect): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (name === 'value') return valueOf(alert.signal, dialect);
    if (name === 'threshold') return thresholdOf(alert);
    if (name === 'for') return alert.for;
    return dialect.label(name);
  });

/** `90%`, `10m`, `80 °C`: where the alert starts, as it is shown. */
export const thresholdOf = ({ signal, when }: Pick<Alert, 'signal' | 'when'>): string => {
  const { value } = comparing(when);
  const named = signal.values?.[value]?.text;
  if (named) return named;
  return valueFormat(signal.unit, signal.context.display)?.text(shownValue(signal, value)) ?? String(value);
};

const valueOf = (signal: Signal, dialect: TextDialect): string => {
  const format = valueFormat(signal.unit, signal.context.display);
  return format ? dialect.value(format) : '';
};
