import { objectsAt, textAt, type Json } from '../grafana-json/json';
import type { NormalForms } from './normal-form';
import { hashOf, hashOfBody } from './normal-form/hash';
import { idOf, type ActualObject, type BaseObject } from './object';

/** Uids of the rules of a group. */
export const rulesIn = (group: Json): readonly string[] =>
  objectsAt(group, 'rules').flatMap(([rule]) => textAt(rule, 'uid') ?? []);

/**
 * A group after some of its rules were moved to other groups, which Grafana does by itself when those are written (12.3); `null`: none is
 * left, and with them the group is gone; undefined: none of them was in it.
 */
export const withoutRules = (group: Json, moved: ReadonlySet<string>): Json | null | undefined => {
  const { rules } = group;
  if (!Array.isArray(rules)) return undefined;
  const left = rules.filter((rule: unknown) => !moved.has(textAt(rule, 'uid') ?? ''));
  if (left.length === rules.length) return undefined;
  return left.length === 0 ? null : { ...group, rules: left };
};

/**
 * The base of groups out of which our own push took rules, and then did not come to them: a rule that is in another group of ours, which is
 * as we left it, was moved by us and by nobody else.
 */
export const baseAfterOwnMoves = (
  base: ReadonlyMap<string, BaseObject> | undefined,
  actual: ReadonlyMap<string, ActualObject>,
  normalForms: NormalForms,
): ReadonlyMap<string, BaseObject> | undefined => {
  if (!base) return undefined;
  const form = normalForms['rule-group'];
  const groups = [...base.values()].filter(({ kind }) => kind === 'rule-group');
  const isAsLeft = (group: BaseObject): boolean => {
    const there = actual.get(idOf(group));
    return there !== undefined && hashOfBody(form, there.body) === group.hash;
  };
  const settled = new Set(
    groups.filter(isAsLeft).flatMap((group) => rulesIn((actual.get(idOf(group)) as ActualObject).body)),
  );
  const after = new Map(base);
  for (const group of groups) {
    const left = group.normal && !isAsLeft(group) ? withoutRules(group.normal, settled) : undefined;
    const there = actual.get(idOf(group));
    if (left === null && !there) after.delete(idOf(group));
    else if (left && there && hashOf(left) === hashOfBody(form, there.body))
      after.set(idOf(group), { ...group, hash: hashOf(left), normal: left });
  }
  return after;
};
