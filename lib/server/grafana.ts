import { grafanaAddress } from '../grafana/client';
import { serverAddress } from './address';
import { authenticationFromEnv, type Environment } from './authentication';
import { Connection, type ConnectionOptions } from './connection';
import { AuthError, ServerConfigError } from './errors';
import { LokiServer } from './loki';
import { PrometheusServer } from './prometheus';
import { unusable } from './shape';
import { nearest } from '../nearest';

/** A data source of a Grafana. */
export interface GrafanaDataSource {
  readonly uid: string;
  readonly name: string;
  /** `prometheus`, `loki`, `tempo`, …. */
  readonly type: string;
  readonly isDefault: boolean;
}

/** A Grafana whose data sources are asked through it: only its own token is needed. */
export class GrafanaDoor {
  private readonly connection: Connection;
  private readonly authentication;

  /** `url`: as `serverAddress` gives it. Reads the `GRAFANA_…` variables. */
  constructor(
    readonly url: string,
    environment: Environment,
    private readonly options: ConnectionOptions = {},
  ) {
    this.authentication = authenticationFromEnv('GRAFANA', environment);
    this.connection = new Connection(url, 'Grafana', this.authentication, options);
  }

  /** Requests for the list of data sources; each server counts its own. */
  get requests(): number {
    return this.connection.requests;
  }

  /** All data sources that the token may see, sorted by name. Built-in ones (`-- Mixed --`) are left out. */
  async dataSources(): Promise<readonly GrafanaDataSource[]> {
    const found = (await this.listed()) ?? (await this.inSettings());
    return [...found].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  }

  /** The Prometheus (or what speaks its API) behind a data source. Asks nothing yet. */
  prometheus(uid: string): PrometheusServer {
    return new PrometheusServer(this.behind(uid, 'Prometheus'));
  }

  /** The Loki behind a data source. Asks nothing yet. */
  loki(uid: string): LokiServer {
    return new LokiServer(this.behind(uid, 'Loki'));
  }

  /**
   * The data source of a type: the one that is named (uid or name), else the default one, else the only one. Throws
   * `ServerConfigError` where there is none, or several and none is named; it lists them.
   */
  async choose(type: 'prometheus' | 'loki', wanted?: string): Promise<GrafanaDataSource> {
    const all = (await this.dataSources()).filter((each) => isOfType(each, type));
    const list = all.map(({ uid, name }) => `${uid} (${name})`).join(', ');
    const at = `the Grafana at ${this.url}`;
    if (wanted !== undefined) {
      const found = all.find(({ uid }) => uid === wanted) ?? all.find(({ name }) => name === wanted);
      if (found) return found;
      const near = nearest(
        wanted,
        all.flatMap(({ uid, name }) => [uid, name]),
      );
      throw new ServerConfigError(
        `${at} has no ${type} data source ${JSON.stringify(wanted)}`,
        list === '' ? 'it shows none of that type to us' : `it has ${list}`,
        near[0] === undefined ? 'name one of them by its uid' : `did you mean ${near[0]}?`,
      );
    }
    const chosen = all.find(({ isDefault }) => isDefault) ?? (all.length === 1 ? all[0] : undefined);
    if (chosen) return chosen;
    throw new ServerConfigError(
      all.length === 0 ? `${at} has no ${type} data source` : `${at} has several ${type} data sources`,
      all.length === 0 ? 'none is shown to us' : list,
      all.length === 0
        ? `add one (Connections > Data sources), or look at the role of the token`
        : 'name one by its uid',
    );
  }

  private behind(uid: string, name: string): Connection {
    const path = `/api/datasources/proxy/uid/${encodeURIComponent(uid)}`;
    return new Connection(`${this.url}${path}`, name, this.authentication, this.options);
  }

  private async listed(): Promise<readonly GrafanaDataSource[] | undefined> {
    const path = '/api/datasources';
    try {
      const answer = await this.connection.get(path);
      if (answer.status !== 200) throw this.connection.refused(path, answer);
      const parsed = this.json(path, answer.text);
      if (!Array.isArray(parsed)) throw unusable(this.connection, path, 'the answer is no list of data sources');
      return parsed.flatMap((each) => readDataSource(each, undefined));
    } catch (error) {
      // No right to list them; those that boards may use still stand in the settings of the front end.
      if (error instanceof AuthError && error.status === 403) return undefined;
      throw error;
    }
  }

  private async inSettings(): Promise<readonly GrafanaDataSource[]> {
    const path = '/api/frontend/settings';
    const answer = await this.connection.get(path);
    if (answer.status !== 200) throw this.connection.refused(path, answer);
    const settings = this.json(path, answer.text) as {
      datasources?: Record<string, unknown>;
      defaultDatasource?: string;
    } | null;
    if (typeof settings?.datasources !== 'object')
      throw unusable(this.connection, path, 'the answer has no `datasources`');
    return Object.values(settings.datasources).flatMap((each) => readDataSource(each, settings.defaultDatasource));
  }

  private json(path: string, text: string): unknown {
    try {
      return JSON.parse(text);
    } catch {
      throw unusable(this.connection, path, /^\s*</.test(text) ? 'the answer is a web page' : 'the answer is no JSON');
    }
  }
}

/** The Grafana at an address, or the one that `GRAFANA_URL` names. */
export const grafanaDoor = (
  url: string | undefined,
  environment: Environment,
  options: ConnectionOptions = {},
  name = '--grafana',
): GrafanaDoor =>
  new GrafanaDoor(
    url === undefined ? grafanaAddress(environment) : serverAddress(url, name, `${name} http://localhost:3000`),
    environment,
    options,
  );

/** Amazon's and Azure's flavours speak the same API. */
const isOfType = ({ type }: GrafanaDataSource, wanted: 'prometheus' | 'loki'): boolean =>
  wanted === 'loki'
    ? type === 'loki'
    : type === 'prometheus' ||
      type === 'grafana-amazonprometheus-datasource' ||
      type === 'grafana-azureprometheus-datasource' ||
      type === 'victoriametrics-metrics-datasource';

const readDataSource = (value: unknown, byDefault: string | undefined): readonly GrafanaDataSource[] => {
  if (typeof value !== 'object' || value === null) return [];
  const { uid, name, type, isDefault, meta } = value as {
    uid?: unknown;
    name?: unknown;
    type?: unknown;
    isDefault?: unknown;
    meta?: { builtIn?: unknown };
  };
  if (typeof uid !== 'string' || typeof name !== 'string' || typeof type !== 'string') return [];
  if (meta?.builtIn === true || name.startsWith('-- ')) return [];
  return [{ uid, name, type, isDefault: isDefault === true || name === byDefault }];
};
