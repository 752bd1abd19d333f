import { formatHostAndPort, isAddress, parseHttpUrl } from '../homelab/addresses';
import type { Catalogs } from '../homelab/catalogs';
import type { App, Host, ServiceProbe } from '../homelab/homelab';
import { healthOf, knownImage, type KnownImage } from './images';
import type { Answers } from './proposal';
import type { SeenCompose, SeenPrometheus, SeenService } from './seen';
import type { Owner, Sheet } from './sheet';

interface Context {
  readonly answers: Answers;
  readonly catalogs: Catalogs;
  readonly prometheus: SeenPrometheus | undefined;
  /** Name of the machine that this runs on. */
  readonly machine: string;
}

/**
 * Writes into the sheet what compose files run: apps, what to probe, and, where no Prometheus was looked at, exporters. What a
 * Prometheus says it scrapes counts more: an exporter that only a compose file names has no data yet.
 */
export const fromCompose = (sheet: Sheet, { services, unsaid }: SeenCompose, context: Context): void => {
  sheet.unsaid.push(...unsaid);
  if (services.length === 0) return;
  const host = hostOf(sheet, context);
  const known = services.map((service) => ({ service, image: knownImage(service, context.catalogs) }));
  const network = known.some(({ image }) => image?.app === 'prometheus');
  for (const { service, image } of known) {
    if (image && image.exporters.length > 0) addExporters(sheet, service, image, { ...context, host, network });
    if (image ? image.app !== undefined : isOpened(service)) addApp(sheet, service, image, host);
    else if (!image) sheet.unsaid.push(`${service.file}: ${service.name}: nothing to watch is known of it`);
  }
  const machine = host === undefined ? undefined : sheet.hosts.get(host.toLowerCase());
  if (machine && machine.exporters.length === 0) {
    machine.hasNone = true;
    machine.notes.push('No compose file has node_exporter: take `exporters: []` out once one runs here.');
  }
  addProbes(
    sheet,
    known.flatMap(({ service, image }) => probeOf(sheet, service, image, host)),
    context,
  );
};

/** A compose file does not say on which machine it runs. */
const hostOf = (sheet: Sheet, { answers, machine }: Context): string | undefined => {
  const id = 'host of compose';
  const names = [...sheet.hosts.values()].map(({ value }) => value.name);
  const answer = answers[id];
  if (answer !== undefined && answer !== '') {
    if (!names.includes(answer)) sheet.host(answer).value = { name: answer };
    return answer;
  }
  if (names.length === 1) return names[0];
  const otherwise = names.length > 0 ? '' : machine;
  sheet.questions.push({
    id,
    text: 'On which machine do the compose files run',
    ...(names.length > 0 && { choices: names }),
    otherwise,
  });
  if (names.length > 0) {
    sheet.unsaid.push(`on which of ${names.join(', ')} the compose files run: apps are listed without a host`);
    return undefined;
  }
  const host = sheet.host(machine);
  host.value = { name: machine, ...(!isAddress(machine) && { address: 'localhost' }) };
  host.notes.push('The machine on which this file was made: a compose file does not say where it runs.');
  sheet.unsaid.push(`on which machine the compose files run: ${machine} is taken, where this file was made`);
  return machine;
};

const addExporters = (
  sheet: Sheet,
  service: SeenService,
  { exporters, app, version }: KnownImage,
  { catalogs, prometheus, host, network }: Context & { readonly host: string | undefined; readonly network: boolean },
): void => {
  for (const exporter of exporters) {
    const at = `${service.file}: ${service.name}`;
    if (prometheus) {
      if (!prometheus.sources.some(({ source }) => source === exporter))
        sheet.unsaid.push(`${at} is ${exporter}, which Prometheus does not scrape`);
      continue;
    }
    // It is named where things are probed.
    if (exporter === 'blackbox_exporter') continue;
    const catalog = catalogs.load(exporter);
    const published = service.ports.find(({ container }) => container === catalog.port) ?? service.ports[0];
    const port = published?.host ?? (service.onHostNetwork ? catalog.port : null);
    if (port === null && !network) {
      sheet.unsaid.push(`${at} is ${exporter}, without a port that anything outside could ask`);
      continue;
    }
    const value = {
      exporter,
      ...(version !== undefined && { version }),
      ...(port === null && { address: service.name }),
      ...(port !== null && port !== catalog.port && { port }),
    };
    const notes = [`${at}, image ${service.image}${service.tag ? `:${service.tag}` : ''}.`];
    const isMachine = ['node_exporter', 'cadvisor', 'smartctl_exporter', 'windows_exporter'].includes(exporter);
    const kind = app ?? catalog.app ?? exporter.replace(/_exporter.*$/, '').replaceAll('_', '-');
    const owner: Owner<Host> | Owner<App> = isMachine && host !== undefined ? sheet.host(host) : sheet.app(kind, kind);
    if ('app' in owner.value && host !== undefined) owner.value = { ...owner.value, host };
    owner.exporters.push({ value, notes });
    sheet.report.push(`${exporter}${version === undefined ? '' : ` ${version}`}: ${notes[0]}`);
  }
};

/** Whether somebody opens it: it has a port or a name of its own. */
const isOpened = (service: SeenService): boolean => urlIn(service) !== undefined || reachable(service).length > 0;

/** What is bound to the machine itself is not for others. */
const reachable = ({ ports }: SeenService): SeenService['ports'] =>
  ports.filter(({ address }) => !/^(127\.|\[?::1)/.test(address));

const addApp = (sheet: Sheet, service: SeenService, image: KnownImage | undefined, host: string | undefined): void => {
  const name = appName(service, image);
  const before = sheet.apps.size;
  const app = sheet.app(name, image?.app ?? name);
  if (host !== undefined && app.exporters.length === 0) app.value = { ...app.value, host };
  if (sheet.apps.size === before) return;
  const { profiles } = service;
  app.notes.push(
    `${service.file}${profiles.length > 0 ? `, only with the profile ${profiles.join(' or ')}` : ''}: image ${service.image || 'built from source'}.`,
  );
  sheet.report.push(`app \`${name}\`: ${app.notes[0]}`);
};

const appName = (service: SeenService, image: KnownImage | undefined): string => {
  const app = image?.app;
  // `sonarr` and `sonarr-4k` are two of one kind.
  return app !== undefined && [service.name, service.container].includes(app) ? app : service.container;
};

/** The address that a person opens, as labels of proxies and start pages say it. */
const urlIn = ({ labels }: SeenService): string | undefined => {
  const href = labels['homepage.href'] ?? labels['homepage.siteMonitor'];
  if (href !== undefined && parseHttpUrl(href)) return href;
  for (const [label, rule] of Object.entries(labels)) {
    const router = /^traefik\.http\.routers\.([^.]+)\.rule$/.exec(label)?.[1];
    const host = /Host\(\s*[`"']([^`"']+)[`"']/.exec(rule)?.[1];
    if (router === undefined || host === undefined || labels['traefik.enable'] === 'false') continue;
    const path = /Path(?:Prefix)?\(\s*[`"']([^`"']+)[`"']/.exec(rule)?.[1] ?? '/';
    const points = labels[`traefik.http.routers.${router}.entrypoints`] ?? '';
    const isPlain = /^(web|http)$/.test(points) && labels[`traefik.http.routers.${router}.tls`] !== 'true';
    const url = `${isPlain ? 'http' : 'https'}://${host}${path}`;
    if (parseHttpUrl(url)) return url;
  }
  return undefined;
};

/** One address a service: its own name, else where the app says that it is well, else whether its port opens. */
const probeOf = (
  sheet: Sheet,
  service: SeenService,
  image: KnownImage | undefined,
  host: string | undefined,
): readonly ServiceProbe[] => {
  if (image && image.app === undefined) return [];
  const name = appName(service, image);
  const on = host === undefined ? {} : { host };
  const url = urlIn(service);
  if (url !== undefined) return [{ name, url, ...on }];
  const owner = host === undefined ? undefined : sheet.hosts.get(host.toLowerCase());
  const address = owner?.value.address ?? host;
  const [first] = reachable(service);
  if (address === undefined || first === undefined) return [];
  const health = image?.app === undefined ? undefined : healthOf[image.app];
  const published = health && reachable(service).find(({ container }) => container === health.port);
  if (health && published)
    return [{ name, url: `http://${formatHostAndPort(address, published.host)}${health.path}`, ...on }];
  return [{ name, url: formatHostAndPort(address, first.host), ...on }];
};

/** Probes are drawn only where something probes: else they wait as a comment. */
const addProbes = (sheet: Sheet, found: readonly ServiceProbe[], { prometheus }: Context): void => {
  const probed = new Set((sheet.probes?.value.services ?? []).flatMap(({ name, url }) => [name, url]));
  const names = new Set<string>();
  const services = found.filter(({ name, url }) => {
    const isNew = !probed.has(name) && !probed.has(url) && !names.has(name.toLowerCase());
    names.add(name.toLowerCase());
    return isNew;
  });
  if (services.length === 0) return;
  if (!prometheus) {
    sheet.probes = { value: { services }, notes: ['Labels of proxies and start pages, else published ports.'] };
    return;
  }
  sheet.suggestions.push({
    why: [
      'What the compose files publish. This Prometheus does not probe it as our scrape configuration would: take it in when',
      'Prometheus reads prometheus/scrape of `dist`.',
    ],
    part: { probes: { services } },
  });
};
