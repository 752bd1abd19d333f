import type { Action } from '../plan';
import { actions, type PushReport, type ReportedObject } from './report';

/** What a line begins with. */
export const sign: Readonly<Record<Action, string>> = {
  create: '+',
  update: '~',
  delete: '-',
  conflict: '!',
  foreign: '!',
  orphan: '?',
  unchanged: '=',
};

const planned = (action: Action, { target }: PushReport): string =>
  ({
    create: 'to create',
    update: 'to update',
    delete: 'to delete',
    conflict: `changed in ${serverInWords(target)}`,
    foreign: 'not ours',
    orphan: 'no longer defined',
    unchanged: 'unchanged',
  })[action];

/** What sentences call the server of a target. */
export const serverInWords = ({ kind }: { readonly kind: 'grafana' | 'ruler' }): 'Grafana' | 'the ruler' =>
  kind === 'ruler' ? 'the ruler' : 'Grafana';

/** Whether an object has a line of its own; the others are only counted. */
export const isTold = ({ action, cannotTell, outcome }: ReportedObject): boolean =>
  action !== 'unchanged' || cannotTell !== undefined || outcome !== undefined;

/** What is said of an object beside its name: nothing where the sign says it all. */
export const remarkOf = ({ action, reason, instead, cannotTell }: ReportedObject): string | undefined => {
  const parts = [
    ...(reason === undefined ? [] : [reason]),
    ...(action === 'conflict' && instead === 'delete' ? ['and no longer defined'] : []),
    ...(action === 'orphan' && reason === undefined ? ['no longer defined; --prune deletes it'] : []),
    ...(cannotTell
      ? [`nobody can tell whether ${cannotTell.join(', ')} changed; --resend-secrets sends it again`]
      : []),
  ];
  return parts.length > 0 ? parts.join('; ') : undefined;
};

/** `2 to create, 1 to update, 40 unchanged`; after an apply `3 done, 1 failed: ...`. */
export const summaryOf = (report: PushReport): string => {
  const { objects, counts, applied, refusals } = report;
  const told = actions
    .filter((action) => counts[action] > 0)
    .map((action) => `${counts[action]} ${planned(action, report)}`);
  if (!applied) {
    if (objects.length === 0) return 'Nothing is defined, and nothing of ours is there.';
    const isQuiet = actions.every((action) => action === 'unchanged' || counts[action] === 0);
    return isQuiet && refusals.length === 0 ? `Nothing to do: ${counts.unchanged} unchanged.` : `${told.join(', ')}.`;
  }
  const ended = (['done', 'failed', 'not reached'] as const).flatMap((result) => {
    const count = objects.filter(({ outcome }) => outcome?.result === result).length;
    return count > 0 ? [`${count} ${result}`] : [];
  });
  const left = objects.filter(({ action, outcome }) =>
    outcome ? outcome.result === 'left' : action === 'conflict',
  ).length;
  const others = (['orphan', 'unchanged'] as const).flatMap((action) =>
    counts[action] > 0 ? [`${counts[action]} ${planned(action, report)}`] : [],
  );
  const all = [...ended, ...(left > 0 ? [`${left} left as ${left === 1 ? 'it is' : 'they are'}`] : []), ...others];
  return `${all.join(', ') || 'Nothing to do'}.`;
};

/** `http://nas:3000, organisation 2, Grafana 12.3.0`. */
export const targetInWords = ({ target }: PushReport): string =>
  [
    target.url,
    ...(target.org === null ? [] : [`organisation ${target.org}`]),
    ...(target.serverVersion === null
      ? []
      : [`${target.kind === 'grafana' ? 'Grafana' : 'ruler'} ${target.serverVersion}`]),
  ].join(', ');

/** A text from a server on one line, without what would steer a terminal or turn round the text behind it. */
export const onOneLine = (text: string): string =>
  text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').replace(/[\u202a-\u202e\u2066-\u2069]/g, '');
