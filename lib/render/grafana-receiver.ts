import { message, ntfyName, topicMark } from '../alerts/messages';
import type { EnvironmentReference, Receiver } from '../homelab/homelab';
import type { ResolvedHomelab } from '../homelab/resolved';
import type { AlertingValue } from './grafana-escape';

type Part = { readonly [key: string]: AlertingValue | undefined };
type Integration = { readonly type: string; readonly settings: Part };

/** How Grafana tells one receiver; field names of `GET /api/alert-notifiers` (12.3). `urgent`: what is critical, where that is said once for all. */
export const grafanaIntegration = (homelab: ResolvedHomelab, name: string, urgent: boolean): Integration => {
  const receiver = homelab.alerting.receivers[name] as Receiver;
  const [title, text] = [message(homelab, 'title'), message(homelab, 'text')];
  switch (receiver.kind) {
    case 'email':
      return {
        type: 'email',
        settings: { addresses: receiver.to.join(';'), singleEmail: false, subject: title, message: text },
      };
    case 'discord':
      return { type: 'discord', settings: { url: receiver.url, title, message: message(homelab, 'discord') } };
    case 'slack':
      return { type: 'slack', settings: { url: receiver.url, title, text: message(homelab, 'slack') } };
    case 'telegram':
      return {
        type: 'telegram',
        settings: {
          bottoken: receiver.token,
          chatid: receiver.chat,
          message: message(homelab, 'telegram'),
          parse_mode: 'HTML',
          disable_web_page_preview: true,
        },
      };
    case 'pushover':
      return {
        type: 'pushover',
        settings: {
          userKey: receiver.userKey,
          apiToken: receiver.token,
          title,
          message: message(homelab, 'brief'),
          priority: urgent ? '1' : '0',
          okPriority: '0',
          uploadImage: false,
        },
      };
    case 'ntfy':
      return webhook(receiver.server ?? 'https://ntfy.sh', {
        ...bearer(receiver.token),
        payload: {
          template: `{{ template "${ntfyName(homelab, name)}" . }}`,
          ...(typeof receiver.topic !== 'string' && {
            vars: { topic: { env: receiver.topic.env, before: topicMark } },
          }),
        },
      });
    case 'gotify':
      return webhook(`${receiver.server.replace(/\/+$/, '')}/message`, {
        ...bearer(receiver.token),
        headers: json,
        payload: { template: message(homelab, 'gotify') },
      });
    case 'matrix':
      return webhook(receiver.url, { headers: json, payload: { template: message(homelab, 'matrix') } });
    case 'home-assistant':
      return webhook(receiver.url, { headers: json, payload: { template: message(homelab, 'home-assistant') } });
    case 'webhook':
      return webhook(receiver.url, { title, message: text });
  }
};

const json = { 'Content-Type': 'application/json' } as const;

const webhook = (url: string | EnvironmentReference, settings: Part): Integration => ({
  type: 'webhook',
  settings: { url, httpMethod: 'POST', ...settings },
});

const bearer = (token: EnvironmentReference | undefined): Part =>
  token ? { authorization_scheme: 'Bearer', authorization_credentials: token } : {};
