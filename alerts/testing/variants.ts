import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildAlerts, type AlertGroup, type BuiltAlerts } from '../../lib/alerts/define';
import { promtoolTests, runPromtool, unmatchedCases, type CasesByAlert } from '../../lib/alerts/promtool';
import { readHomelab } from '../../lib/homelab/read';
import { resolveHomelab } from '../../lib/homelab/resolve';
import type { ResolvedHomelab } from '../../lib/homelab/resolved';
import { withPrograms } from '../../lib/proof/testing/with-programs';

const examples = join(__dirname, '../../examples/homelabs');

interface Built {
  readonly homelab: ResolvedHomelab;
  readonly built: BuiltAlerts;
}

/** The alerts of a group in an example homelab. */
const builtIn = (file: string, group: AlertGroup): Built => {
  const { hosts, apps } = readHomelab(join(examples, file));
  // Samples of cases name no host.
  const homelab = resolveHomelab({ hosts, apps: (apps ?? []).map(({ host: _, ...each }) => each) });
  return { homelab, built: buildAlerts([group], homelab, { everyEngine: true, everyPack: true }) };
};

const fileOf = (app: string, variant: string): string => `variant-${app}-${variant}.ts`;

/**
 * Each exporter that has cases has an example homelab, `variant-<app>-<exporter>.ts`, which has no other, and each alert there has cases.
 * `variantsFire` runs them.
 */
export const testVariants = (app: string, group: AlertGroup, cases: Readonly<Record<string, CasesByAlert>>): void => {
  const variants = readdirSync(examples).flatMap((file) =>
    file.startsWith(`variant-${app}-`) ? [file.slice(`variant-${app}-`.length, -'.ts'.length)] : [],
  );

  it(`each exporter of ${app} that has cases has an example, and the other way round`, () =>
    expect(Object.keys(cases).sort()).toEqual([...variants].sort()));

  for (const variant of variants) itHasCases(fileOf(app, variant), group, cases[variant] ?? {});
};

/** Each alert of the group in the example homelab has cases, and no cases are left over. */
export const itHasCases = (file: string, group: AlertGroup, cases: CasesByAlert): void =>
  it(`alerts with the example ${file} have cases, each of them`, () =>
    expect(unmatchedCases(builtIn(file, group).built, cases)).toEqual([]));

/** Runs the cases of each exporter against the alerts of its example homelab. */
export const variantsFire = (app: string, group: AlertGroup, cases: Readonly<Record<string, CasesByAlert>>): void => {
  describe(`alerts of ${app}`, () => {
    for (const [variant, own] of Object.entries(cases)) itFires(fileOf(app, variant), group, own);
  });
};

/** Runs the cases against the alerts of the group in the example homelab. */
export const itFires = (file: string, group: AlertGroup, cases: CasesByAlert): void =>
  withPrograms(['promtool'], `fire and stay silent on what is served with the example ${file}`, () => {
    const { homelab, built } = builtIn(file, group);
    const tests = promtoolTests(built, cases, homelab);
    expect(tests).not.toEqual([]);
    expect(runPromtool(tests)).toBe('');
  });
