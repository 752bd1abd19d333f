import { appPorts, isBuiltIn, runningOf, type Running } from '../exporters/running';
import { formatHostAndPort } from '../homelab/addresses';
import type { ResolvedHomelab, ResolvedInstance, ResolvedSource } from '../homelab/resolved';
import { slugOf } from '../included/names';
import type { Artifact } from './artifact';
import { toYaml } from './yaml';

/** An exporter of the homelab file that a container can be. */
interface Placed {
  readonly source: ResolvedSource;
  readonly instance: ResolvedInstance;
  readonly running: Running;
}

/** A variable of the environment that a compose file of exporters names. */
export interface ExporterVariable {
  readonly name: string;
  /** The compose file. */
  readonly file: string;
  readonly what: string;
  /** What it is where nobody says otherwise; absent: it has to be filled in. */
  readonly usual?: string;
}

interface Service {
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * `exporters/<host>/compose.yaml`, one a machine: the exporters that the homelab file puts there, on the ports that are scraped.
 * What is secret is the name of a variable, whose value is in `.env`. Apps, and exporters that `runningOf` does not know, are left out.
 */
export const renderExporters = (homelab: ResolvedHomelab): readonly Artifact[] =>
  groups(homelab).map(({ file, where, placed }) => ({
    kind: 'compose',
    path: file,
    name: file,
    text: toYaml(
      { services: Object.fromEntries(servicesOf(placed, homelab).map(({ name, body }) => [name, body])) },
      `Exporters ${where}: docker compose --env-file .env -f ${file} up -d`,
    ),
  }));

/** Every variable that those files name, sorted by file. */
export const exporterVariables = (homelab: ResolvedHomelab): readonly ExporterVariable[] =>
  groups(homelab).flatMap(({ file, placed }) =>
    placed.flatMap((one) =>
      holesOf(one.running).map((hole) => {
        const { name, usual } = variableOf(hole, one, homelab);
        const about = one.instance.service ?? one.instance.app ?? one.source.source;
        return { name, file, what: `${whats[hole] ?? hole} of ${about}`, ...(usual !== undefined && { usual }) };
      }),
    ),
  );

/** Exporters that something scrapes and that no compose file of ours starts, by name: neither the app's own page nor known here. */
export const notStarted = ({ sources }: ResolvedHomelab): readonly string[] =>
  Object.values(sources)
    .filter(({ source, instances }) => instances.some(isContainer) && !isOurs(source) && !runningOf(source))
    .map(({ source }) => source)
    .sort();

/** A service of compose that runs one exporter; `homelab` for the example of a page. */
export const exporterService = (homelab: ResolvedHomelab, exporter: string): string | undefined => {
  const placed = groups(homelab).flatMap((group) => group.placed.filter(({ source }) => source.source === exporter));
  const services = servicesOf(placed, homelab);
  if (services.length === 0) return undefined;
  const text = toYaml({ services: Object.fromEntries(services.map(({ name, body }) => [name, body])) }, '');
  return text.split('\n').slice(2).join('\n').trimEnd();
};

/** Those that are there anyway: the compose file with Prometheus has them. */
const isOurs = (source: string): boolean => /^(prometheus|alertmanager|grafana|blackbox_exporter)$/.test(source);

const isContainer = ({ port, app }: ResolvedInstance): boolean => port !== null && (app === null || app in appPorts);

const groups = ({
  sources,
  hosts,
}: ResolvedHomelab): readonly {
  readonly file: string;
  readonly where: string;
  readonly placed: readonly Placed[];
}[] => {
  const all = Object.values(sources).flatMap((source) =>
    source.instances.flatMap((instance): Placed[] => {
      const running = runningOf(source.source);
      return !running || isBuiltIn(running) || instance.port === null ? [] : [{ source, instance, running }];
    }),
  );
  const loose = all.filter(({ instance }) => instance.host === null);
  return [
    ...hosts.map(({ name }) => ({
      file: `exporters/${slugOf(name, 40)}/compose.yaml`,
      where: `on ${name}`,
      placed: all.filter(({ instance }) => instance.host === name),
    })),
    { file: 'exporters/compose.yaml', where: 'that are containers beside Prometheus', placed: loose },
  ].filter(({ placed }) => placed.length > 0);
};

/** One container each, but for a program that tells of several apps. */
const servicesOf = (placed: readonly Placed[], homelab: ResolvedHomelab): readonly Service[] => {
  const programs = new Map<string, Placed[]>();
  for (const [index, one] of placed.entries()) {
    const key = one.running.shared ? `${one.running.shared} ${one.instance.address}:${one.instance.port}` : `${index}`;
    programs.set(key, [...(programs.get(key) ?? []), one]);
  }
  const taken = new Set<string>();
  return [...programs.values()].map((together) => {
    const [first] = together as [Placed];
    const plain = nameOf(first, together.length > 1);
    let name = plain;
    for (let more = 2; taken.has(name); more++) name = `${plain}-${more}`;
    taken.add(name);
    return { name, body: serviceOf(together, homelab) };
  });
};

/** What Prometheus calls it where it is a container beside it, else what it tells about. */
const nameOf = ({ instance, running, source }: Placed, several: boolean): string => {
  if (instance.host === null) return instance.address;
  if (running.shared && several) return running.shared;
  return instance.service === null ? source.source.replaceAll('_', '-') : `${slugOf(instance.service, 40)}-exporter`;
};

const serviceOf = (together: readonly Placed[], homelab: ResolvedHomelab): Readonly<Record<string, unknown>> => {
  const [first] = together as [Placed];
  const { running, instance, source } = first;
  const published = instance.port as number;
  const inside = running.listens ? published : (source.catalog.port ?? published);
  const environment = Object.assign(
    {},
    ...together.map((one) => filled(one.running.environment ?? {}, one, homelab)),
    ...(running.collectors ? [] : together.map(switchedByEnvironment)),
  ) as Readonly<Record<string, string>>;
  const command = [
    ...(running.command ?? []).map((part) => fill(part, first, homelab)),
    ...(running.collectors === 'kingpin' ? switchedByFlag(instance) : []),
  ];
  return {
    ...(running.image !== undefined && { image: imageOf(running.image, first) }),
    ...(running.build !== undefined && { build: running.build }),
    restart: 'unless-stopped',
    ...(command.length > 0 && { command }),
    ...(Object.keys(environment).length > 0 && { environment }),
    ...running.also,
    // Beside Prometheus nothing has to be published, and on the machine's own network nothing can be.
    ...(instance.host !== null &&
      running.also?.['network_mode'] !== 'host' && {
        ports: [`${published}:${inside}`, ...(running.alsoPublishes ?? []).map((port) => `${port}:${port}`)],
      }),
  };
};

/** Another version in the homelab file is another tag, where the tag is a version. */
const imageOf = (image: string, { instance, source }: Placed): string => {
  const [, name, v] = /^(.*):(v?)\d+(?:\.\d+)+$/.exec(image) ?? [];
  const version = /^v?(\d+(?:\.\d+)+)$/.exec(instance.version)?.[1];
  return name === undefined || version === undefined || instance.version === source.catalog.version
    ? image
    : `${name}:${v}${version}`;
};

/** `--collector.systemd`, `--no-collector.systemd`; a flag of the catalog as it is. */
const switchedByFlag = ({ collectors }: ResolvedInstance): readonly string[] =>
  Object.entries(collectors).flatMap(([name, on]) => {
    const flag = name.startsWith('--') ? name : `--collector.${name}`;
    return [on ? flag : flag.replace(/^--/, '--no-')];
  });

/** `LIBRARY_SIZE_ENABLED=true`, as catalogs spell a flag that is a variable; what is off by default needs no line. */
const switchedByEnvironment = ({ instance }: Placed): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(instance.collectors).flatMap(([name, on]) => {
      const [, key, value] = /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(name) ?? [];
      return on && key !== undefined && value !== undefined ? [[key, value]] : [];
    }),
  );

const filled = (
  environment: Readonly<Record<string, string>>,
  placed: Placed,
  homelab: ResolvedHomelab,
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(environment).map(([key, text]) => [key, fill(text, placed, homelab)]));

const fill = (text: string, placed: Placed, homelab: ResolvedHomelab): string =>
  text.replaceAll('{listen}', String(placed.instance.port)).replace(hole, (_, found: string) => {
    const { name, usual } = variableOf(found, placed, homelab);
    if (usual !== undefined) return `\${${name}:-${usual.replaceAll('$', '$$$$')}}`;
    // An empty name or password is one, too: an app that asks for none.
    return `\${${name}${/USERNAME|PASSWORD/.test(found) ? '?' : ':?'}fill it in}`;
  });

/** `app`, `secret API_KEY`: what somebody can, or has to, say in `.env`. */
const hole = /\{(app|host|port|secret \w+)\}/g;

const holesOf = ({ command = [], environment = {} }: Running): readonly string[] => [
  ...new Set(
    [...command, ...Object.values(environment)].flatMap((text) =>
      [...text.matchAll(hole)].map(([, found = '']) => found),
    ),
  ),
];

const variableOf = (
  found: string,
  placed: Placed,
  homelab: ResolvedHomelab,
): { readonly name: string; readonly usual: string | undefined } => {
  const app = appAddress(placed, homelab);
  switch (found) {
    case 'app':
      return { name: variable(placed, 'URL'), usual: app && `http://${formatHostAndPort(app.address, app.port)}` };
    case 'host':
      return { name: variable(placed, 'HOST'), usual: app?.address };
    case 'port':
      return { name: variable(placed, 'PORT'), usual: app && String(app.port) };
    default:
      return { name: variable(placed, found.replace(/^secret /, '')), usual: undefined };
  }
};

/** Where the app listens: on its host, or as a container that is called as the app is. */
const appAddress = (
  { instance }: Placed,
  { hosts }: ResolvedHomelab,
): { readonly address: string; readonly port: number } | undefined => {
  const port = instance.app === null ? undefined : appPorts[instance.app];
  if (port === undefined || instance.app === null) return undefined;
  const host = hosts.find(({ name }) => name === instance.host);
  return { address: host?.address ?? instance.app, port };
};

/** `SONARR_4K_API_KEY`: two apps of one kind have two keys. */
const variable = ({ instance, source }: Placed, what: string): string => {
  const about = instance.service ?? source.source;
  const plain = /^[\w .-]+$/.test(about) ? about : `app-${slugOf(about, 20)}-${about.length}`;
  return `${plain.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}_${what}`.replace(/^(?=\d)/, 'APP_');
};

const whats: Readonly<Record<string, string>> = {
  app: 'address',
  host: 'host',
  port: 'port',
  'secret API_KEY': 'API key',
  'secret TOKEN': 'token',
  'secret USERNAME': 'user name',
  'secret PASSWORD': 'password',
};
