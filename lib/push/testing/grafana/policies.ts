import { isObject, objectsAt, type Json } from '../../../grafana-json/json';
import { needs } from './auth';
import { demandProvenance, editDocument } from './alertmanager';
import { provenanceOf } from './alert-rules';
import { canonicalDuration, durationOf } from './durations';
import { badRequest, bodyOf, coded, copy, ok, route, type Asked, type Route } from './exchange';
import { newDocument, type AlertmanagerDocument } from './state';

const path = '/api/v1/provisioning/policies';
const lost = 'failed to update notification policy tree';

/** Contract 4.4: the whole tree at once; last write wins. */
export const policyRoutes: readonly Route[] = [
  route('GET', path, needs.notificationsRead, ({ state }) => {
    const { route: tree, routeProvenance } = state.world.alertmanager;
    return ok({ ...copy(tree), ...(routeProvenance && { provenance: routeProvenance }) });
  }),
  route('PUT', path, needs.notificationsWrite, (asked) => replace(asked)),
  route('DELETE', path, needs.notificationsWrite, async (asked) => {
    const { route: tree } = newDocument();
    await editDocument(asked, lost, (draft) => Object.assign(draft, { route: tree, routeProvenance: '' }));
    return ok(tree, 202);
  }),
  route('GET', `${path}/export`, needs.notificationsRead, ({ state }) =>
    ok({ apiVersion: 1, policies: [{ orgId: 1, ...copy(state.world.alertmanager.route) }] }),
  ),
];

const replace = async (asked: Asked) => {
  const tree = normalRoute(bodyOf(asked));
  const wanted = provenanceOf(asked);
  checkRoot(tree);
  await editDocument(asked, lost, (draft) => {
    demandProvenance(draft.routeProvenance, wanted);
    checkNames(tree, draft);
    Object.assign(draft, { route: tree, routeProvenance: wanted });
  });
  return ok({ message: 'policies updated' }, 202);
};

/** Contract 4.4: every fault but an unknown name is the bare 400. */
const checkRoot = (tree: Json): void => {
  const forbidden = [
    'object_matchers',
    'matchers',
    'match',
    'match_re',
    'mute_time_intervals',
    'active_time_intervals',
  ];
  if (!tree['receiver'] || forbidden.some((key) => key in tree)) throw badRequest();
};

const checkNames = (tree: Json, { receivers, muteTimings }: AlertmanagerDocument): void => {
  const fail = (text: string): Error =>
    coded(
      400,
      'alerting.notifications.routes.invalidFormat',
      `Invalid format of the submitted route: ${text}. Correct the payload and try again.`,
      { Error: text },
    );
  const receiver = tree['receiver'];
  if (receiver && !receivers.some(({ name }) => name === receiver))
    throw fail(`receiver '${String(receiver)}' does not exist`);
  for (const [key, what] of [
    ['mute_time_intervals', 'mute time interval'],
    ['active_time_intervals', 'active time interval'],
  ] as const)
    for (const name of listOf(tree[key]))
      if (!muteTimings.some((timing) => timing.name === name)) throw fail(`${what} '${String(name)}' does not exist`);
  for (const [child] of objectsAt(tree, 'routes'))
    checkNames(child, { receivers, muteTimings } as AlertmanagerDocument);
};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as readonly unknown[]) : []);

/** Contract 4.4: as the server gives it: matchers sorted, quotes taken off, durations canonical, empty lists and `continue: false` dropped. */
export const normalRoute = (sent: Json): Json => {
  const tree: Record<string, unknown> = {};
  if (sent['receiver'] !== undefined && typeof sent['receiver'] !== 'string') throw badRequest();
  if (sent['receiver']) tree['receiver'] = sent['receiver'];
  const groupBy = listOf(sent['group_by']);
  if (new Set(groupBy).size !== groupBy.length || (groupBy.includes('...') && groupBy.length > 1)) throw badRequest();
  for (const key of ['group_by', 'matchers', 'mute_time_intervals', 'active_time_intervals']) {
    if (sent[key] !== undefined && sent[key] !== null && !Array.isArray(sent[key])) throw badRequest();
    if (listOf(sent[key]).length > 0) tree[key] = sent[key];
  }
  for (const key of ['match', 'match_re'])
    if (isObject(sent[key]) && Object.keys(sent[key]).length > 0) tree[key] = sent[key];
  const matchers = listOf(sent['object_matchers']).map(matcherOf);
  if (matchers.length > 0) tree['object_matchers'] = matchers.sort((a, b) => compare(a, b));
  if (sent['continue'] === true) tree['continue'] = true;
  for (const key of ['group_wait', 'group_interval', 'repeat_interval']) {
    if (sent[key] === undefined || sent[key] === null || sent[key] === '') continue;
    const length = durationOf(sent[key]);
    if (length === 0 && key !== 'group_wait') throw badRequest();
    tree[key] = canonicalDuration(length);
  }
  const routes = listOf(sent['routes']);
  if (!routes.every(isObject)) throw badRequest();
  if (routes.length > 0) tree['routes'] = objectsAt(sent, 'routes').map(([child]) => normalRoute(child));
  return tree;
};

type Matcher = readonly [string, string, string];

const matcherOf = (sent: unknown): Matcher => {
  if (!Array.isArray(sent) || sent.length !== 3) throw badRequest();
  const [label, operator, value] = sent.map(String) as [string, string, string];
  if (!['=', '!=', '=~', '!~'].includes(operator)) throw badRequest();
  const plain = /^".*"$/s.test(value) ? value.slice(1, -1) : value;
  if (operator.endsWith('~')) checkExpression(plain);
  return [label, operator, plain];
};

const checkExpression = (text: string): void => {
  try {
    new RegExp(text, 'u');
  } catch {
    throw badRequest();
  }
};

const compare = (a: Matcher, b: Matcher): number => {
  for (const index of [0, 2, 1] as const) if (a[index] !== b[index]) return a[index] < b[index] ? -1 : 1;
  return 0;
};

/** Every route of a tree. */
export const routesOf = (tree: Json): readonly Json[] => [
  tree,
  ...objectsAt(tree, 'routes').flatMap(([child]) => routesOf(child)),
];

/** The tree with a receiver under another name (contract 4.3: a rename takes references along). */
export const renamed = (tree: Json, from: string, to: string): Json => ({
  ...tree,
  ...(tree['receiver'] === from && { receiver: to }),
  ...(Array.isArray(tree['routes']) && {
    routes: objectsAt(tree, 'routes').map(([child]) => renamed(child, from, to)),
  }),
});
