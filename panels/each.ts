import type { Signal } from '../lib/signals/signal';

/** The same look for several signals, a panel each: `...each(timeseries, host.load, host.power)`. */
export const each = <P>(look: (signal: Signal) => P, ...signals: readonly Signal[]): readonly P[] =>
  signals.map((signal) => look(signal));
