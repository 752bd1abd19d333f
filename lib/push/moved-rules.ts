import { objectsAt, textAt, type Json } from '../grafana-json/json';

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
