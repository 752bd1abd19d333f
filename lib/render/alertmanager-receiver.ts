import { message, ntfyName } from '../alerts/messages';
import type { EnvironmentReference, Receiver } from '../homelab/homelab';
import type { ResolvedHomelab } from '../homelab/resolved';

type Part = Readonly<Record<string, unknown>>;

/** Where Alertmanager finds each secret: a file named as the environment variable would be, since it reads no environment. */
export const secretsFolder = '/etc/alertmanager/secrets';

/** How Alertmanager tells one receiver; field names of its configuration (0.34). */
export const alertmanagerIntegration = (
  homelab: ResolvedHomelab,
  name: string,
): Readonly<Record<string, readonly unknown[]>> => {
  const receiver = homelab.alerting.receivers[name] as Receiver;
  const [title, text] = [message(homelab, 'title'), message(homelab, 'text')];
  switch (receiver.kind) {
    case 'email':
      return {
        email_configs: receiver.to.map((to) => ({
          to,
          send_resolved: true,
          headers: { Subject: title },
          html: '',
          text,
        })),
      };
    case 'discord':
      return {
        discord_configs: [{ webhook_url_file: fileOf(receiver.url), title, message: message(homelab, 'discord') }],
      };
    case 'slack':
      return {
        slack_configs: [
          {
            api_url_file: fileOf(receiver.url),
            send_resolved: true,
            title,
            // Alertmanager's own links lead to where it believes to be.
            title_link: '',
            fallback: title,
            text: message(homelab, 'slack'),
          },
        ],
      };
    case 'telegram':
      return {
        telegram_configs: [
          {
            bot_token_file: fileOf(receiver.token),
            chat_id: Number(receiver.chat),
            message: message(homelab, 'telegram'),
            parse_mode: 'HTML',
          },
        ],
      };
    case 'pushover':
      return {
        pushover_configs: [
          {
            user_key_file: fileOf(receiver.userKey),
            token_file: fileOf(receiver.token),
            title,
            message: message(homelab, 'brief'),
            html: true,
            url: '',
            priority: `{{ $priority := 0 }}{{ range .Alerts.Firing }}{{ if eq .Labels.severity "critical" }}{{ $priority = 1 }}{{ end }}{{ end }}{{ $priority }}`,
          },
        ],
      };
    case 'ntfy':
      // Alertmanager cannot put an address together from a file, so that file holds all of it, and ntfy finds the words.
      return typeof receiver.topic === 'string'
        ? webhook(receiver.server ?? 'https://ntfy.sh', `{{ template "${ntfyName(homelab, name)}" . }}`, receiver.token)
        : webhook(receiver.topic, undefined, receiver.token);
    case 'gotify':
      return webhook(`${receiver.server.replace(/\/+$/, '')}/message`, message(homelab, 'gotify'), receiver.token);
    case 'matrix':
      return webhook(receiver.url, message(homelab, 'matrix'));
    case 'home-assistant':
      return webhook(receiver.url, message(homelab, 'home-assistant'));
    case 'webhook':
      return webhook(receiver.url);
  }
};

/** `payload` is one text: Alertmanager takes any part of it that reads as YAML, such as `HostDown: nas`, for more than a text. */
const webhook = (
  url: string | EnvironmentReference,
  payload?: string,
  token?: EnvironmentReference,
): { readonly webhook_configs: readonly Part[] } => ({
  webhook_configs: [
    {
      ...(typeof url === 'string' ? { url } : { url_file: fileOf(url) }),
      ...(token && { http_config: { authorization: { type: 'Bearer', credentials_file: fileOf(token) } } }),
      ...(payload !== undefined && { payload }),
    },
  ],
});

/** The file of a secret. */
export const fileOf = ({ env }: EnvironmentReference): string => `${secretsFolder}/${env}`;
