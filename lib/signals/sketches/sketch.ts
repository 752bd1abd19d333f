import { expect } from 'vitest';
import type { Choice, Expression } from '../../expression/expression';
import { contextOf } from '../../expression/testing/context';
import { promqlError } from '../../query/promql';
import { expandForParsing } from '../../query/variables';
import { bindSignals, queryOf, type Signal, type SignalGroup } from '../signal';

/** What every signal of a group is in a homelab with these exporters: its query, or why there is none. */
export const printed = (
  group: SignalGroup,
  homelab: Parameters<typeof contextOf>[0],
  place: 'panel' | 'alert' = 'panel',
): Readonly<Record<string, string>> => {
  const signals: Readonly<Record<string, Signal>> = bindSignals(group, contextOf(homelab, { place }));
  return Object.fromEntries(
    Object.entries(signals).map(([key, signal]) => [
      key,
      signal.missing ? `missing: ${signal.missing}` : parsed(signal),
    ]),
  );
};

const parsed = (signal: Signal): string => {
  const query = queryOf(signal);
  expect(promqlError(expandForParsing(query)), query).toBeUndefined();
  return query;
};

/** All variants of a signal, which have these names, carry the same labels; title, unit and levels are written once, so they cannot differ. */
export const expectParity = ({ definitions }: SignalGroup, names: readonly string[]): void => {
  const found = new Set<string>();
  for (const [key, { expression }] of Object.entries(definitions)) {
    for (const choice of choicesOf(expression)) {
      const labels = choice.among.map(({ of }) => [...of.labels].sort());
      for (const each of labels) expect(each, key).toEqual([...expression.labels].sort());
      for (const { name } of choice.among) found.add(name);
    }
  }
  expect([...found].sort()).toEqual([...names].sort());
};

const choicesOf = ({ node }: Expression): readonly Choice[] =>
  node.kind !== 'choice' ? [] : node.take === 'first' ? [node] : node.among.flatMap(({ of }) => choicesOf(of));
