import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { recordedCatalogs } from '../homelab/catalogs';
import { checkHomelab } from '../homelab/check';
import { resolveHomelab } from '../homelab/resolve';
import { everywhere } from '../homelab/jobs';
import { newsIn } from './compare';
import { propose } from './propose';
import type { SeenPrometheus, SeenSource, SeenTarget } from './seen';
import { toTypeScript, toYaml } from './write';

const sources = recordedCatalogs.names().filter((name) => !everywhere.includes(name));

const word = fc.oneof(
  fc.constantFrom('nas', 'NAS', 'pi', 'my box', '10.0.0.1', "o'hara", '{host}', 'a\nb', '*/', '', ' x ', 'ü'),
  fc.string({ maxLength: 8 }),
);
const target = (job: string): fc.Arbitrary<SeenTarget> =>
  fc
    .record({
      instance: fc.oneof(
        word,
        fc
          .tuple(fc.constantFrom('nas', 'pi', '10.0.0.1', '[::1]'), fc.constantFrom(9100, 9101))
          .map(([a, p]) => `${a}:${p}`),
        fc.constantFrom('https://example.org/x', 'http://10.0.0.1:80', 'example.org:443', '9.9.9.9'),
      ),
      labels: fc.dictionary(fc.constantFrom('host', 'hostname', 'service', 'name', 'group', 'reach'), word, {
        maxKeys: 3,
      }),
      url: fc.option(
        fc.constantFrom('http://nas:9100/metrics', 'https://pi:1/p?x=1', 'http://[::1]:9100/probe?module=dns'),
        {
          nil: undefined,
        },
      ),
      up: fc.boolean(),
    })
    .map(({ instance, labels, url, up }) => ({
      job,
      instance,
      labels: { ...labels, job, instance },
      up,
      ...(url !== undefined && { url }),
    }));

const source: fc.Arbitrary<SeenSource> = fc
  .tuple(
    fc.constantFrom('node_exporter', 'blackbox_exporter', 'cadvisor', ...sources),
    fc.constantFrom('node', 'a b', 'apps', "it's"),
  )
  .chain(([name, job]) =>
    fc.record({
      source: fc.constant(name),
      job: fc.constant(job),
      fit: fc.constant({ source: name, seen: 3, missing: 1, strange: [], metrics: ['m'] }),
      targets: fc.array(target(job), { minLength: 1, maxLength: 3 }),
      versions: fc.constant({}),
      collectors: fc.constant({}),
      interval: fc.constantFrom({ text: '30s', evidence: 'it says so' }, { text: '15s', evidence: 'measured' }),
      isScraped: fc.boolean(),
      isProbe: fc.boolean(),
    }),
  );

const prometheus: fc.Arbitrary<SeenPrometheus> = fc.record({
  url: fc.constant('http://prometheus.lan:9090'),
  sources: fc.array(source, { maxLength: 5 }),
  open: fc.constant([]),
  nodeNames: fc.constant({ 'nas:9100': 'nas' }),
  unsaid: fc.constant([]),
});

describe('whatever a Prometheus has', () => {
  it('the file passes its check, can be resolved, says the same in both languages, and is nothing new to itself', () => {
    fc.assert(
      fc.property(prometheus, (seen) => {
        const machine = { name: 'bench', timeZone: 'Europe/Berlin' };
        const proposal = propose({ prometheus: seen, machine }, {}, recordedCatalogs);
        expect(checkHomelab(proposal.homelab)).toEqual([]);
        resolveHomelab(proposal.homelab);
        const text = toTypeScript(proposal)
          .replace(/^import .*$/m, '')
          .replace('export default', 'return');
        const plain: unknown = JSON.parse(JSON.stringify(proposal.homelab));
        expect(new Function('defineHomelab', text)((value: unknown) => value)).toEqual(plain);
        expect(parse(toYaml(proposal, 's.json'))).toEqual(plain);
        expect(newsIn(proposal.homelab, proposal.homelab)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
