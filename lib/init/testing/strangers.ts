import { requireProgram } from '../../proof/programs';
import { freePort, startServer, type Server } from '../../proof/servers';
import { pageOf, servePage, type Page } from './pages';
import { startStranger, type Stranger } from './real-prometheus';

/** Homelabs of people who never heard of us; each is a real Prometheus with pages like those of real exporters. */
export const strangers = {
  /** Static targets with a label of the owner's for the machine, several exporters in one job, sites probed, eight exporters. */
  labelled: () =>
    withPages(
      {
        cadvisor: pageOf('cadvisor', '0.49.1'),
        sonarr: pageOf('exportarr_v2_sonarr', '2.3.0'),
        radarr: pageOf('exportarr_v2_radarr', '2.3.0'),
        torrents: pageOf('qbittorrent_exporter'),
        pihole: pageOf('pihole_exporter'),
        attic: 'attic_sensor_celsius{room="attic"} 21\nattic_sensor_humidity 4\n',
        site: '<html>hello</html>',
      },
      ({ cadvisor, sonarr, radarr, torrents, pihole, attic, site, node, blackbox, prometheus }) => [
        job('prometheus', at(prometheus)),
        { ...job('nodes', at(node), { hostname: 'nas' }), scrape_interval: '2s' },
        job('cadvisor', at(cadvisor), { hostname: 'nas' }),
        { ...job('arr', at(sonarr)), static_configs: [{ targets: [at(sonarr)] }, { targets: [at(radarr)] }] },
        job('torrents', at(torrents), { hostname: 'nas' }),
        job('dns', at(pihole)),
        job('attic', at(attic)),
        job('blackbox', at(blackbox)),
        probing('websites', 'http_2xx', [`http://${at(site)}/`], at(blackbox)),
      ],
    ),
  /** No labels at all: machines are told by the port at the end of `instance`; two versions of one exporter, one of them old. */
  bare: async () => {
    const port = await freePort();
    const old = await servePage(pageOf('node_exporter', '1.3.1', ['node_exporter_build_info']), '127.0.0.2', port);
    const young = await servePage(pageOf('node_exporter', '1.9.1'), '127.0.0.3', port);
    const speed = await servePage(pageOf('speedtest_exporter'));
    return startStranger(
      () => [
        {
          job_name: 'node-exporter',
          static_configs: [{ targets: [`127.0.0.2:${port}`, `127.0.0.3:${port}`] }],
        },
        { ...job('speedtest', at(speed.port)), scrape_interval: '3s' },
      ],
      2,
      [old, young, speed],
    );
  },
  /** As Alloy and operators write it: one job for everything of a kind, `instance` is the machine's name. */
  alloy: () =>
    withPages(
      {
        unix: pageOf('node_exporter', '1.8.2', ['node_exporter_build_info']),
        docker: pageOf('cadvisor', '0.49.1'),
        traefik: pageOf('traefik'),
        seerr: pageOf('uptime_kuma_v1'),
      },
      ({ unix, docker, traefik, seerr, prometheus }) => [
        job('integrations/unix', at(unix), { instance: 'tower' }),
        job('integrations/docker', at(docker), { instance: 'tower' }),
        job('edge', at(traefik), { service: 'traefik' }),
        job('status', at(seerr), { service: 'uptime' }),
        job('self', at(prometheus), { service: 'prometheus' }),
      ],
    ),
} as const satisfies Readonly<Record<string, () => Promise<Stranger>>>;

const at = (port: number): string => `127.0.0.1:${port}`;

const job = (name: string, target: string, labels?: Readonly<Record<string, string>>) => ({
  job_name: name,
  static_configs: [{ targets: [target], ...(labels && { labels }) }],
});

const probing = (name: string, module: string, targets: readonly string[], prober: string) => ({
  job_name: name,
  metrics_path: '/probe',
  params: { module: [module] },
  static_configs: [{ targets }],
  relabel_configs: [
    { source_labels: ['__address__'], target_label: '__param_target' },
    { source_labels: ['__param_target'], target_label: 'instance' },
    { target_label: '__address__', replacement: prober },
  ],
});

type Ports<Name extends string> = Readonly<Record<Name | 'node' | 'blackbox' | 'prometheus', number>>;

/** Serves the pages, starts node_exporter and blackbox_exporter, and a Prometheus that scrapes them. */
const withPages = async <Name extends string>(
  texts: Readonly<Record<Name, string>>,
  configs: (ports: Ports<Name>) => readonly object[],
): Promise<Stranger> => {
  const pages: Record<string, Page> = {};
  for (const [name, text] of Object.entries<string>(texts)) pages[name] = await servePage(text);
  const node = await run('node_exporter');
  const blackbox = await run('blackbox_exporter', '--config.file=/etc/prometheus/blackbox.yml');
  const ports = Object.fromEntries(Object.entries(pages).map(([name, { port }]) => [name, port]));
  return startStranger(
    (prometheus) =>
      configs({ ...ports, node: node.port, blackbox: blackbox.port, prometheus } as unknown as Ports<Name>),
    3,
    [...Object.values(pages), node, blackbox],
  );
};

const run = (program: 'node_exporter' | 'blackbox_exporter', ...args: readonly string[]): Promise<Server> =>
  startServer({
    name: program,
    command: requireProgram(program),
    args: (port) => [`--web.listen-address=127.0.0.1:${port}`, ...args],
    folder: '/',
    ready: '/metrics',
  });
