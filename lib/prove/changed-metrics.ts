import type { Fleet, FleetPage } from '../fleet';
import type { Sample } from '../fleet/families';

/** What Prometheus itself writes of a page. */
const written = ['up', 'scrape_duration_seconds', 'scrape_samples_scraped', 'scrape_samples_post_metric_relabeling'];

/**
 * Names of the metrics whose series are not the same in two fleets of one homelab at one of these moments. A rule that reads none
 * of them does the same in both. `asked`: the names that matter.
 */
export const changedMetrics = (
  one: Fleet,
  other: Fleet,
  moments: readonly number[],
  asked: (name: string) => boolean = () => true,
): ReadonlySet<string> => {
  const changed = new Set<string>();
  for (const [index, page] of one.pages.entries()) {
    const twin = other.pages[index];
    if (!twin) throw new Error('two homelabs cannot be compared');
    if (twin === page) continue;
    for (const name of changedOn(page, twin, moments, (each) => asked(each) && !changed.has(each))) changed.add(name);
  }
  return changed;
};

function* changedOn(
  page: FleetPage,
  twin: FleetPage,
  moments: readonly number[],
  asked: (name: string) => boolean,
): Generator<string> {
  const silent = moments.some(
    (time) => page.answers(time) !== twin.answers(time) || page.scraped(time) !== twin.scraped(time),
  );
  if (silent) yield* written.filter(asked);
  for (const [index, { name, samples }] of page.families.entries()) {
    const others = twin.families[index]?.name === name ? twin.families[index].samples : undefined;
    for (const [at, sample] of samples.entries()) {
      if (!asked(sample.name)) continue;
      const same = others?.[at];
      if (
        silent ||
        same?.name !== sample.name ||
        others?.length !== samples.length ||
        usual(sample, moments).some((value, index) => value !== same.value(moments[index] as number))
      )
        yield sample.name;
    }
  }
}

interface Values {
  readonly moments: readonly number[];
  readonly values: readonly (number | undefined)[];
}

/** A homelab in which all is well is compared with many: what it says is worked out once. */
const known = new WeakMap<Sample, Values>();

const usual = (sample: Sample, moments: readonly number[]): Values['values'] => {
  const before = known.get(sample);
  if (before?.moments.length === moments.length && before.moments.every((time, index) => time === moments[index]))
    return before.values;
  const values = moments.map(sample.value);
  known.set(sample, { moments, values });
  return values;
};
