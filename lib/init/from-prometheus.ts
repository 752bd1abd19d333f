import { formatHostAndPort, isAddress } from '../homelab/addresses';
import type { Catalogs } from '../homelab/catalogs';
import type { Exporter, Homelab, ServiceProbe, SourceSettings } from '../homelab/homelab';
import { readSeconds } from '../duration';
import { sourceDefaults } from '../homelab/jobs';
import { pathOf } from '../homelab/placement';
import {
  appliesTo,
  hostIdentity,
  portOf,
  probeIdentity,
  serviceIdentity,
  withoutPort,
  type IdentitySeen,
} from './identity';
import type { Answers } from './proposal';
import type { OpenJob, SeenPrometheus, SeenSource, SeenTarget } from './seen';
import type { Sheet } from './sheet';

/** Exporters that tell about a machine; every other one tells about a program. */
const ofMachines = ['node_exporter', 'windows_exporter', 'cadvisor', 'smartctl_exporter'];

/** Writes into the sheet what a Prometheus has: hosts, apps, sources, each with its evidence. */
export const fromPrometheus = (sheet: Sheet, seen: SeenPrometheus, answers: Answers, catalogs: Catalogs): void => {
  const sources = [...seen.sources, ...seen.open.flatMap((job) => settle(sheet, job, answers))];
  const plain = sources.filter(({ isProbe, source }) => !isProbe && source !== 'blackbox_exporter');
  const grouped = bySource(plain);
  const machines = [...grouped].filter(([source]) => ofMachines.includes(source)).sort(byImportance);
  const programs = [...grouped].filter(([source]) => !ofMachines.includes(source));

  const identities = machines.map(([source, parts]) => {
    const identity = hostIdentity(parts.flatMap(({ targets }) => targets));
    addMachines(sheet, source, parts, identity, seen, catalogs);
    return identity;
  });
  const [host] = identities;
  const addresses = hostAddresses(sheet);
  const services = programs.map(([source, parts]) => {
    const others = programs.filter(([other]) => other !== source).flatMap(([, each]) => each);
    const identity = serviceIdentity(targetsOf(parts), targetsOf(others));
    addPrograms(sheet, source, parts, { identity, host, addresses, catalogs });
    return identity;
  });
  addProbes(
    sheet,
    sources.filter(({ source }) => source === 'blackbox_exporter'),
  );
  if (!grouped.has('prometheus')) {
    const own = sheet.app('prometheus', 'prometheus');
    own.hasNone = true;
    own.notes.push(
      grouped.has('victoriametrics')
        ? 'VictoriaMetrics does its work.'
        : 'It does not scrape itself: no board about it can have data.',
    );
  }
  addScrape(sheet, host, services);
  // Links are for every browser at home.
  if (seen.dataSource === undefined && !/^https?:\/\/(localhost|127\.|\[::1\])/.test(seen.url))
    sheet.urls = { ...sheet.urls, prometheus: seen.url };
  sheet.unsaid.push(...seen.unsaid);
};

const bySource = (sources: readonly SeenSource[]): ReadonlyMap<string, readonly SeenSource[]> => {
  const grouped = new Map<string, SeenSource[]>();
  for (const one of sources) grouped.set(one.source, [...(grouped.get(one.source) ?? []), one]);
  return grouped;
};

const byImportance = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  ofMachines.indexOf(a) - ofMachines.indexOf(b);

/** A job that several exporters could be is asked for; one that nobody knows is named, and not guessed. */
const settle = (
  sheet: Sheet,
  { job, targets, could, metrics, metricCount }: OpenJob,
  answers: Answers,
): readonly SeenSource[] => {
  const at = `job \`${job}\` (${some(targets.map(({ instance }) => instance))})`;
  if (could.length === 0) {
    sheet.unsaid.push(
      metricCount === 0
        ? `${at}: it has given nothing lately, so what it is cannot be seen`
        : `${at}: no catalog has its metrics (${some(metrics, metricCount)}); write one of your own into catalogs/ beside this file`,
    );
    return [];
  }
  const names = could.map(({ source }) => source);
  const id = `exporter of ${job}`;
  const chosen = could.filter(({ source }) => source === answers[id]);
  if (chosen.length > 0) return chosen;
  sheet.questions.push({
    id,
    text: `Which exporter is ${at}? Its metrics (${some(metrics, metricCount)}) fit ${names.join(' and ')} alike`,
    choices: [...names, 'none'],
    otherwise: 'none',
  });
  if (answers[id] === undefined)
    sheet.unsaid.push(`${at}: its metrics fit ${names.join(' and ')} alike; it is left out until you choose`);
  return [];
};

const some = (names: readonly string[], count = names.length): string => {
  const shown = names.filter((name) => name !== '').slice(0, 4);
  return count > shown.length ? `${shown.join(', ')} and ${count - shown.length} more` : shown.join(', ');
};

const addMachines = (
  sheet: Sheet,
  source: string,
  parts: readonly SeenSource[],
  identity: IdentitySeen,
  seen: SeenPrometheus,
  catalogs: Catalogs,
): void => {
  for (const part of parts) {
    for (const target of part.targets) {
      const name = identity.nameOf(target);
      if (name === '') continue;
      const host = sheet.host(name);
      const place = placeOf(target);
      if (host.exporters.length === 0) {
        const address = place.address ?? name;
        if (address !== name) host.value = { ...host.value, address: isAddress(address) ? address : plainName(name) };
        else if (!isAddress(name)) host.value = { ...host.value, address: plainName(name) };
      }
      const own = seen.nodeNames[target.instance];
      if (source === 'node_exporter' && own !== undefined && own.toLowerCase() !== name.toLowerCase())
        host.notes.push(`It calls itself ${own} (\`node_uname_info\`).`);
      if (!target.up) host.notes.push('It did not answer when this file was made.');
      const exporter = exporterOf(part, target, host.value.address ?? name, catalogs);
      host.exporters.push({ value: exporter, notes: [versionNote(part, target)] });
    }
  }
  addSource(sheet, source, parts, { host: identity });
};

/** A name that has spaces or the like, as an address that a homelab file takes. */
const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '') || 'host';

const versionNote = ({ versions, source }: SeenSource, { instance }: SeenTarget): string => {
  const { version, evidence } = versions[instance] ?? { evidence: 'no metric tells' };
  return version === undefined
    ? `Version of ${source}: ${evidence}; the newest that we know is meant.`
    : `Version ${version}: ${evidence}.`;
};

/** Where a target is scraped, in the parts that a homelab file has. */
interface Place {
  readonly address?: string;
  readonly port?: number;
  readonly path?: string;
  readonly scheme?: 'https';
}

const placeOf = ({ url, instance }: SeenTarget): Place => {
  if (url !== undefined && URL.canParse(url)) {
    const { hostname, port, pathname, search, protocol } = new URL(url);
    return {
      address: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port),
      path: pathname + search,
      ...(protocol === 'https:' && { scheme: 'https' }),
    };
  }
  const port = portOf(instance);
  const address = withoutPort(instance).replace(/^\[|\]$/g, '');
  return { ...(port !== undefined && isAddress(address) && { address, port }) };
};

const exporterOf = (
  { source, versions, collectors }: SeenSource,
  target: SeenTarget,
  ownerAddress: string | undefined,
  catalogs: Catalogs,
): Exporter => {
  const { address, port, path, scheme } = placeOf(target);
  const catalog = catalogs.load(source);
  const version = versions[target.instance]?.version;
  const switches = collectors[target.instance];
  return {
    exporter: source,
    ...(version !== undefined && { version }),
    ...(address !== undefined && address !== ownerAddress && isAddress(address) && { address }),
    ...(port !== undefined && port !== catalog.port && { port }),
    ...(path !== undefined && path !== pathOf({ exporter: source }, catalog) && { path }),
    ...(scheme && { scheme }),
    ...(switches && { collectors: switches }),
  };
};

/** Address -> name of the host, where one host alone has it. */
const hostAddresses = (sheet: Sheet): ReadonlyMap<string, string> => {
  const all = [...sheet.hosts.values()].map(({ value }) => [value.address ?? value.name, value.name] as const);
  return new Map(all.filter(([address]) => all.filter(([other]) => other === address).length === 1));
};

const addPrograms = (
  sheet: Sheet,
  source: string,
  parts: readonly SeenSource[],
  {
    identity,
    host,
    addresses,
    catalogs,
  }: {
    readonly identity: IdentitySeen;
    readonly host: IdentitySeen | undefined;
    /** Address -> host. */
    readonly addresses: ReadonlyMap<string, string>;
    readonly catalogs: Catalogs;
  },
): void => {
  const targets = targetsOf(parts);
  // On which machine a program runs can only be said where its series say it, or boards would ask for what is not there.
  const names = new Set([...addresses.values()]);
  const ofHost = host && (appliesTo(host, targets, names) ? host : sameInstance(targets, identity, names));
  for (const part of parts) {
    for (const target of part.targets) {
      const kind = catalogs.load(source).app ?? source.replace(/_exporter.*$/, '').replaceAll('_', '-');
      const name = identity.nameOf(target) || kind;
      const app = sheet.app(name, kind);
      const on = ofHost?.nameOf(target);
      if (on !== undefined) app.value = { ...app.value, host: on };
      const onAddress = [...addresses].find(([, each]) => each === on)?.[0];
      const fallback = source.replaceAll('_', '-');
      app.exporters.push({
        value: exporterOf(part, target, on === undefined ? fallback : onAddress, catalogs),
        notes: [versionNote(part, target), ...(target.up ? [] : ['It did not answer when this file was made.'])],
      });
    }
  }
  addSource(sheet, source, parts, { service: identity, ...(ofHost && { host: ofHost }) });
};

const targetsOf = (parts: readonly SeenSource[]): readonly SeenTarget[] => parts.flatMap(({ targets }) => targets);

/** `nas:9707` is on the host `nas`, unless the address already names the service. */
const sameInstance = (
  targets: readonly SeenTarget[],
  { identity }: IdentitySeen,
  names: ReadonlySet<string>,
): IdentitySeen | undefined => {
  const isTaken = identity === 'instance' || (typeof identity === 'object' && identity.label === 'instance');
  const found = hostIdentity(targets);
  const isInstance = typeof found.identity === 'object' && found.identity.label === 'instance';
  return !isTaken && isInstance && appliesTo(found, targets, names) ? found : undefined;
};

const addSource = (
  sheet: Sheet,
  source: string,
  parts: readonly SeenSource[],
  identities: { readonly host?: IdentitySeen; readonly service?: IdentitySeen },
): void => {
  const jobs = [...new Set(parts.map(({ job }) => job))];
  const [job = source] = jobs;
  const interval = slowest(parts);
  const usual = sourceDefaults(source).interval;
  const identity = Object.fromEntries(
    Object.entries(identities).flatMap(([entity, one]) =>
      one?.identity === undefined ? [] : [[entity, one.identity]],
    ),
  );
  const settings: SourceSettings = {
    select: { job: jobs.length === 1 ? job : jobs },
    ...(Object.keys(identity).length > 0 && { identity }),
    ...(interval && interval.text !== usual && { interval: interval.text }),
  };
  const { seen, missing } = parts[0]?.fit ?? { seen: 0, missing: 0 };
  const evidence = [
    `${jobs.map((each) => `Job \`${each}\``).join(', ')}: ${seen} metrics of ${source}${missing > 0 && missing < 20 ? `, ${missing} of those by default are not there` : ''}.`,
    ...Object.entries(identities).flatMap(([entity, one]) =>
      one ? [`Which ${entity}: ${one.evidence}.`, ...(one.better === undefined ? [] : [capital(one.better)])] : [],
    ),
    interval
      ? `Scraped every ${interval.text}: ${interval.evidence}.`
      : `How often it is scraped cannot be seen: ${usual} is taken.`,
  ];
  const known = sheet.sources.get(source);
  sheet.sources.set(source, { value: { ...known?.value, ...settings }, notes: evidence });
  const versions = [
    ...new Set(
      parts.flatMap((part) => Object.values(part.versions).map(({ version }) => version ?? 'version unknown')),
    ),
  ].sort();
  const targets = parts.flatMap((part) => part.targets);
  sheet.report.push(
    `${jobs.map((each) => `job \`${each}\``).join(', ')}: ${source} ${versions.join(', ')} (${targets.length} ${targets.length === 1 ? 'target' : 'targets'})`,
    ...evidence.slice(1).map((line) => `  ${line}`),
    ...[
      ...new Set(parts.flatMap((part) => part.targets.slice(0, 1).map((target) => `  ${versionNote(part, target)}`))),
    ],
  );
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const slowest = (parts: readonly SeenSource[]): SeenSource['interval'] =>
  parts
    .flatMap(({ interval }) => (interval ? [interval] : []))
    .sort((a, b) => (readSeconds(b.text) ?? 0) - (readSeconds(a.text) ?? 0))[0];

/** What Prometheus writes of all targets is found as the machines and the programs are. */
const addScrape = (sheet: Sheet, host: IdentitySeen | undefined, services: readonly IdentitySeen[]): void => {
  const byOwnLabel = services.length > 0 && services.every(({ identity }) => identity === undefined);
  const identity = {
    ...(host?.identity !== undefined && { host: host.identity }),
    ...(!byOwnLabel && { service: 'job' }),
  };
  if (Object.keys(identity).length === 0) return;
  sheet.sources.set('scrape', {
    value: { identity },
    notes: ['What Prometheus itself writes about every target (`up`).'],
  });
};

/** Groups that our own scrape configuration writes on what is probed. */
const groups = ['router', 'internet', 'dns', 'service'];

const addProbes = (sheet: Sheet, sources: readonly SeenSource[]): void => {
  const probes = sources.filter(({ isProbe }) => isProbe);
  const own = sources.find(({ isProbe }) => !isProbe);
  const version = own && Object.values(own.versions)[0]?.version;
  const place = own?.targets[0] ? placeOf(own.targets[0]) : proberOf(probes);
  const prober = {
    ...(place.address !== undefined &&
      place.port !== undefined && { exporter: formatHostAndPort(place.address, place.port) }),
    ...(version !== undefined && { version }),
  };
  if (probes.length === 0) {
    if (own) {
      sheet.report.push(`job \`${own.job}\`: blackbox_exporter itself; nothing is probed through it`);
      sheet.suggestions.push({
        why: [`blackbox_exporter runs (job \`${own.job}\`), and nothing is probed through it. What it should ask:`],
        part: { probes: { ...prober, internet: [{ name: 'Quad9', address: '9.9.9.9' }] } },
      });
    }
    return;
  }
  const targets = targetsOf(probes);
  const identity = probeIdentity(targets);
  addSource(sheet, 'blackbox_exporter', probes, { service: identity });
  const asked = targets.map((target) => ({
    target,
    name: identity.nameOf(target),
    group: target.labels['group'] ?? '',
  }));
  if (asked.every(({ group }) => groups.includes(group))) {
    sheet.probes = {
      value: { ...prober, ...probesOf(asked) },
      notes: ['As the labels `group` of the probed addresses say it.'],
    };
    return;
  }
  sheet.suggestions.push({
    why: [
      `What job ${[...new Set(probes.map(({ job }) => `\`${job}\``))].join(', ')} probes has no label \`group\` (router, internet, dns, service), which panels about services,`,
      'the router and the internet ask for; they are left out. To have them, let Prometheus read prometheus/scrape of `dist` for these',
      'addresses instead, remove `sources.blackbox_exporter` above, and take this in:',
    ],
    part: { probes: { ...prober, ...probesOf(guessGroups(asked)) } },
  });
};

interface Asked {
  readonly target: SeenTarget;
  readonly name: string;
  readonly group: string;
}

const probesOf = (asked: readonly Asked[]): NonNullable<Homelab['probes']> => {
  const address = ({ target }: Asked): string => target.instance;
  const of = (group: string): readonly Asked[] => asked.filter((one) => one.group === group);
  const named = (group: string) => of(group).map((one) => ({ name: one.name, address: address(one) }));
  const [router] = of('router');
  return {
    ...(router && { router: address(router) }),
    ...(of('internet').length > 0 && { internet: named('internet') }),
    ...(of('dns').length > 0 && { dns: named('dns') }),
    ...(of('service').length > 0 && {
      services: of('service').map((one): ServiceProbe => ({ name: one.name, url: address(one) })),
    }),
  };
};

/** By what is asked: a URL or a port is a service, a bare address is pinged or looks names up. */
const guessGroups = (asked: readonly Asked[]): readonly Asked[] => {
  const names = new Set<string>();
  return asked.flatMap(({ target, name }) => {
    const { instance, url } = target;
    const query = url !== undefined && URL.canParse(url) ? new URL(url).searchParams.get('module') : null;
    const isService = /^https?:\/\/[^/]/.test(instance) || portOf(instance) !== undefined;
    if (!isService && !isAddress(instance)) return [];
    const short = isService ? shortName(instance) : name;
    const unique = names.has(short.toLowerCase()) ? name : short;
    names.add(unique.toLowerCase());
    return [{ target, name: unique, group: isService ? 'service' : /dns/.test(query ?? '') ? 'dns' : 'internet' }];
  });
};

const shortName = (instance: string): string =>
  URL.canParse(instance) && /^https?:/.test(instance) ? new URL(instance).hostname : instance;

/** The prober, from the address that Prometheus asks. */
const proberOf = (probes: readonly SeenSource[]): Place => {
  const url = probes.flatMap(({ targets }) => targets).find((target) => target.url !== undefined)?.url;
  return url === undefined ? {} : placeOf({ url } as SeenTarget);
};
