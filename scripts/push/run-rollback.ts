import { readFileSync } from 'node:fs';
import { BackupError } from '../../lib/push/errors';
import { parseBackup, type Backup } from '../../lib/push/backup';
import { normalForms } from '../../lib/push/normal-form';
import { idOf } from '../../lib/push/object';
import { planRollback, readFor, stateAfterRollback } from '../../lib/push/rollback';
import { TargetError } from '../../lib/homelab/choose-target';
import { shellWord } from '../../lib/push/shell-word';
import type { PushArguments } from '../commands/push';
import { ask, someoneIsThere } from './ask';
import { carryOutPlan } from './carry-out-plan';
import { beginSession, secretValue } from './session';
import { reportFor, shown, showProposal } from './show';
import type { Site } from './site';

/** Puts back what a backup holds. Exit 4 where a contact point cannot be as it was, because nobody knows its secrets. */
export const runRollback = async (given: PushArguments, site: Site, file: string): Promise<number> => {
  const backup = readBackup(file);
  const { target, project } = backup;
  if (target !== site.target.name || project !== site.target.project)
    throw new BackupError(
      `${file} is a backup of another target`,
      `of ${target} with the prefix ${project}, not of ${site.target.name} with ${site.target.project}`,
      `npm run push -- --target ${shellWord(target)} --rollback ${shellWord(file)}`,
    );
  if (!given.yes && !someoneIsThere())
    throw new TargetError(
      'nobody is there who could say yes',
      '--yes',
      `npm run push -- --rollback ${shellWord(file)} --yes`,
    );
  const references = new Map(backup.objects.flatMap((saved) => (saved.before ? [[idOf(saved), saved.before]] : [])));
  const session = await beginSession(given, site, [], { others: readFor(backup), references });
  const { plan, withoutSecret, withOurSecret } = planRollback({
    backup,
    ...session.input,
    normalForms,
    secret: secretValue,
    onDrift: given.onDrift,
    hasFolders: session.open.stores.has('folder'),
  });
  const lost = [
    ...withoutSecret.map(
      ({ title, missing }) => `${title} cannot be made again: set ${missing.join(', ')} in the environment\n`,
    ),
    ...withOurSecret.map(
      ({ title, paths }) =>
        `${title} has our secret: what somebody had put into ${paths.join(', ')} is kept nowhere, and has to be set in Grafana\n`,
    ),
  ];
  if (plan.refusals.length > 0) {
    process.stdout.write(shown(reportFor(session.open, plan), given, 2));
    return 2;
  }
  if (!given.yes) {
    showProposal(reportFor(session.open, plan), given);
    if (!/^y(es)?$/i.test(await ask(`Put this back on ${site.target.url}? [y/N] `))) return nothingDone();
  }
  const { outcomes, exit } = await carryOutPlan(given, site, session, plan, (ended) =>
    stateAfterRollback(session.stateBefore, backup, ended),
  );
  const last = lost.length > 0 ? 4 : exit;
  process.stdout.write(shown(reportFor(session.open, plan, outcomes), given, last));
  process.stderr.write(lost.join(''));
  return last;
};

const readBackup = (file: string): Backup => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new BackupError(
      `${file} cannot be read`,
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : (error as Error).message,
      'give a file whose name ends in -backup.json; a push names the one that it made',
    );
  }
  return parseBackup(text, file);
};

const nothingDone = (): number => {
  process.stderr.write('nothing was changed\n');
  return 1;
};
