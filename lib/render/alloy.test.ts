import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { toSeconds } from '../duration';
import { example, exampleNames } from '../fleet/testing/examples';
import { defineHomelab } from '../homelab/define';
import type { Homelab } from '../homelab/homelab';
import { resolveHomelab } from '../homelab/resolve';
import type { ResolvedHomelab } from '../homelab/resolved';
import { renderAlloy, writeUrl } from './alloy';
import { renderScrape } from './scrape';
import { readAlloy, type Read, type ReadBlock } from './testing/read-alloy';

/** A target as the program that reads the configuration asks it: how, how often, and with which labels. */
interface Asked {
  readonly url: string;
  readonly every: number;
  readonly timeout: number;
  readonly auth: unknown;
  readonly labels: Readonly<Record<string, string>>;
}

interface Rule {
  readonly from: readonly string[];
  readonly to: string;
  readonly replacement: string | undefined;
}

interface Job {
  readonly scheme: string;
  readonly path: string;
  readonly params: Readonly<Record<string, readonly string[]>>;
  readonly every: number;
  readonly timeout: number;
  readonly auth: unknown;
  readonly rules: readonly Rule[];
}

/** What either program makes of a target before it asks: relabelling, then the labels with two underscores go into the address. */
const asked = (target: Readonly<Record<string, string>>, job: Job): Asked => {
  const labels: Record<string, string> = { ...target };
  for (const { from, to, replacement } of job.rules)
    labels[to] = replacement ?? from.map((label) => labels[label] ?? '').join(';');
  const given = Object.entries(labels).flatMap(([label, value]) =>
    label.startsWith('__param_') ? [[label.slice('__param_'.length), [value]] as const] : [],
  );
  const params = { ...job.params, ...Object.fromEntries(given) };
  const query = Object.entries(params).map(([key, values]) => `${key}=${values.join(',')}`);
  return {
    url: `${job.scheme}://${labels['__address__']}${job.path}?${query.sort().join('&')}`,
    every: job.every,
    timeout: job.timeout,
    auth: job.auth,
    labels: Object.fromEntries(
      Object.entries({ instance: labels['__address__'] ?? '', ...labels })
        .filter(([label]) => !label.startsWith('__'))
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  };
};

const sorted = (all: readonly Asked[]): readonly string[] => all.map((each) => JSON.stringify(each)).sort();

interface PrometheusJob {
  readonly scheme?: string;
  readonly metrics_path?: string;
  readonly params?: Readonly<Record<string, readonly string[]>>;
  readonly scrape_interval: string;
  readonly scrape_timeout?: string;
  readonly basic_auth?: { readonly username: string; readonly password_file: string };
  readonly authorization?: { readonly credentials_file: string };
  readonly static_configs: readonly {
    readonly targets: readonly string[];
    readonly labels: Readonly<Record<string, string>>;
  }[];
  readonly relabel_configs?: readonly {
    readonly source_labels?: readonly string[];
    readonly target_label: string;
    readonly replacement?: string;
  }[];
}

const byPrometheus = (homelab: ResolvedHomelab): readonly string[] => {
  const whole = renderScrape(homelab).find(({ path }) => path === 'prometheus/prometheus.yml');
  const { scrape_configs: configs } = parse(whole?.text ?? '') as { scrape_configs: readonly PrometheusJob[] };
  return sorted(
    configs.flatMap((config) => {
      const job: Job = {
        scheme: config.scheme ?? 'http',
        path: config.metrics_path ?? '/metrics',
        params: config.params ?? {},
        every: toSeconds(config.scrape_interval),
        timeout: toSeconds(config.scrape_timeout ?? '10s'),
        auth: config.basic_auth
          ? [config.basic_auth.username, config.basic_auth.password_file]
          : config.authorization?.credentials_file,
        rules: (config.relabel_configs ?? []).map((rule) => ({
          from: rule.source_labels ?? [],
          to: rule.target_label,
          replacement: rule.replacement,
        })),
      };
      return config.static_configs.flatMap(({ targets, labels }) =>
        targets.map((address) => asked({ __address__: address, ...labels }, job)),
      );
    }),
  );
};

const fieldsOf = (read: Read | undefined): Readonly<Record<string, Read>> =>
  typeof read === 'object' && 'fields' in read ? read.fields : {};
const textsOf = (read: Read | undefined): readonly string[] => (Array.isArray(read) ? read.map(String) : []);
const nameOf = (read: Read | undefined): string => (typeof read === 'object' && 'name' in read ? read.name : '');
const alloyText = (homelab: ResolvedHomelab): string =>
  renderAlloy(homelab)
    .map(({ text }) => text)
    .join('\n');

const byAlloy = (homelab: ResolvedHomelab): readonly string[] => {
  const blocks = readAlloy(alloyText(homelab));
  const named = (path: string): ReadBlock | undefined =>
    blocks.find(({ name, label }) => path === `${name}.${label}.output` || path === `${name}.${label}.receiver`);
  return sorted(
    blocks
      .filter(({ name }) => name === 'prometheus.scrape')
      .flatMap(({ attributes, blocks: inside }) => {
        const [to] = attributes.forward_to as readonly Read[];
        expect(named(nameOf(to))?.name).toBe('prometheus.remote_write');
        const relabel = named(nameOf(attributes.targets));
        const [auth] = inside;
        const job: Job = {
          scheme: (attributes.scheme as string | undefined) ?? 'http',
          path: (attributes.metrics_path as string | undefined) ?? '/metrics',
          params: Object.fromEntries(
            Object.entries(fieldsOf(attributes.params)).map(([key, each]) => [key, textsOf(each)]),
          ),
          every: toSeconds(attributes.scrape_interval as string),
          timeout: toSeconds((attributes.scrape_timeout as string | undefined) ?? '10s'),
          auth:
            auth && (auth.name === 'basic_auth' ? Object.values(auth.attributes) : auth.attributes.credentials_file),
          rules: (relabel?.blocks ?? []).map(({ attributes: rule }) => ({
            from: textsOf(rule.source_labels),
            to: rule.target_label as string,
            replacement: rule.replacement as string | undefined,
          })),
        };
        const targets = (relabel?.attributes.targets ?? attributes.targets) as readonly Read[];
        return targets.map((target) => asked(fieldsOf(target) as Readonly<Record<string, string>>, job));
      }),
  );
};

describe('what Alloy scrapes', () => {
  it.each(exampleNames)('is what Prometheus scrapes, with the same labels, in %s', (name) => {
    const homelab = example(name);
    const expected = byPrometheus(homelab);
    expect(expected.length).toBeGreaterThan(0);
    expect(byAlloy(homelab)).toEqual(expected);
  });

  it('is so whatever things are called, and however often they are asked', () => {
    const name = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => /^\S(.*\S)?$/.test(text));
    const interval = fc.constantFrom('5s', '15s', '90s', '1m', '1h', '1d');
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 3 }), name, interval, (hosts, job, every) => {
        const homelab = resolveHomelab(
          defineHomelab({
            hosts: hosts.map((host, index) => ({ name: host, address: `192.168.1.${index + 1}` })),
            sources: { node_exporter: { select: { job }, interval: every } },
          }),
        );
        const asks = byAlloy(homelab);
        expect(asks).toEqual(byPrometheus(homelab));
        const found = asks.flatMap((each) => (JSON.parse(each) as Asked).labels['host'] ?? []);
        expect(found.sort()).toEqual([...hosts].sort());
      }),
      { numRuns: 50 },
    );
  });
});

describe('where Alloy sends it', () => {
  const withSource = (prometheus: NonNullable<Homelab['dataSources']>[string]): string =>
    alloyText(resolveHomelab(defineHomelab({ hosts: [{ name: 'nas' }], dataSources: { prometheus } })));

  it.each([
    ['http://prometheus:9090', 'http://prometheus:9090/api/v1/write'],
    ['http://vm:8428/', 'http://vm:8428/api/v1/write'],
    ['http://mimir:9009/prometheus', 'http://mimir:9009/api/v1/push'],
    [undefined, 'http://prometheus:9090/api/v1/write'],
  ])('is %s -> %s', (url, expected) => {
    expect(writeUrl(url === undefined ? undefined : { url })).toBe(expected);
  });

  it('carries the tenant, and a password by the name of its variable only', () => {
    const text = withSource({
      kind: 'prometheus',
      uid: 'mimir',
      url: 'http://mimir:9009/prometheus',
      tenant: 'home',
      basicAuth: { user: 'me', password: { env: 'MIMIR_PASSWORD' } },
    });
    expect(text).toContain('"X-Scope-OrgID" = "home"');
    expect(text).toMatch(/password = sys\.env\("MIMIR_PASSWORD"\)/);
  });

  it('is each data source that a source of the homelab is in', () => {
    const text = alloyText(
      resolveHomelab(
        defineHomelab({
          hosts: [{ name: 'nas' }],
          dataSources: {
            prometheus: { kind: 'prometheus', uid: 'prometheus' },
            'long-term': { kind: 'prometheus', uid: 'long', url: 'http://vm:8428' },
          },
          sources: { node_exporter: { dataSource: 'long-term' } },
        }),
      ),
    );
    const writers = readAlloy(text).filter(({ name }) => name === 'prometheus.remote_write');
    expect(writers.map(({ label, blocks }) => [label, blocks[0]?.attributes.url])).toEqual([
      ['long_term', 'http://vm:8428/api/v1/write'],
      ['prometheus', 'http://prometheus:9090/api/v1/write'],
    ]);
  });
});
