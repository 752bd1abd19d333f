import type { PushReport } from '../../lib/push/report/report';
import { shellWord } from '../../lib/push/shell-word';
import { defaultMaxDelete, type PushArguments } from '../commands/push';

/** What says which homelab is meant, and which server. */
export type Where = Pick<PushArguments, 'homelab' | 'target' | 'engine' | 'mode'>;

const command = /\bnpm run (push|lint|render)\b(?: --((?: --[a-z-]+(?: (?!-)[^\s,;]+)?)+))?/g;

/**
 * A text in which every next command holds what was said on this command line of the homelab file and the target, so that it works when copied. What a command
 * names by itself stays.
 */
export const withWhere = (text: string, given: Where): string =>
  text.replace(command, (whole, script: string, own = '') => {
    const names = (['homelab', 'target', 'engine', 'mode'] as const).filter(
      (name) => (script === 'push' || name !== 'target') && !`${own} `.includes(` --${name} `),
    );
    const words = names.flatMap((name) => (given[name] === undefined ? [] : [`--${name}`, shellWord(given[name])]));
    return words.length === 0 ? whole : `npm run ${script} -- ${words.join(' ')}${own}`;
  });

/** The same for all texts of a report that may hold a command. */
export const reportWithWhere = (report: PushReport, given: Where): PushReport => ({
  ...report,
  refusals: report.refusals.map((text) => withWhere(text, given)),
  objects: report.objects.map((object) => ({
    ...object,
    ...(object.reason !== undefined && { reason: withWhere(object.reason, given) }),
    ...(object.outcome?.reason !== undefined && {
      outcome: { ...object.outcome, reason: withWhere(object.outcome.reason, given) },
    }),
  })),
});

/** A push that does the same as this one, with these words instead of what it was asked to show or to answer. */
export const samePush = (
  { prune, maxDelete, onDrift, resendSecrets }: PushArguments,
  ...words: readonly string[]
): string =>
  [
    'npm run push --',
    ...words,
    ...(prune ? ['--prune'] : []),
    ...(maxDelete === defaultMaxDelete ? [] : [`--max-delete ${maxDelete}`]),
    ...(onDrift === 'fail' ? [] : [`--on-drift ${onDrift}`]),
    ...(resendSecrets ? ['--resend-secrets'] : []),
  ].join(' ');
