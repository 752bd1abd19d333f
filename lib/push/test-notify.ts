import { isObject, objectsAt, textAt, type Json } from '../grafana-json/json';
import { redacted } from './secret-values';
import type { StateHttp } from './state-http';

/** How one integration of a contact point took a test message. */
export interface TestAnswer {
  readonly uid: string;
  readonly ok: boolean;
  /** What the receiver said, where it did not take it. */
  readonly error: string;
}

/**
 * Has Grafana send one message, marked as a test, through integrations as they are stored (bodies of `GET /api/v1/provisioning/contact-points`), and gives
 * what the receivers answered. Grafana fills in the secrets that it keeps for their uids. Throws what `http` throws.
 */
export const testNotify = async (
  http: Pick<StateHttp, 'post'>,
  name: string,
  integrations: readonly Json[],
  project: string,
): Promise<readonly TestAnswer[]> => {
  const answer = await http.post('/api/alertmanager/grafana/config/api/v1/receivers/test', {
    receivers: [
      {
        name,
        grafana_managed_receiver_configs: integrations.map((integration) => ({
          uid: integration['uid'],
          name,
          type: integration['type'],
          disableResolveMessage: integration['disableResolveMessage'] ?? false,
          settings: withoutRedacted(integration['settings']),
          secureSettings: {},
        })),
      },
    ],
    alert: {
      labels: { alertname: 'TestMessage', severity: 'info', project, test: 'true' },
      annotations: {
        summary: `TEST: a message of homelab-dashboards ${project}. Nothing is wrong.`,
        description: 'Somebody ran: npm run push -- --test-notify. There is nothing to do.',
      },
    },
  });
  const told = objectsAt(answer, 'receivers').flatMap(([receiver]) =>
    objectsAt(receiver, 'grafana_managed_receiver_configs').map(([config]) => config),
  );
  return integrations.map((integration): TestAnswer => {
    const uid = textAt(integration, 'uid') ?? '';
    const one = told.find((config) => config['uid'] === uid);
    if (!one) return { uid, ok: false, error: 'Grafana did not say what became of the message' };
    return { uid, ok: one['status'] === 'ok', error: textAt(one, 'error') ?? '' };
  });
};

const withoutRedacted = (value: unknown): unknown =>
  isObject(value)
    ? Object.fromEntries(
        Object.entries(value).flatMap(([key, item]) => (item === redacted ? [] : [[key, withoutRedacted(item)]])),
      )
    : value;
