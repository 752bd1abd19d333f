import type { ResolvedHomelab } from '../homelab/resolved';
import type { Artifact } from './artifact';
import { scrapeJobsOf, type ScrapeJob } from './scrape-jobs';
import { toYaml } from './yaml';

/** One entry of `scrape_configs`. */
type ScrapeConfig = Readonly<Record<string, unknown>>;

/**
 * `prometheus/prometheus.yml`, a whole configuration, and `prometheus/scrape/<project>.yml`, the same scrape configurations to
 * include in one's own (`scrape_config_files`, Prometheus 2.43 and later).
 */
export const renderScrape = (homelab: ResolvedHomelab): readonly Artifact[] => {
  const scrapeConfigs = scrapeJobsOf(homelab).map(scrapeConfig);
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

/** A scrape job as Prometheus is told of it. */
export const scrapeConfig = (job: ScrapeJob): ScrapeConfig => {
  const { name, interval, timeout, scheme, path, parameters, auth, through } = job;
  return {
    job_name: name,
    scrape_interval: interval.text,
    ...(timeout !== null && { scrape_timeout: timeout }),
    ...(scheme === 'https' && { scheme }),
    ...(path !== '/metrics' && { metrics_path: path }),
    ...(Object.keys(parameters).length > 0 && {
      params: Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, [value]])),
    }),
    ...(auth.passwordFile && { basic_auth: { username: auth.username ?? '', password_file: auth.passwordFile } }),
    ...(auth.bearerTokenFile && { authorization: { credentials_file: auth.bearerTokenFile } }),
    static_configs: staticConfigs(job),
    ...(through && {
      relabel_configs: [
        ...(through.alsoIn ? [{ source_labels: ['__address__'], target_label: through.alsoIn }] : []),
        { source_labels: ['__address__'], target_label: '__param_target' },
        { source_labels: ['__param_target'], target_label: 'instance' },
        { target_label: '__address__', replacement: through.exporter },
      ],
    }),
  };
};

/** What is asked through another with the same labels stands in one list: the LAN has 254 of them. */
const staticConfigs = ({ targets, through }: ScrapeJob): readonly object[] => {
  const groups: { targets: string[]; labels: Readonly<Record<string, string>> }[] = [];
  for (const { address, labels } of targets) {
    const last = groups.at(-1);
    if (through && last && JSON.stringify(last.labels) === JSON.stringify(labels)) last.targets.push(address);
    else groups.push({ targets: [address], labels });
  }
  return groups;
};
