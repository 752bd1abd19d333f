import type { GrafanaClient } from '../../grafana/client';
import { RefusedError } from '../../grafana/errors';

/** uid of the data source, the folder, the contact point and the rule group that are made for the time of a test. */
export const ours = 'hl-proof';

/** Makes an empty folder, a data source that asks `prometheus`, and a contact point that nobody but the test hears. */
export const furnish = async (
  grafana: GrafanaClient,
  { prometheus, webhook }: { readonly prometheus: string; readonly webhook: string },
): Promise<void> => {
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
  await grafana.post('/api/v1/provisioning/contact-points', {
    uid: ours,
    name: ours,
    type: 'webhook',
    settings: { url: webhook },
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
  await gone(`/api/v1/provisioning/contact-points/${ours}`);
  await gone(`/api/folders/${ours}?forceDeleteRules=true`);
  await gone(`/api/datasources/uid/${ours}`);
};
