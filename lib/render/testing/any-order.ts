import fc from 'fast-check';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { alerts } from '../../../alerts/index';
import { dashboards } from '../../../dashboards/index';
import { readHomelab } from '../../homelab/read';
import { resolveHomelab } from '../../homelab/resolve';
import { render, type Content } from '../render';

/** An example homelab is written the same, whatever the order in which boards and alerts are registered. */
export const itIsTheSameInAnyOrder = (name: string, numRuns: number): void =>
  it(`of ${name} is sorted by path, and the same bytes however the content is registered`, () => {
    const homelab = resolveHomelab(readHomelab(join(__dirname, `../../../examples/homelabs/${name}.ts`)));
    const files = (content: Content): readonly (readonly [path: string, text: string])[] =>
      render(homelab, content).artifacts.map(({ path, text }) => [path, text] as const);
    const expected = files({ dashboards, alerts });
    const paths = expected.map(([path]) => path);
    expect(paths).toEqual([...paths].sort());
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...dashboards], { minLength: dashboards.length }),
        fc.shuffledSubarray([...alerts], { minLength: alerts.length }),
        (boards, groups) => {
          expect(files({ dashboards: boards, alerts: groups })).toEqual(expected);
        },
      ),
      { numRuns },
    );
  });
