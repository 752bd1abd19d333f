import { isObject, objectAt, objectsAt, textAt } from '../grafana-json/json';
import type { GrafanaClient } from './client';
import { AuthError, RefusedError } from './errors';

/** What a Grafana is, as far as writing to it needs to know. */
export interface ServerInfo {
  /** `12.3.0`; undefined where it tells nobody. */
  readonly version: string | undefined;
  /** `Open Source`, `Enterprise`. */
  readonly edition: string | undefined;
  readonly org: { readonly id: number; readonly name: string | undefined };
  /** How `/apis` call the organisation: `default`, `org-2`, `stacks-7`. */
  readonly namespace: string;
  /**
   * Versions of `dashboard.grafana.app`: one that reads as it is stored, one that is written. Undefined where there is none: the
   * legacy API has to do.
   */
  readonly dashboards: { readonly read: string; readonly write: string } | undefined;
  /** Version of `folder.grafana.app`. */
  readonly folders: string | undefined;
  /** Action -> scopes; undefined where it cannot be asked. */
  readonly permissions: ReadonlyMap<string, readonly string[]> | undefined;
}

/** Asks a Grafana what it is, in five requests. Throws where it cannot be reached or does not know us, and for versions before 10.4 and after 13. */
export const readServerInfo = async (client: GrafanaClient, org?: number): Promise<ServerInfo> => {
  // First of all and alone: an error of it is the one that the reader can use.
  const user = await client.get('/api/user').catch(unlessForbidden);
  const [health, settings, groups, permissions, ownOrg] = await Promise.all([
    client.get('/api/health').catch(unlessRefused),
    client.get('/api/frontend/settings').catch(unlessRefused),
    client.get('/apis').catch(unlessRefused),
    client.get('/api/access-control/user/permissions').catch(unlessRefused),
    client.get('/api/org').catch(unlessForbidden),
  ]);
  const build = objectAt(settings, 'buildInfo');
  const version = textAt(health, 'version') || textAt(build, 'version') || undefined;
  refuseVersion(version, client.url);
  const id = org ?? numberAt(ownOrg, 'id') ?? numberAt(user, 'orgId') ?? 1;
  const served = (group: string): readonly string[] =>
    objectsAt(groups, 'groups')
      .filter(([each]) => each['name'] === group)
      .flatMap(([each]) => objectsAt(each, 'versions').flatMap(([one]) => textAt(one, 'version') ?? []));
  return {
    version,
    edition: textAt(build, 'edition') || undefined,
    org: { id, name: textAt(ownOrg, 'name') },
    namespace: textAt(settings, 'namespace') || (id === 1 ? 'default' : `org-${id}`),
    dashboards: dashboardVersions(served('dashboard.grafana.app')),
    folders: ['v1', 'v1beta1'].find((each) => served('folder.grafana.app').includes(each)),
    permissions: isObject(permissions)
      ? new Map(
          Object.entries(permissions).map(([action, scopes]) => [
            action,
            Array.isArray(scopes) ? scopes.map(String) : [],
          ]),
        )
      : undefined,
  };
};

/** v0alpha1 gives a dashboard as it is stored, and so as the legacy API gives it; others migrate it on the way. */
const dashboardVersions = (served: readonly string[]): ServerInfo['dashboards'] => {
  const write = ['v1beta1', 'v1'].find((each) => served.includes(each));
  if (write === undefined) return undefined;
  return { write, read: served.includes('v0alpha1') ? 'v0alpha1' : write };
};

/** `12.3.0` -> [12, 3]; undefined for what is no version. */
const numbersOf = (version: string): readonly [number, number] | undefined => {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  return major === undefined || minor === undefined ? undefined : [Number(major), Number(minor)];
};

/** Throws for a version that a push was not made for. An unknown one passes. */
export const refuseVersion = (version: string | undefined, url: string): void => {
  const [major, minor] = (version && numbersOf(version)) || [12, 0];
  const what = `a push does not know Grafana ${version}`;
  if (major < 10 || (major === 10 && minor < 4))
    throw new RefusedError(
      what,
      `${url} is older than 10.4, the oldest that it writes to`,
      'update Grafana, or give it the files: npm run render',
      0,
      undefined,
    );
  if (major > 13)
    throw new RefusedError(
      what,
      `${url} is newer than 13, the newest that it writes to`,
      'update homelab-dashboards, or give Grafana the files: npm run render',
      0,
      undefined,
    );
};

const numberAt = (value: unknown, key: string): number | undefined => {
  const number = isObject(value) ? value[key] : undefined;
  return typeof number === 'number' && number > 0 ? number : undefined;
};

const unlessForbidden = (error: unknown): undefined => {
  if (error instanceof AuthError && error.status === 403) return undefined;
  if (error instanceof RefusedError && error.status === 404 && !/no such address/.test(error.evidence))
    return undefined;
  throw error;
};

/** What older versions do not have, or who we are may not see, is not known. */
const unlessRefused = (error: unknown): undefined => {
  if (error instanceof RefusedError && error.status < 500) return undefined;
  return unlessForbidden(error);
};
