import type { Backup } from '../../backup';
import { normalForms } from '../../normal-form';
import { hashOf } from '../../normal-form/hash';
import { idOf, type DesiredObject } from '../../object';
import { stateUid } from '../../state-dashboard';
import type { GrafanaStandIn } from '../grafana';
import { randomOf } from '../random';
import { project, randomDesired, type Secrets } from './desired';
import { Machine, type Pushed, type PushOptions } from './machine';
import { People } from './people';
import { Trace, type Write } from './trace';

/** What a story met, so that a test can tell that it met something. */
export interface Met {
  pushes: number;
  written: number;
  kills: number;
  faults: number;
  refused: number;
  failed: number;
  drift: number;
  edits: number;
  lostInWindow: number;
  atOnce: number;
}

export const nothingMet = (): Met => ({
  pushes: 0,
  written: 0,
  kills: 0,
  faults: 0,
  refused: 0,
  failed: 0,
  drift: 0,
  edits: 0,
  lostInWindow: 0,
  atOnce: 0,
});

/**
 * Pushes of one or two machines through the whole stack, people in between and in the middle, faults and kills; then quiet. Gives what
 * went wrong, always the same for a seed. Every third story has nobody but one machine: it must end exactly at what is wanted.
 */
export const story = async (
  seed: number,
  grafana: GrafanaStandIn,
  met: Met = nothingMet(),
): Promise<readonly string[]> => {
  grafana.reset(seed);
  const random = randomOf(seed);
  const isAlone = seed % 3 === 0;
  const wrong: string[] = [];
  let share = 0;
  const trace = new Trace(grafana, (write) => {
    if (write && write.id !== 'state' && !isBegun(write, machines))
      wrong.push(`${write.id} was written, and not begun`);
    people.act(write ? share * 4 : share);
  });
  const people = new People(grafana, random, trace);
  const machines = (isAlone ? ['desk'] : ['desk', 'laptop']).map((name) => new Machine(name, grafana, random, trace));
  const overwritten = (): readonly Backup[] => machines.flatMap((machine) => machine.overwritten);
  // Only of those that nobody could guess a fingerprint is kept, which takes long to make.
  const isRandom = seed % 40 === 9;
  const secretsOf = (turn: number): Secrets => ({
    // Of a short one that can be read nobody can tell whether a person changed it.
    HL_HOOK: isRandom ? `planted-/x7Kq2Lm9Zt4Rw8Vb3Nc6Yd${turn}` : `planted-hook-${isAlone ? 0 : turn}`,
    HL_KEY: isRandom ? `planted-/h4Jt9Xs2Gp6Uf1Wm8Ek5Qr${turn}` : `planted-key-${turn}`,
  });
  let secrets = secretsOf(0);
  let desired = randomDesired(random);

  const options = (): PushOptions => ({
    onDrift: isAlone ? 'fail' : random.one(['fail', 'keep', 'keep', 'overwrite']),
    prune: isAlone || random.chance(0.6),
    killAt: random.chance(0.25) ? 1 + random.below(90) : undefined,
    secrets,
  });
  const run = async (
    ...pushes: readonly (readonly [Machine, readonly DesiredObject[], PushOptions])[]
  ): Promise<Pushed[]> => {
    for (const [, wanted, { onDrift }] of pushes) {
      people.notWanted(new Set(wanted.map(idOf)));
      if (onDrift === 'overwrite' || pushes.length > 1) people.forgive();
    }
    const begin = trace.writes.length;
    const pushed = await Promise.all(pushes.map(([machine, wanted, how]) => machine.push(wanted, how)));
    // Also of what was removed before such a push looked.
    if (pushes.length > 1 || pushes.some(([, , { onDrift }]) => onDrift === 'overwrite')) people.forgive();
    const writes = trace.writes.slice(begin);
    met.faults += grafana.requests.filter(({ fault }) => fault).length;
    (grafana.requests as unknown[]).length = 0;
    wrong.push(
      ...people.lost(overwritten()),
      ...pushed.flatMap((one) => untruths(one, writes)),
      ...leaks(grafana, pushed, machines),
    );
    count(met, pushed);
    if (isAlone)
      for (const { plan } of pushed)
        wrong.push(...(plan?.refusals ?? []).map((refusal) => `our own work looks like somebody else's: ${refusal}`));
    return pushed;
  };

  for (let turn = 1 + random.below(3); turn > 0 && wrong.length === 0; turn--) {
    if (random.chance(0.5)) desired = randomDesired(random);
    if (random.chance(0.15)) secrets = secretsOf(turn);
    const chance = random.one([0, 0, 0.05, 0.2]);
    grafana.faults.byChance({ seed: random.below(1e9), chance });
    share = isAlone ? 0 : random.one([0, 0.01, 0.04]);
    if (!isAlone) people.act(0.7);
    const [one, other] = machines;
    if (one && other && random.chance(0.3)) {
      met.atOnce += 1;
      const second = random.chance(0.5) ? desired : randomDesired(random);
      await run([one, desired, options()], [other, second, options()]);
    } else await run([random.one(machines), desired, options()]);
  }

  grafana.faults.none();
  share = 0;
  if (wrong.length === 0)
    wrong.push(...(await settled(random.one(machines), desired, secrets, { run, trace, isAlone })));
  met.edits += people.acts;
  met.lostInWindow += people.lostInWindow;
  return wrong;
};

interface Quiet {
  readonly run: (push: readonly [Machine, readonly DesiredObject[], PushOptions]) => Promise<Pushed[]>;
  readonly trace: Trace;
  readonly isAlone: boolean;
}

/** Without faults and people: one push makes all as it should be, but for conflicts, and the next one has nothing to write. */
const settled = async (
  machine: Machine,
  desired: readonly DesiredObject[],
  secrets: Secrets,
  { run, trace, isAlone }: Quiet,
): Promise<readonly string[]> => {
  const calm: PushOptions = { onDrift: isAlone ? 'fail' : 'keep', prune: true, killAt: undefined, secrets };
  const quiet = await run([machine, desired, calm]);
  const before = trace.writes.length;
  quiet.push(...(await run([machine, desired, calm])));
  const plan = quiet.at(-1)?.plan;
  const problems = quiet.flatMap(({ failure, outcomes }) => [
    ...(failure ? [`a quiet push failed: ${failure.stack ?? failure.message}`] : []),
    ...outcomes
      .filter((one) => one.result !== 'done')
      .map((one) => `a quiet push: ${one.action} of ${idOf(one)} ${one.result}: ${one.reason ?? ''}`),
  ]);
  const more = trace.writes.slice(before).map(({ id }) => `the second push wrote ${id}`);
  const left = plan && plan.refusals.length === 0 ? plan.steps : [];
  const short = left.flatMap(({ action, wanted, before: there, reason, ...name }) => {
    if (action === 'unchanged' && wanted && there && same(wanted, there.body)) return [];
    if (!isAlone && ['conflict', 'foreign', 'orphan'].includes(action)) return [];
    return [`not settled: ${idOf(name)} is ${action}: ${reason ?? ''}`];
  });
  return [...problems, ...more, ...short];
};

const same = ({ kind, body }: DesiredObject, there: DesiredObject['body']): boolean =>
  hashOf(normalForms[kind](body)) === hashOf(normalForms[kind](there));

const isBegun = ({ from, id }: Write, machines: readonly Machine[]): boolean => {
  const begun = machines.find(({ name }) => name === from)?.begun ?? new Set();
  return id.endsWith('/*') ? [...begun].some((one) => one.startsWith(id.slice(0, -1))) : begun.has(id);
};

/** What a push says of itself that is not so. */
const untruths = (
  { from, plan, outcomes, lines, failure, killed }: Pushed,
  writes: readonly Write[],
): readonly string[] => {
  const mine = writes.filter((write) => write.from === from);
  const wrote = (id: string, by = writes): boolean =>
    by.some(
      (write) => write.stored && (write.id === id || (write.id.endsWith('/*') && id.startsWith(write.id.slice(0, -1)))),
    );
  const begun = new Set(lines.flatMap(({ event, object }) => (event === 'begins' && object ? [idOf(object)] : [])));
  return [
    ...((plan?.refusals.length ?? 0) > 0 ? mine.map(({ id }) => `a refused push wrote ${id}`) : []),
    ...lines.flatMap(({ event, object }) =>
      (event === 'done' || event === 'failed') && object && !begun.has(idOf(object))
        ? [`${idOf(object)} ended, and not begun`]
        : [],
    ),
    ...outcomes.flatMap(({ result, action, ...name }) => {
      const id = idOf(name);
      if (result === 'done' && action !== 'delete' && !wrote(id)) return [`${id} is said to be done, and was not`];
      if (result === 'not reached' && wrote(id, mine)) return [`${id} is said not to be reached, and was`];
      return [];
    }),
    ...(failure && !killed && !isForReader(failure) ? [`it broke: ${failure.stack ?? failure.message}`] : []),
  ];
};

/** What failed, where, and what to do: anything else is a fault of the program. */
const isForReader = (error: Error): boolean => 'what' in error && 'evidence' in error;

const leaks = (grafana: GrafanaStandIn, pushed: readonly Pushed[], machines: readonly Machine[]): readonly string[] => {
  const state = grafana.world().dashboards[stateUid(project)];
  const places = {
    plan: pushed.map(({ plan }) => plan),
    outcomes: pushed.map(({ outcomes }) => outcomes),
    journal: pushed.map(({ lines }) => lines),
    failure: pushed.map(({ failure }) => failure?.message),
    backup: machines.map(({ backups }) => backups.slice(-1)),
    state: state?.history ?? [],
  };
  return Object.entries(places).flatMap(([name, text]) =>
    JSON.stringify(text).includes('planted-')
      ? [`a secret is in the ${name}: ${/.{0,300}planted-.{0,100}/.exec(JSON.stringify(text))?.[0]}`]
      : [],
  );
};

const count = (met: Met, pushed: readonly Pushed[]): void => {
  for (const { plan, outcomes, killed, failure } of pushed) {
    met.pushes += 1;
    met.written += outcomes.filter(({ result }) => result === 'done').length;
    met.failed += outcomes.filter(({ result }) => result === 'failed').length + (failure && !killed ? 1 : 0);
    if (killed) met.kills += 1;
    if ((plan?.refusals.length ?? 0) > 0) met.refused += 1;
    met.drift += plan?.steps.filter(({ action }) => action === 'conflict').length ?? 0;
  }
};
