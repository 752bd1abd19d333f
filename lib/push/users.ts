import type { GrafanaClient } from '../grafana/client';
import { isObject, objectsAt, textAt, type Json } from '../grafana-json/json';
import { idOf, type ActualObject } from './object';
import { alertingPath } from './stores/alerting';
import { orAbsent } from './stores/context';
import { namesIn, namesOfRoute, namesOfRule, routesIn, type User } from './used';

/**
 * All that is there and may need one of these objects: routes and rules of contact points and mute timings, contact points and texts of
 * texts. At most four requests, and none where nothing of these kinds is among them.
 */
export const usersOf = async (
  client: GrafanaClient,
  objects: readonly Pick<ActualObject, 'kind'>[],
): Promise<readonly User[]> => {
  const has = (...kinds: readonly ActualObject['kind'][]): boolean => objects.some(({ kind }) => kinds.includes(kind));
  const list = async (name: string): Promise<readonly Json[]> => {
    const found = await orAbsent(client.get(`${alertingPath}/${name}`));
    return Array.isArray(found) ? found.filter(isObject) : [];
  };
  const found = await Promise.all([
    ...(has('contact-point', 'mute-timing')
      ? [
          orAbsent(client.get(`${alertingPath}/policies`)).then(usersInTree),
          list('alert-rules').then((rules) => rules.map(ruleUser)),
        ]
      : []),
    ...(has('template')
      ? [
          list('contact-points').then((points) => points.map(pointUser)),
          list('templates').then((texts) => texts.map(textUser)),
        ]
      : []),
  ]);
  return found.flat();
};

const usersInTree = (tree: unknown): readonly User[] => {
  if (!isObject(tree)) return [];
  const root: User = { id: '', title: 'the default notification route', names: namesOfRoute(tree) };
  const below = objectsAt(tree, 'routes').flatMap(([top]) =>
    routesIn(top).map((route): User => ({
      id: idOf({ kind: 'policy', key: folderMatchedBy(top) }),
      title: `the notification route ${matchersInWords(route)}`,
      names: namesOfRoute(route),
    })),
  );
  return [root, ...below];
};

/** The title of the folder, where a route matches that and nothing else: as ours does. */
const folderMatchedBy = ({ object_matchers: matchers }: Json): string => {
  const [label, operator, title] = Array.isArray(matchers) && matchers.length === 1 ? (matchers[0] as unknown[]) : [];
  return label === 'grafana_folder' && operator === '=' && typeof title === 'string' ? title : '';
};

/** `team=db, severity=~warning|critical`; also of the spellings that older versions wrote. */
const matchersInWords = (route: Json): string => {
  const triples = Array.isArray(route['object_matchers']) ? route['object_matchers'] : [];
  const texts = Array.isArray(route['matchers']) ? route['matchers'] : [];
  const pairs = (key: string, operator: string): readonly string[] =>
    Object.entries(isObject(route[key]) ? route[key] : {}).map(
      ([label, value]) => `${label}${operator}${String(value)}`,
    );
  const words = [
    ...triples.map((triple: unknown) => (Array.isArray(triple) ? triple.join('') : '')),
    ...texts.map(String),
    ...pairs('match', '='),
    ...pairs('match_re', '=~'),
  ];
  return words.length > 0 ? words.join(', ') : 'without matchers';
};

const ruleUser = (rule: Json): User => ({
  id: idOf({ kind: 'rule-group', key: `${textAt(rule, 'folderUID')}/${textAt(rule, 'ruleGroup')}` }),
  title: `the alert rule ${textAt(rule, 'title')}`,
  names: namesOfRule(rule),
});

const pointUser = (point: Json): User => ({
  id: idOf({ kind: 'contact-point', key: textAt(point, 'uid') ?? '' }),
  title: `the contact point ${textAt(point, 'name')}`,
  names: namesIn('contact-point', point),
});

const textUser = (text: Json): User => ({
  id: idOf({ kind: 'template', key: textAt(text, 'name') ?? '' }),
  title: `the message template ${textAt(text, 'name')}`,
  names: namesIn('template', text),
});
