import { describe, expect, it } from 'vitest';
import { alerts } from '../../../alerts/index';
import { dashboards } from '../../../dashboards/index';
import { readHomelab } from '../../homelab/read';
import { resolveHomelab } from '../../homelab/resolve';
import { render } from '../../render/render';
import { recordedKnowledge } from '../knowledge/recorded';
import { rules } from '../rules/index';
import { fixtures } from './fixtures';
import { killing, type Lab, type Survivor } from './kill';
import { mutators, withoutMutator } from './mutators';
import { seedsOf, rulesIn, type Seed } from './seed';
import { survivors } from './survivors';

const namesIn = (seeds: readonly Seed[]): ReadonlySet<string> =>
  new Set(seeds.flatMap(rulesIn).map(({ json }) => String(json['alert'] ?? json['title'])));

/** What a homelab of the examples renders. */
const labOf = (name: string): Lab => {
  const homelab = resolveHomelab(readHomelab(`${__dirname}/../../../examples/homelabs/${name}.ts`));
  const seeds = seedsOf(render(homelab, { dashboards, alerts }));
  return { seeds, knowledge: recordedKnowledge({ homelab }), homelab, testedAlerts: namesIn(seeds) };
};

const labs: readonly Lab[] = [
  labOf('typical'),
  labOf('everything'),
  { seeds: fixtures, knowledge: recordedKnowledge(), testedAlerts: new Set() },
];

const whichOf = ({ rule, mutator, file, at }: Survivor): string => `${rule} | ${mutator} | ${file} › ${at}`;
const said = (survivor: Survivor): string => `${whichOf(survivor)} | ${survivor.what}`;

describe('mutants', () => {
  it('are made for each rule that needs no server', () => {
    const aimedAt = new Set([...mutators.map(({ rule }) => rule), ...Object.keys(withoutMutator)]);
    expect(rules.map(({ id }) => id).filter((id) => !aimedAt.has(id))).toEqual([]);
    expect(
      Object.keys(withoutMutator).filter((id) => rules.find((rule) => rule.id === id)?.needs !== 'server'),
    ).toEqual([]);
  });

  it('are told of by the rule that they are for', { timeout: 120_000 }, () => {
    const kill = killing(labs, rules);
    const tallies = mutators.map((mutator) => ({ mutator, tally: kill(mutator) }));
    const empty = tallies
      .filter(({ tally }) => tally.mutants === 0)
      .map(({ mutator }) => `${mutator.rule} | ${mutator.name}`);
    const left = tallies.flatMap(({ tally }) => tally.survivors);
    const count = (of: 'mutants' | 'killed', rule?: string): number =>
      tallies
        .filter(({ mutator }) => rule === undefined || mutator.rule === rule)
        .reduce((sum, { tally }) => sum + tally[of], 0);
    const byRule = rules
      .filter(({ id }) => count('mutants', id) > 0)
      .map(({ id }) => `  ${id}: ${count('killed', id)} of ${count('mutants', id)}`);
    console.log(
      [
        `${count('killed')} of ${count('mutants')} mutants killed`,
        ...byRule,
        ...left.map((each) => `  survives: ${said(each)}`),
      ].join('\n'),
    );

    expect(empty, 'mutators that find no place').toEqual([]);
    expect(count('mutants')).toBeGreaterThanOrEqual(400);
    expect(count('killed') / count('mutants')).toBeGreaterThanOrEqual(0.98);
    expect(left.map(whichOf).sort()).toEqual(survivors.map(({ is }) => is).sort());
  });
});
