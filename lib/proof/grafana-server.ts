import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { GrafanaClient } from '../grafana/client';
import { authenticationFromEnv } from '../server/authentication';
import { startServer, type Server } from './servers';

/** A Grafana of the proof's own, and a client that may do everything there. */
export interface OwnGrafana extends Server {
  readonly client: GrafanaClient;
}

const password = 'proof';

/**
 * Starts the Grafana that is unpacked in `home`, with its data in `folder`; a second start in the same folder finds it again.
 * `environment` is what the provisioned files read.
 */
export const startGrafana = async (
  home: string,
  provisioning: string,
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<OwnGrafana> => {
  for (const name of ['dashboards', 'datasources', 'alerting', 'plugins'])
    mkdirSync(join(provisioning, name), { recursive: true });
  mkdirSync(join(folder, 'plugins'), { recursive: true });
  const server = await startServer({
    name: 'Grafana',
    command: join(home, 'bin', 'grafana'),
    args: () => ['server', '--homepath', home],
    folder,
    ready: '/api/health',
    within: 120_000,
    environment: (port) => ({
      ...settings,
      GF_SERVER_HTTP_PORT: String(port),
      GF_PATHS_PROVISIONING: provisioning,
      GF_PATHS_DATA: folder,
      GF_PATHS_LOGS: join(folder, 'log'),
      GF_PATHS_PLUGINS: join(folder, 'plugins'),
      ...environment,
    }),
  });
  const authentication = authenticationFromEnv('GRAFANA', { GRAFANA_USER: 'admin', GRAFANA_PASSWORD: password });
  return { ...server, client: new GrafanaClient(server.url, authentication, { patience: 60_000 }) };
};

/** On this machine only, and asking nobody outside. */
const settings = {
  GF_SERVER_HTTP_ADDR: '127.0.0.1',
  GF_SECURITY_ADMIN_PASSWORD: password,
  GF_LOG_MODE: 'console',
  GF_LOG_LEVEL: 'warn',
  GF_ANALYTICS_REPORTING_ENABLED: 'false',
  GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
  GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
  GF_NEWS_NEWS_FEED_ENABLED: 'false',
  GF_PLUGINS_PREINSTALL_DISABLED: 'true',
  GF_PLUGINS_PUBLIC_KEY_RETRIEVAL_DISABLED: 'true',
} as const;

/** Lines of the log that complain: about what was provisioned, or about what became of it. */
export const complaintsIn = (log: string): readonly string[] =>
  log
    .split('\n')
    .filter((line) => /level=(warn|error|critical)/.test(line) && !ofItself.some((pattern) => pattern.test(line)));

/** What Grafana 12 says whatever it is given. */
const ofItself = [
  // Its first start, on an empty database.
  /logger=migrator/,
  /skipped registering status sub-resource/,
  // Nobody answers where these messages go.
  /logger=ngalert\.notifier/,
  /logger=ngalert\.sender/,
];
