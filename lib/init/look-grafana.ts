import type { SeenContactPoint, SeenDataSource, SeenGrafana } from './seen';

/** A Grafana's HTTP API, as far as `init` asks it. */
export interface GrafanaServer {
  readonly url: string;
  readonly get: (path: string) => Promise<unknown>;
}

/** Data sources and contact points. Throws where the data sources cannot be read; contact points need a right of their own. */
export const lookAtGrafana = async (grafana: GrafanaServer): Promise<SeenGrafana> => {
  const unsaid: string[] = [];
  const dataSources = listOf(await grafana.get('/api/datasources')).map(
    ({ uid, name, type, url, isDefault }): SeenDataSource => ({
      uid: text(uid),
      name: text(name),
      type: text(type),
      url: text(url),
      isDefault: isDefault === true,
    }),
  );
  let points: readonly Fields[] = [];
  try {
    points = listOf(await grafana.get('/api/v1/provisioning/contact-points'));
  } catch (error) {
    unsaid.push(`contact points are not read: ${(error as Error).message.split('\n')[0]}`);
  }
  return {
    url: grafana.url,
    dataSources: [...dataSources].sort((a, b) => compare(a.uid, b.uid)),
    contactPoints: points
      .map(({ name, type, settings }): SeenContactPoint => ({
        name: text(name),
        type: text(type),
        settings: (settings ?? {}) as SeenContactPoint['settings'],
      }))
      .sort((a, b) => compare(a.name + a.type, b.name + b.type)),
    unsaid,
  };
};

type Fields = Readonly<Record<string, unknown>>;

const listOf = (value: unknown): readonly Fields[] =>
  Array.isArray(value) ? value.filter((one): one is Fields => typeof one === 'object' && one !== null) : [];

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
