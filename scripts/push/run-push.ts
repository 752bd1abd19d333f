import { setFlagsFromString } from 'node:v8';
import { TargetError } from '../../lib/homelab/choose-target';
import { makePlan } from '../../lib/push/make-plan';
import { normalForms } from '../../lib/push/normal-form';
import type { DesiredObject } from '../../lib/push/object';
import type { Plan } from '../../lib/push/plan';
import type { PushArguments } from '../commands/push';
import { shellWord } from '../../lib/push/shell-word';
import { ask, someoneIsThere } from './ask';
import { carryOutPlan, refuseMissingSecrets } from './carry-out-plan';
import { samePush, withWhere } from './next-command';
import { beginSession } from './session';
import { reportFor, shown, showProposal } from './show';
import { desiredOf, siteOf, type Site } from './site';

/** Pushes, or does what one of the options says; gives the exit code. */
export const runPush = async (given: PushArguments): Promise<number> => {
  // Left to itself, the heap keeps 100 MB of garbage beside 500 dashboards.
  setFlagsFromString('--heap-growing-percent=20');
  const site = siteOf(given);
  if (given.rollback !== undefined) return rollback().runRollback(given, site, given.rollback);
  if (given.uninstall) return uninstall().runUninstall(given, site);
  if (given.testNotify !== undefined) return others().runTestNotify(given, site, given.testNotify);
  if (given.apply !== undefined) return applySaved(given, site, given.apply);
  const { desired } = desiredOf(given, site);
  if (given.adopt) return others().runAdopt(given, site, desired);
  if (given.fromFiles) return others().runFromFiles(given, site, desired);
  return push(given, site, desired);
};

const push = async (given: PushArguments, site: Site, desired: readonly DesiredObject[]): Promise<number> => {
  // Before anything is read: who cannot be asked has to say so on the command line.
  if (!given.plan && !given.yes && !someoneIsThere())
    throw new TargetError(
      'nobody is there who could say yes',
      '--plan, --yes, or --apply FILE',
      `${samePush(given, '--plan')}, look at it, then ${samePush(given, '--yes')}`,
    );
  const session = await beginSession(given, site, desired);
  const plan = makePlan(session.input, normalForms);
  const report = reportFor(session.open, plan);
  if (given.plan) {
    if (given.out !== undefined)
      planFiles().writePlanFile(given.out, planFiles().planFileText(plan, site.target, normalForms));
    const exit = planExit(plan);
    process.stdout.write(shown(report, given, exit));
    if (given.out !== undefined)
      process.stderr.write(
        withWhere(`saved in ${given.out}\n  next: npm run push -- --apply ${shellWord(given.out)}\n`, given),
      );
    return exit;
  }
  if (plan.refusals.length > 0 || !hasWork(plan)) {
    // Without a refusal nothing is written but what the state did not know yet.
    const exit = plan.refusals.length > 0 ? 2 : (await carryOutPlan(given, site, session, plan)).exit;
    process.stdout.write(shown(report, given, exit));
    return exit;
  }
  refuseMissingSecrets(plan, given.onDrift);
  if (!given.yes) {
    showProposal(report, given);
    if (!/^y(es)?$/i.test(await ask(`Apply this to ${site.target.url}? [y/N] `))) {
      process.stderr.write('nothing was changed\n');
      return 1;
    }
  }
  const { outcomes, exit } = await carryOutPlan(given, site, session, plan);
  process.stdout.write(shown(reportFor(session.open, plan, outcomes), given, exit));
  return exit;
};

/** Exactly what a saved plan says, where nothing of it has moved since. */
const applySaved = async (given: PushArguments, site: Site, file: string): Promise<number> => {
  const { readPlanFile, planFromFile } = planFiles();
  const saved = readPlanFile(file, site.target);
  const desired = saved.steps.flatMap(({ wanted }) => wanted ?? []);
  const session = await beginSession(given, site, desired, { others: saved.steps });
  const plan = planFromFile(saved, file, session.input, normalForms);
  const asSaved: PushArguments = { ...given, onDrift: 'keep' };
  if (plan.refusals.length > 0) {
    process.stdout.write(shown(reportFor(session.open, plan), given, 2));
    return 2;
  }
  refuseMissingSecrets(plan, asSaved.onDrift);
  const { outcomes, exit } = await carryOutPlan(asSaved, site, session, plan);
  process.stdout.write(shown(reportFor(session.open, plan, outcomes), given, exit));
  return exit;
};

/** 0: nothing to do; 1: something would change, or a person changed something; 2: it may not be applied as it is. */
const planExit = (plan: Plan): number => {
  const isForeign = plan.steps.some(({ action }) => action === 'foreign');
  const isDrift = plan.steps.some(({ action }) => action === 'conflict');
  if (isForeign || (plan.refusals.length > 0 && !isDrift)) return 2;
  return isDrift || hasWork(plan) ? 1 : 0;
};

const hasWork = ({ steps }: Plan): boolean =>
  steps.some(({ action }) => action === 'create' || action === 'update' || action === 'delete');

// Each is loaded only where it is needed.
const planFiles = () => require('../../lib/push/plan-file') as typeof import('../../lib/push/plan-file');
const rollback = () => require('./run-rollback') as typeof import('./run-rollback');
const uninstall = () => require('./run-uninstall') as typeof import('./run-uninstall');
const others = () => require('./run-others') as typeof import('./run-others');
