import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writesOf } from './apply';
import { makePlan } from './make-plan';
import { idOf, kinds, type ActualObject, type BaseObject, type DesiredObject, type Kind } from './object';
import type { Action, OnDrift, PlanInput, Step } from './plan';
import { actualOf, asTheyAre, baseOf, byId, desiredOf, inputOf } from './testing/plan-world';
import { folderOf } from './within';

const plan = (input: PlanInput) => makePlan(input, asTheyAre);
const text = (value: string, kind: Kind = 'template'): DesiredObject => desiredOf(kind, 'it', value);

interface Case {
  readonly wanted: string | undefined;
  readonly there: string | undefined;
  /** Undefined: a push before knows nothing of it. */
  readonly left: string | undefined;
  readonly marked: boolean;
  readonly readOnly: boolean;
  readonly prune: boolean;
  readonly onDrift: OnDrift;
}

const inputOfCase = ({ wanted, there, left, marked, readOnly, prune, onDrift }: Case, kind: Kind = 'template') =>
  inputOf({
    desired: wanted === undefined ? [] : [text(wanted, kind)],
    actual: byId(there === undefined ? [] : [actualOf(text(there, kind), readOnly ? { readOnly: 'a file' } : {})]),
    base: byId(left === undefined ? [] : [baseOf(text(left, kind))]),
    marked: new Set(marked ? [idOf(text('', kind))] : []),
    options: { prune, onDrift },
  });

/** What the rules say, written down a second time as a table: the first line that fits. */
const expected = ({ wanted: d, there: a, left: b, marked, readOnly, prune, onDrift }: Case): Action | undefined => {
  const conflict = (instead: Action): Action => (onDrift === 'overwrite' ? instead : 'conflict');
  const table: readonly (readonly [boolean, Action | undefined])[] = [
    [d === undefined && a === undefined, undefined],
    [d === undefined && b === undefined && !marked, undefined],
    [d === undefined && (readOnly || !prune), 'orphan'],
    [d === undefined && a === b, 'delete'],
    [d === undefined, conflict('delete')],
    [a === undefined && b === undefined, 'create'],
    [a === undefined, conflict('create')],
    [a === d, 'unchanged'],
    [readOnly, 'foreign'],
    [a === b, 'update'],
    [b !== undefined || marked, conflict('update')],
    [true, 'foreign'],
  ];
  return table.find(([fits]) => fits)?.[1];
};

const cases: readonly Case[] = [undefined, 'd'].flatMap((wanted) =>
  [undefined, 'd', 'a', 'b'].flatMap((there) =>
    [undefined, 'd', 'b'].flatMap((left) =>
      [false, true].flatMap((marked) =>
        [false, true].flatMap((readOnly) =>
          [false, true].flatMap((prune) =>
            (['fail', 'keep', 'overwrite'] as const).map((onDrift) => ({
              wanted,
              there,
              left,
              marked,
              readOnly,
              prune,
              onDrift,
            })),
          ),
        ),
      ),
    ),
  ),
);

describe('a dashboard that a person saved so that nobody can read it', () => {
  const board = desiredOf('dashboard', 'b', 'd');
  const other = desiredOf('dashboard', 'o', 'd');
  const there = actualOf({ ...board, body: {} }, { readOnly: 'a person', isUnreadable: true });
  const planned = (onDrift: OnDrift, base = byId([baseOf(board)])) =>
    makePlan(inputOf({ desired: [board, other], actual: byId([there]), base, options: { onDrift } }), asTheyAre);

  it('is a conflict that says what can be done, and stops nothing else with `keep`', () => {
    const [refusal, ...others] = planned('fail').refusals;
    expect(refusal).toMatch(/^dashboard B \(b\) was saved with[^]*Next: export it in Grafana[^]*--on-drift keep/);
    expect(refusal).not.toContain('overwrite');
    expect(others).toEqual([]);
    expect(planned('keep')).toMatchObject({
      steps: [{ action: 'conflict', changes: [] }, { action: 'create' }],
      refusals: [],
    });
  });

  it('is not overwritten, since no backup could hold it', () => {
    const plan = planned('overwrite');
    expect(plan.steps[0]?.action).toBe('conflict');
    expect(writesOf(plan, 'overwrite').map(({ step }) => step.key)).toEqual(['o']);
  });

  it('is refused where it was never ours', () => {
    expect(planned('keep', byId([])).steps[0]?.action).toBe('foreign');
  });
});

describe('a rule of ours in a group that is not', () => {
  const group = desiredOf('rule-group', 'f/g', 'd');
  const heldElsewhere = new Map([[idOf(group), [{ key: 'f/g', uid: 'r', where: 'the group x', readOnly: undefined }]]]);
  const stepOf = (there: readonly ActualObject[], left: readonly BaseObject[], onDrift: OnDrift): Step | undefined =>
    plan({
      ...inputOf({ desired: [group], actual: byId(there), base: byId(left), options: { onDrift } }),
      heldElsewhere,
    }).steps[0];

  it('is refused where the group would be written, also over a person’s edit', () => {
    expect(stepOf([], [], 'fail')).toMatchObject({
      action: 'foreign',
      reason: 'the rule r is in the group x, which is not ours',
    });
    const edited = [[actualOf(desiredOf('rule-group', 'f/g', 'a'))], [baseOf(group)]] as const;
    expect(stepOf(...edited, 'overwrite')?.action).toBe('foreign');
    expect(stepOf(...edited, 'keep')?.action).toBe('conflict');
    expect(stepOf([actualOf(group)], [baseOf(group)], 'fail')?.action).toBe('unchanged');
  });
});

describe('one object', () => {
  it.each(kinds)('of kind %s gets the action of the table, whatever is wanted, there and left', (kind) => {
    expect(cases).toHaveLength(2 * 4 * 3 * 2 * 2 * 2 * 3);
    for (const one of cases) {
      const { steps, refusals } = plan(inputOfCase(one, kind));
      expect(
        steps.map(({ action }) => action),
        JSON.stringify(one),
      ).toEqual([expected(one) ?? []].flat());
      const action = expected(one);
      const isRefused = action === 'foreign' || (action === 'conflict' && one.onDrift === 'fail');
      expect(refusals.length > 0, JSON.stringify(one)).toBe(isRefused);
    }
  });

  const usual: Case = {
    wanted: 'd',
    there: 'a',
    left: 'b',
    marked: false,
    readOnly: false,
    prune: false,
    onDrift: 'keep',
  };
  const only = (differs: Partial<Case>): Step => plan(inputOfCase({ ...usual, ...differs }, 'folder')).steps[0] as Step;

  it('tells of a conflict what the person changed, and of an update what the push changes', () => {
    expect(only({})).toMatchObject({ reason: 'changed in Grafana since the last push', changes: ['text b to a'] });
    expect(only({ left: 'a' })).toMatchObject({ action: 'update', changes: ['text a to d'] });
    expect(only({ onDrift: 'overwrite' })).toMatchObject({
      action: 'update',
      changes: ['text a to d'],
      reason: 'overwritten: changed in Grafana since the last push',
    });
  });

  it('tells what a push would make of it where only the hash of the last push is known', () => {
    const wanted = text('d', 'folder');
    const { steps } = plan(
      inputOf({
        desired: [wanted],
        actual: byId([actualOf(text('a', 'folder'))]),
        base: byId([baseOf(text('b', 'folder'), false)]),
        options: { onDrift: 'keep' },
      }),
    );
    expect(steps[0]).toMatchObject({ action: 'conflict', changes: ['text a to d'] });
    expect(steps[0]?.reason).toContain('what a push would make of it');
  });

  it('says that nobody can tell who changed it where the record is lost', () => {
    expect(only({ left: undefined, marked: true })).toMatchObject({
      action: 'conflict',
      instead: 'update',
      reason: expect.stringContaining('no record of the last push'),
    });
  });
});

describe('a board that our files made and let go of', () => {
  const board = (differs: object = {}) =>
    desiredOf('dashboard', 'd', 'x', { dashboard: { title: 'D', editable: true, ...differs } });
  const steps = (there: object, more: Parameters<typeof inputOf>[0] = {}) =>
    plan(inputOf({ desired: [board()], actual: byId([actualOf(board(there))]), ...more })).steps.map(
      ({ action }) => action,
    );

  it('is ours: only that it is read-only tells it from what is wanted', () => {
    expect(steps({ editable: false })).toEqual(['update']);
  });

  it('is not where anything else differs, or where the last push is known', () => {
    expect(steps({ editable: false, title: 'Mine' })).toEqual(['foreign']);
    expect(steps({ title: 'Mine' })).toEqual(['foreign']);
    expect(steps({ editable: false }, { base: byId([baseOf(board())]) })).toEqual(['conflict']);
  });

  it('is not where it still belongs to a file', () => {
    const actual = actualOf(board({ editable: false }), { readOnly: 'a file that Grafana reads' });
    expect(steps({}, { actual: byId([actual]) })).toEqual(['foreign']);
  });
});

describe('refusals', () => {
  it('name the object, the reason and the next command', () => {
    const [foreign] = plan(inputOfCase({ ...cases[0]!, wanted: 'd', there: 'a' })).refusals;
    expect(foreign).toMatch(
      /^message template IT \(it\) cannot be written: it was there before, and is not ours\. Next: /,
    );
    const [file] = plan(inputOfCase({ ...cases[0]!, wanted: 'd', there: 'a', readOnly: true })).refusals;
    expect(file).toContain('npm run push -- --from-files');
    const [conflict] = plan(inputOfCase({ ...cases[0]!, wanted: 'd', left: 'b' })).refusals;
    expect(conflict).toMatch(/is not as the last push left it[^]*--adopt[^]*--on-drift keep[^]*--on-drift overwrite/);
  });

  it('say once what is to be done about all that files made', () => {
    const made = ['a', 'b'].map((key) => desiredOf('template', key, 'x'));
    const theirs = desiredOf('template', 'c', 'x');
    const { refusals } = plan(
      inputOf({
        desired: [...made, theirs],
        actual: byId([
          ...made.map((one) => actualOf({ ...one, body: { text: 'y' } }, { readOnly: 'a file that Grafana reads' })),
          actualOf({ ...theirs, body: { text: 'y' } }),
        ]),
      }),
    );
    expect(refusals).toEqual([
      'message template A (a), message template B (b) cannot be written: files that Grafana reads made them. ' +
        'Next: npm run push -- --from-files says how to take over what files made.',
      expect.stringMatching(/^message template C \(c\) cannot be written: it was there before/),
    ]);
  });

  it.each([
    [5, 5, false],
    [6, 5, true],
    [1, 0, true],
  ])('%i deletions with at most %i', (count, maxDelete, refused) => {
    const there = Array.from({ length: count }, (_, index) => desiredOf('template', `t${index}`, 'x'));
    const { refusals } = plan(
      inputOf({
        actual: byId(there.map((one) => actualOf(one))),
        base: byId(there.map((one) => baseOf(one))),
        options: { prune: true, maxDelete },
      }),
    );
    expect(refusals.length === 1).toBe(refused);
    if (refused) expect(refusals[0]).toContain(`--prune --max-delete ${count}`);
  });
});

describe('the order', () => {
  it('is that of what is wanted, then removals the other way round, inner folders first', () => {
    const outer = desiredOf('folder', 'a-outer', 'x');
    const inner = desiredOf('folder', 'b-inner', 'x', { parentUid: 'a-outer' });
    const gone = [outer, inner, desiredOf('template', 't', 'x'), desiredOf('rule-group', 'b-inner/g', 'x')];
    const wanted = [desiredOf('folder', 'new', 'x'), desiredOf('template', 'n', 'x')];
    const { steps } = plan(
      inputOf({
        desired: wanted,
        actual: byId(gone.map((one) => actualOf(one))),
        base: byId(gone.map((one) => baseOf(one))),
        options: { prune: true },
      }),
    );
    expect(steps.map((step) => `${step.action} ${idOf(step)}`)).toEqual([
      'create folder/new',
      'create template/n',
      'delete rule-group/b-inner/g',
      'delete template/t',
      'delete folder/b-inner',
      'delete folder/a-outer',
    ]);
  });
});

describe('a folder that nobody wants any more', () => {
  const folder = desiredOf('folder', 'f', 'x');
  const board = desiredOf('dashboard', 'b', 'x', { folderUid: 'f' });
  const planOf = (input: Parameters<typeof inputOf>[0], there: readonly ActualObject[]) =>
    plan(
      inputOf({
        actual: byId(there),
        base: byId([folder, board].map((one) => baseOf(one))),
        ...input,
        options: { prune: true, onDrift: 'keep', ...input.options },
      }),
    ).steps.map(({ kind, action, reason }) => [kind, action, reason]);

  it('goes with what is in it', () => {
    expect(planOf({}, [actualOf(folder), actualOf(board)])).toEqual([
      ['dashboard', 'delete', undefined],
      ['folder', 'delete', undefined],
    ]);
  });

  it('stays where it holds what is not ours', () => {
    const occupied = new Map([['f', '2 dashboards']]);
    expect(planOf({ occupied }, [actualOf(folder)])).toEqual([
      ['folder', 'orphan', 'it holds what is not ours: 2 dashboards'],
    ]);
  });

  it('stays while a board in it stays that a person changed', () => {
    const changed = actualOf(desiredOf('dashboard', 'b', 'y', { folderUid: 'f' }));
    expect(planOf({}, [actualOf(folder), changed]).at(-1)).toEqual([
      'folder',
      'orphan',
      'it holds the dashboard B, which stays',
    ]);
    expect(planOf({ options: { onDrift: 'overwrite' } }, [actualOf(folder), changed]).at(-1)?.[1]).toBe('delete');
  });

  it('goes once its board is wanted elsewhere', () => {
    const moved = desiredOf('dashboard', 'b', 'x', { folderUid: 'g' });
    const g = desiredOf('folder', 'g', 'x');
    expect(planOf({ desired: [g, moved] }, [actualOf(folder), actualOf(board)]).map(([, action]) => action)).toEqual([
      'create',
      'update',
      'delete',
    ]);
  });

  it('takes the folder around it with it, or keeps it', () => {
    const inner = desiredOf('folder', 'i', 'x', { parentUid: 'f' });
    const base = byId([folder, inner].map((one) => baseOf(one)));
    const there = [actualOf(folder), actualOf(inner)];
    expect(planOf({ base }, there).map(([, action]) => action)).toEqual(['delete', 'delete']);
    expect(planOf({ base, occupied: new Map([['i', '1 dashboard']]) }, there).map(([, action]) => action)).toEqual([
      'orphan',
      'orphan',
    ]);
  });
});

describe('what hangs together', () => {
  it('nothing is written into a folder that a person deleted, unless it is made again', () => {
    const folder = desiredOf('folder', 'f', 'x');
    const group = desiredOf('rule-group', 'f/g', 'x');
    const input = (onDrift: OnDrift) =>
      inputOf({ desired: [folder, group], base: byId([baseOf(folder)]), options: { onDrift } });
    expect(plan(input('keep')).steps.map(({ action, instead }) => [action, instead])).toEqual([
      ['conflict', 'create'],
      ['conflict', 'create'],
    ]);
    expect(plan(input('overwrite')).steps.map(({ action }) => action)).toEqual(['create', 'create']);
  });

  it('no rule is taken out of a group that a person changed', () => {
    const rules = { rules: [{ uid: 'r' }] };
    const old = desiredOf('rule-group', 'f/old', 'x', rules);
    const there = (value: string) => byId([actualOf(desiredOf('rule-group', 'f/old', value, rules))]);
    const wanted = desiredOf('rule-group', 'f/new', 'x', rules);
    const actionWith = (value: string) =>
      plan(
        inputOf({ desired: [wanted], actual: there(value), base: byId([baseOf(old)]), options: { onDrift: 'keep' } }),
      ).steps[0]?.action;
    expect(actionWith('changed')).toBe('conflict');
    expect(actionWith('x')).toBe('create');
  });
});

describe('secrets', () => {
  const point = desiredOf('contact-point', 'p', 'x', { settings: { url: { env: 'URL' } } });
  const planWith = (differs: Parameters<typeof inputOf>[0]) =>
    plan(inputOf({ desired: [point], actual: byId([actualOf(point)]), base: byId([baseOf(point)]), ...differs }))
      .steps[0];
  const seen = (changed: readonly string[], cannotTell: readonly string[]) => ({
    secrets: new Map([[idOf(point), { changed, cannotTell }]]),
  });

  it('that changed are sent, those of which nobody can tell are named', () => {
    expect(planWith(seen(['URL'], []))).toMatchObject({ action: 'update', changes: ['secret URL changed'] });
    expect(planWith(seen([], ['URL']))).toMatchObject({ action: 'unchanged', cannotTell: ['URL'] });
    expect(planWith(seen([], []))).not.toHaveProperty('cannotTell');
    expect(planWith({})).toMatchObject({ action: 'unchanged', cannotTell: ['URL'] });
  });

  it('are all sent again when told so, but not to what is not ours', () => {
    expect(planWith({ options: { resendSecrets: true } })?.action).toBe('update');
    expect(planWith({ base: undefined, options: { resendSecrets: true } })?.action).toBe('unchanged');
    expect(planWith({ ...seen(['URL'], []), base: undefined })?.action).toBe('unchanged');
  });
});

/** A Grafana, what a push left in it, and what is wanted now, all at random; folders may be one in another. */
const world = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...kinds),
      index: fc.nat(4),
      folder: fc.nat(4),
      wanted: fc.option(fc.constantFrom('1', '2'), { nil: undefined }),
      there: fc.option(fc.constantFrom('1', '2', '3'), { nil: undefined }),
      left: fc.option(fc.constantFrom('1', '2', '3'), { nil: undefined }),
      marked: fc.boolean(),
      readOnly: fc.integer({ min: 0, max: 9 }).map((value) => value === 0),
    }),
    { maxLength: 20 },
  )
  .map((all) => {
    const made = new Map<string, (typeof all)[number] & { readonly of: (value: string) => DesiredObject }>();
    for (const one of all) {
      const key = one.kind === 'rule-group' ? `f${one.folder}/g${one.index}` : `${one.kind[0]}${one.index}`;
      const body =
        one.kind === 'dashboard'
          ? { folderUid: `f${one.folder}` }
          : one.kind === 'folder' && one.folder < one.index
            ? { parentUid: `f${one.folder}` }
            : {};
      made.set(`${one.kind}/${key}`, { ...one, of: (value) => desiredOf(one.kind, key, value, body) });
    }
    return [...made.values()];
  });

const options = fc.record({
  onDrift: fc.constantFrom<OnDrift>('fail', 'keep', 'overwrite'),
  prune: fc.boolean(),
  maxDelete: fc.constant(99),
});

const inputOfWorld = (
  objects: typeof world extends fc.Arbitrary<infer T> ? T : never,
  chosen: Partial<PlanInput['options']>,
): PlanInput =>
  inputOf({
    desired: kinds.flatMap((kind) =>
      objects
        .filter((one) => one.kind === kind)
        .flatMap(({ of, wanted }) => (wanted === undefined ? [] : [of(wanted)])),
    ),
    actual: byId(
      objects.flatMap(({ of, there, readOnly }) =>
        there === undefined ? [] : [actualOf(of(there), readOnly ? { readOnly: 'a file' } : {})],
      ),
    ),
    base: byId(objects.flatMap(({ of, left }) => (left === undefined ? [] : [baseOf(of(left))]))),
    marked: new Set(objects.flatMap(({ of, marked }) => (marked ? [idOf(of(''))] : []))),
    options: chosen,
  });

const isWrite = ({ action }: Step): boolean => action === 'create' || action === 'update' || action === 'delete';

describe('any world', () => {
  it('is as wanted after the plan is applied, and planned again, all is unchanged', () => {
    fc.assert(
      fc.property(world, (objects) => {
        const input = inputOfWorld(objects, { onDrift: 'overwrite', prune: true, maxDelete: 99 });
        const { steps, refusals } = plan(input);
        fc.pre(refusals.length === 0);
        const actual = new Map(input.actual);
        const base = new Map<string, BaseObject>(input.base);
        for (const step of steps) {
          const id = idOf(step);
          if (step.action === 'delete') {
            actual.delete(id);
            base.delete(id);
          } else if (step.wanted) {
            if (isWrite(step)) actual.set(id, actualOf(step.wanted));
            base.set(id, baseOf(step.wanted));
          }
        }
        const again = plan({ ...input, actual, base, marked: new Set() });
        expect(again.refusals).toEqual([]);
        expect(again.steps.filter((step) => isWrite(step) || step.action === 'conflict')).toEqual([]);
        for (const step of again.steps) expect(['unchanged', 'orphan']).toContain(step.action);
      }),
      { numRuns: 500 },
    );
  });

  it('never writes what a person changed without `overwrite`, nor ever what is not ours', () => {
    fc.assert(
      fc.property(world, options, (objects, chosen) => {
        const input = inputOfWorld(objects, chosen);
        for (const step of plan(input).steps.filter(isWrite)) {
          const id = idOf(step);
          const [actual, base] = [input.actual.get(id), input.base?.get(id)];
          if (!actual) continue;
          expect(actual.readOnly).toBeUndefined();
          expect(base !== undefined || input.marked.has(id)).toBe(true);
          if (chosen.onDrift !== 'overwrite') expect(base?.normal).toEqual(actual.body);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('never deletes a folder around something that stays, nor before what is in it', () => {
    fc.assert(
      fc.property(world, options, (objects, chosen) => {
        const input = inputOfWorld(objects, chosen);
        const { steps } = plan(input);
        const at = new Map(steps.map((step, index) => [idOf(step), index]));
        for (const step of steps.filter(({ kind, action }) => kind === 'folder' && action === 'delete')) {
          for (const inside of steps.filter(({ before }) => before && folderOf(before) === step.key)) {
            const leaves = inside.action === 'update' && inside.wanted && folderOf(inside.wanted) !== step.key;
            expect(inside.action === 'delete' || leaves).toBe(true);
            expect(at.get(idOf(inside))).toBeLessThan(at.get(idOf(step)) as number);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('says nothing of what it does not know, and every wanted object once', () => {
    fc.assert(
      fc.property(world, options, (objects, chosen) => {
        const input = inputOfWorld(objects, chosen);
        const ids = plan(input).steps.map(idOf);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids).toEqual(expect.arrayContaining(input.desired.map(idOf)));
        for (const id of ids)
          expect(input.desired.some((one) => idOf(one) === id) || input.base?.has(id) || input.marked.has(id)).toBe(
            true,
          );
      }),
    );
  });
});
