import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alerts } from '../../../alerts/index';
import { dashboards } from '../../../dashboards/index';
import { defineHomelab } from '../../homelab/define';
import { resolveHomelab } from '../../homelab/resolve';
import { render, type Rendered } from '../../render/render';
import { compareWithDisk, readManifest, writeArtifacts } from '../../render/write';
import { changesAtHome } from './at-home';
import type { Change } from './change';
import { changesInWords } from './print';

const homelab = defineHomelab({
  hosts: [{ name: 'nas' }],
  apps: [{ app: 'prometheus' }],
  alerting: { pack: 'all', receivers: { mail: { kind: 'email', to: ['me@example.org'] } } },
});
const byGrafana = render(resolveHomelab(homelab), { dashboards, alerts });
const byPrometheus = render(resolveHomelab(homelab, { engine: 'prometheus' }), { dashboards, alerts });
const rules = 'grafana/provisioning/alerting/hl-rules.yaml';
const host = 'grafana/dashboards/hl-folder-hosts/hl-host-use.json';

let out: string;
beforeEach(() => void (out = mkdtempSync(join(tmpdir(), 'changes-'))));
afterEach(() => rmSync(out, { recursive: true, force: true }));

const changes = ({ artifacts, alerts: built }: Rendered = byGrafana): readonly Change[] =>
  changesAtHome(artifacts, compareWithDisk(artifacts, out), out, readManifest(out), built);
const words = (rendered?: Rendered): readonly string[] => changesInWords(changes(rendered)).map((line) => line.trim());
const edit = (path: string, how: (text: string) => string): void => {
  const before = readFileSync(join(out, path), 'utf8');
  const after = how(before);
  expect(after, `nothing was edited in ${path}`).not.toBe(before);
  writeFileSync(join(out, path), after);
};

describe('what was written for Grafana', () => {
  beforeEach(() => void writeArtifacts(byGrafana.artifacts, out));

  it('does not differ from itself', () => {
    expect(changes()).toEqual([]);
  });

  it('is compared with what is rendered, in the units of the alerts and panels', () => {
    edit(rules, (text) =>
      text
        .replace('for: "3m"', 'for: "2m"')
        .replace('                      - 0.9\n', '                      - 0.85\n')
        .replaceAll('HostClockSkew', 'HostClockWrong')
        .replace('receiver: hl-mail', 'receiver: hl-phone'),
    );
    edit(host, (text) =>
      text.replace('"value": 0.8\n', '"value": 0.7\n').replace('"title": "Uptime"', '"title": "Up"'),
    );
    expect(words()).toEqual([
      'board   Hosts / USE (hl-host-use): panels changed: CPU (threshold 70% to 80%), Uptime (was Up)',
      'alert   HostClockSkew: new (warning)',
      'alert   HostClockWrong: gone',
      'alert   HostCpuHigh: threshold 85% to 90%',
      'alert   HostDown: for 2m to 3m, told hl-phone to hl-mail',
    ]);
  });

  it('is read by a library where somebody edited it out of our spelling', () => {
    edit(rules, (text) => text.replace('for: "3m"', "for: '2m' # shorter"));
    expect(words()).toEqual(['alert   HostDown: for 2m to 3m']);
  });

  it.each([
    ['that is no JSON', host, '{', 'grafana/dashboards/hl-folder-hosts/hl-host-use.json cannot be compared: '],
    ['that is no board', host, '[]', 'no dashboard'],
    ['that is no YAML', rules, 'a: b: c: [', 'hl-rules.yaml cannot be compared: '],
    ['that holds no rules', rules, 'groups: x\n', 'no file of rules'],
  ])('is named where it holds something %s, and nothing is said to be new', (_, path, text, words) => {
    edit(path, () => text);
    const lines = changesInWords(changes());
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(words);
    expect(lines[0]).not.toContain('\n');
  });

  it.each(['null', '{}', '{"uid":"hl-host-use","panels":7}', '{"uid":"hl-host-use","panels":[null,{"targets":[1]}]}'])(
    'never stops a render: %s',
    (text) => {
      edit(host, () => text);
      expect(changes().length).toBeGreaterThan(0);
    },
  );

  it('goes over to rule files alert by alert, the same thresholds and queries not told', () => {
    const lines = words(byPrometheus);
    expect(lines).toContain('alerts  move from Grafana to rule files');
    // They need the engine's own series, and no other alert does.
    expect(lines.filter((line) => line.startsWith('alert '))).toEqual([
      'alert   PrometheusNotConnectedToAlertmanager: new (warning)',
      'alert   PrometheusRuleFailures: new (critical)',
      'alert   TargetAbsent: query changed',
    ]);
  });
});

describe('what was written for Prometheus', () => {
  it('is compared with what is rendered', () => {
    writeArtifacts(byPrometheus.artifacts, out);
    expect(changes(byPrometheus)).toEqual([]);
    edit('prometheus/rules/host.yaml', (text) =>
      text
        .replace('== 0"\n        for: "3m"', '== 0"\n        for: "2m"')
        .replace('[5m]))) >= 0.9"', '[5m]))) >= 0.85"'),
    );
    edit('alertmanager/alertmanager.yml', (text) => text.replace('to: me@example.org', 'to: you@example.org'));
    expect(words(byPrometheus)).toEqual([
      'alert   HostCpuHigh: threshold 85% to 90%',
      'alert   HostDown: for 2m to 3m',
      'told    mail: email to changed',
    ]);
  });
});

describe("a stranger's file", () => {
  it('where ours belongs is not what we wrote before', () => {
    mkdirSync(dirname(join(out, host)), { recursive: true });
    writeFileSync(join(out, host), '{"uid":"hl-host-use","title":"Mine","panels":[]}');
    expect(words()).toContain('board   Hosts / USE (hl-host-use): new');
  });

  it('beside ours is never gone', () => {
    writeArtifacts(byGrafana.artifacts, out);
    writeFileSync(join(out, dirname(host), 'mine.json'), '{"uid":"mine","title":"Mine","panels":[]}');
    expect(changes()).toEqual([]);
  });
});

describe('what somebody else wrote', () => {
  const rule = (name: string, more: string): string => `{ alert: ${name}, expr: "a > 1", ${more} }`;
  const file = (...rules: readonly string[]) => ({
    path: 'own/a.yaml',
    source: 'home/own/a.yaml',
    text: `groups:\n  - name: host\n    rules:\n${rules.map((each) => `      - ${each}\n`).join('')}`,
    entry: 0,
    folder: 'Included',
    inputs: {},
  });
  const withFile = (...rules: readonly string[]): Rendered =>
    render(resolveHomelab(homelab), { dashboards, alerts, included: [file(...rules)] });

  it('is told by the name of its file, stays apart from alerts of ours that are called so, and changes no engine', () => {
    writeArtifacts(byGrafana.artifacts, out);
    const first = withFile(rule('HostDown', 'for: 5m'), rule('Twice', 'for: 1m'), rule('Twice', 'for: 2m'));
    expect(words(first)).toEqual([
      'alert   HostDown of included-own-a: new',
      'alert   Twice (2) of included-own-a: new',
      'alert   Twice of included-own-a: new',
    ]);
    writeArtifacts(first.artifacts, out);
    expect(words(first)).toEqual([]);
    expect(words(withFile(rule('HostDown', 'for: 6m'), rule('Twice', 'for: 1m'), rule('Twice', 'for: 2m')))).toEqual([
      'alert   HostDown of included-own-a: for 5m to 6m',
    ]);
    expect(words()).toContain('alert   HostDown of included-own-a: gone');
  });
});
