import { describe, expect, it } from 'vitest';
import { catalogErrors } from './validate';

const metric = { type: 'gauge', labels: { host: {}, state: { on: {}, off: {} } } };
const catalog = {
  source: 'example',
  version: '1.0.0',
  port: 9100,
  path: '/metrics',
  provenance: [{ repository: 'someone/exporter', commit: '0'.repeat(40), path: 'main.go' }],
  evidence: 'source',
  prefixes: ['example_'],
  metrics: { example_up: metric },
};
const withMetric = (changes: object): object => ({ ...catalog, metrics: { example_up: { ...metric, ...changes } } });

describe('catalogErrors', () => {
  it('finds nothing in a catalog', () => {
    expect(catalogErrors(catalog)).toEqual([]);
    expect(catalogErrors(withMetric({ note: 'x'.repeat(299), since: '1.0.0', unit: 'bool', default: false }))).toEqual(
      [],
    );
  });

  it.each<[string, unknown, string]>([
    ['no catalog', 'text', 'the catalog must be object'],
    [
      'a short commit',
      { ...catalog, provenance: [{ ...catalog.provenance[0], commit: 'abc1234' }] },
      '/provenance/0/commit',
    ],
    ['no provenance', { ...catalog, provenance: [] }, '/provenance'],
    ['an unknown field', { ...catalog, help: 'x' }, '`help`'],
    ['a metric name with a dash', { ...catalog, metrics: { 'example-up': metric } }, 'must match pattern'],
    ['a label name with a dash', withMetric({ labels: { 'a-b': {} } }), '/metrics/example_up/labels'],
    ['label values as a list', withMetric({ labels: { state: ['on'] } }), '/metrics/example_up/labels/state'],
    ['a unit nobody knows', withMetric({ unit: 'second' }), '/metrics/example_up/unit'],
    ['a text as long as a manual', withMetric({ note: 'x'.repeat(300) }), '/metrics/example_up/note'],
    ['prose as collector', withMetric({ collector: 'activity (off by default)' }), '/metrics/example_up/collector'],
    ['a pattern that is not anchored', { ...catalog, open: [{ pattern: 'example_.*', why: 'x' }] }, '/open/0/pattern'],
    ['a version with a v', withMetric({ since: 'v1.0.0' }), '/metrics/example_up/since'],
    ['a query in the path', { ...catalog, path: '/pve?target=x' }, '/path'],
  ])('finds %s', (_, value, said) => {
    expect(catalogErrors(value).join('\n')).toContain(said);
  });
});
