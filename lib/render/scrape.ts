import { formatHostAndPort } from '../homelab/addresses';
import type { ResolvedHomelab, ResolvedInstance, ResolvedProbe, ResolvedSource } from '../homelab/resolved';
import type { Artifact } from './artifact';
import { moduleName } from './blackbox';
import { toYaml } from './yaml';

/** One entry of `scrape_configs`. */
type ScrapeConfig = Readonly<Record<string, unknown>>;

/**
 * `prometheus/prometheus.yml`, a whole configuration, and `prometheus/scrape/<project>.yml`, the same scrape configurations to
 * include in one's own (`scrape_config_files`, Prometheus 2.43 and later). Job labels come from the sources that queries are made of.
 */
export const renderScrape = (homelab: ResolvedHomelab): readonly Artifact[] => {
  const scrapeConfigs = scrapeConfigsOf(homelab);
  const { alertmanager, engine } = homelab.alerting;
  const whole = {
    global: { scrape_interval: '15s', scrape_timeout: '10s', evaluation_interval: '30s' },
    rule_files: ['rules/*.yaml'],
    ...(engine === 'prometheus' && {
      alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanager] }] }] },
    }),
    scrape_configs: scrapeConfigs,
  };
  return [
    {
      kind: 'scrape',
      path: 'prometheus/prometheus.yml',
      name: 'prometheus.yml',
      text: toYaml(whole, 'A whole Prometheus configuration.'),
    },
    {
      kind: 'scrape',
      path: `prometheus/scrape/${homelab.project}.yml`,
      name: `${homelab.project}.yml`,
      text: toYaml(
        { scrape_configs: scrapeConfigs },
        'Scrape configurations to include: scrape_config_files: [scrape/*.yml] (Prometheus 2.43 and later).',
      ),
    },
  ];
};

const scrapeConfigsOf = (homelab: ResolvedHomelab): readonly ScrapeConfig[] => [
  ...Object.values(homelab.sources).flatMap(scraped),
  ...probed(homelab),
  ...lan(homelab),
];

/** Exporters of one source, apart where their address needs another scheme, path or password; `job` is a label of the target, so it stays the same. */
const scraped = (source: ResolvedSource): readonly ScrapeConfig[] => {
  const groups = new Map<string, ResolvedInstance[]>();
  for (const instance of source.instances.filter(({ port }) => port !== null)) {
    const key = JSON.stringify([instance.scheme, instance.path, instance.parameters, instance.auth]);
    groups.set(key, [...(groups.get(key) ?? []), instance]);
  }
  return [...groups.values()].map((instances, index) => {
    const [{ scheme, path, parameters, auth }] = instances as [ResolvedInstance];
    return {
      job_name: index === 0 ? source.job : `${source.job}-${index + 1}`,
      ...intervals(source),
      ...(scheme === 'https' && { scheme }),
      ...(path !== '/metrics' && { metrics_path: path }),
      ...(Object.keys(parameters).length > 0 && {
        params: Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, [value]])),
      }),
      ...(auth.passwordFile && { basic_auth: { username: auth.username ?? '', password_file: auth.passwordFile } }),
      ...(auth.bearerTokenFile && { authorization: { credentials_file: auth.bearerTokenFile } }),
      static_configs: instances.map(({ address, port, labels }) => ({
        targets: [formatHostAndPort(address, port as number)],
        labels: { job: source.job, ...labels },
      })),
    };
  });
};

/**
 * A scrape may take ten seconds, or its interval where that is less. What is asked only a few times an hour works for its answer:
 * a speed test runs for half a minute, so with ten seconds there would never be a result.
 */
const intervals = ({ interval }: ResolvedSource): ScrapeConfig => ({
  scrape_interval: interval.text,
  ...(interval.seconds < 10 && { scrape_timeout: interval.text }),
  ...(interval.seconds >= 300 && { scrape_timeout: '90s' }),
});

const probed = (homelab: ResolvedHomelab): readonly ScrapeConfig[] => {
  const source = homelab.sources['blackbox_exporter'];
  const { exporter, targets } = homelab.probes;
  if (!source || !exporter) return [];
  const byModule = new Map<string, ResolvedProbe[]>();
  for (const probe of targets) byModule.set(moduleName(probe), [...(byModule.get(moduleName(probe)) ?? []), probe]);
  return [...byModule].map(([module, probes]) => ({
    job_name: `${source.job}-${module.replaceAll('_', '-')}`,
    ...intervals(source),
    metrics_path: '/probe',
    params: { module: [module] },
    static_configs: probes.map(({ target, labels }) => ({ targets: [target], labels: { job: source.job, ...labels } })),
    relabel_configs: throughExporter(exporter),
  }));
};

const lan = (homelab: ResolvedHomelab): readonly ScrapeConfig[] => {
  const source = homelab.sources['blackbox_lan'];
  const { exporter, lan: network } = homelab.probes;
  if (!source || !exporter || !network) return [];
  return [
    {
      job_name: source.job,
      ...intervals(source),
      metrics_path: '/probe',
      params: { module: ['icmp'] },
      static_configs: [{ targets: network.addresses, labels: { job: source.job } }],
      relabel_configs: [{ source_labels: ['__address__'], target_label: 'device' }, ...throughExporter(exporter)],
    },
  ];
};

const throughExporter = ({ address, port }: { readonly address: string; readonly port: number }): readonly object[] => [
  { source_labels: ['__address__'], target_label: '__param_target' },
  { source_labels: ['__param_target'], target_label: 'instance' },
  { target_label: '__address__', replacement: formatHostAndPort(address, port) },
];
