import type { GrafanaClient } from '../../grafana/client';
import { RefusedError } from '../../grafana/errors';
import { isObject, objectAt, objectsAt, textAt, type Json } from '../../grafana-json/json';
import type { ActualObject, DesiredObject } from '../object';
import { MovedError, type Store, type WriteOptions } from '../store';
import { omit } from './alerting';
import { orAbsent, type StoreContext } from './context';
import { segment } from './segment';

const pageSize = 100;
/** So many keys are worth a page of a list that may hold other people's dashboards only. */
const keysAPage = 4;
/** Versions below are counted by one, as the tables of 10.4 to 12.3 do. */
const countedVersions = 1e9;
/** Saves of a push, of whichever project. */
const pushMessage = /^homelab-dashboards /;

/**
 * Dashboards by uid. A body is `{dashboard, folderUid}`, the dashboard without `id` and `version`; at the root `folderUid` is ''.
 * Where the server has `/apis`, a write names the `resourceVersion` that it was planned against, and the server refuses another one.
 */
export class DashboardStore implements Store {
  readonly kind = 'dashboard';
  private readonly client: GrafanaClient;

  constructor(private readonly context: StoreContext) {
    this.client = context.client;
  }

  async readAll(keys: readonly string[]): Promise<ReadonlyMap<string, ActualObject>> {
    const { found, isWhole } = this.context.info.dashboards
      ? await this.listed(keys)
      : { found: new Map<string, ActualObject>(), isWhole: false };
    const missing = isWhole ? [] : keys.filter((key) => !found.has(key));
    const read = await Promise.all(missing.map((key) => this.context.four.take(() => this.read(key))));
    for (const each of read) if (each) found.set(each.key, each);
    return found;
  }

  async read(key: string): Promise<ActualObject | undefined> {
    return this.context.info.dashboards ? this.readStored(key) : this.readLegacy(key);
  }

  async write(
    wanted: DesiredObject,
    before: ActualObject | undefined,
    { message }: WriteOptions,
  ): Promise<ActualObject> {
    const isGuarded = this.context.info.dashboards !== undefined && (!before || before.version !== undefined);
    return this.context.four.take(async () => {
      const after = await this.context.write({
        wanted,
        before,
        isGuarded,
        read: () => this.read(wanted.key),
        send: (now) => this.send(wanted, now, message),
      });
      if (before) await this.putBackWhatCameBetween(before, after);
      return after;
    });
  }

  private send(wanted: DesiredObject, now: ActualObject | undefined, message: string): Promise<void> {
    // A new one by the legacy API: what `/apis` make is hidden from an Editor for a minute, even from the one who made it (12.3).
    return now && this.context.info.dashboards
      ? this.sendStored(wanted, now, message)
      : this.sendLegacy(wanted, now, message);
  }

  /**
   * Two saves in the same instant both pass the check of the version (12.3 with both APIs), and the later one lies over the other. The
   * number of the version tells; the history has what was saved. Throws a `MovedError` where a person's save was under ours: it is on top again.
   */
  private async putBackWhatCameBetween(before: ActualObject, after: ActualObject): Promise<void> {
    const [first, last] = [Number(before.version), Number(after.version)];
    // Storages that check in one step do not count: their versions are points in time.
    if (!(last > first + 1 && last < countedVersions)) return;
    const versions = `/api/dashboards/uid/${segment(after.key)}/versions`;
    for (let version = last - 1; version > first; version--) {
      const saved = await this.client.get(`${versions}/${version}`);
      if (pushMessage.test(textAt(saved, 'message') ?? '')) continue;
      const theirs = {
        ...after,
        body: { ...after.body, dashboard: { ...omit(objectAt(saved, 'data'), 'id', 'version'), uid: after.key } },
      };
      if (this.context.same(after, theirs.body, { ...before.body, folderUid: after.body['folderUid'] })) continue;
      await this.send(theirs, after, `Version ${version} again: saved while ${after.title} was being pushed`);
      throw new MovedError(after, await this.read(after.key));
    }
  }

  remove(before: ActualObject): Promise<void> {
    const stored = this.context.info.dashboards && before.version !== undefined;
    return this.context.four.take(() =>
      this.context.remove({
        before,
        isGuarded: stored === true,
        read: () => this.read(before.key),
        send: async (now) => {
          if (!this.context.info.dashboards)
            return void (await this.client.delete(`/api/dashboards/uid/${segment(before.key)}`));
          await this.client.delete(this.path(this.context.info.dashboards.write, before.key), {
            body: {
              apiVersion: 'v1',
              kind: 'DeleteOptions',
              ...(now.version && { preconditions: { resourceVersion: now.version } }),
            },
          });
        },
      }),
    );
  }

  /** Pages of all dashboards, as long as they promise to take fewer requests than asking for each. */
  private async listed(
    keys: readonly string[],
  ): Promise<{ readonly found: Map<string, ActualObject>; readonly isWhole: boolean }> {
    const found = new Map<string, ActualObject>();
    const wanted = new Set(keys);
    const path = this.path(this.context.info.dashboards?.read ?? '');
    let page = '';
    for (let pages = 0; pages * keysAPage < wanted.size - found.size; pages++) {
      const list = await this.client.get(path, { limit: String(pageSize), ...(page && { continue: page }) });
      for (const [item] of objectsAt(list, 'items')) {
        const name = textAt(objectAt(item, 'metadata'), 'name') ?? '';
        if (wanted.has(name)) found.set(name, storedDashboard(item));
      }
      page = textAt(objectAt(list, 'metadata'), 'continue') ?? '';
      if (page === '') return { found, isWhole: true };
    }
    return { found, isWhole: false };
  }

  private async readStored(key: string): Promise<ActualObject | undefined> {
    const found = await orAbsent(this.client.get(this.path(this.context.info.dashboards?.read ?? '', key)));
    return isObject(found) ? storedDashboard(found) : undefined;
  }

  private async readLegacy(key: string): Promise<ActualObject | undefined> {
    try {
      const found = await orAbsent(this.client.get(`/api/dashboards/uid/${segment(key)}`));
      if (isObject(found)) return legacyDashboard(key, found);
    } catch (error) {
      // 12.0 to 12.3 do not give a dashboard of the second schema here.
      if (error instanceof RefusedError && error.status === 406) return secondSchema(key, key, '');
      throw error;
    }
    // Nearly every fault of the server is told as a 404 here.
    if (this.client.troubles > 0 && (await this.isInSearch(key)))
      throw new RefusedError(
        `dashboard ${key} cannot be read`,
        'Grafana lists it, and then says that it is not there',
        'see the log of Grafana for the reason, then run the same command again',
        404,
        undefined,
      );
    return undefined;
  }

  private async isInSearch(key: string): Promise<boolean> {
    const hits = await this.client.get('/api/search', { type: 'dash-db', dashboardUIDs: [key] });
    return Array.isArray(hits) && hits.some((hit: unknown) => textAt(hit, 'uid') === key);
  }

  private async sendStored(wanted: DesiredObject, now: ActualObject, message: string): Promise<void> {
    const { info } = this.context;
    const version = info.dashboards?.write ?? '';
    const folder = textAt(wanted.body, 'folderUid') ?? '';
    const object = {
      apiVersion: `dashboard.grafana.app/${version}`,
      kind: 'Dashboard',
      metadata: {
        name: wanted.key,
        namespace: info.namespace,
        ...(now.version !== undefined && { resourceVersion: now.version }),
        annotations: {
          // Without it, the dashboard would go to the root.
          ...(folder !== '' && { 'grafana.app/folder': folder }),
          'grafana.app/message': message,
        },
      },
      spec: omit(objectAt(wanted.body, 'dashboard'), 'id', 'uid', 'version'),
    };
    // As the user interface saves: what a stricter check refuses, Grafana shows all the same.
    const query = { fieldValidation: 'Ignore' };
    await this.client.put(this.path(version, wanted.key), object, { query });
  }

  private async sendLegacy(wanted: DesiredObject, now: ActualObject | undefined, message: string): Promise<void> {
    const dashboard = omit(objectAt(wanted.body, 'dashboard'), 'id', 'version');
    const answer = await this.client.post('/api/dashboards/db', {
      dashboard: { ...dashboard, uid: wanted.key, ...(now?.version !== undefined && { version: Number(now.version) }) },
      folderUid: textAt(wanted.body, 'folderUid') ?? '',
      message,
      overwrite: false,
    });
    if (textAt(answer, 'status') === 'pending')
      throw new RefusedError(
        `dashboard ${wanted.title} was not saved`,
        'Grafana handed it to a listener for changes (gitops) instead',
        'save it there',
        202,
        answer,
      );
  }

  private path(version: string, key?: string): string {
    const list = `/apis/dashboard.grafana.app/${version}/namespaces/${this.context.info.namespace}/dashboards`;
    return key === undefined ? list : `${list}/${segment(key)}`;
  }
}

const storedDashboard = (item: Json): ActualObject => {
  const metadata = objectAt(item, 'metadata');
  const annotations = objectAt(metadata, 'annotations');
  const key = textAt(metadata, 'name') ?? '';
  const conversion = objectAt(objectAt(item, 'status'), 'conversion');
  const spec = objectAt(item, 'spec');
  if (conversion['failed'] === true || /^v2/.test(textAt(conversion, 'storedVersion') ?? ''))
    return secondSchema(key, textAt(spec, 'title') ?? key, textAt(annotations, 'grafana.app/folder') ?? '');
  const managedBy = textAt(annotations, 'grafana.app/managedBy') ?? '';
  return {
    kind: 'dashboard',
    key,
    title: textAt(spec, 'title') ?? key,
    body: {
      dashboard: { ...omit(spec, 'id', 'version'), uid: key },
      folderUid: textAt(annotations, 'grafana.app/folder') ?? '',
    },
    version: textAt(metadata, 'resourceVersion'),
    readOnly:
      managedBy === '' ? undefined : managerOf(managedBy, textAt(annotations, 'grafana.app/managerId') ?? 'unnamed'),
  };
};

const managerOf = (kind: string, id: string): string =>
  kind === 'classic-file-provisioning'
    ? `a file that Grafana reads (provider ${id})`
    : `what manages it (${kind} ${id})`;

const legacyDashboard = (key: string, { dashboard, meta }: Json): ActualObject => {
  const file = textAt(meta, 'provisionedExternalId') ?? '';
  const version = isObject(dashboard) ? dashboard['version'] : undefined;
  return {
    kind: 'dashboard',
    key,
    title: textAt(dashboard, 'title') ?? key,
    body: {
      dashboard: { ...omit(isObject(dashboard) ? dashboard : {}, 'id', 'version'), uid: key },
      folderUid: textAt(meta, 'folderUid') ?? '',
    },
    version: typeof version === 'number' ? String(version) : undefined,
    readOnly:
      file === '' && objectAt({ meta }, 'meta')['provisioned'] !== true
        ? undefined
        : `a file that Grafana reads${file && ` (${file})`}`,
  };
};

const secondSchema = (key: string, title: string, folderUid: string): ActualObject => ({
  kind: 'dashboard',
  key,
  title,
  body: { dashboard: { uid: key }, folderUid },
  version: undefined,
  isUnreadable: true,
  readOnly: 'a person who made it with the new dashboard schema (v2), which this push cannot keep',
});
