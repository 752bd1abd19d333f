import { availability } from '../catalog/lookup';
import goProcess from '../catalog/recorded/go_process.json';
import scrape from '../catalog/recorded/scrape.json';
import type { ResolvedHomelab } from '../homelab/resolved';
import type { Labels, Prometheus } from '../proof/prometheus';
import { fits, type LabelMatcher } from '../proof/selectors';
import { parseQuery } from '../query/parse';
import type { Matcher, Selector } from '../query/tree';

/** Why a query has nothing on the user's own server. */
export interface HomeReason {
  /**
   * `exporter missing`: nothing is scraped that would have it, or it does not answer; `metric missing`: what is scraped does not have it;
   * `label differs`: it is there under other labels; `none now`: all is as it should be, and nothing has that value at the moment.
   */
  readonly kind: 'exporter missing' | 'metric missing' | 'label differs' | 'none now';
  /** In words, with what the server has instead. */
  readonly what: string;
  /** Its exporter gives it by default, or gives it elsewhere: it may be that there is none of it, on a machine without that hardware. */
  readonly perhapsNone?: true;
}

/** What finding the reasons needs. */
export interface Home {
  readonly prometheus: Prometheus;
  readonly homelab: Pick<ResolvedHomelab, 'sources' | 'probes'>;
  /** Names that the exporters of this homelab have while all is well: others come and go. */
  readonly whileWell: ReadonlySet<string>;
  /** The moment that is asked for, in seconds since 1970. */
  readonly at: number;
}

/** One reason for each selector of a query that finds nothing, each once; empty where all find something. */
export const reasonsAtHome = async (query: string, home: Home): Promise<readonly HomeReason[]> => {
  const found = new Map<string, HomeReason>();
  for (const selector of parseQuery('promql', query).selectors) {
    // Only what fires has `ALERTS`.
    if (selector.name === undefined || /^ALERTS(_FOR_STATE)?$/.test(selector.name)) continue;
    const reason = await reasonOf(selector.name, selector, home);
    if (reason) found.set(`${reason.kind} ${reason.what}`, reason);
  }
  return [...found.values()];
};

const reasonOf = async (name: string, { matchers }: Selector, home: Home): Promise<HomeReason | undefined> => {
  if (isAboutOthers(name, matchers, home) || (await isThere(name, matchers, home))) return undefined;
  if (isEverywhere(name)) {
    const job = matchers.find(({ label, open }) => label === 'job' && !open);
    const away = job && (await awayJob(job, `job \`${job.value}\``, home));
    if (away) return away;
  }
  if (!(await isThere(name, [], home))) return absentMetric(name, home);
  for (const matcher of matchers) {
    const others = matchers.filter((each) => each !== matcher);
    if (!(await isThere(name, others, home))) continue;
    if (await comesAndGoes(name, [matcher], others, home)) return noneNow(name, [matcher]);
    const absent = await absentOf(name, matcher, home);
    return absent ?? { kind: 'label differs', what: await difference(name, matcher, others, home) };
  }
  const changing = matchers.filter((matcher) => !isWanting(matcher) || isListed(name, matcher, home));
  const lasting = matchers.filter((matcher) => !changing.includes(matcher));
  if (await comesAndGoes(name, changing, lasting, home)) return noneNow(name, changing);
  return {
    kind: 'label differs',
    what: `\`${name}\` is there, but not with ${matchers.map(inQuery).join(', ')} at once`,
  };
};

const noneNow = (name: string, matchers: readonly Matcher[]): HomeReason => ({
  kind: 'none now',
  what: `\`${name}\` is there, and none with ${matchers.map(inQuery).join(', ')} now`,
});

const isWanting = ({ operator }: Matcher): boolean => operator === '=' || operator === '=~';

/** Whether these labels are there, on what the other matchers find, and their values may be there at another time. */
const comesAndGoes = async (
  name: string,
  matchers: readonly Matcher[],
  others: readonly Matcher[],
  home: Home,
): Promise<boolean> => {
  // What leaves out all that there is names the right label, too.
  const wanting = matchers.filter(isWanting);
  if (!wanting.every((matcher) => isListed(name, matcher, home))) return false;
  return isThere(name, [...others, ...wanting.map((each) => ({ ...each, operator: '!=' as const, value: '' }))], home);
};

/**
 * Whether the homelab file gives these sources nothing that has such labels: a panel of several apps asks each for the one that is
 * picked, and an alert asks for what answers from outside in a home that probes nothing there.
 */
const isAboutOthers = (name: string, matchers: readonly Matcher[], { homelab }: Home): boolean => {
  const closed = matchers.filter(({ open }) => !open);
  const jobs = closed.filter(({ label }) => label === 'job');
  const given = ownersOf(name, homelab)
    .filter((owner) => jobsOf([owner]).some((job) => jobs.every((matcher) => fits(matcher, { job }))))
    .flatMap((owner) => labelsWritten(name, owner, homelab));
  return (
    given.length > 0 &&
    !given.some((labels) => closed.every((matcher) => !(matcher.label in labels) || fits(matcher, labels)))
  );
};

/** What the scrape configuration writes on the series of a source, a label set for each thing that is scraped or probed. */
const labelsWritten = (
  name: string,
  { source, instances }: ResolvedHomelab['sources'][string],
  { probes }: Home['homelab'],
): readonly Labels[] =>
  (source === 'blackbox_exporter' && name.startsWith('probe_') ? probes.targets : instances).map(
    ({ labels }) => labels,
  );

/** What every exporter has, so that finding it somewhere says nothing of the one that is meant. */
const isEverywhere = (name: string): boolean =>
  [scrape.metrics, goProcess.metrics].some((metrics) => Object.hasOwn(metrics, name));

/** What is scraped as this, where it does not answer or is not there; undefined where it does. */
const awayJob = async (matcher: LabelMatcher, named: string, home: Home): Promise<HomeReason | undefined> => {
  if (await isUp([matcher], home)) return undefined;
  return (await isThere('up', [matcher], home))
    ? { kind: 'exporter missing', what: `what is scraped as ${named} does not answer: its target is down` }
    : { kind: 'exporter missing', what: `nothing is scraped as ${named}` };
};

/** Whether the catalog knows all values that a matcher wants: then they come and go, and the label is the right one. */
const isListed = (name: string, { label, operator, value, open }: Matcher, { homelab }: Home): boolean => {
  if (open) return false;
  const wanted = operator === '=' || /[()]/.test(value) ? [value] : value.split('|');
  return ownersOf(name, homelab).some(({ catalog: { metrics } }) => {
    const listed = Object.keys((metrics[name] ?? metrics[familyOf(name)])?.labels[label] ?? {});
    return wanted.every((each) =>
      listed.some((one) => (operator === '=' ? one === each : new RegExp(`^(?:${each})$`).test(one))),
    );
  });
};

const familyOf = (name: string): string => name.replace(/_(bucket|count|sum)$/, '');

const ownersOf = (name: string, { sources }: Home['homelab']): Owners =>
  Object.values(sources).filter(
    ({ catalog: { metrics } }) => Object.hasOwn(metrics, name) || Object.hasOwn(metrics, familyOf(name)),
  );

const absentMetric = async (name: string, home: Home): Promise<HomeReason> => {
  const owners = ownersOf(name, home.homelab);
  const known = sourcesOf(owners);
  if (owners.some(isScraped)) {
    const jobs = jobsOf(owners);
    const away = await awayJob(
      jobMatcher(jobs),
      `job ${jobs.map((job) => `\`${job}\``).join(' or ')} (${known})`,
      home,
    );
    if (away) return away;
  }
  const why = whyNot(name, owners);
  if (known && why === undefined && !home.whileWell.has(name))
    return {
      kind: 'none now',
      what: `\`${name}\` comes and goes: ${known} has it only while there is something to tell`,
    };
  return {
    kind: 'metric missing',
    what: `\`${name}\`${known ? `: ${known} is ${owners.some(isScraped) ? 'scraped' : 'pushed'} and does not have it` : ''}${why ?? ''}`,
    ...(known && why === undefined && { perhapsNone: true }),
  };
};

/** One of several machines or apps whose exporter answers, and does not have what another one's has. */
const absentOf = async (name: string, matcher: Matcher, home: Home): Promise<HomeReason | undefined> => {
  const owners = ownersOf(name, home.homelab).filter((owner) => isScraped(owner) && isOneOf(matcher, owner));
  if (owners.length === 0 || !(await isUp([jobMatcher(jobsOf(owners)), matcher], home))) return undefined;
  return {
    kind: 'metric missing',
    what: `\`${name}\`: ${sourcesOf(owners)} of \`${matcher.value}\` is scraped and does not have it, others have${whyNot(name, owners) ?? ''}`,
    perhapsNone: true,
  };
};

/** Whether a matcher names a host or a service that the homelab file gives this source. */
const isOneOf = (
  { label, operator, value, open }: Matcher,
  { identity, instances }: ResolvedHomelab['sources'][string],
): boolean =>
  operator === '=' &&
  !open &&
  (['host', 'service'] as const).some((entity) => {
    const own = identity[entity];
    return own?.label === label && instances.some((each) => `${own.prefix}${each[entity]}${own.suffix}` === value);
  });

type Owners = readonly ResolvedHomelab['sources'][string][];

const jobsOf = (owners: Owners): readonly string[] => [
  ...new Set(owners.flatMap(({ select, job }) => select['job'] ?? [job])),
];
const sourcesOf = (owners: Owners): string => [...new Set(owners.map(({ catalog }) => catalog.source))].join(' or ');

/** Of what is pushed nobody writes `up`. */
const isScraped = ({ instances }: ResolvedHomelab['sources'][string]): boolean =>
  instances.length === 0 || instances.some(({ port }) => port !== null);

/** What the catalog says of a metric that is not given by default, or not by every version. */
const whyNot = (name: string, owners: Owners): string | undefined => {
  for (const { catalog } of owners) {
    const metric = catalog.metrics[name] ?? catalog.metrics[familyOf(name)];
    if (!metric) continue;
    const byDefault = availability(metric, {});
    if (!byDefault.available) return `; ${byDefault.why}`;
    if (metric.since) return `; it came with version ${metric.since}`;
    if (metric.until) return `; it is gone since version ${metric.until}`;
  }
  return undefined;
};

const difference = async (
  name: string,
  matcher: Matcher,
  others: readonly Matcher[],
  { prometheus, at }: Home,
): Promise<string> => {
  const day = 86_400;
  const values = await prometheus.labelValues(matcher.label, written(name, others), at - day, at);
  const shown = values.slice(0, 5).map((value) => `\`${value}\``);
  const more = values.length > shown.length ? ` and ${values.length - shown.length} more` : '';
  return `\`${name}\` is asked with ${inQuery(matcher)}, and ${
    values.length === 0 ? `has no label \`${matcher.label}\`` : `\`${matcher.label}\` is ${shown.join(', ')}${more}`
  }`;
};

const jobMatcher = (jobs: readonly string[]): LabelMatcher => ({
  label: 'job',
  operator: '=~',
  value: jobs.map(escaped).join('|'),
});

const isThere = async (name: string, matchers: readonly LabelMatcher[], home: Home): Promise<boolean> =>
  (await home.prometheus.instant(`group(${latest(name, matchers, home)})`, home.at)).length > 0;

const isUp = async (matchers: readonly LabelMatcher[], home: Home): Promise<boolean> =>
  (await home.prometheus.instant(`group(${latest('up', matchers, home)} == 1)`, home.at)).length > 0;

/** The last sample of what is scraped more rarely than each five minutes is older than a selector looks back. */
const latest = (name: string, matchers: readonly LabelMatcher[], { homelab }: Home): string => {
  const jobs = matchers.filter(({ label }) => label === 'job');
  const sources = Object.values(homelab.sources).filter(
    ({ job }) => jobs.length > 0 && jobs.every((matcher) => fits(matcher, { job })),
  );
  const seconds = Math.max(...[...ownersOf(name, homelab), ...sources].map(({ interval }) => 2 * interval.seconds), 0);
  const selector = written(name, matchers);
  return seconds > 300 ? `last_over_time(${selector}[${seconds}s])` : selector;
};

const written = (name: string, matchers: readonly LabelMatcher[]): string =>
  `{${[`__name__=${JSON.stringify(name)}`, ...matchers.map(inSelector)].join(',')}}`;

const inSelector = ({ label, operator, value }: LabelMatcher): string => `${label}${operator}${JSON.stringify(value)}`;
const inQuery = (matcher: LabelMatcher): string => `\`${inSelector(matcher)}\``;

const escaped = (text: string): string => text.replace(/[$^*{}[\]+?.()|\\/]/g, '\\$&');
