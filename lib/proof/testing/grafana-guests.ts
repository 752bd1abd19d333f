import type { GrafanaClient } from '../../grafana/client';
import { RefusedError } from '../../grafana/errors';

/** uid of the data source, the folder and the rule group that are made for the time of a test. */
export const ours = 'hl-proof';

/** Makes the data source, asking `prometheus`, and an empty folder. */
export const furnish = async (grafana: GrafanaClient, prometheus: string): Promise<void> => {
  await clear(grafana);
  await grafana.post('/api/folders', { uid: ours, title: ours });
  await grafana.post('/api/datasources', {
    uid: ours,
    name: ours,
    type: 'prometheus',
    access: 'proxy',
    url: prometheus,
    jsonData: { httpMethod: 'POST', timeInterval: '15s' },
  });
};

/** Takes away what a test made, or left when it was cut short. */
export const clear = async (grafana: GrafanaClient): Promise<void> => {
  const gone = async (path: string): Promise<void> => {
    await grafana.delete(path).catch((error: unknown) => {
      if (!(error instanceof RefusedError && error.status === 404)) throw error;
    });
  };
  await gone(`/api/v1/provisioning/folder/${ours}/rule-groups/${ours}`);
  await gone(`/api/folders/${ours}?forceDeleteRules=true`);
  await gone(`/api/datasources/uid/${ours}`);
};
