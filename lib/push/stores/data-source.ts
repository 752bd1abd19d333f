import type { GrafanaClient } from '../../grafana/client';
import { isObject, objectAt, textAt } from '../../grafana-json/json';
import type { ActualObject, DesiredObject } from '../object';
import { putSecretsIn, redacted } from '../secret-values';
import type { Store, WriteOptions } from '../store';
import { omit } from './alerting';
import { orAbsent, type StoreContext } from './context';
import { segment } from './segment';

/** Data sources by uid. Secrets stand below `secureJsonData`, those that are set as `[REDACTED]`. */
export class DataSourceStore implements Store {
  readonly kind = 'data-source';
  private readonly client: GrafanaClient;

  constructor(private readonly context: StoreContext) {
    this.client = context.client;
  }

  async readAll(keys: readonly string[]): Promise<ReadonlyMap<string, ActualObject>> {
    const found = await Promise.all(keys.map((key) => this.context.four.take(() => this.read(key))));
    return new Map(found.flatMap((each) => (each ? [[each.key, each]] : [])));
  }

  async read(key: string): Promise<ActualObject | undefined> {
    const found = await orAbsent(this.client.get(`/api/datasources/uid/${segment(key)}`));
    if (!isObject(found)) return undefined;
    const set = Object.entries(objectAt(found, 'secureJsonFields')).filter(([, isSet]) => isSet === true);
    return this.context.told({
      kind: 'data-source',
      key,
      title: textAt(found, 'name') ?? key,
      body: {
        ...omit(found, ...addedByServer),
        ...(set.length > 0 && { secureJsonData: Object.fromEntries(set.map(([name]) => [name, redacted])) }),
      },
      version: typeof found['version'] === 'number' ? String(found['version']) : undefined,
      readOnly: found['readOnly'] === true ? 'a file that Grafana reads' : undefined,
    });
  }

  write(wanted: DesiredObject, before: ActualObject | undefined, { secret }: WriteOptions): Promise<ActualObject> {
    const { key } = wanted;
    return this.context.oneByOne.take(() =>
      this.context.write({
        wanted,
        before,
        read: () => this.read(key),
        send: async (now) => {
          const body = withoutRedacted({ ...putSecretsIn(wanted.body, secret), uid: key });
          if (!now) return void (await this.client.post('/api/datasources', body));
          // Without a version, the stored one would start again at 1.
          await this.client.put(`/api/datasources/uid/${segment(key)}`, { ...body, version: Number(now.version ?? 0) });
        },
      }),
    );
  }

  remove(before: ActualObject): Promise<void> {
    return this.context.oneByOne.take(() =>
      this.context.remove({
        before,
        read: () => this.read(before.key),
        send: async () => void (await this.client.delete(`/api/datasources/uid/${segment(before.key)}`)),
      }),
    );
  }
}

const addedByServer = [
  'id',
  'orgId',
  'typeLogoUrl',
  'typeName',
  'secureJsonFields',
  'version',
  'readOnly',
  'accessControl',
  'apiVersion',
];

/** A secret that is not sent is kept; this text would become the secret. */
const withoutRedacted = (body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
  const secrets = Object.entries(objectAt(body, 'secureJsonData')).filter(([, value]) => value !== redacted);
  const { secureJsonData: _, ...rest } = body;
  return { ...rest, ...(secrets.length > 0 && { secureJsonData: Object.fromEntries(secrets) }) };
};
