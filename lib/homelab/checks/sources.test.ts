import { describe, expect, test } from 'vitest';
import { complaints } from '../testing/complaints';

const settings = (node: object) => complaints({ sources: { node_exporter: node } });

test('settings of an unknown source', () => {
  expect(complaints({ sources: { node_exportr: { interval: '30s' } } })).toMatch(
    /^error: sources\.node_exportr: unknown source 'node_exportr'\n {2}allowed: node_exporter, .*\n {2}try: write `node_exporter:`$/,
  );
  expect(complaints({ sources: { blackbox_lan: { interval: '2m' }, scrape: {}, node_exporter: {} } })).toBe('');
});

describe('intervals', () => {
  test.each(['30', 'soon', '30sec', '-30s', '1.5m', '0s', '', '5 m'])('%j is none', (interval) => {
    expect(settings({ interval })).toContain(
      `error: sources.node_exporter.interval: unreadable duration, got '${interval}'\n  allowed: whole numbers with`,
    );
  });

  test('a bare number is taken for seconds', () => {
    expect(settings({ interval: '30' })).toContain("try: write `interval: '30s'`");
  });

  test.each(['15s', '1m30s', '500ms', '1h'])('%s passes', (interval) => {
    expect(settings({ interval })).toBe('');
  });
});

describe('selects', () => {
  test.each([[{ job: '' }], [{ job: [] }], [{ job: ['node', ''] }]])('%j selects nothing', (select) => {
    expect(settings({ select })).toContain('error: sources.node_exporter.select.job: selects nothing');
  });

  test('one value and several pass', () => {
    expect(settings({ select: { job: 'node', site: ['home', 'garage'] } })).toBe('');
  });
});

describe('identities', () => {
  test.each(['{host}:9100', '{host}', 'prefix-{host}'])('the pattern %s passes', (pattern) => {
    expect(settings({ identity: { host: { label: 'instance', pattern } } })).toBe('');
  });

  test.each(['nas:9100', '{host}-{host}', '{service}:9100', '{host}:{port}', '{}', ''])(
    'the pattern %j is refused with the relabelling to add',
    (pattern) => {
      expect(settings({ identity: { host: { label: 'instance', pattern } } })).toBe(
        [
          `error: sources.node_exporter.identity.host.pattern: a pattern from which the host cannot be read back, got '${pattern}'`,
          "  allowed: text with {host} in it exactly once and no other braces, such as '{host}:9100'",
          "  try: write the host into a label of its own when scraping, with relabel_configs: { source_labels: [instance], regex: '(.*):.*', target_label: host }, and remove this",
        ].join('\n'),
      );
    },
  );

  test('each entity has its own placeholder', () => {
    expect(settings({ identity: { service: { label: 'instance', pattern: '{service}:80' } } })).toBe('');
    expect(settings({ identity: { service: { label: 'instance', pattern: '{host}:80' } } })).toContain(
      'text with {service}',
    );
  });

  test('a pattern where a label belongs', () => {
    expect(settings({ identity: { host: '{host}:9100' } })).toBe(
      [
        "error: sources.node_exporter.identity.host: a pattern without its label, got '{host}:9100'",
        "  allowed: the name of a label, or { label: 'instance', pattern: '{host}:9100' }",
        "  try: write `host: { label: 'instance', pattern: '{host}:9100' }`",
      ].join('\n'),
    );
  });

  test('a label', () => {
    expect(settings({ identity: { host: 'node-name' } })).toContain(
      "identity.host: malformed label name, got 'node-name'",
    );
    expect(settings({ identity: { host: { label: '1st', pattern: '{host}' } } })).toContain(
      'host.label: malformed label name',
    );
    expect(settings({ identity: { host: 'node_name' } })).toBe('');
  });
});
