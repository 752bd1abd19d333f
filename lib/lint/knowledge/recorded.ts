import { distance } from 'fastest-levenshtein';
import type { Catalog, Evidence } from '../../catalog/catalog';
import { availability } from '../../catalog/lookup';
import { catalogNames, loadCatalog } from '../../catalog/load';
import type { ResolvedHomelab, ResolvedSource } from '../../homelab/resolved';
import { literalValues } from '../promql/matcher-values';
import type { Selector } from '../../query/tree';
import type { Known, KnownMetric, Knowledge } from '../knowledge';
import { indexOf, type CatalogIndex, type Entry, type Found } from './catalog-index';
import { mergedLabels } from './known-labels';
import { othersNames } from './others-names';
import { recordedBy, type RecordedMetric } from './recordings';

export interface RecordedSources {
  /** Read at the first question. Default: all that come with the library. */
  readonly catalogs?: () => readonly Catalog[];
  /** Which exporters run, under which job and version; without it nobody knows, and what any version has is known. */
  readonly homelab?: ResolvedHomelab | undefined;
  /** Recording rules that are linted together with what reads them. */
  readonly recordings?: readonly RecordedMetric[];
}

/** All catalogs that come with the library. */
export const allRecorded = (): readonly Catalog[] => catalogNames().map(loadCatalog);

/** What recorded catalogs, the homelab file and the recording rules among the files tell of metrics, without any server. */
export const recordedKnowledge = ({
  catalogs: load = allRecorded,
  homelab,
  recordings = [],
}: RecordedSources = {}): Knowledge => {
  let index: CatalogIndex | undefined;
  const lookUp = (): CatalogIndex => (index ??= indexOf(withHomelabs(load(), homelab)));
  const sources = Object.values(homelab?.sources ?? {});
  const scraped = new Set(['job', 'instance', ...sources.flatMap(labelsOfSource), ...labelsOfProbes(homelab)]);
  const known = new Map<string, Known>();

  const knowledge: Knowledge = {
    of: (selector) => {
      const { name } = selector;
      if (name === undefined) return { state: 'unnamed' };
      const jobs = jobsOf(selector);
      const key = jobs ? `${name} ${jobs.join('|')}` : name;
      const answer = known.get(key) ?? recorded(name) ?? ofName(name, jobs);
      known.set(key, answer);
      return answer;
    },
    intervalOf: (selector) => {
      const candidates = sourcesOf(selector.name, jobsOf(selector));
      const seconds = new Set(candidates.map(({ interval }) => interval.seconds));
      return seconds.size === 1 ? [...seconds][0] : undefined;
    },
    scraped,
    get says() {
      const { length } = lookUp().catalogs;
      return `${length} recorded catalog${length === 1 ? '' : 's'}`;
    },
    live: false,
  };
  const recorded = recordedBy(recordings, knowledge);

  /** The homelab's sources that a job names; without a job, those whose catalog has the metric. */
  const sourcesOf = (name: string | undefined, jobs: readonly string[] | undefined): readonly ResolvedSource[] => {
    const byJob = sourcesOfJobs(sources, jobs);
    if (byJob.length > 0 || name === undefined || sources.length === 0) return byJob;
    const having = new Set(
      lookUp()
        .find(name)
        ?.entries.map(({ catalog }) => catalog),
    );
    return sources.filter(({ catalog, instances }) => having.has(catalog) && instances.length > 0);
  };

  const ofName = (name: string, jobs: readonly string[] | undefined): Known => {
    const catalogs = lookUp();
    const byJob = sourcesOfJobs(sources, jobs);
    if (byJob.length > 0) return ofSources(name, byJob);
    const found = catalogs.find(name);
    if (found && isAnybodys(name, found, sources))
      return { state: 'open', name, why: 'many programs have metrics of that name' };
    if (found) return whereItRuns(name, found);
    const open = catalogs.openIn(name);
    if (open) {
      const isReal = othersNames(name)?.slips === undefined && othersNames(name) !== undefined;
      return { state: 'open', name, why: open.why, ...(!isReal && slipped(catalogs.slipOf(name))) };
    }
    if (name.includes(':')) return { state: 'uncovered', name, source: recordingRules };
    const slip = catalogs.slipOf(name);
    const owners = catalogs.ownersOf(name);
    const others = owners.length > 0 ? othersNames(name) : undefined;
    if (others) return { state: 'open', name, why: others.why, ...(others.slips && slipped(slip)) };
    const stranger = jobs?.find((job) => owners.every(({ source }) => !mayRun(job, source)));
    if (owners.length > 0 && (stranger === undefined || isClose(name, catalogs.nearestIn(name, owners))))
      return ownedByBeginning(name, owners, catalogs);
    const named = catalogs.catalogs.filter(({ source }) => jobs?.includes(source));
    if (jobs && jobs.length === named.length) return ownedByBeginning(name, named, catalogs);
    return { state: 'uncovered', name, source: stranger ?? jobs?.[0] ?? firstWord(name), ...slipped(slip) };
  };

  /** The selector names jobs of the homelab: their catalogs decide, with what is scraped along with any of them. */
  const ofSources = (name: string, chosen: readonly ResolvedSource[]): Known => {
    const catalogs = lookUp();
    const own = new Set(chosen.map(({ catalog }) => catalog));
    const found = catalogs.find(name, new Set([...own, ...alongside(homelab)]));
    if (found)
      return found.entries.some(({ catalog }) => own.has(catalog))
        ? whereItRuns(name, found, chosen)
        : knownAs(name, found, true);
    const open = catalogs.openIn(name, own) ?? catalogs.openIn(name, new Set(alongside(homelab)));
    if (open) return { state: 'open', name, why: open.why, ...slipped(catalogs.slipOf(name)) };
    if (name.includes(':')) return { state: 'uncovered', name, source: recordingRules };
    return missingFrom(name, [...own], catalogs);
  };

  /** Known, unless the homelab says that no exporter that has it runs like that. */
  const whereItRuns = (name: string, found: Found, among: readonly ResolvedSource[] = sources): Known => {
    const running = among.flatMap(({ catalog, instances }) => {
      const entry = found.entries.find((each) => each.catalog === catalog);
      return entry ? instances.map((instance) => ({ entry, instance })) : [];
    });
    if (running.length === 0) return knownAs(name, found, false);
    const verdicts = running.map(({ entry, instance }) => availability(entry.metric, instance));
    const [first] = verdicts;
    if (first && !first.available && verdicts.every(({ available }) => !available)) {
      const owner = ownerNames(running.map(({ entry }) => entry.catalog));
      return { state: 'missing', name, owner, why: first.why, nearest: [], evidence: `the homelab file and ${owner}` };
    }
    return knownAs(name, { ...found, entries: unique(running.map(({ entry }) => entry)) }, true);
  };

  return knowledge;
};

/** Names that frameworks give to any program's metrics: whose they are, only the homelab file or the job can tell. */
const isAnybodys = (name: string, { entries }: Found, sources: readonly ResolvedSource[]): boolean =>
  /^(http|grpc|rpc|server|host|api|app|requests?|db|system|nodejs|aspnetcore|kestrel|target|queue|cache|up)_/.test(
    name,
  ) &&
  entries.every(
    ({ catalog }) =>
      !catalog.prefixes.some((prefix) => name.startsWith(prefix)) &&
      !sources.some((source) => source.catalog === catalog),
  );

const recordingRules = 'recording rules that are not among the files';

/** A homelab may know catalogs of its user's own. */
const withHomelabs = (catalogs: readonly Catalog[], homelab: ResolvedHomelab | undefined): readonly Catalog[] =>
  unique([...catalogs, ...Object.values(homelab?.sources ?? {}).map(({ catalog }) => catalog)]);

const alongside = (homelab: ResolvedHomelab | undefined): readonly Catalog[] =>
  ['scrape', 'go_process'].flatMap((source) => homelab?.sources[source]?.catalog ?? []);

const labelsOfSource = ({ identity, select, instances }: ResolvedSource): readonly string[] => [
  ...Object.values(identity).flatMap((each) => (each ? [each.label] : [])),
  ...Object.keys(select),
  ...instances.flatMap(({ labels }) => Object.keys(labels)),
];

const labelsOfProbes = (homelab: ResolvedHomelab | undefined): readonly string[] =>
  (homelab?.probes.targets ?? []).flatMap(({ labels }) => Object.keys(labels));

const jobsOf = ({ matchers }: Selector): readonly string[] | undefined => {
  const matcher = matchers.find(({ label, operator }) => label === 'job' && (operator === '=' || operator === '=~'));
  return matcher && literalValues(matcher);
};

const sourcesOfJobs = (
  sources: readonly ResolvedSource[],
  jobs: readonly string[] | undefined,
): readonly ResolvedSource[] => {
  if (!jobs) return [];
  const found = sources.filter(({ select }) => select['job']?.some((job) => jobs.includes(job)));
  const covered = new Set(found.flatMap(({ select }) => select['job'] ?? []));
  // A job that the homelab does not know may have anything.
  return jobs.every((job) => covered.has(job)) ? found : [];
};

/**
 * Whether a job of that name may be scraped from a source: some exporters borrow the beginning of another's names (a NAS's `node_hdtmp_C`
 * under `job="qnap"`). Jobs are named after the exporter, after what it watches, or for what all of them are.
 */
const mayRun = (job: string, source: string): boolean =>
  /node|exporter|host|unix|linux|server|machine|agent|alloy|telegraf|prom|integration|metrics|kube|scrape|static|docker|^job|^[a-z]$/i.test(
    job,
  ) || source.split('_').some((word) => word !== 'exporter' && job.toLowerCase().includes(word));

/** So near that nothing else can have been meant, whatever the job. */
const isClose = (name: string, near: readonly string[]): boolean =>
  near.some((each) => distance(name, each) <= Math.max(2, Math.floor(name.length * 0.15)));

const missingFrom = (name: string, owners: readonly Catalog[], catalogs: CatalogIndex): Known => {
  const owner = ownerNames(owners);
  return {
    state: 'missing',
    name,
    owner,
    why: `${owner} ${owners.length === 1 ? 'does' : 'do'} not have it`,
    nearest: catalogs.nearestIn(name, owners),
    evidence: `recorded catalog${owners.length === 1 ? '' : 's'} of ${owner}`,
  };
};

/** Missing from those that its first word says it is of; they share that word with others, as ZooKeeper's `node_changed_watch_count` shows. */
const ownedByBeginning = (name: string, owners: readonly Catalog[], catalogs: CatalogIndex): Known => {
  const missing = missingFrom(name, owners, catalogs);
  return missing.state === 'missing' && !catalogs.beginsAlike(name, owners) && !isClose(name, missing.nearest)
    ? { ...missing, doubtful: true }
    : missing;
};

const ownerNames = (catalogs: readonly Catalog[]): string => {
  const names = unique(catalogs).map(({ source, version }) => `${source} ${version}`);
  return names.length > 3 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : names.join(', ');
};

/** `homelab`: whether the homelab says who scrapes it, so that no other labels come in. */
const knownAs = (name: string, { family, part, entries }: Found, homelab: boolean): KnownMetric => {
  const [first] = entries as readonly [Entry, ...Entry[]];
  const same = <T>(of: (entry: Entry) => T): T | undefined =>
    entries.every((entry) => of(entry) === of(first)) ? of(first) : undefined;
  const type = same(({ metric }) => metric.type);
  return {
    state: 'known',
    name,
    family,
    part,
    type,
    unit: same(({ metric }) => metric.unit),
    labels: mergedLabels(entries, first.metric.type, part, !homelab),
    evidence: evidenceOf(entries),
    grade: gradeOf(entries),
    recording: false,
    note: same(({ metric }) => metric.note),
  };
};

const evidenceOf = (entries: readonly Entry[]): string => {
  const [first] = entries as readonly [Entry, ...Entry[]];
  const verdict = availability(first.metric, {});
  const { since, until } = first.metric;
  const remarks = [
    ...(since ? [`needs version ${since}`] : []),
    ...(until ? [`gone since version ${until}`] : []),
    ...(verdict.available || until ? [] : [verdict.why]),
  ];
  const notes = entries.length === 1 && remarks.length > 0 ? ` (${remarks.join(', ')})` : '';
  return `${ownerNames(entries.map(({ catalog }) => catalog))}, ${gradeOf(entries)}${notes}`;
};

const grades: readonly Evidence[] = ['live', 'golden', 'source', 'docs'];

/** The best of them. */
const gradeOf = (entries: readonly Entry[]): Evidence =>
  grades.find((grade) => entries.some(({ catalog, metric }) => (metric.evidence ?? catalog.evidence) === grade)) ??
  'docs';

const slipped = (slip: string | undefined): { readonly slip?: string } => (slip === undefined ? {} : { slip });

const firstWord = (name: string): string => /^_*[^_.:]+/.exec(name)?.[0] ?? name;

const unique = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];
