import type { FieldChange } from './change';

/** A field whose two values are told, if they differ. */
export const differing = (field: string, was: string | undefined, is: string | undefined): readonly FieldChange[] =>
  was === is ? [] : [{ field, was: was ?? 'none', is: is ?? 'none' }];

/** The same, where a side that says nothing is not known rather than empty. */
export const differingIfKnown = (
  field: string,
  was: string | undefined,
  is: string | undefined,
): readonly FieldChange[] => (was === undefined || is === undefined ? [] : differing(field, was, is));

/** Names of the texts that differ, without their values. */
export const differingParts = (
  was: Readonly<Record<string, string>>,
  is: Readonly<Record<string, string>>,
): readonly FieldChange[] =>
  [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((part) => was[part] !== is[part])
    .sort()
    .map((field) => ({ field }));

/** What came, went, or is on both sides, by key, in the order of the keys. A key given twice counts once: the last. */
export const pairUp = <T>(
  was: readonly T[],
  is: readonly T[],
  keyOf: (item: T) => string,
): readonly { readonly was?: T; readonly is?: T }[] => {
  const [before, after] = [was, is].map((items) => new Map(items.map((item) => [keyOf(item), item])));
  return [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])].sort().map((key) => {
    const [earlier, now] = [before?.get(key), after?.get(key)];
    return { ...(earlier !== undefined && { was: earlier }), ...(now !== undefined && { is: now }) };
  });
};
