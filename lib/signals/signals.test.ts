import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { leavesOf, partsOf, type Expression } from '../expression/expression';
import type { Homelab } from '../homelab/homelab';
import { resolveHomelab } from '../homelab/resolve';
import { groupNames, signalGroup } from './index';
import type { SignalDefinition } from './signal';
import { itHasPromql, signalsIn, usualHomelabs } from './testing/signals-of-example';

const definitions: readonly (readonly [id: string, definition: SignalDefinition])[] = groupNames.flatMap((name) =>
  Object.entries(signalGroup(name).definitions).map(([key, each]) => [`${name}.${key}`, each] as const),
);

const examples = join(__dirname, '../../examples/homelabs');

describe.each(usualHomelabs)('every signal in %s', itHasPromql);

describe('every signal', () => {
  it.each(definitions)('%s reads well', (_, { title, description, unit, values, range, levels, empty }) => {
    expect(title).toMatch(/^[A-Z][^.(]*$/);
    expect(title.length).toBeLessThanOrEqual(32);
    expect(description).toMatch(/^[A-Z].*\.$/s);
    expect(description.length).toBeLessThanOrEqual(240);
    expect(unit === 'state').toBe(values !== undefined);
    if (range && levels?.bad === 'high') expect(levels.critical).toBeLessThanOrEqual(range[1]);
    if (empty) expect(empty).not.toMatch(/\.$/);
  });

  it('keeps one title to one meaning in its group', () => {
    for (const name of groupNames) {
      const titles = Object.values(signalGroup(name).definitions).map(({ title, unit }) => `${title} (${unit})`);
      expect(new Set(titles).size, name).toBe(titles.length);
    }
  });

  it('stays within what people compare: no job, no instance, but where targets are what it is about', () => {
    const raw = definitions.filter(([id, { expression }]) => !id.startsWith('scrape.') && expression.labels.has('job'));
    expect(raw.map(([id]) => id)).toEqual([]);
  });
});

describe('raw templates', () => {
  const isRaw = ({ node }: Expression): boolean => node.kind === 'raw' || partsOf(node).some(isRaw);

  it('are one signal in ten at most', () => {
    const raw = definitions.filter(([, { expression }]) => isRaw(expression)).map(([id]) => id);
    console.log(
      `${raw.length} of ${definitions.length} signals are raw PromQL${raw.length > 0 ? `: ${raw.join(', ')}` : ''}`,
    );
    expect(raw.length).toBeLessThanOrEqual(definitions.length / 10);
  });
});

describe('metrics', () => {
  it('carry evidence', async () => {
    const { default: homelab } = (await import(join(examples, 'everything.ts'))) as { default: Homelab };
    const { sources, display } = resolveHomelab(homelab);
    const signals = signalsIn({ sources, display, place: 'panel', variables: {} });
    const without = signals.filter(({ expression, metrics }) => metrics.length !== leavesOf(expression).length);
    expect(without).toEqual([]);
  });
});
