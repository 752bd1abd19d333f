import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { parse } from 'yaml';
import { buildAlerts } from '../lib/alerts/define';
import type { Engine, Homelab } from '../lib/homelab/homelab';
import { resolveHomelab } from '../lib/homelab/resolve';
import { requireProgram } from '../lib/proof/programs';
import { withPrograms } from '../lib/proof/testing/with-programs';
import type { Artifact } from '../lib/render/artifact';
import { renderGrafanaAlerting } from '../lib/render/grafana-alerting';
import { renderPrometheusAlerting } from '../lib/render/prometheus-rules';
import { alerts } from './index';

/** What templates, YAML, PromQL, regular expressions and Grafana's environment read as more than a text. */
const name = fc
  .array(
    fc.constantFrom(
      'nas',
      '{{',
      '}}',
      '{{ .x }}',
      '$HOME',
      '${A}',
      '$$',
      '"',
      "'",
      '`',
      '\\',
      '\\n',
      '|',
      '.*',
      '(',
      '[',
      ': ',
      ' #',
      '%',
      '<b>',
      'ü',
      '{host}',
      '-',
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.join('').trim())
  .filter((text) => text !== '');

const nasty = fc
  .record({
    hosts: fc.uniqueArray(name, { minLength: 2, maxLength: 2, selector: (text) => text.toLowerCase() }),
    service: name,
    receivers: fc.uniqueArray(
      name.map((text) => `r${text.replaceAll('+', '')}`),
      { minLength: 2, maxLength: 2, selector: (text) => text.toLowerCase() },
    ),
    topic: name,
    mountpoint: name,
  })
  .map(
    ({
      hosts: [one = 'a', two = 'b'],
      service,
      receivers: [first = 'x', second = 'y'],
      topic,
      mountpoint,
    }): Homelab => ({
      hosts: [
        { name: one, address: '192.168.1.2' },
        { name: two, address: '192.168.1.3', dependsOn: one },
      ],
      probes: { services: [{ name: service, url: 'http://192.168.1.3/', host: two }] },
      urls: { runbooks: 'https://example.org/$a/{{b}}', grafana: 'https://example.org/$a' },
      alerting: {
        pack: 'all',
        receivers: {
          [first]: { kind: 'ntfy', topic },
          [second]: { kind: 'email', to: ['me@example.org'] },
        },
        alerts: {
          HostFilesystemFull: {
            notify: [first, second],
            overrides: [
              { match: { mountpoint }, notify: [] },
              { match: { host: [one, two] }, notify: second },
            ],
          },
          HostDown: { overrides: [{ match: { host: two }, severity: 'info' }] },
        },
      },
    }),
  );

const rendered = (homelab: Homelab, engine: Engine): readonly Artifact[] => {
  const resolved = resolveHomelab(homelab, { engine });
  const built = buildAlerts(alerts, resolved);
  const panelOf = () => ({ dashboardUid: 'hl-host-use' });
  return [...renderGrafanaAlerting(resolved, built, panelOf), ...renderPrometheusAlerting(resolved, built, panelOf)];
};

const said = (folder: string, program: 'promtool' | 'amtool', ...parameters: readonly string[]): string => {
  const { status, stdout, stderr } = spawnSync(requireProgram(program), parameters, { cwd: folder, encoding: 'utf8' });
  return status === 0 ? '' : stdout + stderr;
};

withPrograms(
  ['promtool', 'amtool'],
  'whatever things are called, every file is read as what it says',
  () => {
    fc.assert(
      fc.property(nasty, (homelab) => {
        const folder = mkdtempSync(join(tmpdir(), 'nasty-names-'));
        try {
          const files = rendered(homelab, 'prometheus');
          for (const { path, text } of files) {
            mkdirSync(dirname(join(folder, path)), { recursive: true });
            writeFileSync(join(folder, path), text);
          }
          const rules = files.filter(({ kind }) => kind === 'rules').map(({ path }) => path);
          expect(rules).not.toEqual([]);
          expect(said(folder, 'promtool', 'check', 'rules', ...rules)).toBe('');
          // Debian's amtool knows not all kinds of receivers, and is asked about the rest.
          const { route, inhibit_rules, receivers } = parse(
            files.find(({ path }) => path.endsWith('alertmanager.yml'))?.text ?? '',
          );
          const bare = {
            route,
            inhibit_rules,
            receivers: receivers.map((one: { name: string }) => ({ name: one.name })),
          };
          writeFileSync(join(folder, 'alertmanager.yml'), JSON.stringify(bare));
          expect(said(folder, 'amtool', 'check-config', 'alertmanager.yml')).toBe('');

          const inGrafana = Object.fromEntries(
            rendered(homelab, 'grafana').map(({ kind, text }) => [kind, parse(text)]),
          );
          const points: readonly { name: string }[] = inGrafana['contact-points'].contactPoints;
          const expanded = points.map((point) => point.name.replaceAll('$$', '$'));
          for (const receiver of Object.keys(homelab.alerting?.receivers ?? {}))
            expect(expanded).toContain(`hl-${receiver}`);
          // No `$` is left that Grafana would take for a variable.
          for (const point of points) expect(point.name.replaceAll('$$', '')).not.toContain('$');
        } finally {
          rmSync(folder, { recursive: true, force: true });
        }
      }),
      { numRuns: 6 },
    );
  },
  120_000,
);
