import { objectInWords } from './kind-words';
import type { PlanOptions, Step } from './plan';

/** Why nothing of these steps may be applied, one text each with the next command in it; empty where they may. */
export const refusalsOf = (steps: readonly Step[], { onDrift, maxDelete }: PlanOptions): readonly string[] => {
  const foreign = steps.filter(({ action }) => action === 'foreign');
  const drifted = steps.filter(({ action }) => action === 'conflict');
  const [unreadable, conflicts] = [drifted.filter(isUnreadable), drifted.filter((step) => !isUnreadable(step))];
  const deletions = steps.filter(({ action }) => action === 'delete');
  return [
    ...(foreign.some(isOfFile) ? [filesInWords(foreign.filter(isOfFile))] : []),
    ...foreign.filter((step) => !isOfFile(step)).map(foreignInWords),
    ...(onDrift === 'fail' && conflicts.length > 0 ? [conflictsInWords(conflicts)] : []),
    ...(onDrift === 'fail' && unreadable.length > 0 ? [unreadableInWords(unreadable)] : []),
    ...(deletions.length > maxDelete ? [tooManyInWords(deletions, { onDrift, maxDelete })] : []),
  ];
};

const isUnreadable = ({ before }: Step): boolean => before?.isUnreadable === true;

const unreadableInWords = (steps: readonly Step[]): string => {
  const [were, them] = steps.length === 1 ? ['was', 'it'] : ['were', 'them'];
  return (
    `${namesOf(steps)} ${were} saved with the new dashboard schema (v2), which can be neither compared nor kept. ` +
    `Next: export ${them} in Grafana where that is to be kept, and delete ${them} there; --on-drift keep pushes all else and leaves ${them}.`
  );
};

const isOfFile = ({ reason = '' }: Step): boolean => /\bbelongs to a file\b/.test(reason);

/** All in one: there is one way for all of them. */
const filesInWords = (steps: readonly Step[]): string =>
  `${namesOf(steps)} cannot be written: ${steps.length === 1 ? steps[0]?.reason : 'files that Grafana reads made them'}. ` +
  'Next: npm run push -- --from-files says how to take over what files made.';

const foreignInWords = (step: Step): string =>
  `${objectInWords(step)} cannot be written: ${step.reason ?? 'it is not ours'}. ` +
  'Next: give ours another prefix (`project` in the homelab file), or move that one out of the way in Grafana; ' +
  'if it is ours and the state of the last push was lost, make it there as ours is.';

const conflictsInWords = (conflicts: readonly Step[]): string => {
  const [are, them] =
    conflicts.length === 1 ? ['is not as the last push left it', 'it'] : ['are not as the last push left them', 'them'];
  return (
    `${namesOf(conflicts)} ${are}. ` +
    `Next: npm run push -- --adopt shows what people changed beside our files; ` +
    `--on-drift keep pushes all else and leaves ${them}; --on-drift overwrite takes ${them} back.`
  );
};

const tooManyInWords = (
  deletions: readonly Step[],
  { onDrift, maxDelete }: Pick<PlanOptions, 'onDrift' | 'maxDelete'>,
): string =>
  `${deletions.length} object${deletions.length === 1 ? '' : 's'} would be deleted, and --max-delete is ${maxDelete}: ${namesOf(deletions)}. ` +
  `Next: if all of them should go, npm run push -- --prune --max-delete ${deletions.length}${onDrift === 'fail' ? '' : ` --on-drift ${onDrift}`}.`;

/** So many are named, the rest is counted. */
const named = 8;

const namesOf = (steps: readonly Step[]): string => {
  const names = steps.map(objectInWords);
  if (names.length <= named + 1) return names.join(', ');
  return `${names.slice(0, named).join(', ')} and ${names.length - named} more`;
};
