import { parseSeries } from '../catalog/page';
import type { Scraped } from '../proof/scraped';
import type { Fleet } from './fleet';
import { pageKey, type FleetPage } from './pages';

/**
 * What a Prometheus would scrape of the fleet at a moment, for proofs against one that was filled with blocks and scrapes nothing
 * itself. What is pushed counts as scraped.
 */
export const scrapedFromFleet = (fleet: Fleet, at: number): Scraped => {
  const pages = new Map<string, FleetPage>(
    fleet.pages.map((page) => [`http://${pageKey(page.address, page.path, page.parameters)}`, page] as const),
  );
  return {
    targets: [...pages].flatMap(([scrapeUrl, page]) =>
      page.targets.map(({ labels }) => {
        const isUp = page.answers(at);
        return { scrapeUrl, labels, health: isUp ? ('up' as const) : ('down' as const), lastError: isUp ? '' : 'down' };
      }),
    ),
    page: async ({ scrapeUrl }) => {
      const page = pages.get(scrapeUrl);
      return parseSeries((page && fleet.page(page, at)) ?? '');
    },
  };
};
