import type { FieldChange, ToldChange } from './change';
import type { ToldFacts } from './facts';
import { differingParts, pairUp } from './fields';

/** Receivers that came, went, are reached otherwise or hear of something else. What they are reached at is never told. */
export const compareTold = (was: readonly ToldFacts[], is: readonly ToldFacts[]): readonly ToldChange[] =>
  pairUp(was, is, ({ name }) => name).flatMap((pair): readonly ToldChange[] => {
    if (!pair.was)
      return pair.is ? [{ kind: 'told', what: 'new', name: pair.is.name, fields: [...introduced(pair.is)] }] : [];
    if (!pair.is) return [{ kind: 'told', what: 'gone', name: pair.was.name, fields: [] }];
    const fields = [...differingWays(pair.was, pair.is), ...differingRoutes(pair.was.hears, pair.is.hears)];
    return fields.length > 0 ? [{ kind: 'told', what: 'changed', name: pair.is.name, fields }] : [];
  });

const introduced = ({ ways, hears = [] }: ToldFacts): readonly FieldChange[] => [
  ...Object.keys(ways).map((kind) => ({ field: `by ${kind}` })),
  ...(hears.length > 0 ? [{ field: `hears ${hears.join('; ')}` }] : []),
];

const differingWays = ({ ways: was }: ToldFacts, { ways: is }: ToldFacts): readonly FieldChange[] =>
  [...new Set([...Object.keys(was), ...Object.keys(is)])].sort().flatMap((kind): readonly FieldChange[] => {
    const [before, after] = [was[kind], is[kind]];
    if (!before) return [{ field: `by ${kind}, too` }];
    if (!after) return [{ field: `no longer by ${kind}` }];
    return differingParts(before, after).map(({ field }) => ({ field: `${kind} ${field} changed` }));
  });

const differingRoutes = (
  was: readonly string[] | undefined,
  is: readonly string[] | undefined,
): readonly FieldChange[] => {
  if (!was || !is) return [];
  const come = is.filter((route) => !was.includes(route)).sort();
  const gone = was.filter((route) => !is.includes(route)).sort();
  return [
    ...(come.length > 0 ? [{ field: `hears ${come.join('; ')}` }] : []),
    ...(gone.length > 0 ? [{ field: `no longer hears ${gone.join('; ')}` }] : []),
  ];
};
