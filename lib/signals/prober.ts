import blackboxCatalog from '../catalog/recorded/blackbox_exporter.json';
import type { Expression } from '../expression/expression';
import { except, from, max, where } from '../expression/operators';
import { defineSource } from '../expression/source';
import type { SignalDefinition } from './signal';
import { upOrDown } from './states';

/** Whether a probe reaches an app: where the homelab file has one for it. */
export const prober = defineSource(blackboxCatalog, ['service', 'host'], { added: ['group'] });

/** Whether an app answers, without what a probe finds down as well: of that, ServiceDown tells. */
export const butForProbedDown = (answers: Expression<'service' | 'host'>): Expression<'service' | 'host'> =>
  from({
    'where it is probed': except(
      answers,
      where(max(prober.metric('probe_success', { group: 'service' }), 'service'), '==', 0),
    ),
    'where it is not': answers,
  });

/** What the alert on an app that is down watches. `who`: as in "Whether … answers its exporter". */
export const answersItsExporter = (who: string, answers: Expression<'service' | 'host'>): SignalDefinition => ({
  title: 'Answers its exporter',
  description: `Whether ${who} answers its exporter; without what a probe finds down as well, of which ServiceDown tells.`,
  unit: 'state',
  values: upOrDown,
  expression: butForProbedDown(answers),
});
