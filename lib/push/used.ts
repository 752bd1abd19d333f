import { eachText, isObject, objectsAt, textAt, type Json } from '../grafana-json/json';
import { kindInWords } from './kind-words';
import { idOf, type Kind } from './object';
import type { Step } from './plan';

/** Something that is there and needs receivers, mute timings or texts. */
export interface User {
  /** Of the object that it is a part of (`idOf`): where a plan speaks of that, the plan says what becomes of it. */
  readonly id: string;
  /** `the notification route team=db`. */
  readonly title: string;
  readonly names: Names;
}

/** What something names. */
export interface Names {
  readonly contactPoints: readonly string[];
  readonly muteTimings: readonly string[];
  /** Where `{{ template "name" . }}` may stand. */
  readonly texts: readonly string[];
}

/** What an object of ours names, as its body says. */
export const namesIn = (kind: Kind, body: Json): Names => {
  switch (kind) {
    case 'policy':
      return joined(routesIn(body).map(namesOfRoute));
    case 'rule-group':
      return joined(objectsAt(body, 'rules').map(([rule]) => namesOfRule(rule)));
    case 'contact-point':
      return { ...nothing, texts: textsIn(body['settings']) };
    case 'template':
      return { ...nothing, texts: [textAt(body, 'template') ?? ''] };
    default:
      return nothing;
  }
};

/** A route of the policy tree by itself. */
export const namesOfRoute = (route: Json): Names => ({
  ...nothing,
  contactPoints: listed(route['receiver']),
  muteTimings: [...listed(route['mute_time_intervals']), ...listed(route['active_time_intervals'])],
});

export const namesOfRule = ({ notification_settings: settings }: Json): Names =>
  isObject(settings) ? namesOfRoute(settings) : nothing;

/** A route and all that are below it. */
export const routesIn = (route: Json): readonly Json[] => [
  route,
  ...objectsAt(route, 'routes').flatMap(([child]) => routesIn(child)),
];

/**
 * A plan that leaves what something needs that stays: Grafana removes no contact point and no mute timing that a route or a rule names, and
 * would remove a text under a message. `users`: all that is there, also what the plan does not speak of.
 */
export const withUsed = (steps: readonly Step[], users: readonly User[]): readonly Step[] => {
  const planned = new Set(steps.map(idOf));
  const others = users.filter(({ id }) => !planned.has(id));
  // What stays may need more.
  for (let now = steps; ;) {
    const stay = [...now.flatMap(afterwards), ...others];
    const next = now.map((step) => (isRemoved(step) ? kept(step, now, stay) : step));
    if (next.every((step, index) => step === now[index])) return next;
    now = next;
  }
};

/** Who needs something that a plan removes; undefined: nobody who is not in the plan. */
export const userOf = (step: Step, users: readonly User[]): User | undefined =>
  users.find(({ names }) => isNamed(step, names));

const kept = (step: Step, steps: readonly Step[], users: readonly User[]): Step => {
  const user = userOf(step, users);
  // Of a contact point that is in use all integrations but the last may go.
  const isOneOfSeveral =
    step.kind === 'contact-point' &&
    steps.some((other) => other.kind === 'contact-point' && !isRemoved(other) && nameOf(other) === nameOf(step));
  if (!user || isOneOfSeveral) return step;
  return { ...step, action: 'orphan', reason: `${user.title} still names it` };
};

/** Also what would go with `--prune`: an orphan without a reason. */
const isRemoved = ({ action, reason }: Step): boolean =>
  action === 'delete' || (action === 'orphan' && reason === undefined);

/** What an object names when the plan is done. */
const afterwards = (step: Step): readonly User[] => {
  const isWritten = step.action === 'create' || step.action === 'update';
  const body = isWritten ? step.wanted?.body : step.before?.body;
  if (isRemoved(step) || !body) return [];
  return [{ id: idOf(step), title: `the ${kindInWords(step.kind)} ${step.title}`, names: namesIn(step.kind, body) }];
};

const isNamed = (step: Step, { contactPoints, muteTimings, texts }: Names): boolean => {
  switch (step.kind) {
    case 'contact-point':
      return contactPoints.includes(nameOf(step));
    case 'mute-timing':
      return muteTimings.includes(step.key);
    case 'template':
      return definedIn(textAt(step.before?.body, 'template') ?? '').some((name) =>
        texts.some((text) => mentions(text, name)),
      );
    default:
      return false;
  }
};

/** Integrations of one contact point share its name. */
const nameOf = ({ before, wanted }: Step): string => textAt((before ?? wanted)?.body, 'name') ?? '';

const definedIn = (text: string): readonly string[] =>
  [...text.matchAll(definition)].flatMap(([, quoted, raw]) => quoted ?? raw ?? []);

const mentions = (text: string, name: string): boolean => {
  const used = text.replace(definition, '');
  return used.includes(`"${name}"`) || used.includes(`\`${name}\``);
};

const definition = /\bdefine\s+(?:"([^"]+)"|`([^`]+)`)/g;

const nothing: Names = { contactPoints: [], muteTimings: [], texts: [] };

const joined = (all: readonly Names[]): Names => ({
  contactPoints: all.flatMap(({ contactPoints }) => contactPoints),
  muteTimings: all.flatMap(({ muteTimings }) => muteTimings),
  texts: all.flatMap(({ texts }) => texts),
});

const listed = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((name): name is string => typeof name === 'string' && name !== '');

const textsIn = (value: unknown): readonly string[] => {
  const texts: string[] = [];
  eachText(value, (text) => void texts.push(text));
  return texts;
};
