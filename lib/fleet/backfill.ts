import type { Labels, Value } from './content';
import { formatValue, seriesText } from './exposition';
import type { FleetPage, FleetTarget } from './pages';

/** What to write; times in seconds since 1970. */
export interface BackfillRange {
  readonly from: number;
  readonly to: number;
  /** Seconds between samples, for all series. Default: the scrape interval of each source. */
  readonly step?: number;
  /** The series to write, by name (`up`, `x_bucket`) and by what Prometheus would have as labels. Default: all. What no query reads need not be stored. */
  readonly only?: (name: string, labels: Labels) => boolean;
  /** One of several shares of the series, so that several can be written, and read, at once. Default: all of them. */
  readonly share?: { readonly number: number; readonly of: number };
}

/**
 * Writes the samples of all targets in OpenMetrics, series by series, `# EOF` at the end; gives their number. A page that does not answer leaves a gap and
 * `up` at 0. What a format for backfills cannot say is that a series ended: Prometheus shows its last value for five minutes more.
 */
export const writeBackfill = (
  pages: readonly FleetPage[],
  { from, to, step, only = () => true, share = { number: 0, of: 1 } }: BackfillRange,
  write: (chunk: Uint8Array) => void,
): number => {
  const out = new Lines(write);
  let samples = 0;
  let series = 0;
  for (const page of pages) {
    for (const target of page.targets) {
      const times = momentsOf(from, to, step ?? target.interval).filter(page.scraped);
      const answers = times.map(page.answers);
      const ends = times.map((time) => ` ${time}\n`);
      for (const { name, labels, value, always } of seriesOf(page, target)) {
        if (!only(name, labels) || series++ % share.of !== share.number) continue;
        const start = `${seriesText(name, labels)} `;
        let last: number | undefined;
        let line = '';
        for (let index = 0; index < times.length; index++) {
          if (!always && !answers[index]) continue;
          const sample = value(times[index] as number);
          if (sample === undefined) continue;
          if (sample !== last) line = start + formatValue(sample);
          last = sample;
          out.add(line + (ends[index] as string));
          samples++;
        }
      }
    }
  }
  out.add('# EOF\n');
  out.flush();
  return samples;
};

const momentsOf = (from: number, to: number, step: number): readonly number[] => {
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, index) => first + index * step);
};

interface Series {
  readonly name: string;
  readonly labels: Labels;
  readonly value: Value;
  /** It is there when the page is not. */
  readonly always: boolean;
}

function* seriesOf(page: FleetPage, target: FleetTarget): Generator<Series> {
  if (!target.pushed) yield* scrapeSeries(page, target);
  for (const { samples } of page.families)
    for (const { name, labels, value } of samples)
      yield { name, labels: withTargetLabels(labels, target), value, always: false };
}

/** What Prometheus writes of each target itself. */
const scrapeSeries = ({ answers, families }: FleetPage, { labels }: FleetTarget): readonly Series[] => {
  const samples = families.reduce((total, family) => total + family.samples.length, 0);
  const one = (name: string, value: Value): Series => ({ name, labels, value, always: true });
  return [
    one('up', (time) => Number(answers(time))),
    one('scrape_duration_seconds', (time) => (answers(time) ? 0.004 + samples * 6e-6 : 10)),
    one('scrape_samples_scraped', (time) => (answers(time) ? samples : 0)),
    one('scrape_samples_post_metric_relabeling', (time) => (answers(time) ? samples : 0)),
    one('scrape_series_added', () => 0),
  ];
};

/** A label that the page writes too becomes `exported_...`, as with Prometheus' defaults; what is pushed says itself who it is. */
const withTargetLabels = (labels: Labels, target: FleetTarget): Labels =>
  target.pushed
    ? { ...target.labels, ...labels }
    : {
        ...Object.fromEntries(
          Object.entries(labels).map(([label, value]) => [label in target.labels ? `exported_${label}` : label, value]),
        ),
        ...target.labels,
      };

const size = 1 << 16;

/** Lines gathered into chunks: text that grows is quicker than copying bytes line by line. */
class Lines {
  private text = '';

  constructor(private readonly write: (chunk: Uint8Array) => void) {}

  add(line: string): void {
    this.text += line;
    if (this.text.length > size) this.flush();
  }

  flush(): void {
    if (this.text !== '') this.write(Buffer.from(this.text));
    this.text = '';
  }
}
