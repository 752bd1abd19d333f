import { each, type Draft } from '../draft';
import { problem, type HomelabProblem, type Keys } from '../problem';

/** Nothing needs itself by way of others: when all of them are down, each would wait for the next, and nobody would be told. */
export function* checkDependencies({ hosts, apps, probes }: Draft): Iterable<HomelabProblem> {
  yield* checkRounds(each(hosts).flatMap(([index, host]) => needsOf(['hosts', index], host.name, host.dependsOn)));
  // A probe of an app's name joins it.
  yield* checkRounds([
    ...each(apps).flatMap(([index, { app, name = app, dependsOn }]) => needsOf(['apps', index], name, dependsOn)),
    ...each(probes?.services).flatMap(([index, { name, dependsOn }]) =>
      needsOf(['probes', 'services', index], name, dependsOn),
    ),
  ]);
}

interface Need {
  readonly keys: Keys;
  readonly by: string;
  readonly needed: string;
}

const needsOf = (
  keys: Keys,
  name: string | undefined,
  dependsOn: string | readonly (string | undefined)[] | undefined,
): readonly Need[] => {
  if (name === undefined) return [];
  if (typeof dependsOn === 'string') return [{ keys: [...keys, 'dependsOn'], by: name, needed: dependsOn }];
  return each(dependsOn).map(([index, needed]) => ({ keys: [...keys, 'dependsOn', index], by: name, needed }));
};

/** One problem a round, where the file closes it. */
function* checkRounds(needs: readonly Need[]): Iterable<HomelabProblem> {
  for (const [index, { keys, by, needed }] of needs.entries()) {
    const way = by === needed ? undefined : wayTo(by, needed, needs.slice(0, index));
    if (!way) continue;
    yield problem(keys, {
      what: `needs itself: ${[by, ...way].join(' needs ')}; when all are down, nobody would be told`,
      value: needed,
      try: 'take one of them out of `dependsOn`',
    });
  }
}

/** From one thing to another along what they need; undefined where no way leads there. */
const wayTo = (
  to: string,
  from: string,
  needs: readonly Need[],
  seen: readonly string[] = [],
): readonly string[] | undefined => {
  if (from === to) return [to];
  if (seen.includes(from)) return undefined;
  for (const { needed } of needs.filter(({ by }) => by === from)) {
    const rest = wayTo(to, needed, needs, [...seen, from]);
    if (rest) return [from, ...rest];
  }
  return undefined;
};
