import { isObject, textAt } from '../../grafana-json/json';
import type { ActualObject, DesiredObject } from '../object';
import { putSecretsIn } from '../secret-values';
import type { Store, WriteOptions } from '../store';
import { alertingPath, omit, ownerOf, withoutProvenance } from './alerting';
import type { StoreContext } from './context';
import { segment } from './segment';

const listPath = `${alertingPath}/contact-points`;

/** Integrations of contact points by uid: those of one name are told together. */
export class ContactPointStore implements Store {
  readonly kind = 'contact-point';

  constructor(private readonly context: StoreContext) {}

  async readAll(keys: readonly string[]): Promise<ReadonlyMap<string, ActualObject>> {
    if (keys.length === 0) return new Map();
    const list = await this.context.client.get(listPath);
    const all = (Array.isArray(list) ? list : []).flatMap((each: unknown) => this.actual(each) ?? []);
    return new Map(all.filter(({ key }) => keys.includes(key)).map((each) => [each.key, each]));
  }

  /** There is no request for one. */
  async read(key: string): Promise<ActualObject | undefined> {
    return (await this.readAll([key])).get(key);
  }

  write(wanted: DesiredObject, before: ActualObject | undefined, { secret }: WriteOptions): Promise<ActualObject> {
    const { client } = this.context;
    const { key } = wanted;
    return this.context.oneByOne.take(() =>
      this.context.write({
        wanted,
        before,
        read: () => this.read(key),
        send: async (now) => {
          const body = { ...putSecretsIn(wanted.body, secret), uid: key };
          const options = { headers: withoutProvenance };
          await (now ? client.put(`${listPath}/${segment(key)}`, body, options) : client.post(listPath, body, options));
        },
      }),
    );
  }

  remove(before: ActualObject): Promise<void> {
    return this.context.oneByOne.take(() =>
      this.context.remove({
        before,
        read: () => this.read(before.key),
        send: async () =>
          void (await this.context.client.delete(`${listPath}/${segment(before.key)}`, { headers: withoutProvenance })),
      }),
    );
  }

  private actual(found: unknown): ActualObject | undefined {
    const key = textAt(found, 'uid') ?? '';
    if (!isObject(found) || key === '') return undefined;
    return this.context.told({
      kind: 'contact-point',
      key,
      title: `${textAt(found, 'name')} by ${textAt(found, 'type')}`,
      body: omit(found, 'provenance'),
      version: undefined,
      readOnly: ownerOf(found),
    });
  }
}
