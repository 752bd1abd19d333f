import type { Alert } from '../lib/alerts/alert';
import { atLevel, is } from '../lib/alerts/condition';
import type { Signal } from '../lib/signals/signal';

/** An exporter that goes on showing what it heard long ago, while it says that its app answers. */
export const dataStale = ({
  name,
  app,
  dashboard,
  signals: { dataAge, answers },
  noDataReason,
}: {
  readonly name: string;
  readonly app: string;
  readonly dashboard: string;
  readonly signals: { readonly dataAge: Signal; readonly answers: Signal };
  readonly noDataReason: string;
}) =>
  ({
    name,
    signal: dataAge,
    when: atLevel(dataAge, 'critical'),
    and: [{ signal: answers, when: is(1) }],
    for: '5m',
    forReason: 'An exporter that was just started has heard nothing yet.',
    severity: 'warning',
    category: 'monitoring',
    pack: 'all',
    summary: 'The exporter of {service} shows old numbers',
    description: 'The exporter of {service} heard from it last {value} ago, and goes on showing what it heard then.',
    impact: 'Boards show what was, and alerts on it are blind.',
    firstSteps: ['Read the log of the exporter.', 'Restart it.'],
    causes: [`The part of the exporter that asks ${app} crashed, and its page goes on`],
    silenceWhen: 'Never: restart it.',
    panel: { dashboard, signal: dataAge },
    noData: 'ok',
    noDataReason,
  }) satisfies Alert;
