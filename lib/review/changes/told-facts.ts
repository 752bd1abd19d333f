import { isObject, objectAt, objectsAt, textAt, type Json } from '../../grafana-json/json';
import type { ToldFacts } from './facts';

/** Contact points and policies in an alerting file of Grafana. Throws where it has neither. */
export const grafanaTold = (file: unknown): readonly ToldFacts[] => {
  if (!isObject(file) || !(Array.isArray(file['contactPoints']) || Array.isArray(file['policies'])))
    throw new Error('no file of contact points or policies');
  return [
    ...objectsAt(file, 'contactPoints').map(([point]) => ({
      name: textAt(point, 'name') ?? '',
      ways: ways(objectsAt(point, 'receivers').map(([way]) => [String(way['type']), objectAt(way, 'settings')])),
    })),
    ...objectsAt(file, 'policies').flatMap(([tree]) => routesIn(tree, objectMatchers)),
  ];
};

/** Receivers and routes of an Alertmanager's configuration. Throws where it is none. */
export const alertmanagerTold = (file: unknown): readonly ToldFacts[] => {
  if (!isObject(file) || !Array.isArray(file['receivers'])) throw new Error('no configuration: it has no receivers');
  const routes = routesIn(objectAt(file, 'route'), textMatchers);
  return objectsAt(file, 'receivers').map(([receiver]) => {
    const name = textAt(receiver, 'name') ?? '';
    const kinds = Object.keys(receiver).filter((key) => key.endsWith('_configs'));
    return {
      name,
      ways: ways(
        kinds.flatMap((kind) =>
          objectsAt(receiver, kind).map(([way]): [string, Json] => [kind.replace(/_configs$/, ''), way]),
        ),
      ),
      hears: routes.filter((route) => route.name === name).flatMap(({ hears = [] }) => hears),
    };
  });
};

const ways = (all: readonly (readonly [string, Json])[]): ToldFacts['ways'] => {
  const found = new Map<string, Record<string, string>>();
  for (const [kind, settings] of all) {
    const times = [...found.keys()].filter((key) => key.split(' ')[0] === kind).length;
    const texts = Object.entries(settings).map(([key, value]) => [key, JSON.stringify(value)]);
    found.set(times === 0 ? kind : `${kind} ${times + 1}`, Object.fromEntries(texts) as Record<string, string>);
  }
  return Object.fromEntries(found);
};

/** The receiver of the tree itself hears of all that no other route takes. */
const routesIn = (tree: Json, matchersOf: (route: Json) => readonly string[]): readonly ToldFacts[] => [
  { name: textAt(tree, 'receiver') ?? '', ways: {}, hears: ['everything else'] },
  ...objectsAt(tree, 'routes').map(([route]) => {
    const muted = Array.isArray(route['mute_time_intervals']) ? ' (muted)' : '';
    return { name: textAt(route, 'receiver') ?? '', ways: {}, hears: [`${matchersOf(route).join(' and ')}${muted}`] };
  }),
];

const objectMatchers = (route: Json): readonly string[] =>
  (Array.isArray(route['object_matchers']) ? route['object_matchers'] : []).map((matcher: unknown) =>
    Array.isArray(matcher) ? matcher.join(' ') : String(matcher),
  );

const textMatchers = (route: Json): readonly string[] =>
  (Array.isArray(route['matchers']) ? route['matchers'] : []).map((matcher: unknown) =>
    String(matcher).replaceAll('"', ''),
  );
