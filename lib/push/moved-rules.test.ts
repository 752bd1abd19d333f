import { describe, expect, it } from 'vitest';
import type { Json } from '../grafana-json/json';
import { baseAfterOwnMoves } from './moved-rules';
import { normalForms } from './normal-form';
import { hashOf } from './normal-form/hash';
import { idOf, type ActualObject, type BaseObject } from './object';

const group = (name: string, ...uids: readonly string[]): { readonly key: string; readonly body: Json } => ({
  key: `f/${name}`,
  body: { title: name, folderUid: 'f', interval: 60, rules: uids.map((uid) => ({ uid, title: uid, data: [] })) },
});
const baseOf = (...groups: readonly ReturnType<typeof group>[]): ReadonlyMap<string, BaseObject> =>
  new Map(
    groups.map(({ key, body }) => {
      const normal = normalForms['rule-group'](body);
      return [idOf({ kind: 'rule-group', key }), { kind: 'rule-group', key, hash: hashOf(normal), normal } as const];
    }),
  );
const thereOf = (...groups: readonly ReturnType<typeof group>[]): ReadonlyMap<string, ActualObject> =>
  new Map(
    groups.map(({ key, body }) => [
      idOf({ kind: 'rule-group', key }),
      { kind: 'rule-group', key, title: key, body, version: undefined, readOnly: undefined },
    ]),
  );
const after = (base: readonly ReturnType<typeof group>[], there: readonly ReturnType<typeof group>[]) =>
  baseAfterOwnMoves(baseOf(...base), thereOf(...there), normalForms);

describe('the base of a group that our push took rules out of', () => {
  const two = group('two', 'b', 'c');

  it('is without them where the other group is as we left it', () => {
    expect(after([group('one', 'a', 'b'), two], [group('one', 'a'), two])).toEqual(baseOf(group('one', 'a'), two));
  });

  it('is gone where none is left', () => {
    expect(after([group('one', 'b'), two], [two])).toEqual(baseOf(two));
  });

  it('stays where a person moved the rule, or did more than that', () => {
    const moved = [group('one', 'a', 'b'), group('two', 'c')];
    expect(after(moved, [group('one', 'a'), two])).toEqual(baseOf(...moved));
    const more = [group('one', 'a', 'b', 'd'), two];
    expect(after(more, [group('one', 'a'), two])).toEqual(baseOf(...more));
  });
});
