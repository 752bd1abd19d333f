import { typeByWord } from '../../catalog/metric-types';
import { nearest } from '../../nearest';
import type { Selector } from '../../query/tree';
import type { Known, KnownLabels, KnownMetric, Knowledge } from '../knowledge';
import type { LiveFacts, LiveMetric } from '../live/live-facts';
import { presenceOf } from '../live/presence';
import { fits, readingsOf } from './family';
import { literalValues } from '../promql/matcher-values';
import { undescribed } from './undescribed';

/** Labels that scraping always adds: a server gives them with a metric's own. */
const ofScraping = new Set(['job', 'instance']);

/**
 * What a server has, and where it says nothing (units, labels of what is not there now) what recorded catalogs know. Missing is only what
 * was never there and what no catalog knows: what vanished, or may come, is quiet (`presenceOf`).
 */
export const liveKnowledge = (facts: LiveFacts, recorded: Knowledge): Knowledge => {
  const made = new Map<Known, Known>();
  const recordings = new Map(facts.rules.filter(({ kind }) => kind === 'recording').map((rule) => [rule.name, rule]));

  const ofName = (name: string, known: Known): Known => {
    if (facts.now.has(name)) return seen(name, known);
    if (known.state === 'known') return known;
    if (recordings.has(name)) return { ...undescribed(name, facts.says), recording: true };
    const before = facts.metrics.get(name);
    // Not answered: nothing can be said of it.
    if (!before) return known;
    const isGone = before.labels.size > 0 || facts.lastSeen.has(name);
    // A name that is made at run time may come yet, unless it is a letter away from one that is known.
    const slip = (known.state === 'open' || known.state === 'uncovered') && !isGone ? known.slip : undefined;
    if ((known.state === 'open' && slip === undefined) || (isGone && known.state !== 'missing'))
      return undescribed(name, facts.says);
    return {
      state: 'missing',
      name,
      owner: facts.says,
      why: whyMissing(name, known, isGone),
      nearest:
        known.state === 'missing' && known.nearest.length > 0
          ? known.nearest
          : slip !== undefined
            ? [slip]
            : nearest(name, facts.now),
      evidence: known.state === 'missing' ? `${facts.says}; ${known.evidence}` : facts.says,
    };
  };

  const whyMissing = (name: string, known: Known, isGone: boolean): string => {
    const last = facts.lastSeen.get(name);
    const here = isGone
      ? `last seen ${last === undefined ? `within ${days(facts.memory)}` : moment(last)}`
      : `never seen in ${days(facts.memory)}`;
    return known.state === 'missing' ? `${here}, and ${known.why}` : here;
  };

  const seen = (name: string, known: Known): KnownMetric => {
    const base = known.state === 'known' ? known : undescribed(name, facts.says);
    const said = typeOf(name, facts);
    const metric = facts.metrics.get(name);
    return {
      ...base,
      ...said,
      // Where the server and the catalog differ, the catalog is of another version.
      ...(metric && metric.labels.size > 0 && { labels: labelsOf(metric, base) }),
      evidence: known.state === 'known' ? `${facts.says}; ${known.evidence}` : facts.says,
      recording: base.recording || recordings.has(name),
    };
  };

  /** Jobs that a selector names, else those whose series the server has shown. */
  const jobsOf = ({ name = '', matchers }: Selector): readonly string[] => {
    const job = matchers.find(({ label, operator }) => label === 'job' && operator.startsWith('='));
    const named = job && literalValues(job);
    return named ?? [...new Set(facts.metrics.get(name)?.series?.flatMap((labels) => labels['job'] ?? []))];
  };

  return {
    of: (selector) => {
      const { name } = selector;
      if (name === undefined) return { state: 'unnamed' };
      const known = recorded.of(selector);
      const before = made.get(known);
      if (before) return before;
      const answer = ofName(name, known);
      made.set(known, answer);
      return answer;
    },
    intervalOf: (selector) => {
      const recording = recordings.get(selector.name ?? '');
      if (recording && recording.interval > 0) return recording.interval;
      const { scraping } = facts;
      const own = recorded.intervalOf(selector);
      if (!scraping || recorded.of(selector).state === 'unnamed') return own;
      const jobs = jobsOf(selector);
      const all = Object.values(scraping.jobs);
      const seconds = new Set(jobs.length > 0 ? jobs.map((job) => scraping.jobs[job]) : all);
      const [only] = seconds;
      return seconds.size === 1 && only !== undefined ? only : own;
    },
    scraped: new Set([...recorded.scraped, ...ofScraping]),
    says: facts.says,
    live: true,
    ...(facts.product && { product: facts.product }),
    presenceOf: (selector) => {
      const known = recorded.of(selector);
      const isOnlyInFiles = known.state === 'known' && known.recording && !recordings.has(known.name);
      const presence = presenceOf(selector, facts);
      // A recording rule that the server has not loaded yet.
      return isOnlyInFiles && presence.state === 'never' ? { state: 'unknown' } : presence;
    },
  };
};

/** The type that the server remembers, by the name itself or by the family that it is a part of. */
const typeOf = (name: string, { metadata }: LiveFacts): Pick<KnownMetric, 'family' | 'part' | 'type'> | undefined => {
  for (const reading of readingsOf(name)) {
    const entries = metadata.get(reading.family);
    const types = new Set((entries ?? []).map(({ type }) => type));
    if (types.size !== 1) continue;
    const [said = ''] = types;
    const type = typeByWord[said];
    if (type && fits(name, reading, { type })) return { ...reading, type };
  }
  return undefined;
};

/** All labels of what the server has, and those that a catalog knows beside: they may come. The values where its series were asked for. */
const labelsOf = ({ labels, series }: LiveMetric, { labels: known }: KnownMetric): KnownLabels => {
  const values = new Map<string, ReadonlySet<string>>();
  const here = [...labels].filter((label) => !ofScraping.has(label));
  return {
    names: new Set([...here, ...known.names]),
    optional: new Set([...known.names].filter((label) => !labels.has(label) || known.optional?.has(label))),
    ...(known.elsewhere && { elsewhere: new Set([...known.elsewhere].filter((label) => !labels.has(label))) }),
    ...(known.taken && { taken: new Set([...known.taken].filter((label) => !labels.has(label))) }),
    open: false,
    valuesOf: (label) => {
      const closed = known.valuesOf(label);
      // What a catalog closes may come, though it is not there now.
      if (closed?.closed || !series) return closed;
      const found = values.get(label) ?? new Set(series.flatMap((each) => each[label] ?? []));
      values.set(label, found);
      return { values: found, closed: false };
    },
  };
};

const days = (seconds: number): string => `${Math.round(seconds / 86_400)} days`;

const moment = (seconds: number): string =>
  `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
