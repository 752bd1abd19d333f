import type { ResolvedHomelab } from '../homelab/resolved';
import { scrapeConfig } from '../render/scrape';
import { scrapeJobsOf } from '../render/scrape-jobs';
import { toYaml } from '../render/yaml';

/**
 * A configuration with which Prometheus scrapes a simulated homelab that is served at `url`: the rendered jobs, asked through it as a
 * proxy. Passwords and TLS are left out: nobody asks for them there. `interval`: for all jobs, such as `1s`, instead of their own.
 */
export const proxiedScrape = (homelab: ResolvedHomelab, url: string, interval?: string): string =>
  toYaml(
    {
      scrape_configs: scrapeJobsOf(homelab).map((job) => ({
        ...scrapeConfig({ ...job, scheme: 'http', auth: {} }),
        ...(interval !== undefined && { scrape_interval: interval, scrape_timeout: interval }),
        proxy_url: url,
      })),
    },
    'A Prometheus that scrapes simulated exporters.',
  );
