import type { GrafanaClient } from '../../grafana/client';
import { AuthError, RefusedError } from '../../grafana/errors';
import { isObject, objectAt, objectsAt, textAt, type Json } from '../../grafana-json/json';
import type { ActualObject, DesiredObject } from '../object';
import type { Store } from '../store';
import { isAbsence, orAbsent, type StoreContext } from './context';
import { segment } from './segment';

/** Above so many, a list of all folders takes fewer requests. */
const fewKeys = 1;
const pageSize = 500;

/**
 * A folder; undefined where it is not there, and where it is hidden: for a token that may not see all folders, Grafana says 403 of both
 * (12.3). What is made under a hidden one's uid is refused.
 */
export const visibleFolder = async (client: GrafanaClient, key: string): Promise<unknown> =>
  orAbsent(client.get(`/api/folders/${segment(key)}`)).catch((error: unknown) => {
    if (error instanceof AuthError && /lacks folders:read/.test(error.evidence)) return undefined;
    throw error;
  });

/** Folders, nested ones too. A body is `{uid, title, parentUid?}`; a root folder has no `parentUid`. */
export class FolderStore implements Store {
  readonly kind = 'folder';
  private readonly client: GrafanaClient;

  constructor(private readonly context: StoreContext) {
    this.client = context.client;
  }

  async readAll(keys: readonly string[]): Promise<ReadonlyMap<string, ActualObject>> {
    const { folders } = this.context.info;
    const found =
      folders !== undefined && keys.length > fewKeys
        ? (await this.list(folders)).filter(({ key }) => keys.includes(key))
        : (await Promise.all(keys.map((key) => this.context.four.take(() => this.read(key))))).flatMap(
            (each) => each ?? [],
          );
    return new Map(found.map((each) => [each.key, each]));
  }

  async read(key: string): Promise<ActualObject | undefined> {
    const folder = await visibleFolder(this.client, key);
    if (!isObject(folder)) return undefined;
    const managedBy = textAt(folder, 'managedBy') ?? '';
    return this.actual(key, textAt(folder, 'title') ?? '', textAt(folder, 'parentUid') ?? '', {
      version: typeof folder['version'] === 'number' ? String(folder['version']) : undefined,
      readOnly: managedBy === '' ? undefined : managedBy,
    });
  }

  write(wanted: DesiredObject, before: ActualObject | undefined): Promise<ActualObject> {
    const { key } = wanted;
    return this.context.oneByOne.take(() =>
      this.context.write({
        wanted,
        before,
        read: () => this.read(key),
        send: (now) => (now ? this.change(wanted, now) : this.create(wanted)),
      }),
    );
  }

  /**
   * Only an empty folder. Grafana's own removal takes everything in it along, at once (12.3), so what is in it is counted right before.
   */
  remove(before: ActualObject): Promise<void> {
    const path = `/api/folders/${segment(before.key)}`;
    return this.context.oneByOne.take(() =>
      this.context.remove({
        before,
        read: () => this.read(before.key),
        send: async () => {
          // With folders below it, the first removal leaves the folder itself, and says that it was not there (12.3).
          for (let attempt = 1; attempt <= 3; attempt++) {
            await this.refuseFull(before);
            try {
              await this.client.delete(path);
            } catch (error) {
              if (!isAbsence(error)) throw error;
            }
            if (!(await this.read(before.key))) return;
          }
          throw new RefusedError(
            `folder ${before.title} is still there`,
            'Grafana said that it was removed',
            'run the same command again',
            0,
            undefined,
          );
        },
      }),
    );
  }

  private async create(wanted: DesiredObject): Promise<void> {
    try {
      await this.client.post('/api/folders', folderBody(wanted));
    } catch (error) {
      if (!(error instanceof RefusedError) || error.status !== 412 || (await this.read(wanted.key))) throw error;
      throw new AuthError(
        `folder ${wanted.title} is there, but hidden from ${this.client.who}`,
        `its uid is ${wanted.key}`,
        'give it the right to see and edit that folder; one that another token has just made is hidden for a minute',
      );
    }
  }

  private async change({ key, body }: DesiredObject, now: ActualObject): Promise<void> {
    const path = `/api/folders/${segment(key)}`;
    const parent = textAt(body, 'parentUid') ?? '';
    if (textAt(body, 'title') !== textAt(now.body, 'title'))
      await this.client.put(path, { title: body['title'], ...(now.version && { version: Number(now.version) }) });
    if (parent !== (textAt(now.body, 'parentUid') ?? '')) await this.client.post(`${path}/move`, { parentUid: parent });
  }

  private async refuseFull({ key, title }: ActualObject): Promise<void> {
    const counts = await this.client.get(`/api/folders/${segment(key)}/counts`);
    const full = Object.entries(isObject(counts) ? counts : {}).filter(([, count]) => count !== 0);
    if (full.length === 0) return;
    throw new RefusedError(
      `folder ${title} is not removed`,
      `it holds ${full.map(([what, count]) => `${String(count)} x ${what}`).join(', ')}`,
      'move what is in it to another folder, then run the same command again',
      0,
      undefined,
    );
  }

  private async list(version: string): Promise<readonly ActualObject[]> {
    const found: ActualObject[] = [];
    const path = `/apis/folder.grafana.app/${version}/namespaces/${this.context.info.namespace}/folders`;
    for (let page = ''; ;) {
      const list = await this.client.get(path, { limit: String(pageSize), ...(page && { continue: page }) });
      for (const [item] of objectsAt(list, 'items')) {
        const { metadata, spec } = { metadata: objectAt(item, 'metadata'), spec: objectAt(item, 'spec') };
        const annotations = objectAt(metadata, 'annotations');
        found.push(
          this.actual(
            textAt(metadata, 'name') ?? '',
            textAt(spec, 'title') ?? '',
            textAt(annotations, 'grafana.app/folder') ?? '',
            { version: undefined, readOnly: textAt(annotations, 'grafana.app/managedBy') },
          ),
        );
      }
      page = textAt(objectAt(list, 'metadata'), 'continue') ?? '';
      if (page === '') return found;
    }
  }

  private actual(
    key: string,
    title: string,
    parentUid: string,
    rest: Pick<ActualObject, 'version' | 'readOnly'>,
  ): ActualObject {
    return {
      kind: 'folder',
      key,
      title,
      body: { uid: key, title, ...(parentUid !== '' && { parentUid }) },
      version: rest.version,
      readOnly: rest.readOnly === undefined ? undefined : `what manages it (${rest.readOnly})`,
    };
  }
}

const folderBody = ({ key, body }: DesiredObject): Json => ({ ...body, uid: key });
