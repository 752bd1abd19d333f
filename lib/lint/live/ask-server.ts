import { AuthError, RefusedError, RemoteFailure } from '../../server/errors';
import { describeProduct, type Product } from '../../server/probe';
import type { PrometheusServer, SeriesLabels } from '../../server/prometheus';
import type { Selector } from '../../query/tree';
import type { Problem } from '../report/result';
import type { LiveFacts, LiveMetric } from './live-facts';
import { metricQuestions, selectorOf, type MetricQuestion } from './metric-question';

/** What came of asking. */
export interface Asked {
  /** Undefined where the server could not be asked at all. */
  readonly facts: LiveFacts | undefined;
  /** What kept it from answering; one for each kind of failure. */
  readonly problems: readonly Problem[];
  /** What it does not offer, and what is not looked at because of that. */
  readonly notes: readonly string[];
}

/** Seconds: a month, in steps of ten minutes, finds when something vanished. */
const memory = 30 * 86_400;
const step = 600;
/** Seconds: what was scraped within an hour is there. */
const recent = 3600;

/**
 * Asks a server all that the rules want to know about the metrics of these selectors: one question a metric and seven more, whatever is
 * wrong with them. `now`: seconds since 1970.
 */
export const askServer = async (
  server: PrometheusServer,
  selectors: Iterable<Selector>,
  now: number,
): Promise<Asked> => {
  const failures = new Failures();
  const notes: string[] = [];
  /** Something that it may not offer: then what hangs on it is not looked at, and a note says so. */
  const optional = async <T>(what: Promise<T>, without: T, lost: string): Promise<T> => {
    try {
      return await what;
    } catch (error) {
      if (error instanceof RefusedError || error instanceof AuthError)
        notes.push(`${error.what}: ${error.evidence}; ${lost}`);
      else failures.add(error);
      return without;
    }
  };

  let current: readonly string[];
  try {
    // First and alone: who cannot answer this cannot be asked anything.
    current = await server.names({ start: now - recent, end: now });
  } catch (error) {
    failures.add(error);
    return { facts: undefined, problems: failures.of(server), notes };
  }
  const names = new Set(current);
  const questions = metricQuestions(selectors);
  const absent = questions.filter(({ name }) => !names.has(name)).map(({ name }) => name);

  const [build, metadata, scraping, rules, lastSeen, metrics] = await Promise.all([
    optional(server.buildInfo(), {}, 'what it is and its version are not told'),
    optional(server.metadata(), undefined, 'types are those of the recorded catalogs'),
    optional(server.scraping(), undefined, 'windows are not held against its scrape intervals'),
    optional(server.rules(), [], 'what its rules record is not known as such'),
    optional(lastSamples(server, absent, now), new Map<string, number>(), 'when something vanished is not told'),
    askMetrics(server, questions, names, now, failures),
  ]);
  const explained = await optional(
    explain(server, metrics, names, now),
    metrics,
    'which of several matchers selects nothing is not told',
  );
  const product = productOf(build);
  if (metadata?.size === 0) notes.push(`${server.url} keeps no metadata: types are those of the recorded catalogs`);
  const isSilent = notes.some((note) => note.includes('scrape intervals'));
  if (!scraping && !isSilent && failures.none)
    notes.push(`${server.url} does not scrape: windows are not held against its scrape intervals`);
  return {
    facts: {
      says: `${describeProduct({ product: product ?? 'unknown', version: versionOf(build, product) })} at ${server.url}, ${minute(now)}`,
      product,
      asked: now,
      memory,
      now: names,
      metadata: metadata ?? new Map(),
      metrics: explained,
      lastSeen,
      scraping,
      rules,
    },
    problems: failures.of(server),
    notes,
  };
};

/** What went wrong between us and a server; anything else is a mistake of ours and thrown on. */
class Failures {
  private readonly all: RemoteFailure[] = [];
  private passedOver = 0;

  get none(): boolean {
    return this.all.length === 0;
  }

  /** A server that broke off or kept silent so often is not asked any more: each silence takes half a minute. */
  get isGone(): boolean {
    return this.all.filter((error) => !(error instanceof RefusedError)).length >= 3;
  }

  add(error: unknown): void {
    if (!(error instanceof RemoteFailure)) throw error;
    this.all.push(error);
  }

  pass(): void {
    this.passedOver += 1;
  }

  /** One: a server that went away says the same of each metric. */
  of(server: PrometheusServer): readonly Problem[] {
    const [first] = this.all;
    if (!first) return [];
    const unanswered = this.all.length + this.passedOver;
    const problem = problemOf(server, first);
    return unanswered === 1
      ? [problem]
      : [{ ...problem, evidence: `${first.evidence}; ${unanswered} questions were not answered` }];
  }
}

/** Questions under way at once. */
const concurrency = 16;

const askMetrics = async (
  server: PrometheusServer,
  questions: readonly MetricQuestion[],
  names: ReadonlySet<string>,
  now: number,
  failures: Failures,
): Promise<ReadonlyMap<string, LiveMetric>> => {
  const found = new Map<string, LiveMetric>();
  const left = questions.values();
  const work = async (): Promise<void> => {
    for (const question of left) {
      if (failures.isGone) failures.pass();
      else
        try {
          found.set(question.name, await askMetric(server, question, names.has(question.name), now));
        } catch (error) {
          failures.add(error);
        }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return found;
};

const askMetric = async (
  server: PrometheusServer,
  question: MetricQuestion,
  isThere: boolean,
  now: number,
): Promise<LiveMetric> => {
  const { name, ask, selector } = question;
  if (!isThere) {
    const before = await server.labelNames(selectorOf(name), { start: now - memory, end: now });
    return { ...question, labels: ownOf(before), series: undefined };
  }
  const period = { start: now - recent, end: now };
  if (ask === 'labels')
    return { ...question, labels: ownOf(await server.labelNames(selector, period)), series: undefined };
  const series = await server.series(selector, period);
  return { ...question, labels: ownOf(series.flatMap(Object.keys)), series };
};

/** Those of which nothing was selected, with all their series; `up` is asked along, so that the question is there whatever is wrong. */
const explain = async (
  server: PrometheusServer,
  metrics: ReadonlyMap<string, LiveMetric>,
  names: ReadonlySet<string>,
  now: number,
): Promise<ReadonlyMap<string, LiveMetric>> => {
  const nothing = [...metrics.values()].filter(({ name, labels }) => labels.size === 0 && names.has(name));
  const asked = ['up', ...nothing.map(({ name }) => name)].map((name) => selectorOf(name));
  const series = await server.series(asked, { start: now - recent, end: now });
  const byName = new Map<string, SeriesLabels[]>();
  for (const labels of series) {
    const name = labels['__name__'] ?? '';
    const those = byName.get(name);
    if (those) those.push(labels);
    else byName.set(name, [labels]);
  }
  const seen = nothing.map((metric): readonly [string, LiveMetric] => {
    const those = byName.get(metric.name) ?? [];
    return [metric.name, { ...metric, labels: ownOf(those.flatMap(Object.keys)), series: those }];
  });
  return new Map([...metrics, ...seen]);
};

const ownOf = (labels: readonly string[]): ReadonlySet<string> =>
  new Set(labels.filter((label) => label !== '__name__'));

/** When each name had its last sample; `up` is asked along, so that the question is there whatever is wrong. */
const lastSamples = async (
  server: PrometheusServer,
  names: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, number>> => {
  const pattern = ['up', ...names].map((name) => name.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')).join('|');
  const query = `count by (__name__) ({__name__=~${JSON.stringify(pattern)}})`;
  const end = Math.floor(now / step) * step;
  const found = await server.range(query, { start: end - memory, end, step });
  return new Map(
    found.flatMap(({ labels, samples }) => {
      const last = samples.at(-1);
      const name = labels['__name__'];
      return last && name !== undefined ? [[name, last[0]] as const] : [];
    }),
  );
};

/** What the answer to `/api/v1/status/buildinfo` tells; each product puts other things there. */
const productOf = (build: Readonly<Record<string, unknown>>): Product | undefined => {
  const { application, version, revision, goVersion } = build;
  if (typeof application === 'string' && /mimir|enterprise metrics|grafana cloud/i.test(application)) return 'Mimir';
  if (typeof version !== 'string') return undefined;
  if (typeof revision !== 'string' || typeof goVersion !== 'string') return 'VictoriaMetrics';
  // Its versions begin with 0 still, those of Prometheus no more.
  return version.startsWith('0.') ? 'Thanos' : 'Prometheus';
};

/** VictoriaMetrics names the version of Prometheus that it resembles. */
const versionOf = ({ version }: Readonly<Record<string, unknown>>, product: Product | undefined): string | undefined =>
  typeof version === 'string' && version !== '' && product !== 'VictoriaMetrics' ? version : undefined;

const minute = (seconds: number): string =>
  `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** A failure of a server, as a problem: the linter has not looked. */
export const problemOf = ({ url }: { readonly url: string }, error: RemoteFailure): Problem => ({
  subject: url,
  message: error.what,
  evidence: error.evidence,
  try: error.next,
});
