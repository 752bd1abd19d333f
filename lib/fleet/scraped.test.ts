import { expect, it } from 'vitest';
import { lookUp } from '../proof/scraped';
import { fleetOf } from './index';
import { scrapedFromFleet } from './scraped';
import { evening } from './testing/examples';
import { house } from './testing/house';

const selector = (name: string, labels: Readonly<Record<string, string>>) => ({
  text: name,
  matchers: Object.entries({ __name__: name, ...labels }).map(([label, value]) => ({
    label,
    operator: '=' as const,
    value,
  })),
});

it('tells a series that is there from one that the page lacks, and from one that nobody has', async () => {
  const scraped = scrapedFromFleet(fleetOf(house), evening);
  expect(await lookUp(selector('node_load1', { job: 'node' }), scraped)).toBe('there');
  expect(await lookUp(selector('node_load2', { job: 'node' }), scraped)).toBe('lacking');
  expect(await lookUp(selector('node_load1', { job: 'nodes' }), scraped)).toBe('nobody');
});

it('has exporters that are down among its targets', () => {
  const gone = fleetOf(house).withIncident('exporter-gone', { from: evening - 60, to: evening + 60 }, 'tdarr_exporter');
  const health = (at: number) =>
    scrapedFromFleet(gone, at).targets.find(({ labels }) => labels['job'] === 'tdarr')?.health;
  expect([evening, evening + 60].map(health)).toEqual(['down', 'up']);
});
