import path from 'node:path';
import { parseDocument } from 'yaml';
import { interpolate, readEnvironmentFile, type Environment } from './compose-environment';
import type { SeenCompose, SeenService } from './seen';

export interface ComposeOptions {
  /** The text of a file; undefined: there is none. */
  readonly read: (file: string) => string | undefined;
  /** Variables of the shell; they win over those of `.env`. */
  readonly environment: Environment;
}

/**
 * What compose files say runs, several files as `docker compose -f one -f two` merges them; `include`, `extends`, `env_file` and
 * variables are followed. Never throws: what is not understood is in `unsaid`, with its file.
 */
export const readCompose = (files: readonly string[], options: ComposeOptions): SeenCompose => {
  const unsaid: string[] = [];
  const [first] = files;
  // Compose looks for `.env` beside the first file.
  const project = first === undefined ? '.' : path.dirname(first);
  const environment = { ...envFile(path.join(project, '.env'), options, unsaid), ...options.environment };
  const raw = files.reduce<RawServices>(
    (merged, file) => mergeServices(merged, servicesIn(file, { ...options, environment, unsaid, open: [] })),
    {},
  );
  const services = Object.entries(raw).flatMap(([name, service]) => toService(name, service, unsaid));
  return { services, unsaid: [...new Set(unsaid)] };
};

type Raw = Readonly<Record<string, unknown>>;
/** A service as it is written, with its file as `from`. */
interface RawService extends Raw {
  readonly from: string;
}
type RawServices = Readonly<Record<string, RawService>>;

interface Reading extends ComposeOptions {
  readonly unsaid: string[];
  /** The files that are being read, so that none includes itself. */
  readonly open: readonly string[];
}

const servicesIn = (file: string, reading: Reading): RawServices => {
  if (reading.open.includes(file)) {
    reading.unsaid.push(`${file} includes itself: it is read once`);
    return {};
  }
  const document = load(file, reading);
  if (document === undefined) return {};
  const inner = { ...reading, open: [...reading.open, file] };
  const included = listOf(document['include']).reduce<RawServices>(
    (all, one) => mergeServices(all, includedBy(one, file, inner)),
    {},
  );
  return mergeServices(included, ownServices(document, file, inner));
};

const load = (file: string, { read, environment, unsaid }: Reading): Raw | undefined => {
  const text = read(file);
  if (text === undefined) {
    unsaid.push(`${file}: there is no such file`);
    return undefined;
  }
  const document = parseDocument(text, { merge: true, logLevel: 'silent' });
  const [fault] = document.errors;
  if (fault) {
    unsaid.push(`${file} is not YAML: ${fault.message.split('\n')[0]}`);
    return undefined;
  }
  const value: unknown = document.toJS({ maxAliasCount: 10_000 });
  const missing = new Set<string>();
  const filled = interpolate(value, environment, missing);
  for (const name of [...missing].sort())
    unsaid.push(`${file}: the variable ${name} is not set, and stands for nothing`);
  if (isRecord(filled)) return filled;
  unsaid.push(`${file} is no compose file: at its top stands ${kindOf(value)}, not \`services:\``);
  return undefined;
};

const ownServices = (document: Raw, file: string, reading: Reading): RawServices => {
  const { services = asFirstFormat(document) } = document;
  if (!isRecord(services)) {
    if (document['include'] === undefined)
      reading.unsaid.push(
        `${file} is no compose file: it has ${Object.keys(document).slice(0, 3).join(', ') || 'nothing'}, and no \`services:\``,
      );
    return {};
  }
  return Object.fromEntries(
    Object.entries(services).flatMap(([name, service]) => {
      if (!isRecord(service)) {
        reading.unsaid.push(`${file}: the service ${name} is ${kindOf(service)}, not a list of settings`);
        return [];
      }
      const own: RawService = withEnvironment({ ...service, from: file }, file, reading);
      return [[name, extended(own, file, reading)]];
    }),
  );
};

/** Compose files of the first format have their services at the top. */
const asFirstFormat = (document: Raw): unknown => {
  const values = Object.values(document);
  const isService = (value: unknown): boolean => isRecord(value) && ('image' in value || 'build' in value);
  return values.every(isRecord) && values.some(isService) ? document : undefined;
};

const includedBy = (one: unknown, file: string, reading: Reading): RawServices => {
  const folder = path.dirname(file);
  const settings = isRecord(one) ? one : { path: one };
  const paths = listOf(settings['path']).filter((each) => typeof each === 'string');
  if (paths.length === 0) reading.unsaid.push(`${file}: an entry of \`include\` names no file`);
  const own = listOf(settings['env_file']).reduce<Environment>(
    (all, each) =>
      typeof each === 'string' ? { ...all, ...envFile(path.join(folder, each), reading, reading.unsaid) } : all,
    {},
  );
  return paths.reduce<RawServices>((all, each) => {
    if (/^[a-z+]+:\/\/|^git@|^oci:/.test(each)) {
      reading.unsaid.push(`${file}: includes ${each}, which is not on this machine`);
      return all;
    }
    const environment = { ...own, ...reading.environment };
    return mergeServices(all, servicesIn(path.join(folder, each), { ...reading, environment }));
  }, {});
};

const extended = (service: RawService, file: string, reading: Reading): RawService => {
  const { extends: base } = service;
  if (base === undefined) return service;
  const { service: name, file: other } = isRecord(base) ? base : { service: base, file: undefined };
  const at = typeof other === 'string' ? path.join(path.dirname(file), other) : file;
  const key = `${at}#${String(name)}`;
  const document = reading.open.includes(key) ? undefined : load(at, reading);
  const found = isRecord(document?.['services']) ? document['services'][String(name)] : undefined;
  if (!isRecord(found)) {
    reading.unsaid.push(`${file}: extends ${String(name)} of ${at}, which is not there`);
    return service;
  }
  const inner = { ...reading, open: [...reading.open, key] };
  return mergeService(extended({ ...found, from: at }, at, inner), service);
};

/** What `environment` says wins over `env_file`. */
const withEnvironment = (service: RawService, file: string, reading: Reading): RawService => {
  const files = listOf(service['env_file']);
  if (files.length === 0) return service;
  const read = files.reduce<Environment>((all, one) => {
    const name = isRecord(one) ? one['path'] : one;
    const isNeeded = !isRecord(one) || one['required'] !== false;
    if (typeof name !== 'string') return all;
    const at = path.join(path.dirname(file), name);
    if (isNeeded && reading.read(at) === undefined) reading.unsaid.push(`${file}: there is no ${at} (\`env_file\`)`);
    return { ...all, ...envFile(at, reading, reading.unsaid) };
  }, {});
  return { ...service, environment: { ...read, ...toRecord(service['environment']) } };
};

const envFile = (file: string, { read }: Pick<ComposeOptions, 'read'>, unsaid: string[]): Environment => {
  const text = read(file);
  if (text === undefined) return {};
  const { values, strange } = readEnvironmentFile(text);
  for (const line of strange) unsaid.push(`${file}:${line} is not NAME=value`);
  return values;
};

const mergeServices = (one: RawServices, other: RawServices): RawServices =>
  Object.entries(other).reduce<RawServices>((all, [name, service]) => {
    const known = all[name];
    return { ...all, [name]: known ? mergeService(known, service) : service };
  }, one);

/** As compose merges files: lists of ports grow, labels and variables are joined, all else is replaced. */
const mergeService = (base: RawService, over: RawService): RawService => ({
  ...base,
  ...over,
  ...(base['ports'] !== undefined && { ports: [...listOf(base['ports']), ...listOf(over['ports'])] }),
  labels: { ...toRecord(base['labels']), ...toRecord(over['labels']) },
  environment: { ...toRecord(base['environment']), ...toRecord(over['environment']) },
});

const toService = (name: string, service: RawService, unsaid: string[]): readonly SeenService[] => {
  const { image, build } = service;
  if (typeof image !== 'string' && build !== undefined)
    unsaid.push(`${service.from}: ${name} is built from source, so its program is not known`);
  const deploy = isRecord(service['deploy']) ? service['deploy'] : {};
  const { repository, tag } = readImage(typeof image === 'string' ? image : '');
  return [
    {
      file: service.from,
      name,
      container: typeof service['container_name'] === 'string' ? service['container_name'] : name,
      image: repository,
      tag,
      command: [...words(service['entrypoint']), ...words(service['command'])],
      environment: toRecord(service['environment']),
      labels: { ...toRecord(deploy['labels']), ...toRecord(service['labels']) },
      ports: portsOf(name, service, unsaid),
      profiles: listOf(service['profiles']).map(String),
      onHostNetwork: service['network_mode'] === 'host',
    },
  ];
};

/** `lscr.io/linuxserver/sonarr:4.0@sha256:…` -> `linuxserver/sonarr`, `4.0`. */
const readImage = (image: string): { readonly repository: string; readonly tag: string } => {
  const [named = ''] = image.split('@');
  const found = /^(.*?)(?::([\w.-]+))?$/.exec(named);
  const parts = (found?.[1] ?? '').split('/');
  const isRegistry = parts.length > 1 && /[.:]|^localhost$/.test(parts[0] ?? '');
  return { repository: (isRegistry ? parts.slice(1) : parts).join('/').toLowerCase(), tag: found?.[2] ?? '' };
};

const portsOf = (name: string, service: RawService, unsaid: string[]): SeenService['ports'] =>
  listOf(service['ports']).flatMap((entry) => {
    const ports = isRecord(entry) ? longPort(entry) : shortPort(String(entry));
    if (ports === undefined)
      unsaid.push(`${service.from}: the port ${JSON.stringify(entry)} of ${name} is not understood`);
    return ports ?? [];
  });

const longPort = ({ target, published, host_ip: address, protocol }: Raw): SeenService['ports'] | undefined => {
  if (protocol === 'udp') return [];
  if (published === undefined) return [];
  const [host, container] = [Number(published), Number(target)];
  if (!isPort(host) || !isPort(container)) return undefined;
  return [{ host, container, address: typeof address === 'string' ? address : '' }];
};

const shortPort = (text: string): SeenService['ports'] | undefined => {
  const found = /^(?:(?:(\[[^\]]+\]|[\d.]+):)?(\d*(?:-\d+)?):)?(\d+(?:-\d+)?)(?:\/(tcp|udp))?$/.exec(text.trim());
  if (!found) return undefined;
  const [, address = '', host = '', container = '', protocol] = found;
  if (protocol === 'udp' || host === '') return [];
  const [from, to] = [rangeOf(host), rangeOf(container)];
  if (from.length === 0 || from.length > 1000) return undefined;
  return from.map((port, index) => ({ host: port, container: to[index] ?? to[0] ?? port, address }));
};

const rangeOf = (text: string): readonly number[] => {
  const [from = 0, to = from] = text.split('-').map(Number);
  if (!isPort(from) || !isPort(to) || to < from) return [];
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
};

const isPort = (port: number): boolean => Number.isInteger(port) && port >= 1 && port <= 65_535;

const isRecord = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value);

const listOf = (value: unknown): readonly unknown[] => {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
};

/** Variables and labels: a map, or a list of `NAME=value`. */
const toRecord = (value: unknown): Readonly<Record<string, string>> => {
  if (isRecord(value))
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, each === null ? '' : String(each)]));
  return Object.fromEntries(
    listOf(value).map((line) => {
      const [key = '', ...rest] = String(line).split('=');
      return [key, rest.join('=')];
    }),
  );
};

const words = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(/\s+/).filter(Boolean) : [];

const kindOf = (value: unknown): string => {
  if (value === null || value === undefined) return 'nothing';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
};
