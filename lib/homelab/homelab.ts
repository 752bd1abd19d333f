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
  /** Which boards to render, by name (`host-use`, not the uid). Default: all that can have data. */
  readonly dashboards?: { readonly include?: readonly string[]; readonly exclude?: readonly string[] };
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

export interface AlertingSettings {
  /** What evaluates the alerts. Default `grafana`. */
  readonly engine?: Engine;
  /** Where Prometheus finds Alertmanager: `host:port`. Default `alertmanager:9093`. */
  readonly alertmanager?: string;
  /** Who can be told, by name. */
  readonly receivers?: Readonly<Record<string, Receiver>>;
  /** Who is told what: the first route that fits. */
  readonly routes?: readonly Route[];
  /** The receiver of everything that no route takes. Default: the first receiver. */
  readonly defaultReceiver?: string;
}

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
  EmailReceiver | DiscordReceiver | SlackReceiver | TelegramReceiver | PushoverReceiver | WebhookReceiver;

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

export interface WebhookReceiver {
  readonly kind: 'webhook';
  readonly url: string | EnvironmentReference;
}

export interface DisplaySettings {
  /** Default `celsius`. */
  readonly temperature?: 'celsius' | 'fahrenheit';
  /** `iec`: 1 KiB = 1024 bytes (default); `si`: 1 kB = 1000 bytes. */
  readonly bytes?: 'iec' | 'si';
  /** Default: what the browser says. */
  readonly weekStart?: 'monday' | 'saturday' | 'sunday';
  /** Network interfaces that no panel shows, as regular expression. */
  readonly ignoredDevices?: string;
  /** File system types that no panel shows, as regular expression. */
  readonly ignoredFilesystems?: string;
}
