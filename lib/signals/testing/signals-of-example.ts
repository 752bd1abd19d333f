import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { partsOf, type Expression } from '../../expression/expression';
import type { PrintContext } from '../../expression/print';
import type { Homelab } from '../../homelab/homelab';
import { resolveHomelab } from '../../homelab/resolve';
import { metricsOf, promqlError } from '../../query/promql';
import { expandForParsing } from '../../query/variables';
import { bindAll } from '../index';
import { queryOf, type Signal } from '../signal';

const examples = join(__dirname, '../../../examples/homelabs');

/** The one that has everything and the least: those that the quick tests look at. */
export const usualHomelabs: readonly string[] = ['everything.ts', 'minimal.ts'];

/** All the others, for tests that have minutes. */
export const otherHomelabs: readonly string[] = readdirSync(examples).filter(
  (file) => file.endsWith('.ts') && !usualHomelabs.includes(file),
);

/** All signals of a homelab. */
export const signalsIn = (context: PrintContext): readonly Signal[] =>
  Object.values(bindAll(context)).flatMap((group): readonly Signal[] => Object.values(group));

const places: readonly Pick<PrintContext, 'place' | 'variables'>[] = [
  { place: 'panel', variables: {} },
  { place: 'panel', variables: { host: 'single', disk: 'multi', interface: 'multi', mountpoint: 'multi' } },
  { place: 'panel', variables: { host: 'multi', service: 'multi' } },
  { place: 'alert', variables: {} },
];

const showsWhatThePanelShows = (expression: Expression): boolean => {
  const { node } = expression;
  return ('window' in node && node.window === 'range') || partsOf(node).some(showsWhatThePanelShows);
};

// Most homelabs give most of the same queries: each is parsed once.
const parsed = new Set<string>();

/** What holds for the signals of any example. */
export const itHasPromql = (file: string): void => {
  it('is PromQL, on a board and in an alert', async () => {
    const { default: homelab } = (await import(join(examples, file))) as { default: Homelab };
    const { sources, display } = resolveHomelab(homelab);
    for (const place of places) {
      const signals = signalsIn({ sources, display, ...place }).filter(({ missing }) => missing === undefined);
      expect(signals.length).toBeGreaterThan(50);
      for (const signal of signals) {
        if (place.place === 'alert' && showsWhatThePanelShows(signal.expression)) {
          expect(() => queryOf(signal)).toThrow(`signal ${signal.id}: \`range\` is what a panel shows`);
          continue;
        }
        const query = expandForParsing(queryOf(signal));
        if (parsed.has(query)) continue;
        parsed.add(query);
        expect(promqlError(query), `${signal.id}: ${query}`).toBeUndefined();
        expect(metricsOf(query).length > 0 || signal.metrics.length === 0, signal.id).toBe(true);
      }
    }
  });
};
