import { TargetError } from '../../lib/homelab/choose-target';
import { exitCodeOf } from '../../lib/push/exit-code';
import { normalForms } from '../../lib/push/normal-form';
import { planUninstall, uninstall } from '../../lib/push/uninstall';
import type { PushArguments } from '../commands/push';
import { explain } from '../failure';
import { ask, someoneIsThere } from './ask';
import { rollbackOf } from './carry-out-plan';
import { onCtrlC } from './ctrl-c';
import { keepFiles } from './keep-files';
import { withWhere } from './next-command';
import { beginSession, secret, secretValue } from './session';
import { reportFor, shown, showProgress, showProposal } from './show';
import { desiredOf, type Site } from './site';

/** Lists, backs up and removes all that is ours, the state last; what people changed stays, and is named. */
export const runUninstall = async (given: PushArguments, site: Site): Promise<number> => {
  const { target } = site;
  if (!given.yes && !someoneIsThere())
    throw new TargetError('nobody is there who could say yes', '--yes', 'npm run push -- --uninstall --yes');
  const { desired } = desiredOf(given, site);
  const session = await beginSession(given, site, desired, { removesAll: true });
  const { open, input, stateBefore } = session;
  const plan = planUninstall({ ...input, normalForms, secret: secretValue });
  if (plan.steps.length === 0 && !stateBefore) {
    process.stdout.write(shown(reportFor(open, plan), given, 0));
    return 0;
  }
  if (!given.yes) {
    showProposal(reportFor(open, plan), given);
    const typed = await ask(`To remove this from ${target.url}, type the prefix (${target.project}): `);
    if (typed !== target.project) {
      process.stderr.write('nothing was changed\n');
      return 1;
    }
  }
  const time = new Date();
  const { backup, keepBackup, journal } = keepFiles(site.folder, time);
  const interrupt = onCtrlC();
  try {
    const { outcomes, stateFailure } = await uninstall({
      plan,
      base: input.base,
      stores: open.stores,
      state: open.state,
      project: target.project,
      target: target.name,
      time,
      normalForms,
      message: '',
      secret,
      journal,
      signal: interrupt.signal,
      onProgress: showProgress(process.stderr),
      keepBackup,
    });
    if (stateFailure) process.stderr.write(withWhere(explain(stateFailure), given));
    process.stderr.write(withWhere(`to make it again: npm run push, or ${rollbackOf(target, backup)}\n`, given));
    const left = plan.steps.some(({ action }) => action !== 'delete');
    const exit = exitCodeOf(plan, 'keep', outcomes, {
      stopped: interrupt.signal.aborted,
      stateFailed: stateFailure !== undefined,
    });
    const last = exit === 0 && left ? 1 : exit;
    process.stdout.write(shown(reportFor(open, plan, outcomes), given, last));
    return last;
  } finally {
    interrupt.stop();
    journal.close();
  }
};
