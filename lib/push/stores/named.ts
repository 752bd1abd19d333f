import { isObject, textAt } from '../../grafana-json/json';
import type { ActualObject, DesiredObject } from '../object';
import type { Store } from '../store';
import { alertingPath, omit, ownerOf, withoutProvenance } from './alerting';
import { orAbsent, type StoreContext } from './context';
import { segment } from './segment';

/** Alerting objects that a name tells apart, and a version that a write may name: templates and mute timings. */
export abstract class NamedStore<Of extends 'template' | 'mute-timing'> implements Store {
  protected readonly listPath: string;

  constructor(
    protected readonly context: StoreContext,
    readonly kind: Of,
  ) {
    this.listPath = `${alertingPath}/${kind}s`;
  }

  /** Sends what is wanted over what is there now. */
  protected abstract send(wanted: DesiredObject, now: ActualObject | undefined): Promise<unknown>;

  async readAll(keys: readonly string[]): Promise<ReadonlyMap<string, ActualObject>> {
    if (keys.length === 0) return new Map();
    const list = await orAbsent(this.context.client.get(this.listPath));
    const all = (Array.isArray(list) ? list : []).flatMap((each: unknown) => this.actual(each) ?? []);
    return new Map(all.filter(({ key }) => keys.includes(key)).map((each) => [each.key, each]));
  }

  async read(key: string): Promise<ActualObject | undefined> {
    return this.actual(await orAbsent(this.context.client.get(this.path(key))));
  }

  write(wanted: DesiredObject, before: ActualObject | undefined): Promise<ActualObject> {
    return this.context.oneByOne.take(() =>
      this.context.write({
        wanted,
        before,
        read: () => this.read(wanted.key),
        send: async (now) => void (await this.send(wanted, now)),
      }),
    );
  }

  remove(before: ActualObject): Promise<void> {
    return this.context.oneByOne.take(() =>
      this.context.remove({
        before,
        read: () => this.read(before.key),
        send: async ({ version }) =>
          void (await this.context.client.delete(this.path(before.key), {
            headers: withoutProvenance,
            ...(version !== undefined && { query: { version } }),
          })),
      }),
    );
  }

  protected path(key: string): string {
    return `${this.listPath}/${segment(key)}`;
  }

  private actual(found: unknown): ActualObject | undefined {
    const key = textAt(found, 'name');
    if (!isObject(found) || key === undefined) return undefined;
    return {
      kind: this.kind,
      key,
      title: key,
      body: omit(found, 'version', 'provenance'),
      version: textAt(found, 'version'),
      readOnly: ownerOf(found),
    };
  }
}
