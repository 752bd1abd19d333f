import { diffArrays } from 'diff';
import { objectsAt, type Json } from '../../grafana-json/json';
import { changesOfFields } from './fields';

/** Our own route by its fields, the branches below it by what they take: `new branch severity = critical to hl-phone`. */
export const changesOfPolicy = (was: Json, is: Json): readonly string[] => {
  const { routes: _, ...others } = was;
  const { routes: __, ...rest } = is;
  return [...changesOfFields(others, rest), ...changesOfBranches(branchesOf(was), branchesOf(is))];
};

interface Branch {
  readonly takes: string;
  readonly to: string;
  readonly route: Json;
}

const branchesOf = (route: Json): readonly Branch[] =>
  objectsAt(route, 'routes').map(([branch]) => ({
    takes: matchersInWords(branch),
    to: branch['receiver'] === undefined ? '' : ` to ${String(branch['receiver'])}`,
    route: branch,
  }));

const changesOfBranches = (was: readonly Branch[], is: readonly Branch[]): readonly string[] => {
  const before = new Map(was.map((branch) => [branch.takes, branch]));
  const after = new Map(is.map((branch) => [branch.takes, branch]));
  const order = diffArrays(
    was.map(({ takes }) => takes).filter((takes) => after.has(takes)),
    is.map(({ takes }) => takes).filter((takes) => before.has(takes)),
  );
  return [
    ...was.filter(({ takes }) => !after.has(takes)).map(({ takes, to }) => `branch ${takes}${to} goes`),
    ...is.flatMap((branch) => {
      const earlier = before.get(branch.takes);
      if (!earlier) return [`new branch ${branch.takes}${branch.to}`];
      return changesOfPolicy(earlier.route, branch.route).map((change) => `branch ${branch.takes}: ${change}`);
    }),
    ...(order.some(({ added, removed }) => added || removed) ? ['branches in another order'] : []),
  ];
};

/** `severity = critical and host != `. */
const matchersInWords = (route: Json): string => {
  const list = route['object_matchers'];
  const known = Array.isArray(list)
    ? list.map((matcher: unknown) =>
        Array.isArray(matcher)
          ? matcher.map((part) => (part === '' ? "''" : String(part))).join(' ')
          : JSON.stringify(matcher),
      )
    : [];
  const others = ['matchers', 'match', 'match_re'].flatMap((key) =>
    route[key] === undefined ? [] : [JSON.stringify(route[key])],
  );
  return [...known, ...others].join(' and ') || 'everything';
};
