import { textAt, type Json } from '../grafana-json/json';
import type { ActualObject, DesiredObject } from '../push/object';
import type { Store } from '../push/store';
import { CheckedWrites, type StoreOptions } from '../push/stores/context';
import { Turns } from '../server/turns';
import type { RulerClient } from './ruler-client';

/** Rule groups of a ruler, `<namespace>/<name>`. It knows no condition for a write: what is there is read right before, and compared. */
export class RulerStore implements Store {
  readonly kind = 'rule-group';
  private readonly checked: CheckedWrites;
  private readonly four = new Turns(4);

  constructor(
    private readonly client: RulerClient,
    options: StoreOptions,
  ) {
    this.checked = new CheckedWrites(client, options);
  }

  async readAll(keys: readonly string[]): Promise<ReadonlyMap<string, ActualObject>> {
    const namespaces = [...new Set(keys.map((key) => splitKey(key).namespace))];
    const found = await Promise.all(
      namespaces.map(async (namespace) =>
        (await this.client.groups(namespace)).map((group) => actual(`${namespace}/${textAt(group, 'name')}`, group)),
      ),
    );
    return new Map(
      found
        .flat()
        .filter(({ key }) => keys.includes(key))
        .map((each) => [each.key, each]),
    );
  }

  async read(key: string): Promise<ActualObject | undefined> {
    const { namespace, name } = splitKey(key);
    const group = await this.client.group(namespace, name);
    return group && actual(key, group);
  }

  write(wanted: DesiredObject, before: ActualObject | undefined): Promise<ActualObject> {
    const { namespace, name } = splitKey(wanted.key);
    return this.four.take(() =>
      this.checked.write({
        wanted,
        before,
        read: () => this.read(wanted.key),
        send: () => this.client.put(namespace, { ...wanted.body, name }),
      }),
    );
  }

  remove(before: ActualObject): Promise<void> {
    const { namespace, name } = splitKey(before.key);
    return this.four.take(() =>
      this.checked.remove({
        before,
        read: () => this.read(before.key),
        send: () => this.client.remove(namespace, name),
      }),
    );
  }
}

const splitKey = (key: string): { readonly namespace: string; readonly name: string } => {
  const at = key.indexOf('/');
  return { namespace: key.slice(0, at), name: key.slice(at + 1) };
};

const actual = (key: string, body: Json): ActualObject => ({
  kind: 'rule-group',
  key,
  title: splitKey(key).name,
  body,
  version: undefined,
  readOnly: undefined,
});
