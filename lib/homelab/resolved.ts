import type { Catalog } from '../catalog/catalog';
import type {
  AlertTuning,
  Category,
  DataSource,
  DisplaySettings,
  Engine,
  EntityName,
  EnvironmentReference,
  GrafanaSettings,
  MailServer,
  Pack,
  Receiver,
  ScrapeCredentials,
  Severity,
  Spelling,
  Urls,
  Weekday,
} from './homelab';

/** The homelab file with every default filled in: nobody who reads this knows a default. */
export interface ResolvedHomelab {
  readonly project: string;
  /** IANA name, or `browser`. */
  readonly timeZone: string;
  /** As given, without a slash at the end; absent where the file says nothing. */
  readonly urls: Urls;
  readonly hosts: readonly ResolvedHost[];
  /** Everything that a person calls a service: apps and probed services, one entry a name, in the file's order. */
  readonly services: readonly ResolvedService[];
  readonly probes: ResolvedProbes;
  /** Every source that something here gives, by name; `scrape` and `go_process` are always there. */
  readonly sources: Readonly<Record<string, ResolvedSource>>;
  /** By key; at least one of kind `prometheus`. */
  readonly dataSources: Readonly<Record<string, ResolvedDataSource>>;
  readonly grafana: Required<GrafanaSettings>;
  readonly alerting: ResolvedAlerting;
  readonly display: ResolvedDisplay;
  readonly privacy: 'aggregate' | 'full';
  readonly dashboards: ResolvedChoice;
  /** By name; the Grafana of `urls.grafana`, as `grafana`, where the file names none. Empty where it says neither. */
  readonly targets: Readonly<Record<string, ResolvedTarget>>;
}

/** A server that is pushed to. */
export type ResolvedTarget = ResolvedGrafanaTarget | ResolvedRulerTarget;

export interface ResolvedGrafanaTarget {
  readonly kind: 'grafana';
  readonly name: string;
  /** Without a slash at the end. */
  readonly url: string;
  /** Number of the organisation; null: that of the token. */
  readonly org: number | null;
  /** Title of the folder below which ours go; null: ours stand at the top. */
  readonly folder: string | null;
  /** Prefix of every uid there. */
  readonly project: string;
}

export interface ResolvedRulerTarget {
  readonly kind: 'ruler';
  readonly name: string;
  /** Without a slash at the end. */
  readonly url: string;
  readonly tenant: string | null;
  /** Name of the Grafana that keeps the state; null: the only one. */
  readonly state: string | null;
  /** The namespace of our rule groups. */
  readonly project: string;
}

/** Names to keep and to leave out; `include` is null where all are kept. */
export interface ResolvedChoice {
  readonly include: readonly string[] | null;
  readonly exclude: readonly string[];
}

export interface ResolvedHost {
  readonly name: string;
  /** DNS name or address that Prometheus reaches. */
  readonly address: string;
  /** Goes off by itself: nobody is told that it is away. */
  readonly sleeps: boolean;
  /** Names of hosts, or `router`. */
  readonly dependsOn: readonly string[];
}

export interface ResolvedService {
  readonly name: string;
  /** What it is (`sonarr`); null for a service that is only probed. */
  readonly app: string | null;
  /** Name of the host it runs on. */
  readonly host: string | null;
  /** What the probe of the same name opens. */
  readonly url: string | null;
  /** Names of hosts and services beside its own host, `router`, `internet`. */
  readonly dependsOn: readonly string[];
}

/** A length of time, as a number to reckon with and as Prometheus writes it. */
export interface Interval {
  readonly seconds: number;
  readonly text: string;
}

/** Text around the entity's name in the value of a label; both are empty where the label is the name itself. */
export interface ResolvedIdentity {
  readonly label: string;
  readonly prefix: string;
  readonly suffix: string;
}

export type Identities = Readonly<Partial<Record<EntityName, ResolvedIdentity>>>;

/** A source as it is in this homelab's data. */
export interface ResolvedSource {
  /** Its name: the catalog's, but for `blackbox_lan`, whose catalog is `blackbox_exporter`. */
  readonly source: string;
  readonly catalog: Catalog;
  /** What its series can be told apart by; each has an identity. */
  readonly entities: readonly EntityName[];
  /** Matchers that tell this source's series from others: label -> values, one or several. Empty: none is needed. */
  readonly select: Readonly<Record<string, readonly string[]>>;
  readonly identity: Identities;
  readonly interval: Interval;
  /** Key in `dataSources`. */
  readonly dataSource: string;
  readonly spelling: Required<Spelling>;
  /** The job that our scrape configuration gives it: the first of `select.job`. */
  readonly job: string;
  /** Where it is scraped, or who pushes it; empty for what only `sources` names, for the LAN, and for what is everywhere. */
  readonly instances: readonly ResolvedInstance[];
}

/** One thing that is scraped, or that pushes. */
export interface ResolvedInstance {
  readonly host: string | null;
  /** Name of the service it describes. */
  readonly service: string | null;
  readonly app: string | null;
  readonly address: string;
  /** Null: nothing scrapes it, its series arrive by remote write or OTLP. */
  readonly port: number | null;
  /** Without its query. */
  readonly path: string;
  /** The query of the path: what some exporters are told at each scrape. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly scheme: 'http' | 'https';
  /** Labels beside `job` that our scrape configuration writes, so that `select` and `identity` hold. */
  readonly labels: Readonly<Record<string, string>>;
  readonly version: string;
  /** Only what is switched against the exporter's own defaults. */
  readonly collectors: Readonly<Record<string, boolean>>;
  readonly auth: ScrapeCredentials;
}

export interface ResolvedProbes {
  /** Where blackbox_exporter is reached, and its version; null when nothing is probed. */
  readonly exporter: { readonly address: string; readonly port: number; readonly version: string } | null;
  /** Router, internet, name servers, services, in this order and then the file's; they are in the source `blackbox_exporter`. */
  readonly targets: readonly ResolvedProbe[];
  /** In the source `blackbox_lan`, one device an address. */
  readonly lan: ResolvedLan | null;
}

/** One thing that blackbox_exporter asks. */
export interface ResolvedProbe {
  readonly group: 'router' | 'internet' | 'dns' | 'service';
  /** Name of the service, on panels and in messages. */
  readonly name: string;
  readonly host: string | null;
  readonly by: 'icmp' | 'dns' | 'http' | 'tcp';
  /** The URL, `host:port` or address to ask. */
  readonly target: string;
  /** The name that a name server is asked for; null for the other kinds. */
  readonly query: string | null;
  /** Status codes that count as up beside 2xx. */
  readonly alsoUp: readonly number[];
  readonly verifyTls: boolean;
  /** Whether the answer comes from inside the house. */
  readonly reach: 'internal' | 'external';
  /** Labels beside `job` that our scrape configuration writes. */
  readonly labels: Readonly<Record<string, string>>;
}

export interface ResolvedLan {
  readonly cidr: string;
  /** `.1` to `.254`, in numeric order. */
  readonly addresses: readonly string[];
}

export interface ResolvedDataSource extends Omit<DataSource, 'name'> {
  readonly key: string;
  readonly name: string;
}

export interface ResolvedAlerting {
  readonly engine: Engine;
  /** `host:port`. */
  readonly alertmanager: string;
  readonly pack: Pack;
  /** As given, by the alert's name; alerts that are not named are as they are declared. */
  readonly alerts: Readonly<Record<string, AlertTuning>>;
  readonly receivers: Readonly<Record<string, Receiver>>;
  readonly routes: readonly ResolvedRoute[];
  /** Null when there is no receiver at all. */
  readonly defaultReceiver: string | null;
  readonly heartbeat: ResolvedHeartbeat | null;
  readonly quietHours: ResolvedQuietHours | null;
  readonly digest: ResolvedDigest | null;
  readonly mail: MailServer | null;
}

export interface ResolvedHeartbeat {
  readonly url: EnvironmentReference;
  /** How long the watchdog waits before it calls. */
  readonly period: Interval;
}

/** In the homelab's time zone, which is then not `browser`. */
export interface ResolvedQuietHours {
  /** `HH:MM`. */
  readonly from: string;
  /** `HH:MM`; not after `from`: of the next day. */
  readonly to: string;
  /** The days on which they begin, Monday first. */
  readonly days: readonly Weekday[];
  readonly except: ResolvedFilter;
}

/** In the homelab's time zone, which is then not `browser`. */
export interface ResolvedDigest {
  /** `HH:MM`. */
  readonly at: string;
  readonly of: ResolvedFilter;
  /** Null: what the routes say. */
  readonly to: string | null;
}

/** Null: any. */
export interface ResolvedFilter {
  readonly severity: readonly Severity[] | null;
  readonly category: readonly Category[] | null;
}

export interface ResolvedRoute extends ResolvedFilter {
  readonly to: string;
}

export interface ResolvedDisplay extends Required<Omit<DisplaySettings, 'weekStart'>> {
  /** Null: what the browser says. */
  readonly weekStart: NonNullable<DisplaySettings['weekStart']> | null;
}
