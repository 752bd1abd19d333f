import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Catalog, Unit } from './catalog';
import schema from './catalog.schema.json';
import { formatCatalog } from './format';
import { catalogNames, loadCatalog } from './load';
import { openPattern, ownerOf } from './lookup';
import { catalogErrors } from './validate';

const folder = join(__dirname, 'recorded');
const catalogs = catalogNames().map(loadCatalog);
const appOf = ({ app, source }: Catalog): string => app ?? source;

describe('every recorded catalog', () => {
  it.each(catalogNames())('%s has the form of catalog.schema.json and the name of its file', (name) => {
    const catalog = loadCatalog(name);
    expect(catalogErrors(catalog)).toEqual([]);
    expect(catalog.source).toBe(name);
  });

  it.each(catalogNames())('%s is written as formatCatalog writes it', (name) => {
    expect(readFileSync(join(folder, `${name}.json`), 'utf8')).toBe(formatCatalog(loadCatalog(name)));
  });

  it('is found by its name', () => {
    expect(catalogNames()).toHaveLength(readdirSync(folder).length);
  });

  it('says where it was recorded when it says `live`, and only then', () => {
    const wrong = catalogs.filter((catalog) => {
      const isLive = Object.values(catalog.metrics).some(({ evidence = catalog.evidence }) => evidence === 'live');
      return isLive !== (catalog.recordings?.some(({ evidence }) => evidence !== 'golden') ?? false);
    });
    expect(wrong.map(({ source }) => source)).toEqual([]);
  });

  it('has golden metrics where a stand-in was recorded', () => {
    const wrong = catalogs.filter(
      (catalog) =>
        catalog.recordings?.some(({ evidence }) => evidence === 'golden') &&
        !Object.values(catalog.metrics).some(({ evidence = catalog.evidence }) => evidence === 'golden'),
    );
    expect(wrong.map(({ source }) => source)).toEqual([]);
  });

  it('has no metric that begins before it ends, and no later label that the metric does not have', () => {
    const wrong = catalogs.flatMap(({ source, metrics }) =>
      Object.entries(metrics).flatMap(([name, { since, until, labels, labelSince = {} }]) => [
        ...(since && until && !before(since, until) ? [`${source} ${name}: since ${since}, until ${until}`] : []),
        ...Object.keys(labelSince).flatMap((label) => (label in labels ? [] : [`${source} ${name}: label ${label}`])),
      ]),
    );
    expect(wrong).toEqual([]);
  });

  it('lists a histogram or summary once, without its parts and their labels', () => {
    const wrong = catalogs.flatMap(({ source, metrics }) =>
      Object.entries(metrics).flatMap(([name, { type, labels }]) => {
        const part = type === 'histogram' ? 'le' : type === 'summary' ? 'quantile' : undefined;
        if (!part) return [];
        const parts = [`${name}_bucket`, `${name}_sum`, `${name}_count`].filter((each) => Object.hasOwn(metrics, each));
        return part in labels || parts.length > 0 ? [`${source} ${name}`] : [];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('does not carry the labels that scraping adds', () => {
    // The generator writes job and instance of the traced service itself.
    const known = ['tempo_metrics_generator traces_target_info'];
    const found = catalogs.flatMap(({ source, metrics }) =>
      Object.entries(metrics).flatMap(([name, { labels }]) =>
        'job' in labels || 'instance' in labels ? [`${source} ${name}`] : [],
      ),
    );
    expect(found).toEqual(known);
  });

  it('opens only names of its own, with patterns that compile', () => {
    const wrong = catalogs.flatMap((catalog) =>
      (catalog.open ?? []).flatMap(({ pattern }) => {
        new RegExp(pattern);
        const isEverybodys = ['up', 'http_requests_total', 'process_cpu_seconds_total'].some((name) =>
          openPattern({ open: [{ pattern, why: '' }] }, name),
        );
        return isEverybodys ? [`${catalog.source} ${pattern}`] : [];
      }),
    );
    expect(wrong).toEqual([]);
  });
});

describe('NOTICE', () => {
  it('names every repository that a catalog names, and no other', () => {
    const notice = readFileSync(join(__dirname, '../../NOTICE'), 'utf8');
    const named = [...notice.matchAll(/^- https:\/\/github\.com\/(\S+)/gm)].map(([, repository]) => repository);
    const read = new Set(catalogs.flatMap(({ provenance }) => provenance.map(({ repository }) => repository)));
    expect(named.sort()).toEqual([...read].sort());
  });
});

describe('prefixes', () => {
  it('belong to one app each; the exporters of that app share them', () => {
    const owners = new Map<string, Set<string>>();
    for (const catalog of catalogs) {
      for (const prefix of catalog.prefixes) {
        owners.set(prefix, (owners.get(prefix) ?? new Set()).add(appOf(catalog)));
      }
    }
    expect([...owners].filter(([, apps]) => apps.size > 1)).toEqual([]);
  });

  it('begin at least one metric of their catalog', () => {
    const unused = catalogs.flatMap(({ source, prefixes, metrics }) =>
      prefixes.flatMap((prefix) =>
        Object.keys(metrics).some((name) => name.startsWith(prefix)) ? [] : [`${source} ${prefix}`],
      ),
    );
    expect(unused).toEqual([]);
  });

  it('cover no metric of another app, unless the owner has it too (a library built in)', () => {
    const strangers = catalogs.flatMap((catalog) =>
      Object.keys(catalog.metrics).flatMap((name) => {
        const owners = ownerOf(name, catalogs);
        const isFine =
          owners.length === 0 ||
          owners.some((owner) => appOf(owner) === appOf(catalog)) ||
          owners.some((owner) => knows(owner, name));
        return isFine ? [] : [`${catalog.source} ${name}`];
      }),
    );
    expect(strangers).toEqual([]);
  });
});

describe('units', () => {
  it('are those of the type, in the schema too, and each is used', () => {
    const used = new Set(catalogs.flatMap(({ metrics }) => Object.values(metrics).flatMap(({ unit }) => unit ?? [])));
    expect([...used].sort()).toEqual(Object.keys(units).sort());
    expect(schema.definitions.metric.properties.unit.enum).toEqual(Object.keys(units));
  });

  it('agree with names that tell them', () => {
    const exceptions: Record<string, Unit> = {
      minio_bucket_usage_last_activity_nano_seconds: 'nanoseconds',
      minio_heal_time_last_activity_nano_seconds: 'nanoseconds',
      minio_usage_last_activity_nano_seconds: 'nanoseconds',
      probe_failed_due_to_bytes: 'bool',
    };
    const allowed: Record<string, readonly Unit[]> = {
      seconds: ['seconds', 'timestamp_seconds'],
      bytes: ['bytes', 'bytes_per_second'],
      celsius: ['celsius'],
      ratio: ['ratio'],
    };
    const wrong = catalogs.flatMap(({ source, metrics }) =>
      Object.entries(metrics).flatMap(([name, { unit }]) => {
        const told = /_(seconds|bytes|celsius|ratio)(?:_total)?$/.exec(name)?.[1];
        const fine = !told || (unit !== undefined && (allowed[told]?.includes(unit) || exceptions[name] === unit));
        return fine ? [] : [`${source} ${name}: ${unit}`];
      }),
    );
    expect(wrong).toEqual([]);
  });
});

// One too many or too few does not compile.
const units: Record<Unit, true> = {
  seconds: true,
  milliseconds: true,
  microseconds: true,
  nanoseconds: true,
  hours: true,
  days: true,
  timestamp_seconds: true,
  timestamp_milliseconds: true,
  bytes: true,
  bits: true,
  bytes_per_second: true,
  bits_per_second: true,
  kilobits_per_second: true,
  ratio: true,
  percent: true,
  celsius: true,
  volts: true,
  amperes: true,
  watts: true,
  watt_hours: true,
  joules: true,
  hertz: true,
  megahertz: true,
  rpm: true,
  decibels: true,
  decibel_milliwatts: true,
  frames_per_second: true,
  per_second: true,
  count: true,
  bool: true,
  enum: true,
  info: true,
};

const before = (a: string, b: string): boolean => {
  const [x, y] = [a.split('.').map(Number), b.split('.').map(Number)];
  const at = x.findIndex((part, index) => part !== y[index]);
  return at >= 0 && (x[at] ?? 0) < (y[at] ?? 0);
};

const knows = ({ metrics, open }: Catalog, name: string): boolean =>
  Object.hasOwn(metrics, name) ||
  Object.values(metrics).some(({ variants }) => variants?.includes(name)) ||
  openPattern(open ? { open } : {}, name) !== undefined;
