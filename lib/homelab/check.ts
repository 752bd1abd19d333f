import type { Catalogs } from './catalogs';
import { recordedCatalogs } from './catalogs';
import { checkAddresses } from './checks/addresses';
import { checkAlerting } from './checks/alerting';
import { checkDependencies } from './checks/dependencies';
import { checkExporters } from './checks/exporters';
import { checkInclude } from './checks/include';
import { checkNames } from './checks/names';
import { checkReferences } from './checks/references';
import { checkSecrets } from './checks/secrets';
import { checkSources } from './checks/sources';
import { checkTargets } from './checks/targets';
import { checkTexts } from './checks/texts';
import { withoutAll } from './draft';
import { validate } from './homelab.validate.gen';
import type { HomelabProblem, Keys } from './problem';
import { toProblems } from './problems';

/** Everything that is wrong with what should be a homelab, in the file's order; empty when it is one. */
export const checkHomelab = (homelab: unknown, catalogs: Catalogs = recordedCatalogs): readonly HomelabProblem[] => {
  const misshapen = validate(homelab) ? [] : toProblems(validate.errors ?? [], homelab);
  const draft = withoutAll(
    homelab,
    misshapen.map(({ keys }) => keys),
  );
  return sort(homelab, [
    ...misshapen,
    ...checkNames(draft),
    ...checkAddresses(draft),
    ...checkExporters(draft, catalogs),
    ...checkReferences(draft),
    ...checkDependencies(draft),
    ...checkAlerting(draft),
    ...checkSources(draft, catalogs),
    ...checkSecrets(draft),
    ...checkTexts(draft),
    ...checkInclude(draft),
    ...checkTargets(draft),
  ]);
};

/** By place, as one reads the file; what is missing comes after what is there. */
const sort = (homelab: unknown, problems: readonly HomelabProblem[]): readonly HomelabProblem[] =>
  problems
    .map((problem) => ({ problem, order: orderOf(homelab, problem.keys) }))
    .sort((a, b) => compare(a.order, b.order))
    .map(({ problem }) => problem);

const orderOf = (homelab: unknown, keys: Keys): readonly number[] => {
  let value = homelab;
  return keys.map((key) => {
    const index = typeof value === 'object' && value !== null ? Object.keys(value).indexOf(String(key)) : -1;
    value = (value as Record<string | number, unknown> | undefined | null)?.[key];
    return index === -1 ? Number.MAX_SAFE_INTEGER : index;
  });
};

const compare = (a: readonly number[], b: readonly number[]): number => {
  for (let level = 0; level < Math.min(a.length, b.length); level += 1) {
    const difference = (a[level] ?? 0) - (b[level] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
};
