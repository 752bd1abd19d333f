import { describe, expect, it } from 'vitest';
import { AuthError, UnreachableError } from '../grafana/errors';
import type { Json } from '../grafana-json/json';
import { apply, type Progress } from './apply';
import { driftLeft, exitCodeOf } from './exit-code';
import { onInterrupt } from './interrupt';
import { journalOf, type JournalLine } from './journal';
import { normalForms } from './normal-form';
import { idOf, kinds, type ActualObject, type Kind, type ObjectName } from './object';
import type { Plan, Step } from './plan';
import { MovedError, type Store } from './store';

interface Call {
  readonly id: string;
  readonly action: 'write' | 'remove';
}

/** Stores that note what they are asked, and fail where they are told to. */
const recording = (fail: Readonly<Record<string, () => Error | undefined>> = {}, onCall?: (call: Call) => void) => {
  const calls: Call[] = [];
  let underWay = 0;
  let most = 0;
  const run = async (name: ObjectName, action: Call['action']): Promise<void> => {
    const call = { id: idOf(name), action };
    calls.push(call);
    onCall?.(call);
    most = Math.max(most, (underWay += 1));
    await Promise.resolve();
    await Promise.resolve();
    underWay -= 1;
    const error = fail[idOf(name)]?.();
    if (error) throw error;
  };
  const store = (kind: Kind): Store => ({
    kind,
    readAll: async () => new Map(),
    read: async () => undefined,
    write: async (wanted) => {
      await run(wanted, 'write');
      return { ...wanted, version: '1', readOnly: undefined };
    },
    remove: async (before) => run(before, 'remove'),
  });
  return { stores: new Map(kinds.map((kind) => [kind, store(kind)])), calls, most: () => most };
};

const object = (kind: Kind, key: string, body: Json = {}): ActualObject => ({
  kind,
  key,
  title: key,
  body,
  version: '1',
  readOnly: undefined,
});

const step = (action: Step['action'], kind: Kind, key: string, body: Json = {}, before: Json = body): Step => ({
  kind,
  key,
  title: key,
  action,
  changes: [],
  ...(action !== 'delete' && { wanted: { kind, key, title: key, body } }),
  ...(action !== 'create' && { before: object(kind, key, before) }),
});

const plan = (...steps: readonly Step[]): Plan => ({ steps, refusals: [] });

const options = {
  onDrift: 'keep',
  message: 'm',
  secret: (name: string): string => `value of ${name}`,
  normalForms,
  bases: [],
} as const;

const results = (outcomes: Awaited<ReturnType<typeof apply>>) =>
  Object.fromEntries(outcomes.map((outcome) => [idOf(outcome), outcome.result]));

describe('apply', () => {
  it('writes folders first, parents before children, and removes the other way round at the end', async () => {
    const { stores, calls } = recording();
    await apply(
      plan(
        step('create', 'rule-group', 'outer/g'),
        step('delete', 'folder', 'old'),
        step('delete', 'folder', 'older', { parentUid: 'old' }),
        step('delete', 'dashboard', 'gone', { folderUid: 'older' }),
        step('create', 'folder', 'inner', { parentUid: 'outer' }),
        step('create', 'dashboard', 'd', { folderUid: 'inner' }),
        step('create', 'folder', 'outer'),
        step('unchanged', 'template', 't'),
        step('update', 'contact-point', 'c', { a: 1 }),
      ),
      stores,
      options,
    );
    expect(calls.map(({ id, action }) => `${action} ${id}`)).toEqual([
      'write folder/outer',
      'write folder/inner',
      'write dashboard/d',
      'write contact-point/c',
      'write rule-group/outer/g',
      'remove dashboard/gone',
      'remove folder/older',
      'remove folder/old',
    ]);
  });

  it.each([
    ['dashboard', 4],
    ['rule-group', 4],
    ['contact-point', 1],
    ['folder', 1],
  ] as const)('writes %s objects %i at once', async (kind, atOnce) => {
    const { stores, most } = recording();
    await apply(plan(...Array.from({ length: 9 }, (_, index) => step('create', kind, `k${index}`))), stores, options);
    expect(most()).toBe(atOnce);
  });

  it('stops what lies in a folder that could not be made, and nothing else', async () => {
    const { stores } = recording({ 'folder/f': () => new Error('400 no') });
    const outcomes = await apply(
      plan(
        step('create', 'folder', 'f'),
        step('create', 'dashboard', 'in', { folderUid: 'f' }),
        step('create', 'rule-group', 'f/g'),
        step('create', 'dashboard', 'out', { folderUid: 'h' }),
      ),
      stores,
      options,
    );
    expect(results(outcomes)).toEqual({
      'folder/f': 'failed',
      'dashboard/in': 'not reached',
      'rule-group/f/g': 'not reached',
      'dashboard/out': 'done',
    });
    expect(outcomes[1]?.reason).toBe('its folder f was not made');
    expect(exitCodeOf(plan(), 'keep', outcomes)).toBe(4);
  });

  it('writes into a folder that only could not be renamed', async () => {
    const { stores } = recording({ 'folder/f': () => new Error('500') });
    const outcomes = await apply(
      plan(step('update', 'folder', 'f'), step('create', 'dashboard', 'in', { folderUid: 'f' })),
      stores,
      options,
    );
    expect(results(outcomes)).toEqual({ 'folder/f': 'failed', 'dashboard/in': 'done' });
  });

  it.each([
    ['nobody is there', new UnreachableError('no Grafana answers', 'ECONNREFUSED', 'x', 'refused'), 2],
    ['it redirects', new UnreachableError('Grafana redirects', 'to elsewhere', 'x'), 2],
    ['the token is refused', new AuthError('grafana refused the token (401 on PUT /api)', 'no', 'x', 401), 3],
  ])('goes on no further when %s', async (_, error, code) => {
    const { stores, calls } = recording({ 'template/a': () => error });
    const outcomes = await apply(
      plan(step('create', 'template', 'a'), step('create', 'template', 'b')),
      stores,
      options,
    );
    expect(results(outcomes)).toEqual({ 'template/a': 'failed', 'template/b': 'not reached' });
    expect(calls).toHaveLength(1);
    expect(exitCodeOf(plan(), 'keep', outcomes)).toBe(code);
  });

  it.each(['slow', 'broken'] as const)(
    'goes on after one write without an answer (%s), not after two in a row',
    async (passing) => {
      const silence = () => new UnreachableError('no answer from Grafana', 'after 30 s', 'x', passing);
      const fail = { 'template/a': silence, 'template/c': silence, 'template/d': silence };
      const { stores } = recording(fail);
      const steps = ['a', 'b', 'c', 'd', 'e'].map((key) => step('create', 'template', key));
      const outcomes = await apply(plan(...steps), stores, options);
      expect(results(outcomes)).toEqual({
        'template/a': 'failed',
        'template/b': 'done',
        'template/c': 'failed',
        'template/d': 'failed',
        'template/e': 'not reached',
      });
      expect(exitCodeOf(plan(), 'keep', outcomes)).toBe(4);
    },
  );

  it('takes a refusal between two writes without an answer for an answer', async () => {
    const silence = () => new UnreachableError('no answer from Grafana', 'after 30 s', 'x', 'slow');
    const { stores } = recording({
      'template/a': silence,
      'template/b': () => new Error('400'),
      'template/c': silence,
    });
    const steps = ['a', 'b', 'c', 'd'].map((key) => step('create', 'template', key));
    const outcomes = await apply(plan(...steps), stores, options);
    expect(outcomes.map(({ result }) => result)).toEqual(['failed', 'failed', 'failed', 'done']);
  });

  it('goes on when one object may not be written', async () => {
    const error = new AuthError('grafana refused the token (403 on PUT /api)', 'no right', 'x', 403);
    const { stores } = recording({ 'template/a': () => error });
    const outcomes = await apply(
      plan(step('create', 'template', 'a'), step('create', 'template', 'b')),
      stores,
      options,
    );
    expect(results(outcomes)).toEqual({ 'template/a': 'failed', 'template/b': 'done' });
    expect(exitCodeOf(plan(), 'keep', outcomes)).toBe(4);
  });

  it('leaves what somebody changed meanwhile, unless it is what we want', async () => {
    const name = { kind: 'template', key: 'a' } as const;
    const other = { kind: 'template', key: 'b' } as const;
    const { stores } = recording({
      'template/a': () => new MovedError(name, object('template', 'a', { template: 'theirs' })),
      'template/b': () => new MovedError(other, object('template', 'b', { template: 'ours' })),
    });
    const steps = [
      step('update', 'template', 'a', { template: 'ours' }),
      step('update', 'template', 'b', { template: 'ours' }),
    ];
    const outcomes = await apply(plan(...steps), stores, options);
    expect(results(outcomes)).toEqual({ 'template/a': 'moved', 'template/b': 'already' });
    expect(driftLeft(plan(...steps), 'keep', outcomes)).toHaveLength(1);
    expect(exitCodeOf(plan(...steps), 'keep', outcomes)).toBe(1);
  });

  it('keeps a folder in which something was left', async () => {
    const { stores, calls } = recording({
      'dashboard/d': () =>
        new MovedError({ kind: 'dashboard', key: 'd' }, object('dashboard', 'd', { title: 'theirs' })),
    });
    const outcomes = await apply(
      plan(step('delete', 'dashboard', 'd', { folderUid: 'f' }), step('delete', 'folder', 'f')),
      stores,
      options,
    );
    expect(results(outcomes)).toEqual({ 'dashboard/d': 'moved', 'folder/f': 'moved' });
    expect(calls.map(({ id }) => id)).not.toContain('folder/f');
  });

  it('lets what lies in folders leave before they are removed, and keeps them where it cannot', async () => {
    const steps = [
      step('create', 'folder', 'new'),
      step('delete', 'dashboard', 'd', { folderUid: 'f' }),
      step('delete', 'folder', 'f'),
    ];
    const { stores, calls } = recording();
    const order: string[] = [];
    const leave = async (folders: ReadonlySet<string>) =>
      void order.push(`${[...folders].join()} after ${calls.map(({ id }) => id).join()}`);
    await apply(plan(...steps), stores, { ...options, beforeFoldersGo: leave });
    expect(order).toEqual(['f after folder/new,dashboard/d']);
    await apply(plan(...steps.slice(0, 2)), stores, { ...options, beforeFoldersGo: leave });
    expect(order).toHaveLength(1);

    const outcomes = await apply(plan(...steps), recording().stores, {
      ...options,
      beforeFoldersGo: async () => Promise.reject(new Error('no')),
    });
    expect(results(outcomes)).toEqual({ 'folder/new': 'done', 'dashboard/d': 'done', 'folder/f': 'failed' });
    expect(outcomes.at(-1)?.reason).toBe('no');
  });

  it('takes a group from which it moved a rule itself for what the plan saw', async () => {
    const rule = (uid: string): Json => ({ uid, title: uid });
    const moved = object('rule-group', 'f/a', { rules: [rule('r2')] });
    let first = true;
    const { stores } = recording({
      'rule-group/f/a': () => {
        const wasFirst = first;
        first = false;
        return wasFirst ? new MovedError(moved, moved) : undefined;
      },
    });
    const steps = [
      step('update', 'rule-group', 'f/a', { rules: [rule('r3')] }, { rules: [rule('r1'), rule('r2')] }),
      step('create', 'rule-group', 'f/b', { rules: [rule('r1')] }),
    ];
    expect(results(await apply(plan(...steps), stores, options))).toEqual({
      'rule-group/f/a': 'done',
      'rule-group/f/b': 'done',
    });
    first = true;
    expect(results(await apply(plan(steps[0] as Step), stores, options))).toEqual({ 'rule-group/f/a': 'moved' });
  });

  it('writes conflicts only where they are overwritten', async () => {
    const conflict: Step = { ...step('update', 'template', 'a'), action: 'conflict', instead: 'update' };
    const { stores, calls } = recording();
    await apply(plan(conflict), stores, options);
    expect(calls).toEqual([]);
    expect(exitCodeOf(plan(conflict), 'keep', [])).toBe(1);
    const outcomes = await apply(plan(conflict), stores, { ...options, onDrift: 'overwrite' });
    expect(calls).toHaveLength(1);
    expect(exitCodeOf(plan(conflict), 'overwrite', outcomes)).toBe(0);
  });

  it('ends what is under way when it is stopped, and begins nothing else', async () => {
    const listeners: (() => void)[] = [];
    let ended = 0;
    const source = {
      on: (_: 'SIGINT', listen: () => void) => listeners.push(listen),
      off: (_: 'SIGINT', listen: () => void) => listeners.splice(listeners.indexOf(listen), 1),
    };
    const { signal, stop } = onInterrupt(
      source,
      () => undefined,
      () => (ended += 1),
    );
    const { stores } = recording({}, ({ id }) => id === 'template/a' && listeners[0]?.());
    const steps = ['a', 'b'].map((key) => step('create', 'template', key));
    const outcomes = await apply(plan(...steps), stores, { ...options, signal });
    expect(results(outcomes)).toEqual({ 'template/a': 'done', 'template/b': 'not reached' });
    expect(exitCodeOf(plan(...steps), 'keep', outcomes, { stopped: true })).toBe(4);
    expect(ended).toBe(0);
    listeners[0]?.();
    expect(ended).toBe(1);
    stop();
    expect(listeners).toEqual([]);
  });

  it('tells each write before and after, and nothing of a secret', async () => {
    const body = { settings: { url: { env: 'HOOK' } } };
    const { stores } = recording({ 'contact-point/c': () => new Error('bad url "value of HOOK"') });
    const lines: JournalLine[] = [];
    const told: Progress[] = [];
    // What reads a secret is the store: here the first one does.
    const withSecret = new Map(stores);
    withSecret.set('contact-point', {
      ...(stores.get('contact-point') as Store),
      write: async (wanted, before, { secret, message }) => {
        secret('HOOK');
        return (stores.get('contact-point') as Store).write(wanted, before, { secret, message });
      },
    });
    const outcomes = await apply(
      plan(step('create', 'contact-point', 'c', body), step('create', 'template', 't')),
      withSecret,
      {
        ...options,
        journal: journalOf(
          (line) => lines.push(line),
          () => new Date(0),
        ),
        onProgress: (progress) => told.push(progress),
      },
    );
    expect(lines.map(({ event, object: name }) => `${event} ${name?.key}`)).toEqual([
      'begins t',
      'done t',
      'begins c',
      'failed c',
    ]);
    expect(outcomes[0]?.reason).toBe('bad url "[secret]"');
    expect(JSON.stringify(lines)).not.toContain('value of');
    expect(told.map(({ result, ended, total }) => [result, ended, total])).toEqual([
      [undefined, 0, 2],
      ['done', 1, 2],
      [undefined, 1, 2],
      ['failed', 2, 2],
    ]);
  });

  it('begins nothing that its journal cannot hold', async () => {
    const { stores, calls } = recording();
    const journal = journalOf(
      () => {
        throw new Error('ENOSPC');
      },
      () => new Date(0),
    );
    const outcomes = await apply(plan(step('create', 'template', 't')), stores, { ...options, journal });
    expect(calls).toEqual([]);
    expect(outcomes).toMatchObject([{ result: 'not reached', reason: expect.stringContaining('ENOSPC') }]);
  });
});
