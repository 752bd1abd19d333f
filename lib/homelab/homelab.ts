import type { AlertName } from './alert-names.gen';

/**
 * The homelab file: what runs at home, and who is told. Plain data, so that TypeScript and YAML say the same thing.
 * `homelab.schema.json` is generated from these types; the texts below are what an editor shows on hover.
 */
export interface Homelab {
  /**
   * Prefix of every uid we make in Grafana: lower-case letters, digits, dashes; at most 12. Default `hl`.
   * @pattern ^[a-z]([a-z0-9-]{0,10}[a-z0-9])?$
   */
  readonly project?: string;
  /** IANA name such as `Europe/Berlin`, or `browser`. Default `browser`. */
  readonly timeZone?: string;
  /** Where the user's browser reaches things; links in dashboards and messages are made from these. */
  readonly urls?: Urls;
  /** Machines. */
  readonly hosts: readonly Host[];
  /** Programs that somebody uses, each with the exporter that describes it. */
  readonly apps?: readonly App[];
  /** What is asked from outside: does it answer, and how fast. */
  readonly probes?: Probes;
  /**
   * How a source looks in *your* Prometheus, where it is not as our scrape configuration writes it. Keyed by source: the
   * catalog's name, or `blackbox_lan` for the pings of the LAN.
   */
  readonly sources?: Readonly<Record<string, SourceSettings>>;
  /** The servers that Grafana asks. Default: one Prometheus with uid `prometheus`. */
  readonly dataSources?: DataSources;
  readonly grafana?: GrafanaSettings;
  readonly alerting?: AlertingSettings;
  readonly display?: DisplaySettings;
  /**
   * Whether boards show who watches what. `aggregate` (default): numbers only. `full`: user names, titles and addresses as well,
   * to everybody who may open the board. Messages never name a person.
   */
  readonly privacy?: 'aggregate' | 'full';
  /** Which boards to render, by name (`host-use`, not the uid). Default: all that can have data. */
  readonly dashboards?: { readonly include?: readonly string[]; readonly exclude?: readonly string[] };
  /**
   * Files of others that join in: Grafana dashboards (JSON) and rule files of Prometheus, Mimir, vmalert or Loki (YAML), by patterns
   * from this file's folder, such as `own/*.json`. They are rendered, reviewed and removed like ours.
   */
  readonly include?: readonly (string | IncludeEntry)[];
  /**
   * Servers that `npm run push` writes to, by the names that `--target` takes. Default: the Grafana of `urls.grafana`. Tokens never
   * stand here: `GRAFANA_TOKEN`, or `GRAFANA_TOKEN_FILE`, holds that of the Grafana that is pushed to.
   */
  readonly targets?: Readonly<Record<string, Target>>;
}

/**
 * A server that is pushed to.
 * @discriminator kind
 */
export type Target = GrafanaTarget | RulerTarget;

/** A Grafana, over its HTTP API. */
export interface GrafanaTarget {
  readonly kind: 'grafana';
  /** Where this machine reaches it, with its sub-path: `http://nas:3000`, `https://home.arpa/grafana`. Without user or password. */
  readonly url: string;
  /**
   * Number of the organisation. Default: that of the token.
   * @asType integer
   * @minimum 1
   */
  readonly org?: number;
  /**
   * Title of a folder of ours, below which all our other folders go: for a Grafana that holds much else. Default: none.
   * @pattern ^\S(.*\S)?$
   */
  readonly folder?: string;
  /**
   * Prefix of every uid in this Grafana, in place of the homelab's: so that one Grafana can hold two of them. At most 12 characters.
   * @pattern ^[a-z]([a-z0-9-]{0,10}[a-z0-9])?$
   */
  readonly project?: string;
}

/** A ruler that speaks Mimir's API: alert rules go where `alerting.engine: 'mimir'` evaluates. */
export interface RulerTarget {
  readonly kind: 'ruler';
  /** Where this machine reaches it, without `/prometheus/config/v1/rules`: `http://mimir:9009`. Without user or password. */
  readonly url: string;
  /** Tenant header (`X-Scope-OrgID`). */
  readonly tenant?: string;
  /** Name of the Grafana among the targets that remembers what was pushed, since a ruler keeps no notes. Default: the only one. */
  readonly state?: string;
}

/** Files of others, and what is said about them; a file that several entries name belongs to the first. */
export interface IncludeEntry {
  /** Patterns from the homelab file's folder and below it: `*` within a folder, `**` through folders, `{a,b}` either. */
  readonly files: string | readonly string[];
  /**
   * Title of the folder in Grafana that the dashboards go to; one of ours joins them. Default `Included`.
   * @pattern ^\S(.*\S)?$
   */
  readonly folder?: string;
  /** What an exported dashboard asks for when it is imported, by name: `{ DS_INFLUXDB: 'the uid in your Grafana' }`. Default: the first of `dataSources` that is of the kind. */
  readonly inputs?: Readonly<Record<string, string>>;
}

/** The value of an environment variable of the program that uses it; never written to a file of ours. */
export interface EnvironmentReference {
  /**
   * Name of the variable: upper-case letters, digits, underscores.
   * @pattern ^[A-Z][A-Z0-9_]*$
   */
  readonly env: string;
}

export interface Urls {
  readonly grafana?: string;
  readonly prometheus?: string;
  readonly alertmanager?: string;
  /** Where `docs/runbooks` is published, without a slash at the end; the alert's name and `.md` are appended. */
  readonly runbooks?: string;
}

export interface Host {
  /**
   * The name on every panel and in every message.
   * @pattern ^\S(.*\S)?$
   */
  readonly name: string;
  /** DNS name or address that Prometheus reaches. Default: the name. */
  readonly address?: string;
  /** Default: node_exporter with its defaults. */
  readonly exporters?: readonly Exporter[];
  /** Goes off by itself, as a laptop or a desktop does: nobody is told that it, or what runs on it, is away. Default `false`. */
  readonly sleeps?: boolean;
  /**
   * Without which of these nothing is known of it: names of other hosts (the hypervisor of a virtual machine), or `router`. While
   * one of them is down, nothing is told about this one.
   */
  readonly dependsOn?: string | readonly string[];
}

export interface App {
  /**
   * What it is, such as `prometheus`, `grafana`, `jellyfin`, `sonarr`.
   * @pattern ^\S(.*\S)?$
   */
  readonly app: string;
  /**
   * The name on every panel and in every message. Default: `app`.
   * @pattern ^\S(.*\S)?$
   */
  readonly name?: string;
  /** Name of the host it runs on. */
  readonly host?: string;
  readonly exporters?: readonly Exporter[];
  /** What it cannot do without beside its own host: names of hosts or services, `router` or `internet`. While one of them is down, nothing is told about it. */
  readonly dependsOn?: string | readonly string[];
}

/** One thing that Prometheus scrapes. */
export interface Exporter {
  /** Name of its catalog, such as `node_exporter` or `exportarr_sonarr`. */
  readonly exporter: string;
  /** Version in use, such as `1.9.1`; metrics that it does not have yet, or no more, are left out. Default: the catalog's. */
  readonly version?: string;
  /** DNS name or address. Default: that of the host; without a host, the exporter's name with dashes (`exportarr-sonarr`), as a container is called. */
  readonly address?: string;
  /**
   * Default: the catalog's.
   * @asType integer
   * @minimum 1
   * @maximum 65535
   */
  readonly port?: number;
  /**
   * Path of the metrics page, with its query if it needs one, such as `/pve?target=192.168.1.5`. Default: the catalog's.
   * @pattern ^/
   */
  readonly path?: string;
  /** Default `http`. */
  readonly scheme?: 'http' | 'https';
  /** Collectors switched on (`true`) or off (`false`) against the exporter's own defaults. */
  readonly collectors?: Readonly<Record<string, boolean>>;
  /** Credentials for the scrape, read by Prometheus from a file that holds them. */
  readonly auth?: ScrapeCredentials;
}

export interface ScrapeCredentials {
  readonly username?: string;
  /** Path on the machine that Prometheus runs on. */
  readonly passwordFile?: string;
  /** Path on the machine that Prometheus runs on. */
  readonly bearerTokenFile?: string;
}

export interface Probes {
  /** `host:port` of blackbox_exporter. Default `blackbox-exporter:9115`. */
  readonly exporter?: string;
  /** Version of blackbox_exporter in use. */
  readonly version?: string;
  /** Address of the router, asked by ping. */
  readonly router?: string;
  /** Addresses on the internet that always answer, asked by ping. */
  readonly internet?: readonly NamedAddress[];
  /** Name servers, each asked for `query`. */
  readonly dns?: readonly DnsProbe[];
  /** A /24 in CIDR form, such as `192.168.1.0/24`: each address is pinged. */
  readonly lan?: string;
  /** Things that people open. */
  readonly services?: readonly ServiceProbe[];
}

export interface NamedAddress {
  /**
   * The name on every panel and in every message.
   * @pattern ^\S(.*\S)?$
   */
  readonly name: string;
  /** DNS name or address. */
  readonly address: string;
}

export interface DnsProbe extends NamedAddress {
  /** The name to look up. Default `example.com`. */
  readonly query?: string;
}

export interface ServiceProbe {
  /**
   * The name on every panel and in every message; that of an app joins the two.
   * @pattern ^\S(.*\S)?$
   */
  readonly name: string;
  /** `http(s)://…` is asked by HTTP, `host:port` by a TCP connection. */
  readonly url: string;
  /** Name of the host it runs on. */
  readonly host?: string;
  /** Status codes that count as up beside 2xx, such as 401 for a page behind a login. */
  readonly alsoUp?: readonly StatusCode[];
  /** `false` accepts a certificate that nobody signed. Default `true`. */
  readonly verifyTls?: boolean;
  /** What it cannot do without beside its own host: names of hosts or services, `router` or `internet`. While one of them is down, nothing is told about it. */
  readonly dependsOn?: string | readonly string[];
}

/**
 * A status code of HTTP.
 * @asType integer
 * @minimum 100
 * @maximum 599
 */
export type StatusCode = number;

/** One label with one value, or with one of several. */
export type Select = Readonly<Record<string, string | readonly string[]>>;

/** `host`: a machine. `service`: what somebody uses. `container`, `device`: parts of a machine. */
export type EntityName = 'host' | 'service' | 'container' | 'device';

/** The label that holds the entity, or a reversible pattern on a label, such as `{host}:9100` on `instance`. */
export type Identity = string | IdentityPattern;

export interface IdentityPattern {
  /** Name of the label. */
  readonly label: string;
  /** Its value, with the entity in braces once: `{host}:9100`. */
  readonly pattern: string;
}

export interface SourceSettings {
  /** What tells this source's series from others: `{ job: 'node' }`, several jobs allowed. Default: the job our scrape configuration writes. */
  readonly select?: Select;
  /** How an entity is found in this source's labels. Default: the label of the entity's name. */
  readonly identity?: Partial<Readonly<Record<EntityName, Identity>>>;
  /** Scrape interval, such as `30s`. Default `15s`, or what the exporter needs. */
  readonly interval?: string;
  /** Key in `dataSources`. Default `prometheus`, or the first of that kind. */
  readonly dataSource?: string;
  /** How names are spelled where they arrived by another way than a plain scrape. */
  readonly spelling?: Spelling;
}

export interface Spelling {
  /** Default `classic` (`_bucket` series); `native`: one series per histogram. */
  readonly histograms?: 'classic' | 'native';
  /** Default `underscores`; `utf8`: `{"http.server.duration"}`. */
  readonly names?: 'underscores' | 'utf8';
  /** Default `true`; `false`: without `_total` and unit suffixes. */
  readonly suffixes?: boolean;
}

export interface DataSource {
  readonly kind: 'prometheus' | 'loki' | 'tempo' | 'alertmanager';
  /**
   * The uid in Grafana.
   * @pattern ^[A-Za-z0-9_-]{1,40}$
   */
  readonly uid: string;
  /** The name in Grafana. Default: the key. */
  readonly name?: string;
  /** Where Grafana reaches it; needed in `owned` mode, which writes the data source. */
  readonly url?: string;
  /** Tenant header (`X-Scope-OrgID`). */
  readonly tenant?: string;
  /** Environment variables of Grafana that hold the credentials. */
  readonly basicAuth?: BasicAuth;
}

export interface BasicAuth {
  readonly user: string;
  readonly password: EnvironmentReference;
}

export type DataSources = Readonly<Record<string, DataSource>>;

export interface GrafanaSettings {
  /** `existing` (default): a Grafana with a life of its own; `owned`: data sources and notification policies are ours too. */
  readonly mode?: 'existing' | 'owned';
  /**
   * Where Grafana finds the rendered `grafana/dashboards`. Default `/etc/grafana/dashboards`.
   * @pattern ^/
   */
  readonly dashboardsPath?: string;
}

export type Engine = 'grafana' | 'prometheus' | 'mimir' | 'vmalert';
export type Severity = 'critical' | 'warning' | 'info';
export type Category = 'availability' | 'capacity' | 'data-loss' | 'performance' | 'power' | 'monitoring';

/** A set of alerts: `essential`, what somebody should get up for; `standard`, what most people want to know; `all`. Each holds the one before. */
export type Pack = 'essential' | 'standard' | 'all';

export interface AlertingSettings {
  /** What evaluates the alerts. Default `grafana`. */
  readonly engine?: Engine;
  /** Where Prometheus finds Alertmanager: `host:port`. Default `alertmanager:9093`. */
  readonly alertmanager?: string;
  /** Which alerts are on. Default `essential`. */
  readonly pack?: Pack;
  /** What is different here, alert by alert. */
  readonly alerts?: { readonly [name in AlertName]?: AlertTuning };
  /** Who can be told, by name. */
  readonly receivers?: Readonly<Record<string, Receiver>>;
  /** Who is told what: the first route that fits. */
  readonly routes?: readonly Route[];
  /** The receiver of everything that no route takes. Default: the first receiver. */
  readonly defaultReceiver?: string;
  /** A watchdog outside the house, which calls when this message stays away. */
  readonly heartbeat?: Heartbeat;
  /** When nobody is told, but for what may pass. */
  readonly quietHours?: QuietHours;
  /** What can wait is gathered and told once a day. */
  readonly digest?: Digest;
  /** The mail server of Alertmanager, and of Grafana where that is ours. */
  readonly mail?: MailServer;
}

/** What is different about one alert. */
export interface AlertTuning {
  /** `true` switches it on though its pack is not, `false` off. Default: what the pack says. */
  readonly enabled?: boolean;
  /** Where it starts: a number in the signal's own unit (shares from 0 to 1, seconds, bytes, degrees Celsius), or a text with its unit: `'95%'`, `'14d'`, `'80 °C'`, `'10 GiB'`. */
  readonly threshold?: number | string;
  /** How long it holds before anybody is told, such as `15m`. */
  readonly for?: string;
  readonly severity?: Severity;
  /** Names in `receivers`, instead of what the routes say; an empty list: nobody. */
  readonly notify?: string | readonly string[];
  /** Not for these: labels of the alert, such as `{ mountpoint: '/mnt/backup' }`. */
  readonly except?: Select | readonly Select[];
  /** Otherwise for these; the first that fits. */
  readonly overrides?: readonly AlertOverride[];
}

/** What is different about some of an alert's series. */
export interface AlertOverride {
  /** Labels of the alert: `{ host: 'nas', mountpoint: ['/media', '/backup'] }`. */
  readonly match: Select;
  readonly threshold?: number | string;
  readonly for?: string;
  readonly severity?: Severity;
  /** Names in `receivers`, instead of what the routes say; an empty list: nobody. */
  readonly notify?: string | readonly string[];
}

export interface Heartbeat {
  /** Address to call: of healthchecks.io, of a monitor at a friend's. */
  readonly url: EnvironmentReference;
  /** How long the watchdog waits before it calls, such as `10m`; at least `5m`. It gets a message more often than that. Default `10m`. */
  readonly period?: string;
}

export interface QuietHours {
  /**
   * In the homelab's time zone, such as `22:30`.
   * @pattern ^([01][0-9]|2[0-3]):[0-5][0-9]$
   */
  readonly from: string;
  /**
   * In the homelab's time zone, such as `07:00`; earlier than `from`: of the next day.
   * @pattern ^([01][0-9]|2[0-3]):[0-5][0-9]$
   */
  readonly to: string;
  /** Default: every day. The day on which they begin. */
  readonly days?: readonly Weekday[];
  /** What may pass. Default: `{ severity: 'critical' }`. */
  readonly except?: MessageFilter;
}

export type Weekday = 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';

/** Which messages: those that fit everything that is said. */
export interface MessageFilter {
  readonly severity?: Severity | readonly Severity[];
  readonly category?: Category | readonly Category[];
}

export interface Digest {
  /**
   * In the homelab's time zone, such as `08:00`.
   * @pattern ^([01][0-9]|2[0-3]):[0-5][0-9]$
   */
  readonly at: string;
  /** What can wait. Default: `{ severity: 'warning' }`. */
  readonly of?: MessageFilter;
  /** A name in `receivers`. Default: what the routes say. */
  readonly to?: string;
}

export interface MailServer {
  /** `host:port`. */
  readonly server: string;
  /** The sender's address. */
  readonly from: string;
  readonly user?: string;
  readonly password?: EnvironmentReference;
  /** Default `true`: the server must offer encryption (STARTTLS). */
  readonly tls?: boolean;
}

/** A category and a severity fit when they are not said. */
export interface Route {
  readonly severity?: Severity | readonly Severity[];
  readonly category?: Category | readonly Category[];
  /** A name in `receivers`. */
  readonly to: string;
}

/**
 * A way to tell somebody. What is secret stands in an environment variable, never in the file.
 * @discriminator kind
 */
export type Receiver =
  | EmailReceiver
  | DiscordReceiver
  | SlackReceiver
  | TelegramReceiver
  | PushoverReceiver
  | NtfyReceiver
  | GotifyReceiver
  | MatrixReceiver
  | HomeAssistantReceiver
  | WebhookReceiver;

export interface EmailReceiver {
  readonly kind: 'email';
  /**
   * Mail addresses.
   * @minItems 1
   */
  readonly to: readonly string[];
}

export interface DiscordReceiver {
  readonly kind: 'discord';
  /** The webhook's URL. */
  readonly url: EnvironmentReference;
}

export interface SlackReceiver {
  readonly kind: 'slack';
  /** The webhook's URL. */
  readonly url: EnvironmentReference;
}

export interface TelegramReceiver {
  readonly kind: 'telegram';
  /** The bot's token. */
  readonly token: EnvironmentReference;
  /** The chat's number, as text: `'-1001234567890'`. */
  readonly chat: string;
}

export interface PushoverReceiver {
  readonly kind: 'pushover';
  readonly userKey: EnvironmentReference;
  readonly token: EnvironmentReference;
}

export interface NtfyReceiver {
  readonly kind: 'ntfy';
  /** The topic, which is as good as a password on a public server. */
  readonly topic: string | EnvironmentReference;
  /** Default `https://ntfy.sh`. */
  readonly server?: string;
  /** An access token, where the server wants one. */
  readonly token?: EnvironmentReference;
}

export interface GotifyReceiver {
  readonly kind: 'gotify';
  /** Address of the server. */
  readonly server: string;
  /** The application's token. */
  readonly token: EnvironmentReference;
}

/** By a generic webhook of matrix-hookshot, which any room can have. */
export interface MatrixReceiver {
  readonly kind: 'matrix';
  /** The webhook's URL. */
  readonly url: EnvironmentReference;
}

/** By an automation with a webhook trigger. */
export interface HomeAssistantReceiver {
  readonly kind: 'home-assistant';
  /** The webhook's URL: `http://homeassistant:8123/api/webhook/<id>`. */
  readonly url: EnvironmentReference;
}

export interface WebhookReceiver {
  readonly kind: 'webhook';
  readonly url: string | EnvironmentReference;
}

export interface DisplaySettings {
  /** Default `celsius`. */
  readonly temperature?: 'celsius' | 'fahrenheit';
  /** `iec`: 1 KiB = 1024 bytes (default); `si`: 1 kB = 1000 bytes. */
  readonly bytes?: 'iec' | 'si';
  /** How messages, and a Grafana of ours, write the time. Default `24h`. */
  readonly clock?: '24h' | '12h';
  /** Default: what the browser says. */
  readonly weekStart?: 'monday' | 'saturday' | 'sunday';
  /** Network interfaces that no panel shows, as regular expression. */
  readonly ignoredDevices?: string;
  /** File system types that no panel shows, as regular expression. */
  readonly ignoredFilesystems?: string;
}
