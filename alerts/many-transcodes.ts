import type { Alert } from '../lib/alerts/alert';
import { above } from '../lib/alerts/condition';
import type { Signal } from '../lib/signals/signal';

/** More transcodes of a media server at once than a small machine carries. */
export const manyTranscodes = ({
  transcodes,
  dashboard,
  ...own
}: Pick<Alert, 'name' | 'firstSteps' | 'causes' | 'noDataReason'> & {
  readonly transcodes: Signal;
  readonly dashboard: string;
}) =>
  ({
    ...own,
    signal: transcodes,
    when: above(3),
    whenReason: 'More than three at once is much for a small processor; hardware acceleration carries more.',
    for: '10m',
    forReason: 'Whoever looks for a film opens several.',
    severity: 'info',
    category: 'performance',
    pack: 'all',
    summary: '{service} transcodes much at once',
    description: '{service} transcodes {value} streams at once, for {for}.',
    impact: 'Each further one may make all of them stop.',
    silenceWhen: 'Never needed: it is no message.',
    panel: { dashboard, signal: transcodes },
    noData: 'ok',
  }) satisfies Alert;
