import { spawnSync } from 'node:child_process';
import { RemoteFailure, UnreachableError } from '../../lib/grafana/errors';
import { isThere, writesOf, type Outcome } from '../../lib/push/apply';
import { carryOut } from '../../lib/push/carry-out';
import { referencesIn } from '../../lib/push/secret-values';
import { exitCodeOf } from '../../lib/push/exit-code';
import { hasSecrets, type Looked } from '../../lib/push/look';
import { normalForms } from '../../lib/push/normal-form';
import type { BaseObject } from '../../lib/push/object';
import type { OnDrift, Plan } from '../../lib/push/plan';
import type { ResolvedTarget } from '../../lib/homelab/resolved';
import { requireRights } from '../../lib/push/rights';
import { shellWord } from '../../lib/push/shell-word';
import { ServerConfigError } from '../../lib/server/errors';
import { ownMessage } from '../../lib/push/dashboard-base';
import type { PushArguments } from '../commands/push';
import { explain } from '../failure';
import { onCtrlC } from './ctrl-c';
import { keepFiles } from './keep-files';
import { withWhere, type Where } from './next-command';
import { secret, secretValue, type Session } from './session';
import { showProgress } from './show';
import type { Site } from './site';

/** What became of a plan, and what the command ends with. */
export interface Ended {
  readonly outcomes: readonly Outcome[];
  readonly exit: number;
}

/** Throws for variables of secrets that a plan has to send and that are not set, before the first write. */
export const refuseMissingSecrets = (plan: Plan, onDrift: OnDrift): void => {
  const missing = writesOf(plan, onDrift).flatMap(({ step: { kind, wanted, title } }) =>
    wanted && hasSecrets(kind)
      ? referencesIn(wanted.body).flatMap(({ name }) => (secretValue(name) === undefined ? [{ name, title }] : []))
      : [],
  );
  const names = [...new Set(missing.map(({ name }) => name))];
  const [first] = names;
  if (first === undefined) return;
  throw new ServerConfigError(
    'secrets that this push has to send are not set, so nothing was changed',
    missing.map(({ name, title }) => `${name}, for ${title}`).join('; '),
    `set ${names.join(', ')} in the environment; dist/.env.example lists them all`,
  );
};

/** Backup, journal, writes and state, with progress and Ctrl-C. `after`: what the state should say, where it is not what was wanted. */
export const carryOutPlan = async (
  given: Where & Pick<PushArguments, 'onDrift'>,
  site: Site,
  { open, input, stateBefore }: Pick<Session, 'open'> & Looked,
  plan: Plan,
  after?: (outcomes: readonly Outcome[]) => ReadonlyMap<string, BaseObject>,
): Promise<Ended> => {
  const { target, folder, home } = site;
  const writes = writesOf(plan, given.onDrift);
  // Of a ruler Grafana only keeps the state.
  const written = target.kind === 'ruler' ? (['dashboard'] as const) : writes.map(({ step: { kind } }) => kind);
  requireRights(
    open.info,
    new Set(writes.length === 0 ? [] : written),
    target.kind === 'ruler' ? `${open.grafana.who} of the Grafana that keeps the state` : open.grafana.who,
  );
  const time = new Date();
  const kept = writes.length === 0 ? undefined : keepFiles(folder, time);
  const interrupt = onCtrlC();
  try {
    const { outcomes, stateFailure } = await carryOut({
      plan,
      input,
      stateBefore,
      stores: open.stores,
      state: open.state,
      project: target.project,
      target: target.name,
      time,
      onDrift: given.onDrift,
      normalForms,
      message: `${ownMessage(target.project)}${revisionOf(home)}`,
      secret,
      onProgress: showProgress(process.stderr),
      signal: interrupt.signal,
      ...(after && { after }),
      ...(kept ? { journal: kept.journal, keepBackup: kept.keepBackup } : { keepBackup: () => undefined }),
    });
    if (stateFailure)
      process.stderr.write(
        `${withWhere(explain(stateFailure), given)}what was applied is applied; run the same push again, and it is remembered\n`,
      );
    if (kept && outcomes.some(isThere))
      process.stderr.write(`to take this back: ${withWhere(rollbackOf(target, kept.backup), given)}\n`);
    const stopped = interrupt.signal.aborted;
    if (stopped || outcomes.some(({ result }) => result === 'not reached'))
      process.stderr.write('for the rest, run the same command again\n');
    process.stderr.write(withWhere(nextSteps(outcomes), given));
    return {
      outcomes,
      exit: exitCodeOf(plan, given.onDrift, outcomes, { stopped, stateFailed: stateFailure !== undefined }),
    };
  } finally {
    interrupt.stop();
    kept?.journal.close();
  }
};

/** A backup is of one target: without its name the only one might be another by then. */
export const rollbackOf = ({ name }: ResolvedTarget, backup: string): string =>
  `npm run push -- --target ${shellWord(name)} --rollback ${shellWord(backup)}`;

/** Which commit of the user's files this is, for the history in Grafana. */
const revisionOf = (home: string): string => {
  const { status, stdout } = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: home, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : 'files';
};

/** What mends the failures, each said once with those that it mends, and how to see what was changed meanwhile. */
export const nextSteps = (outcomes: readonly Outcome[]): string => {
  const mends = new Map<string, string[]>();
  for (const { failure, title } of outcomes)
    // Of a server that is gone each object says the same already.
    if (failure instanceof RemoteFailure && !(failure instanceof UnreachableError))
      mends.set(failure.next, [...(mends.get(failure.next) ?? []), title]);
  const named = ([first = '', ...others]: readonly string[]): string =>
    others.length > 0 ? `${first} and ${others.length} more` : first;
  const moved = outcomes.filter(({ result }) => result === 'moved').map(({ title }) => title);
  return [
    ...[...mends].map(([next, titles]) => `try, for ${named(titles)}: ${next}\n`),
    ...(moved.length > 0
      ? [`${named(moved)} was changed while this ran, and left; next: npm run push -- --plan shows what changed\n`]
      : []),
  ].join('');
};
