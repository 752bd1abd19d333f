import type { Fit } from './identify';
import type { VersionSeen } from './version';

/** One target of a Prometheus, or one sender whose series arrive by themselves. */
export interface SeenTarget {
  readonly job: string;
  readonly instance: string;
  /** All labels that scraping gave it, `job` and `instance` included. */
  readonly labels: Readonly<Record<string, string>>;
  /** Where it is scraped; absent for what is pushed, and where the server does not say. */
  readonly url?: string;
  /** Seconds between scrapes, as the server has it. */
  readonly interval?: number;
  /** False: the last scrape failed. */
  readonly up: boolean;
}

/** What is on the pages of some targets of one job that look alike. */
export interface SeenSource {
  readonly source: string;
  readonly fit: Fit;
  readonly job: string;
  readonly targets: readonly SeenTarget[];
  /** By instance. */
  readonly versions: Readonly<Record<string, VersionSeen>>;
  /** Collectors, by instance, that differ from the exporter's defaults. */
  readonly collectors: Readonly<Record<string, Readonly<Record<string, boolean>>>>;
  readonly interval?: { readonly text: string; readonly evidence: string };
  /** False: its series arrive by themselves. */
  readonly isScraped: boolean;
  /** Its targets are addresses that are probed, not the prober. */
  readonly isProbe: boolean;
}

/** A job for which something is open: nobody knows what it is, or several exporters could be it. */
export interface OpenJob {
  readonly job: string;
  readonly targets: readonly SeenTarget[];
  /** Exporters that could be it; empty: none is known. */
  readonly could: readonly SeenSource[];
  /** Names of its metrics, the first few. */
  readonly metrics: readonly string[];
  readonly metricCount: number;
}

/** What a Prometheus has. */
export interface SeenPrometheus {
  readonly url: string;
  /** Uid of the data source through which it was asked, if it was. */
  readonly dataSource?: string;
  readonly sources: readonly SeenSource[];
  readonly open: readonly OpenJob[];
  /** Instance of a node_exporter -> what the machine calls itself. */
  readonly nodeNames: Readonly<Record<string, string>>;
  /** What could not be asked, each as a sentence. */
  readonly unsaid: readonly string[];
}

/** What a Grafana has. */
export interface SeenGrafana {
  readonly url: string;
  readonly dataSources: readonly SeenDataSource[];
  readonly contactPoints: readonly SeenContactPoint[];
  readonly unsaid: readonly string[];
}

export interface SeenDataSource {
  readonly uid: string;
  readonly name: string;
  readonly type: string;
  readonly url: string;
  readonly isDefault: boolean;
}

export interface SeenContactPoint {
  readonly name: string;
  readonly type: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** What compose files have. */
export interface SeenCompose {
  readonly services: readonly SeenService[];
  /** What was not understood, each as a sentence with its file. */
  readonly unsaid: readonly string[];
}

export interface SeenService {
  /** The file, as it was given. */
  readonly file: string;
  readonly name: string;
  /** `container_name`, else the name. */
  readonly container: string;
  /** Image without registry, tag and digest: `linuxserver/sonarr`. */
  readonly image: string;
  readonly tag: string;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** TCP ports of the host -> of the container. */
  readonly ports: readonly { readonly host: number; readonly container: number; readonly address: string }[];
  readonly profiles: readonly string[];
  /** Shares the network of the host, so that its own ports are the host's. */
  readonly onHostNetwork: boolean;
}
