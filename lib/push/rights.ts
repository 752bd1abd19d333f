import { AuthError } from '../grafana/errors';
import { roleFor } from '../grafana/roles';
import type { ServerInfo } from '../grafana/server-info';
import { kindInWords } from './kind-words';
import { kinds, type Kind } from './object';

/** For each kind, what a write needs: every entry, of each any action (12.3). */
const needed: Readonly<Record<Kind, readonly (readonly string[])[]>> = (() => {
  const notifications = [
    ['alert.provisioning:write', 'alert.notifications.provisioning:write', 'alert.notifications:write'],
  ];
  return {
    folder: [['folders:create', 'folders:write']],
    'data-source': [['datasources:create'], ['datasources:write']],
    dashboard: [['dashboards:create', 'dashboards:write']],
    template: notifications,
    'mute-timing': notifications,
    'contact-point': notifications,
    policy: notifications,
    'rule-group': [['alert.provisioning:write', 'alert.rules.provisioning:write', 'alert.rules:write']],
  };
})();

/** An action that writing some kinds needs and the token has for nothing. */
export interface MissingRight {
  readonly action: string;
  readonly role: string;
  readonly kinds: readonly Kind[];
}

/** What is missing to write these kinds, before the first write; nothing where the server does not tell our rights. */
export const missingRights = (info: ServerInfo, wanted: Iterable<Kind>): readonly MissingRight[] => {
  const { permissions } = info;
  if (!permissions) return [];
  const asked = new Set(wanted);
  const missing = new Map<string, Kind[]>();
  for (const kind of kinds.filter((each) => asked.has(each)))
    for (const anyOf of needed[kind]) {
      const action = anyOf[anyOf.length - 1] as string;
      if (!anyOf.some((each) => permissions.has(each))) missing.set(action, [...(missing.get(action) ?? []), kind]);
    }
  return [...missing].map(([action, of]) => ({ action, role: roleFor(action), kinds: of }));
};

/** Throws an `AuthError` that names what is missing. */
export const requireRights = (info: ServerInfo, wanted: Iterable<Kind>, who: string): void => {
  const missing = missingRights(info, wanted);
  if (missing.length === 0) return;
  const role = missing.some((each) => each.role === 'Admin') ? 'Admin' : 'Editor';
  throw new AuthError(
    `${who} may not write here`,
    missing.map(({ action, kinds: of }) => `it lacks ${action} (for: ${of.map(kindInWords).join(', ')})`).join('; '),
    `give its service account the role ${role}, which has that (Administration > Service accounts)`,
  );
};
