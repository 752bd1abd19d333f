import { each, type Draft, type Partially } from '../draft';
import type { NamedAddress } from '../homelab';
import { problem, type HomelabProblem, type Keys } from '../problem';

/** No two things of one kind share a name: their series could not be told apart. */
export function* checkNames(draft: Draft): Iterable<HomelabProblem> {
  const { apps, probes, alerting } = draft;

  yield* duplicates('host', named('hosts', draft.hosts));
  yield* duplicates(
    'app',
    each(apps).map(([index, app]): Named => {
      const key = app.name === undefined ? 'app' : 'name';
      return { keys: ['apps', index, key], name: app[key] };
    }),
    'give each its own `name:`, such as `sonarr` and `sonarr-4k`',
  );
  yield* duplicates('probe', [
    ...(probes?.router === undefined ? [] : [{ keys: ['probes', 'router'], name: 'router' }]),
    ...named('probes.internet', probes?.internet),
    ...named('probes.dns', probes?.dns),
  ]);
  yield* duplicates('service', named('probes.services', probes?.services));
  yield* duplicates(
    'receiver',
    Object.keys(alerting?.receivers ?? {}).map((name) => ({ keys: ['alerting', 'receivers', name], name })),
  );
  yield* duplicates(
    'data source',
    Object.entries(draft.dataSources ?? {}).map(([key, source]) => ({
      keys: ['dataSources', key, ...(source?.name === undefined ? [] : ['name'])],
      name: source?.name ?? key,
    })),
  );
  yield* duplicates(
    'uid',
    Object.entries(draft.dataSources ?? {}).map(([key, source]) => ({
      keys: ['dataSources', key, 'uid'],
      name: source?.uid,
    })),
  );
}

interface Named {
  readonly keys: Keys;
  readonly name: string | undefined;
}

const named = (
  path: string,
  list: readonly (Partially<Pick<NamedAddress, 'name'>> | undefined)[] | undefined,
): readonly Named[] => each(list).map(([index, { name }]) => ({ keys: [...path.split('.'), index, 'name'], name }));

function* duplicates(
  kind: string,
  list: readonly Named[],
  remedy = 'choose another name for one of them',
): Iterable<HomelabProblem> {
  const taken = new Map<string, Named>();
  for (const { keys, name } of list) {
    if (name === undefined) continue;
    // Uids are made of names, and people overlook letter case: `NAS` and `nas` would be one thing to both.
    const folded = name.toLowerCase();
    const first = taken.get(folded);
    if (!first) {
      taken.set(folded, { keys, name });
      continue;
    }
    const same = first.name === name ? '' : ` (as '${first.name}': letter case makes no difference)`;
    yield problem(keys, {
      what: `duplicate ${kind} name`,
      value: name,
      allowed: `a name that ${problem(first.keys, { what: '' }).path} has not taken${same}`,
      try: remedy,
    });
  }
}
