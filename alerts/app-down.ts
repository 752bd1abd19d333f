import type { Alert } from '../lib/alerts/alert';
import { is } from '../lib/alerts/condition';
import type { Signal } from '../lib/signals/signal';

/** An app that does not answer its exporter, which itself is there: what to do about it is the app's own. */
export const appDown = ({
  signals: { answers, up },
  dashboard,
  ...own
}: Pick<
  Alert,
  'name' | 'for' | 'forReason' | 'severity' | 'description' | 'impact' | 'firstSteps' | 'causes' | 'silenceWhen'
> & {
  readonly dashboard: string;
  readonly signals: { readonly answers: Signal; readonly up: Signal };
}) =>
  ({
    ...own,
    absenceOf: 'service',
    signal: answers,
    when: is(0),
    category: 'availability',
    pack: 'standard',
    summary: '{service} does not answer its exporter',
    panel: { dashboard, signal: up },
    noData: 'ok',
    noDataReason: 'An exporter that does not answer itself is told by TargetDown.',
  }) satisfies Alert;
