import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { buildAlerts } from '../lib/alerts/define';
import type { Engine, Homelab } from '../lib/homelab/homelab';
import { resolveHomelab } from '../lib/homelab/resolve';
import { withPrograms } from '../lib/proof/testing/with-programs';
import type { Artifact } from '../lib/render/artifact';
import { renderGrafanaAlerting, type GrafanaRule } from '../lib/render/grafana-alerting';
import { renderPrometheusAlerting } from '../lib/render/prometheus-rules';
import { casesHomelab } from './cases-homelab';
import { alerts } from './index';

const homelab: Homelab = {
  ...casesHomelab,
  alerting: { pack: 'all', receivers: { mail: { kind: 'email', to: ['me@example.org'] } } },
};

const rendered = (engine: Engine): readonly Artifact[] => {
  const resolved = resolveHomelab(homelab, { engine });
  const built = buildAlerts(alerts, resolved);
  const panelOf = () => ({ dashboardUid: 'hl-host-use', panelId: 7 });
  return [...renderGrafanaAlerting(resolved, built, panelOf), ...renderPrometheusAlerting(resolved, built, panelOf)];
};

describe('our alerts in Grafana', () => {
  const files = rendered('grafana');
  const { groups, deleteRules } = parse(files.find(({ kind }) => kind === 'alert-rules')?.text ?? '');
  const rules: readonly GrafanaRule[] = groups.flatMap((group: { rules: readonly GrafanaRule[] }) => group.rules);

  it('are the only ones: no file for another engine', () => {
    expect(files.map(({ kind }) => kind)).toEqual(['alert-rules', 'contact-points']);
  });

  it('have uids that Grafana takes, and that are their own', () => {
    const uids = rules.map(({ uid }) => uid);
    expect(uids.filter((uid) => !/^hl-[a-z0-9-]{1,37}$/.test(uid))).toEqual([]);
    expect(new Set(uids).size).toBe(uids.length);
  });

  it('say what no data and errors mean', () => {
    expect(new Set(rules.map(({ noDataState }) => noDataState))).toEqual(new Set(['OK', 'NoData']));
    // A watchdog takes any message for a sign of life.
    expect(rules.filter(({ execErrState }) => execErrState === 'OK').map(({ title }) => title)).toEqual([
      'DeadMansSwitch',
    ]);
    expect(new Set(rules.map(({ execErrState }) => execErrState))).toEqual(new Set(['Error', 'OK']));
  });

  it('compare in the threshold node, so that no data differs from fine', () => {
    const conditions = rules.map(({ data }) => data.map(({ refId, model }) => [refId, model['type']]));
    expect(new Set(conditions.map((nodes) => JSON.stringify(nodes)))).toEqual(
      new Set(['[["A",null],["C","threshold"]]']),
    );
  });

  it('leave out what only Prometheus can say', () => {
    expect(deleteRules).toBeUndefined();
    expect(rules.map(({ title }) => title)).not.toContain('PrometheusNotConnectedToAlertmanager');
  });
});

describe('our alerts in Prometheus', () => {
  const files = rendered('prometheus');

  it('are the only ones: no file for another engine', () => {
    expect(files.map(({ path }) => path)).toEqual([
      'prometheus/rules/arr.yaml',
      'prometheus/rules/downloads.yaml',
      'prometheus/rules/host.yaml',
      'prometheus/rules/immich.yaml',
      'prometheus/rules/internet.yaml',
      'prometheus/rules/jellyfin.yaml',
      'prometheus/rules/ollama.yaml',
      'prometheus/rules/open-webui.yaml',
      'prometheus/rules/plex.yaml',
      'prometheus/rules/probe.yaml',
      'prometheus/rules/prometheus.yaml',
      'prometheus/rules/scrape.yaml',
      'prometheus/rules/seerr.yaml',
      'prometheus/rules/tautulli.yaml',
      'prometheus/rules/tdarr.yaml',
      'prometheus/rules/uptime-kuma.yaml',
      'alertmanager/alertmanager.yml',
      'alertmanager/messages.tmpl',
    ]);
  });

  withPrograms(['promtool'], 'are accepted by promtool, without a warning', () => {
    const rules = files.filter(({ kind }) => kind === 'rules');
    expect(rules.length).toBeGreaterThan(10);
    for (const { path, text } of rules)
      expect(said('promtool', ['check', 'rules', '--lint=all', '--lint-fatal'], path, text)).toBe('');
  });

  withPrograms(['amtool'], 'have routes that amtool accepts', () => {
    const routes = files.filter((file) => file.path.endsWith('alertmanager.yml'));
    expect(routes.map(({ path, text }) => said('amtool', ['check-config'], path, text))).toEqual(['']);
  });
});

/** What a program says against a file; empty when it accepts it. */
const said = (program: string, parameters: readonly string[], path: string, text: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'alert-files-'));
  try {
    writeFileSync(join(folder, basename(path)), text);
    const { status, stdout, stderr } = spawnSync(program, [...parameters, basename(path)], {
      cwd: folder,
      encoding: 'utf8',
    });
    return status === 0 ? '' : stdout + stderr;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
