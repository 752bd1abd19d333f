import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IncludedError } from './included-error';
import { complaintsAbout, fileOf, included } from './testing/files';
import { nearly } from './testing/nearly';

const said = (path: string, content: unknown): string => complaintsAbout([fileOf(path, content)]);

describe('a file that is neither dashboard nor rules', () => {
  it.each([
    [[1], 'a list'],
    [3, 'a single value'],
    [null, 'empty'],
    [{}, 'an empty object'],
    [{ a: 1, b: 2 }, 'an object with `a`, `b`'],
    [{ a: 1, b: 2, c: 3, d: 4, e: 5 }, 'an object with `a`, `b`, `c`, `d` and more'],
    [{ services: { a: {} } }, 'a compose file'],
    [{ scrape_configs: [] }, 'a configuration of Prometheus'],
    [{ route: {}, receivers: [] }, 'a configuration of Alertmanager'],
    [{ apiVersion: 1, datasources: [] }, "data sources of Grafana's provisioning"],
    [{ apiVersion: 1, providers: [] }, "dashboard providers of Grafana's provisioning"],
    [{ apiVersion: 1, contactPoints: [] }, "contact points of Grafana's provisioning"],
    [
      { apiVersion: 1, groups: [{ orgId: 1, name: 'a', folder: 'b', rules: [] }] },
      "alert rules of Grafana's own provisioning",
    ],
    [{ apiVersion: 'v1', kind: 'Secret', data: {} }, 'a Kubernetes Secret'],
    [{ apiVersion: 'v1', kind: 'toString', data: {} }, 'a Kubernetes toString'],
    [{ apiVersion: 'folder.grafana.app/v1', kind: 'Folder', spec: {} }, 'a Kubernetes Folder'],
    [{ hosts: [] }, 'a homelab file'],
    [{ type: 'stat', targets: [] }, 'one panel'],
    [{ rule_files: [], tests: [] }, 'a configuration of Prometheus'],
  ])('%j looks like something', (content, looks) => {
    const text = said('a.json', content);
    expect(text).toContain(
      `error: home/a.json: it looks like ${looks}, which cannot be included\n  allowed: a Grafana dashboard`,
    );
    expect(text).toContain('  try: leave it out of the pattern in `include`');
  });

  it('says where the rules of an operator stand', () =>
    expect(
      said('a.yaml', { apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', spec: { groups: [] } }),
    ).toContain(
      'it looks like a Kubernetes PrometheusRule, which cannot be included\n  allowed: a Grafana dashboard (classic JSON, bare or as `{ dashboard, meta }`, an export with `__inputs`, a v1 resource), or a rule file of Prometheus, Mimir, vmalert or Loki (`groups:`)\n  try: write what stands under `spec` into a file of its own',
    ));

  it('near it, dashboards and rules are taken', () => {
    expect(said('a.json', { title: 'A', panels: [] })).toBe('');
    expect(said('a.json', { title: 'A', rows: [] })).toBe('');
    expect(said('a.yaml', { groups: [] })).toBe('');
  });
});

describe('a broken file', () => {
  it.each([
    ['a.json', '{"panels": [1,]}', 'home/a.json:1:15: not JSON: a value is missing, or there is a comma too many'],
    ['a.json', '{\n  "title": "a"\n  "panels": []\n}', 'home/a.json:3:3: not JSON: a comma is missing'],
    ['a.json', '{"panels": []', 'not JSON: a closing brace is missing'],
    ['a.json', '// a\n{}', 'home/a.json:1:1: not JSON: comments are not allowed'],
    ['a.json', ' \n', 'error: home/a.json: an empty file'],
    ['a.json', '{"a": "b\n"}', 'home/a.json:1:7: not JSON: a text has no closing quote'],
    ['a.yaml', 'groups:\n\t- a', 'home/a.yaml:2:1: not YAML: '],
    ['a.yml', 'groups: [', 'home/a.yml:1:10: not YAML: '],
    ['a.txt', '{}', 'home/a.txt: neither JSON nor YAML by its name'],
  ])('%s %j', (path, text, words) => expect(said(path, text)).toContain(words));

  it('shows its line with a caret', () =>
    expect(said('a.json', '{\n  "title" "a"\n}')).toBe(
      'error: home/a.json:2:11: not JSON: a colon is missing\n  try: mend it, or export it again\n  2 |   "title" "a"\n    |           ^^^',
    ));
});

describe('any file', () => {
  it('is taken, or refused with words', () => {
    fc.assert(
      fc.property(nearly, fc.constantFrom('a.json', 'a.yaml'), (value, path) => {
        try {
          const { boards, rules } = included([fileOf(path, value)]);
          expect(boards.length + rules.length).toBe(1);
        } catch (error) {
          expect(error).toBeInstanceOf(IncludedError);
          expect((error as Error).message).toMatch(/^error: home\/a\.(json|yaml)/);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('of any text is taken, or refused with words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('a.json', 'a.yaml', 'a'), (text, path) => {
        expect(complaintsAbout([fileOf(path, text)])).toMatch(/^(error: home\/a|$)/);
      }),
      { numRuns: 200 },
    );
  });
});
