import { isObject, objectAt, objectsAt, type Json } from '../../../grafana-json/json';
import { may, needs } from './auth';
import { editDocument } from './alertmanager';
import { provenanceOf, rulesNaming } from './alert-rules';
import {
  badRequest,
  bodyOf,
  coded,
  copy,
  ok,
  refused,
  route,
  textOf,
  type Answer,
  type Asked,
  type Route,
} from './exchange';
import { integrationTypes } from './integrations';
import { renamed, routesOf } from './policies';
import { newUid, type AlertmanagerDocument, type Integration, type Receiver } from './state';

const path = '/api/v1/provisioning/contact-points';
const mark = '[REDACTED]';

/** Contract 4.3: one integration each; those of one name form a contact point. */
export const contactPointRoutes: readonly Route[] = [
  route('GET', path, needs.notificationsRead, ({ state, query }) => {
    const name = query.get('name');
    const receivers = state.world.alertmanager.receivers.filter((receiver) => name === null || receiver.name === name);
    return ok(
      receivers
        .flatMap(({ integrations }) => integrations)
        .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
        .map((integration) => shown(integration, true)),
    );
  }),
  route('GET', `${path}/export`, needs.notificationsRead, (asked) => exportAll(asked)),
  route('POST', path, needs.notificationsWrite, (asked) => create(asked)),
  route('PUT', `${path}/:uid`, needs.notificationsWrite, (asked) => replace(asked)),
  route('DELETE', `${path}/:uid`, needs.notificationsWrite, (asked) => remove(asked)),
  route('POST', '/api/alertmanager/grafana/config/api/v1/receivers/test', needs.notificationsWrite, (asked) =>
    test(asked),
  ),
];

/** 207, and what each integration said. One whose address ends in `.invalid` cannot be reached. */
const test = (asked: Asked): Answer => {
  const all = asked.state.world.alertmanager.receivers.flatMap(({ integrations }) => integrations);
  const receivers = objectsAt(bodyOf(asked), 'receivers').map(([{ name, ...receiver }]) => ({
    name,
    grafana_managed_receiver_configs: objectsAt(receiver, 'grafana_managed_receiver_configs').map(
      ([{ uid, name: called }]) => {
        const integration = all.find((one) => one.uid === uid);
        const address = integration?.secrets['url'] ?? integration?.settings['url'];
        const isLost = typeof address === 'string' && new URL(address).hostname.endsWith('.invalid');
        const said = isLost
          ? { status: 'failed', error: `dial tcp: lookup ${new URL(address).hostname}` }
          : { status: 'ok' };
        return { name: called, uid, ...said };
      },
    ),
  }));
  return ok({ receivers }, 207);
};

const shown = (
  { uid, name, type, settings, secrets, disableResolveMessage, provenance }: Integration,
  withProvenance: boolean,
): Json => ({
  uid,
  name,
  type,
  settings: withSecrets(settings, Object.fromEntries(Object.keys(secrets).map((key) => [key, mark]))),
  disableResolveMessage,
  ...(withProvenance && provenance && { provenance }),
});

/** Settings with secrets put in at their paths. */
const withSecrets = (settings: Json, secrets: Readonly<Record<string, string>>): Json => {
  const filled: Record<string, unknown> = copy(settings);
  for (const [key, value] of Object.entries(secrets)) {
    const steps = key.split('.');
    const last = steps.pop() as string;
    let inner = filled;
    for (const step of steps)
      inner = (isObject(inner[step]) ? inner[step] : (inner[step] = {})) as Record<string, unknown>;
    inner[last] = value;
  }
  return filled;
};

/** Takes the secrets out of settings. A mark keeps what is stored, a secret that is left out is gone. */
const splitSecrets = (
  type: string,
  sent: Json,
  stored: Readonly<Record<string, string>>,
): Pick<Integration, 'settings' | 'secrets'> => {
  const settings: Record<string, unknown> = copy(sent);
  const secrets: Record<string, string> = {};
  for (const key of integrationTypes[type]?.secrets ?? []) {
    const steps = key.split('.');
    const last = steps.pop() as string;
    const holder = steps.reduce<unknown>((inner, step) => objectAt(inner, step), settings);
    const value = isObject(holder) ? holder[last] : undefined;
    if (!isObject(holder) || typeof value !== 'string') continue;
    delete (holder as Record<string, unknown>)[last];
    const kept = value === mark ? stored[key] : value;
    if (kept !== undefined && kept !== '') secrets[key] = kept;
  }
  return { settings, secrets };
};

const invalid = (text: string): Error => refused(400, `invalid object specification${text}`);

/** What was sent, checked. */
const decode = (asked: Asked, uid: string, stored: Integration | undefined): Integration => {
  const body = bodyOf(asked);
  const name = textOf(body, 'name');
  const type = textOf(body, 'type');
  if (body['settings'] !== undefined && !isObject(body['settings'])) throw badRequest();
  if (uid.length > 40 || !/^[a-zA-Z0-9\-_]+$/.test(uid))
    throw invalid(
      `\ncannot create contact point with UID '${uid}': invalid format of UID. Only letters, numbers, '-' and '_' are allowed`,
    );
  if (name === '') throw invalid(': name is required');
  const known = integrationTypes[type];
  if (!known) throw invalid(`: unknown integration type: ${type}`);
  const parts = splitSecrets(type, objectAt(body, 'settings'), stored?.secrets ?? {});
  for (const group of known.needs)
    if (
      !group.some((key) => parts.settings[key] !== undefined && parts.settings[key] !== '') &&
      !group.some((key) => parts.secrets[key])
    )
      throw invalid(
        `: failed to validate integration "${name}" (UID ${uid}) of type "${type}": ${
          // Recorded from 12.3.0.
          type === 'slack'
            ? 'token must be specified when using the Slack chat API'
            : `required field '${group[0] ?? ''}' is not specified`
        }`,
      );
  return {
    uid,
    name,
    type,
    disableResolveMessage: body['disableResolveMessage'] === true,
    ...parts,
    provenance: provenanceOf(asked),
  };
};

const create = async (asked: Asked) => {
  const made = decode(asked, textOf(bodyOf(asked), 'uid') || newUid(asked.state), undefined);
  await editDocument(asked, 'Internal Server Error', (draft) => {
    const taken = integrationOf(draft, made.uid);
    if (taken)
      throw coded(
        409,
        'alerting.notifications.contact-points.uidInUse',
        `Receiver configuration with UID '${made.uid}' already exists in contact point '${taken.name}'. Please use unique identifiers for receivers across all contact points.`,
        { Name: taken.name, UID: made.uid },
      );
    draft.receivers = added(draft.receivers, made);
  });
  // Seen on 12.3.0: this answer has no provenance.
  return ok(shown(made, false), 202);
};

const replace = async (asked: Asked) => {
  const { state, params } = asked;
  const uid = params['uid'] ?? '';
  const before = integrationOf(state.world.alertmanager, uid);
  if (!before) throw refused(404, `object not found: contact point with uid '${uid}' not found`);
  const after = decode(asked, uid, before);
  // Contract 4.1: permanent, though it is a 500.
  if (before.provenance !== after.provenance && before.provenance !== '')
    throw refused(500, `cannot change provenance from '${before.provenance}' to '${after.provenance}'`);
  const { ended } = await editDocument(asked, 'could not find object using provided id and hash', (draft) => {
    draft.receivers =
      before.name === after.name
        ? draft.receivers.map((receiver) => ({
            ...receiver,
            integrations: receiver.integrations.map((one) => (one.uid === uid ? after : one)),
          }))
        : added(without(draft.receivers, uid), after);
    const gone = !draft.receivers.some(({ name }) => name === before.name);
    // References follow when the old name ends.
    if (gone) draft.route = renamed(draft.route, before.name, after.name);
    return { ended: gone };
  });
  if (ended)
    for (const rule of rulesNaming(state, 'receiver', before.name)) {
      rule.body = {
        ...rule.body,
        notification_settings: { ...objectAt(rule.body, 'notification_settings'), receiver: after.name },
      };
      rule.version += 1;
    }
  return ok({ message: 'contactpoint updated' }, 202);
};

const remove = async (asked: Asked) => {
  const { state, params } = asked;
  const uid = params['uid'] ?? '';
  const done = ok({ message: 'contactpoint deleted' }, 202);
  const before = integrationOf(state.world.alertmanager, uid);
  // Fine where nothing is there; the provenance is not looked at (contract 4.1).
  if (!before) return done;
  await editDocument(asked, 'Internal Server Error', (draft) => {
    draft.receivers = without(draft.receivers, uid);
    if (draft.receivers.some(({ name }) => name === before.name)) return;
    if (routesOf(draft.route).some(({ receiver }) => receiver === before.name))
      throw coded(
        409,
        'alerting.notifications.contact-points.referenced',
        'Contact point is currently referenced by a notification policy.',
      );
    if (rulesNaming(state, 'receiver', before.name).length > 0)
      throw coded(
        409,
        'alerting.notifications.contact-points.used-by-rule',
        'Contact point is currently used in the notification settings of one or many alert rules.',
      );
  });
  return done;
};

export const integrationOf = ({ receivers }: AlertmanagerDocument, uid: string): Integration | undefined =>
  receivers.flatMap(({ integrations }) => integrations).find((one) => one.uid === uid && uid !== '');

const added = (receivers: readonly Receiver[], integration: Integration): readonly Receiver[] =>
  receivers.some(({ name }) => name === integration.name)
    ? receivers.map((receiver) =>
        receiver.name === integration.name
          ? { ...receiver, integrations: [...receiver.integrations, integration] }
          : receiver,
      )
    : [...receivers, { name: integration.name, integrations: [integration] }];

/** Without an integration, and without a contact point that has none left. */
const without = (receivers: readonly Receiver[], uid: string): readonly Receiver[] =>
  receivers
    .map((receiver) => ({ ...receiver, integrations: receiver.integrations.filter((one) => one.uid !== uid) }))
    .filter(({ integrations }) => integrations.length > 0);

/** Contract 4.7, as JSON only: `$` doubled; clear text with the right to it. */
const exportAll = ({ state, query, caller }: Asked) => {
  const clear = query.get('decrypt') === 'true';
  if (clear && !may(caller, 'alert.provisioning.secrets:read'))
    throw coded(403, 'alerting.unauthorized', 'user is not authorized to read decrypted contact points');
  const name = query.get('name');
  return ok({
    apiVersion: 1,
    contactPoints: state.world.alertmanager.receivers
      .filter((receiver) => name === null || receiver.name === name)
      .map((receiver) => ({
        orgId: 1,
        name: receiver.name,
        receivers: receiver.integrations.map(({ uid, type, settings, secrets, disableResolveMessage }) => ({
          uid,
          type,
          settings: JSON.parse(
            JSON.stringify(
              withSecrets(
                settings,
                clear ? secrets : Object.fromEntries(Object.keys(secrets).map((key) => [key, mark])),
              ),
            ).replaceAll('$', '$$$$'),
          ) as Json,
          disableResolveMessage,
        })),
      })),
  });
};
