import { expect, it } from 'vitest';
import { availability } from '../../catalog/lookup';
import { loadCatalog } from '../../catalog/load';
import { isGoProgram } from '../go-programs';
import { fleetOf, type FleetPage } from '../index';
import { evening, example } from './examples';

/** Metrics that no page of ours can have, and why. */
export const never: readonly (readonly [RegExp, string])[] = [
  [/^probe_grpc_/, 'our probes ask by ICMP, DNS, HTTP and TCP'],
  [/^probe_failed_due_to_cel$/, 'our modules do not match by CEL'],
  [/^probe_expect_info$/, 'our modules expect nothing of what is answered'],
];
/** Metrics that are there only while something fails. */
const onlyWhileFailing = /(_collector_error|^network_ups_tools_error)$/;

/** Metrics that the pages have at a moment. */
export const namesOn = (pages: readonly FleetPage[], at: number): ReadonlySet<string> =>
  new Set(
    pages.flatMap(({ families, answers }) =>
      answers(at)
        ? families.filter(({ samples }) => samples.some(({ value }) => value(at) !== undefined)).map(({ name }) => name)
        : [],
    ),
  );

/** What holds for the fleet of any example. */
export const itHasTheMetricsOf = (name: string): void => {
  const homelab = example(name);
  const fleet = fleetOf(homelab);

  it('has every metric that its exporters give, and none that they do not', () => {
    let held = 0;
    for (const source of Object.values(homelab.sources)) {
      if (source.instances.length === 0 || source.source === 'blackbox_lan') continue;
      const pages = fleet.pages.filter(({ targets }) => targets.some((target) => target.source === source.source));
      const names = namesOn(pages, evening);
      for (const [metric, facts] of Object.entries(source.catalog.metrics)) {
        const given = source.instances.some((instance) => availability(facts, instance).available);
        // Where nothing is probed, the exporter has its own page only.
        if (never.some(([pattern]) => pattern.test(metric)) || /^probe_/.test(metric)) continue;
        if (onlyWhileFailing.test(metric)) continue;
        expect(names.has(metric), `${metric} of ${source.source}`).toBe(
          given || (isGoProgram(source.catalog.source) && metric in loadCatalog('go_process').metrics),
        );
        held++;
      }
    }
    expect(held).toBeGreaterThan(100);
  });

  it('has the same page twice for a seed and a moment', () => {
    const again = fleetOf(homelab);
    expect(fleet.pagesAt(evening).size).toBeGreaterThan(0);
    expect(again.pagesAt(evening)).toEqual(fleet.pagesAt(evening));
    // A scrape is as good as the one before: reading a page changes nothing.
    expect(fleet.pagesAt(evening)).toEqual(again.pagesAt(evening));
  });

  it('has no series twice', () => {
    for (const { address, families } of fleet.pages) {
      const keys = families.flatMap(({ samples }) => samples.map((one) => `${one.name} ${JSON.stringify(one.labels)}`));
      const seen = new Set<string>();
      expect(
        keys.filter((key) => seen.size === seen.add(key).size),
        address,
      ).toEqual([]);
    }
  });
};
