import type { ResolvedDataSource, ResolvedHomelab } from '../homelab/resolved';
import type { Artifact } from './artifact';
import { escapeAlertingFile, escapeDollar, type AlertingValue } from './grafana-escape';
import { toYaml } from './yaml';

type Part = { readonly [key: string]: AlertingValue };

/** A board's folder in Grafana. */
export interface InFolder {
  readonly folder: string;
  readonly folderUid: string;
}

/** One provider for each folder that has boards: the folder's uid names the directory, so that titles may change. */
export const renderProviders = (homelab: ResolvedHomelab, boards: readonly InFolder[]): readonly Artifact[] => {
  const folders = new Map(boards.map(({ folderUid, folder }) => [folderUid, folder]));
  if (folders.size === 0) return [];
  const providers = [...folders]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([uid, title]) => ({
      name: uid,
      orgId: 1,
      type: 'file',
      folder: escapeDollar(title),
      folderUid: uid,
      disableDeletion: false,
      allowUiUpdates: false,
      // Above ten seconds Grafana polls; its watcher together with the reload endpoint ends the server (12.3.0).
      updateIntervalSeconds: 30,
      options: { path: escapeDollar(`${homelab.grafana.dashboardsPath}/${uid}`) },
    }));
  const about = `Dashboard folders for Grafana; ${homelab.grafana.dashboardsPath} is where it finds grafana/dashboards.`;
  return [
    {
      kind: 'dashboard-provider',
      path: `grafana/provisioning/dashboards/${homelab.project}.yaml`,
      name: homelab.project,
      text: toYaml({ apiVersion: 1, providers }, about),
    },
  ];
};

/** Data sources as files and the API spell them, in `owned` mode only: in a Grafana with a life of its own they are somebody else's. */
export const grafanaDataSources = (homelab: ResolvedHomelab): readonly Part[] => {
  if (homelab.grafana.mode !== 'owned') return [];
  const [firstMetrics] = Object.values(homelab.dataSources).filter(({ kind }) => kind === 'prometheus');
  return Object.values(homelab.dataSources).map((dataSource) => ({
    ...base(dataSource),
    isDefault: dataSource === firstMetrics,
    jsonData: jsonData(dataSource),
    ...secure(dataSource),
  }));
};

/** A file of data sources; none where they are not ours: a known name with another uid stops Grafana's start. */
export const renderDataSources = (homelab: ResolvedHomelab): readonly Artifact[] => {
  const datasources = grafanaDataSources(homelab);
  if (datasources.length === 0) return [];
  return [
    {
      kind: 'data-sources',
      path: `grafana/provisioning/datasources/${homelab.project}.yaml`,
      name: homelab.project,
      text: toYaml(escapeAlertingFile({ apiVersion: 1, datasources }), 'Data sources for Grafana.'),
    },
  ];
};

const base = ({ name, uid, kind, url, basicAuth }: ResolvedDataSource): Part => ({
  name,
  uid,
  type: kind,
  access: 'proxy',
  url: url ?? '',
  ...(basicAuth && { basicAuth: true, basicAuthUser: basicAuth.user }),
});

const jsonData = ({ kind, tenant }: ResolvedDataSource): Part => ({
  ...(kind === 'prometheus' && { httpMethod: 'POST', timeInterval: '15s' }),
  ...(kind === 'alertmanager' && { implementation: 'prometheus', handleGrafanaManagedAlerts: false }),
  ...(tenant && { httpHeaderName1: 'X-Scope-OrgID' }),
});

const secure = ({ tenant, basicAuth }: ResolvedDataSource): Part => {
  const values = {
    ...(tenant && { httpHeaderValue1: tenant }),
    ...(basicAuth && { basicAuthPassword: basicAuth.password }),
  };
  return Object.keys(values).length > 0 ? { secureJsonData: values } : {};
};
