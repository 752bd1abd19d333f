import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { format } from 'prettier';
import type { Homelab } from '../homelab/homelab';
import { newsIn } from './compare';
import type { Proposal } from './proposal';
import { toTypeScript, toYaml } from './write';

const homelab: Homelab = {
  hosts: [
    { name: "o'nas", address: '10.0.0.1', exporters: [{ exporter: 'node_exporter', version: '1.9.1' }] },
    { name: 'pi', address: '10.0.0.2' },
  ],
  sources: {
    node_exporter: { select: { job: 'nodes' }, identity: { host: { label: 'instance', pattern: '{host}:9100' } } },
  },
  dataSources: { 'my-metrics': { kind: 'prometheus', uid: 'p' } },
};

const proposal: Proposal = {
  homelab,
  comments: {
    'hosts[0].exporters[0]': ['Version 1.9.1: it says so.'],
    'sources.node_exporter': ['Job `nodes`.', 'A label with\n} two lines'],
    'hosts[1]': ['It did not answer.'],
  },
  suggestions: [{ why: ['When it probes:'], part: { probes: { router: '10.0.0.254' } } }],
  questions: [],
  report: [],
  unsaid: ['job `odd`: nobody knows it'],
};

/** What the file would hand to `defineHomelab`. */
const evaluated = (text: string): unknown =>
  new Function('defineHomelab', text.replace(/^import .*$/m, '').replace('export default', 'return'))(
    (value: unknown) => value,
  );

describe('the file', () => {
  it('in TypeScript says what was proposed, each comment above what it is about', () => {
    const text = toTypeScript(proposal);
    expect(evaluated(text)).toEqual(homelab);
    expect(text).toContain(
      `        // Version 1.9.1: it says so.\n        { exporter: 'node_exporter', version: '1.9.1' },`,
    );
    expect(text).toContain(`    // It did not answer.\n    { name: 'pi', address: '10.0.0.2' },`);
    expect(text).toContain(`    // A label with\n    // } two lines\n`);
    expect(text).toContain(`// When it probes:\n//   probes: { router: '10.0.0.254' },`);
    expect(text.endsWith('// Left out:\n// - job `odd`: nobody knows it\n')).toBe(true);
  });

  it('in TypeScript is formatted as the examples are', async () => {
    const text = toTypeScript(proposal);
    expect(await format(text, { parser: 'typescript', singleQuote: true, printWidth: 120, trailingComma: 'all' })).toBe(
      text,
    );
  });

  it('in YAML says the same', () => {
    const text = toYaml(proposal, '../schema.json');
    expect(parse(text)).toEqual(homelab);
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.\.\/schema\.json\n/);
    expect(text).toMatch(/ +# Version 1\.9\.1: it says so\.\n +- exporter: node_exporter/);
    expect(text).toContain('# When it probes:\n#   probes:\n#     router: 10.0.0.254\n');
  });
});

describe('what is new beside a file that is there', () => {
  const places = (proposed: Homelab, existing: Homelab): readonly string[] =>
    newsIn(proposed, existing).map(({ place, text }) => `${place}: ${text}`);

  it('is nothing in the file that was proposed', () => {
    expect(places(homelab, homelab)).toEqual([]);
  });

  it('is a machine, an exporter, a job, a data source, a receiver', () => {
    const existing: Homelab = {
      hosts: [{ name: "O'NAS", address: '10.0.0.1' }],
      sources: { node_exporter: { select: { job: 'old-nodes' } } },
    };
    const proposed: Homelab = {
      ...homelab,
      hosts: [
        {
          name: "o'nas",
          address: '10.0.0.1',
          exporters: [{ exporter: 'node_exporter', version: '1.9.1' }, { exporter: 'smartctl_exporter' }],
        },
        { name: 'pi', address: '10.0.0.2' },
      ],
      alerting: { receivers: { mail: { kind: 'email', to: ['a@example.org'] } } },
    };
    expect(places(proposed, existing)).toEqual([
      `hosts › O'NAS › exporters: { exporter: 'smartctl_exporter' }`,
      `hosts: { name: 'pi', address: '10.0.0.2' }`,
      `sources: node_exporter: { select: { job: 'nodes' }, identity: { host: { label: 'instance', pattern: '{host}:9100' } } }`,
      `dataSources: my-metrics: { kind: 'prometheus', uid: 'p' }`,
      `alerting › receivers: mail: { kind: 'email', to: ['a@example.org'] }`,
    ]);
  });

  it('is not the same exporter under another name, nor a job that `select` takes already', () => {
    const existing: Homelab = {
      hosts: [
        { name: 'storage', address: '10.0.0.1' },
        { name: 'berry', address: '10.0.0.2' },
      ],
      sources: { node_exporter: { select: { job: ['nodes', 'more'] } } },
      dataSources: { metrics: { kind: 'prometheus', uid: 'p' } },
    };
    expect(places(homelab, existing)).toEqual([]);
  });
});
