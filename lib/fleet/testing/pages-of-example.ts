import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { renderScrape } from '../../render/scrape';
import type { ResolvedHomelab } from '../../homelab/resolved';
import { fleetOf } from '../index';
import { pageKey } from '../pages';
import { example } from './examples';

interface ScrapeConfig {
  readonly scrape_interval: string;
  readonly metrics_path?: string;
  readonly params?: Readonly<Record<string, readonly [string]>>;
  readonly static_configs: readonly {
    readonly targets: readonly string[];
    readonly labels: Readonly<Record<string, string>>;
  }[];
  readonly relabel_configs?: readonly { readonly target_label: string; readonly replacement?: string }[];
}

/** What Prometheus would scrape by our own configuration: where, with which labels, how often. */
const scraped = (homelab: ResolvedHomelab): readonly string[] => {
  const [artifact] = renderScrape(homelab);
  const { scrape_configs: configs } = parse(artifact?.text ?? '') as {
    readonly scrape_configs: readonly ScrapeConfig[];
  };
  return configs.flatMap(
    ({ scrape_interval, metrics_path = '/metrics', params = {}, static_configs, relabel_configs = [] }) =>
      static_configs.flatMap(({ targets, labels }) =>
        targets.map((target) => {
          const exporter = relabel_configs.find(({ target_label }) => target_label === '__address__')?.replacement;
          const device = relabel_configs.some(({ target_label }) => target_label === 'device');
          const own = Object.fromEntries(Object.entries(params).map(([key, [value]]) => [key, value]));
          const where = pageKey(exporter ?? target, metrics_path, exporter === undefined ? own : { ...own, target });
          return say(where, { instance: target, ...(device && { device: target }), ...labels }, scrape_interval);
        }),
      ),
  );
};

const say = (where: string, labels: Readonly<Record<string, string>>, interval: string): string =>
  `${where} ${JSON.stringify(Object.entries(labels).sort())} ${interval}`;

/** What holds for the pages of any example. */
export const itIsWhatIsScraped = (name: string): void => {
  it('are what our scrape configuration scrapes, with its labels', () => {
    const homelab = example(name);
    const pages = fleetOf(homelab).pages.flatMap(({ address, path, parameters, targets }) =>
      targets
        .filter(({ pushed }) => !pushed)
        .map(({ labels, source }) =>
          say(pageKey(address, path, parameters), labels, homelab.sources[source]?.interval.text ?? ''),
        ),
    );
    expect(pages).not.toEqual([]);
    expect([...pages].sort()).toEqual([...scraped(homelab)].sort());
  });
};
