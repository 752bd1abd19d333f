import { expect } from 'vitest';
import type { Json } from '../../grafana-json/json';
import type { Outcome } from '../apply';
import type { Backup } from '../backup';
import { carryOut } from '../carry-out';
import { journalOf, unsettledIn, type JournalLine } from '../journal';
import { makePlan } from '../make-plan';
import type { NormalForms } from '../normal-form';
import { idOf, kinds, type ActualObject, type DesiredObject, type ObjectName } from '../object';
import type { OnDrift, Plan, PlanInput } from '../plan';
import { recoverBase } from '../recover';
import { randomOf, type Random } from './random';

import { memoryWorld, type Weather, type World } from './world';
import { folderOf } from '../within';

const normalForms = Object.fromEntries(kinds.map((kind) => [kind, (body: Json) => body])) as NormalForms;

export interface Place extends ObjectName {
  readonly folder?: string;
}

export const places: readonly Place[] = [
  { kind: 'folder', key: 'f1' },
  { kind: 'folder', key: 'f2', folder: 'f1' },
  { kind: 'dashboard', key: 'd1', folder: 'f1' },
  { kind: 'dashboard', key: 'd2', folder: 'f1' },
  { kind: 'dashboard', key: 'd3', folder: 'f2' },
  { kind: 'dashboard', key: 'd4', folder: 'f2' },
  { kind: 'template', key: 't1' },
  { kind: 'contact-point', key: 'c1' },
  { kind: 'contact-point', key: 'c2' },
  { kind: 'policy', key: 'p' },
  { kind: 'rule-group', key: 'f1/g1', folder: 'f1' },
  { kind: 'rule-group', key: 'f1/g2', folder: 'f1' },
];

const strangers: readonly Place[] = [
  { kind: 'dashboard', key: 'x1', folder: 'f1' },
  { kind: 'dashboard', key: 'x2' },
  { kind: 'contact-point', key: 'x3' },
];

export const bodyOf = ({ kind, folder }: Place, value: string): Json => ({
  value,
  ...(folder !== undefined && { [kind === 'folder' ? 'parentUid' : 'folderUid']: folder }),
});

export const isPerson = (body: Json | undefined): boolean => String(body?.['value'] ?? '').startsWith('person');

const randomDesired = (random: Random): readonly DesiredObject[] => {
  const chosen = places.filter(() => random.chance(0.8));
  const folders = new Set(chosen.filter(({ kind }) => kind === 'folder').map(({ key }) => key));
  // What lies in a folder that is not there is not wanted either.
  if (!folders.has('f1')) folders.delete('f2');
  return chosen
    .filter(({ kind, key, folder }) =>
      kind === 'folder' ? folders.has(key) : folder === undefined || folders.has(folder),
    )
    .map((place) => ({
      kind: place.kind,
      key: place.key,
      title: place.key,
      body: bodyOf(place, `v${random.below(4)}`),
    }));
};

class Killed extends Error {}

/** One machine that pushes: its journals and backups stay on its disk. */
export class Machine {
  readonly journals: JournalLine[][] = [];
  readonly backups: Backup[] = [];
  /** Of pushes that were told to overwrite. */
  readonly overwritten: Backup[] = [];
  private pushes = 0;

  constructor(
    readonly name: string,
    private readonly world: World,
    private readonly random: Random,
  ) {}

  async push(desired: readonly DesiredObject[], options: Options): Promise<Pushed> {
    const pusher = `${this.name}-${(this.pushes += 1)}`;
    const weather = new Storm(this.random, options);
    const { stores, state } = this.world.connect(pusher, weather);
    const lines: JournalLine[] = [];
    try {
      const before = (await state.read())?.objects;
      const unsettled = unsettledIn(this.journals);
      const names = [...desired, ...(before?.values() ?? []), ...[...unsettled.values()].flat()];
      const actual = new Map<string, ActualObject>();
      for (const [kind, store] of stores) {
        const keys = new Set(names.filter((name) => name.kind === kind).map(({ key }) => key));
        for (const object of (await store.readAll([...keys])).values()) actual.set(idOf(object), object);
      }
      const input: PlanInput = {
        desired,
        actual,
        base: recoverBase(before, unsettled, actual, normalForms),
        marked: new Set(),
        occupied: occupiedIn(this.world, new Set(names.map(idOf))),
        options: { onDrift: options.onDrift, prune: options.prune, maxDelete: 99, resendSecrets: false },
      };
      const plan = makePlan(input, normalForms);
      if (plan.refusals.length > 0) return { pusher, plan, outcomes: [], lines, killed: false };
      await options.afterPlan?.();
      this.journals.push(lines);
      const keep = (line: JournalLine): void => {
        if (weather.killed) throw new Killed();
        lines.push(line);
      };
      const { outcomes } = await carryOut({
        plan,
        input,
        stateBefore: before,
        stores,
        state,
        project: 'hl',
        target: 'main',
        time: new Date(0),
        message: 'homelab-dashboards hl@1',
        secret: () => '',
        normalForms,
        onDrift: options.onDrift,
        keepBackup: (backup) => {
          this.backups.push(backup);
          if (options.onDrift === 'overwrite') this.overwritten.push(backup);
        },
        journal: journalOf(keep, () => new Date(0)),
      });
      return { pusher, plan, outcomes, lines, killed: weather.killed };
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      return { pusher, plan: { steps: [], refusals: [] }, outcomes: [], lines, killed: true };
    }
  }
}

interface Options {
  readonly onDrift: OnDrift;
  readonly prune: boolean;
  /** Share of the writes that fail, before or after they arrived. */
  readonly faults: number;
  /** Share of the writes at which the pusher is killed. */
  readonly kills: number;
  /** What others do before, between and after its writes. */
  readonly meanwhile?: () => void;
  readonly afterPlan?: () => Promise<void>;
}

interface Pushed {
  readonly pusher: string;
  readonly plan: Plan;
  readonly outcomes: readonly Outcome[];
  readonly lines: readonly JournalLine[];
  readonly killed: boolean;
}

class Storm implements Weather {
  killed = false;

  constructor(
    private readonly random: Random,
    private readonly options: Options,
  ) {}

  async beforeRead(): Promise<void> {
    await this.turns();
    if (this.killed) throw new Killed();
  }

  async beforeWrite(): Promise<void> {
    await this.beforeRead();
    this.options.meanwhile?.();
    this.strike('the request got lost');
  }

  async afterWrite(): Promise<void> {
    this.strike('the answer got lost');
    this.options.meanwhile?.();
    await this.turns();
  }

  private strike(what: string): void {
    if (this.random.chance(this.options.kills)) this.killed = true;
    if (this.killed) throw new Killed();
    if (this.random.chance(this.options.faults)) throw new Error(what);
  }

  /** Lets the other pusher take some turns. */
  private async turns(): Promise<void> {
    for (let left = this.random.below(4); left > 0; left--) await Promise.resolve();
  }
}

const occupiedIn = (world: World, ours: ReadonlySet<string>): ReadonlyMap<string, string> =>
  new Map(
    [...world.contents()].flatMap(([id, { name, body }]): [string, string][] => {
      const folder = folderOf({ ...name, body });
      return folder === undefined || ours.has(id) ? [] : [[folder, id]];
    }),
  );

/** Follows what people did, and finds what got lost. */
class People {
  private count = 0;
  /** The last thing that a person made of each object. */
  private readonly edits = new Map<string, Json>();

  constructor(
    private readonly world: World,
    private readonly random: Random,
  ) {}

  act(share: number): void {
    if (!this.random.chance(share)) return;
    const there = this.world.contents();
    const place = this.random.one(this.random.chance(0.85) ? places : strangers);
    const id = idOf(place);
    const isStranger = strangers.includes(place);
    if (place.folder !== undefined && !there.has(idOf({ kind: 'folder', key: place.folder }))) return;
    // A person makes new things under names of their own only.
    if (!there.has(id) && !isStranger) return;
    // Who deletes a folder deletes what others made in it, and that is not our loss.
    if (!isStranger && place.kind !== 'folder' && this.random.chance(0.2)) {
      this.world.edit(place, undefined);
      this.edits.delete(id);
      return;
    }
    const body = bodyOf(place, `person-${(this.count += 1)}`);
    this.world.edit(place, body);
    this.edits.set(id, body);
  }

  /** Objects whose last edit by a person is neither there nor in a backup of a push that was told to overwrite. */
  lost(backups: readonly Backup[]): readonly string[] {
    const there = this.world.contents();
    // Every edit by a person has a text of its own.
    const gone = [...this.edits].filter(([id, body]) => there.get(id)?.body['value'] !== body['value']);
    if (gone.length === 0) return [];
    const saved = new Set(backups.flatMap(({ objects }) => objects.map(({ before }) => before?.['value'])));
    return gone.filter(([, body]) => !saved.has(body['value'])).map(([id]) => id);
  }

  /** Edits of strangers' objects that are not there any more. */
  touched(): readonly string[] {
    const there = this.world.contents();
    return strangers.flatMap((place) => {
      const [edit, now] = [this.edits.get(idOf(place)), there.get(idOf(place))?.body];
      return edit && now?.['value'] !== edit['value'] ? [idOf(place)] : [];
    });
  }
}

/** What a journal says that is not so, and what is so that it does not say. */
const untruths = (world: World, { pusher, lines }: Pushed): readonly string[] => {
  const begun = new Set(lines.flatMap(({ event, object }) => (event === 'begins' && object ? [idOf(object)] : [])));
  const wrote = new Set(
    world.log.filter((entry) => entry.pusher === pusher && entry.id !== 'state').map(({ id }) => id),
  );
  const unsaid = [...wrote].filter((id) => !begun.has(id));
  const ended = lines.filter(({ event }) => event === 'done' || event === 'failed');
  const neverBegun = ended.flatMap(({ object }) => (object && !begun.has(idOf(object)) ? [idOf(object)] : []));
  return [
    ...unsaid.map((id) => `${id} was written and not begun`),
    ...neverBegun.map((id) => `${id} ended and not begun`),
  ];
};

const falselyDone = (world: World, { pusher, outcomes }: Pushed): readonly string[] => {
  const wrote = new Set(world.log.filter((entry) => entry.pusher === pusher).map(({ id }) => id));
  const there = world.contents();
  return outcomes.flatMap((outcome) => {
    const id = idOf(outcome);
    if (outcome.result === 'done') return wrote.has(id) || (outcome.action === 'delete' && !there.has(id)) ? [] : [id];
    return outcome.result === 'not reached' && wrote.has(id) ? [id] : [];
  });
};

export const calm: Options = { onDrift: 'keep', prune: true, faults: 0, kills: 0 };

/** Pushes of one and two machines, people in between and in the middle, faults and kills; then quiet. */
export const story = async (seed: number): Promise<void> => {
  const random = randomOf(seed);
  const world = memoryWorld();
  const people = new People(world, random);
  const machines = ['desk', 'laptop'].map((name) => new Machine(name, world, random));
  const backups = (): readonly Backup[] => machines.flatMap((machine) => machine.overwritten);
  let desired = randomDesired(random);

  const look = (pushed: readonly Pushed[]): void => {
    const wrong = [
      ...people.lost(backups()).map((id) => `lost: ${id}`),
      ...people.touched().map((id) => `of others, and touched: ${id}`),
      ...pushed.flatMap((one) => [...untruths(world, one), ...falselyDone(world, one).map((id) => `not so: ${id}`)]),
    ];
    if (wrong.length > 0) expect(wrong, `seed ${seed}`).toEqual([]);
  };

  const options = (): Options => ({
    onDrift: random.one(['fail', 'keep', 'keep', 'overwrite']),
    prune: random.chance(0.6),
    faults: random.one([0, 0, 0.1, 0.4]),
    kills: random.one([0, 0, 0.05, 0.2]),
    meanwhile: () => people.act(0.08),
  });

  for (let turn = 2 + random.below(3); turn > 0; turn--) {
    if (random.chance(0.5)) desired = randomDesired(random);
    people.act(0.5);
    const [one, other] = machines as [Machine, Machine];
    const second = random.chance(0.5) ? desired : randomDesired(random);
    look(
      random.chance(0.3)
        ? await Promise.all([one.push(desired, options()), other.push(second, options())])
        : [await random.one(machines).push(desired, options())],
    );
  }

  const last = random.one(machines);
  look([await last.push(desired, calm)]);
  const writes = world.log.length;
  const again = await last.push(desired, calm);
  look([again]);
  expect(world.log.length - writes, `seed ${seed}: writes of a second push`).toBe(0);
  const there = world.contents();
  const left = new Set(
    again.plan.steps.filter(({ action }) => action === 'conflict' || action === 'foreign').map(idOf),
  );
  for (const wanted of again.plan.refusals.length > 0 ? [] : desired)
    if (!left.has(idOf(wanted)))
      expect(there.get(idOf(wanted))?.body, `seed ${seed}: ${idOf(wanted)}`).toEqual(wanted.body);
};

/** One machine, no people: whatever breaks, nothing of our own is ever taken for a person's edit. */
export const alone = async (seed: number): Promise<void> => {
  const random = randomOf(seed);
  const world = memoryWorld();
  const machine = new Machine('desk', world, random);
  let desired = randomDesired(random);
  for (let turn = 2 + random.below(4); turn > 0; turn--) {
    if (random.chance(0.7)) desired = randomDesired(random);
    const pushed = await machine.push(desired, {
      onDrift: 'fail',
      prune: true,
      faults: random.one([0, 0.2, 0.5]),
      kills: random.one([0, 0.1, 0.3]),
    });
    expect(pushed.plan.refusals, `seed ${seed}: our own work looks like somebody else's`).toEqual([]);
  }
  await machine.push(desired, { ...calm, onDrift: 'fail' });
  const writes = world.log.length;
  const again = await machine.push(desired, { ...calm, onDrift: 'fail' });
  expect(again.plan.refusals, `seed ${seed}`).toEqual([]);
  expect(world.log.length, `seed ${seed}: writes of a second push`).toBe(writes);
  const there = world.contents();
  expect(Object.fromEntries([...there].map(([id, { body }]) => [id, body])), `seed ${seed}`).toEqual(
    Object.fromEntries(desired.map((wanted) => [idOf(wanted), wanted.body])),
  );
};
