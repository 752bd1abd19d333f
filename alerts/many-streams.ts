import type { Alert } from '../lib/alerts/alert';
import { above } from '../lib/alerts/condition';
import type { Signal } from '../lib/signals/signal';

/** More streams of a media server than a household watches. */
export const manyStreams = ({
  name,
  streams,
  dashboard,
  causes,
  noDataReason,
}: {
  readonly name: string;
  readonly streams: Signal;
  readonly dashboard: string;
  readonly causes: readonly string[];
  readonly noDataReason: string;
}) =>
  ({
    name,
    signal: streams,
    when: above(5),
    whenReason: 'More than a household watches at once.',
    for: '10m',
    forReason: 'Whoever looks for a film opens several.',
    severity: 'info',
    category: 'performance',
    pack: 'all',
    summary: 'Many watch {service} at once',
    description: '{service} has {value} streams open, for {for}.',
    impact: 'The line to the internet, or the disk, may be full.',
    firstSteps: [
      'Look at the board: are they played directly or transcoded, and what do they take?',
      'Ask who has the password.',
    ],
    causes,
    silenceWhen: 'Never needed: it is no message.',
    panel: { dashboard, signal: streams },
    noData: 'ok',
    noDataReason,
  }) satisfies Alert;
