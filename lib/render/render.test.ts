import { describe, expect, it } from 'vitest';
import { alerts } from '../../alerts/index';
import { dashboards } from '../../dashboards/index';
import { stat, timeseries } from '../../panels';
import { defineDashboard, section, type Dashboard } from '../dashboards/dashboard';
import { defineHomelab } from '../homelab/define';
import type { Homelab } from '../homelab/homelab';
import { resolveHomelab } from '../homelab/resolve';
import { keyed } from '../panel-facts';
import { render, type Content, type Rendered } from './render';
import { itIsTheSameInAnyOrder } from './testing/any-order';

const content: Content = { dashboards, alerts };
const minimal: Homelab = { hosts: [{ name: 'nas', address: '192.168.1.10' }] };

const rendered = (homelab: Homelab, options = {}, what: Content = content): Rendered =>
  render(resolveHomelab(defineHomelab(homelab), options), what);
const paths = ({ artifacts }: Rendered): readonly string[] => artifacts.map(({ path }) => path);
const bytes = ({ artifacts }: Rendered): string => artifacts.map(({ path, text }) => `${path}\n${text}`).join('\n');

const board = (sections: Dashboard['sections'], differs: Partial<Dashboard> = {}): Dashboard =>
  defineDashboard({ name: 'own', title: 'Own', folder: 'Own', question: 'Does it?', tags: [], sections, ...differs });
const own = (...boards: readonly Dashboard[]): Content => ({ dashboards: boards, alerts: [] });

describe('what is written', () => {
  itIsTheSameInAnyOrder('typical', 2);

  it('leaves data sources and policies alone in `existing` mode, and writes both in `owned`', () => {
    const homelab: Homelab = { ...minimal, alerting: { receivers: { me: { kind: 'email', to: ['me@example.org'] } } } };
    const existing = paths(rendered(homelab));
    expect(existing.filter((path) => /datasources|policies|^compose/.test(path))).toEqual([]);
    const owned = rendered(homelab, { mode: 'owned' });
    expect(paths(owned)).toEqual(expect.arrayContaining(['compose.yaml', 'grafana/provisioning/datasources/hl.yaml']));
    expect(owned.artifacts.some(({ path, text }) => path.includes('alerting') && /^policies:/m.test(text))).toBe(true);
    expect(rendered(homelab).artifacts.some(({ text }) => /^policies:/m.test(text))).toBe(false);
  });

  it.each([
    ['grafana', ['grafana/provisioning/alerting/hl-rules.yaml'], /^prometheus\/rules|^alertmanager/],
    ['prometheus', ['prometheus/rules/host.yaml', 'alertmanager/alertmanager.yml'], /grafana\/provisioning\/alerting/],
    ['mimir', ['prometheus/rules/host.yaml'], /grafana\/provisioning\/alerting/],
    ['vmalert', ['prometheus/rules/host.yaml'], /grafana\/provisioning\/alerting/],
  ] as const)('holds the alerts of one engine: %s', (engine, there, notThere) => {
    const written = paths(rendered({ ...minimal, alerting: { pack: 'standard' } }, { engine }));
    expect(written).toEqual(expect.arrayContaining([...there]));
    expect(written.filter((path) => notThere.test(path))).toEqual([]);
  });

  it('never holds a path of this machine', () => {
    const all = bytes(rendered(minimal, { mode: 'owned' }));
    expect(all).not.toContain(process.cwd());
    expect(all).toContain('/etc/grafana/dashboards/hl-folder-hosts');
  });

  it('carries the project in every uid, and nothing of the title', () => {
    const mine = rendered({ ...minimal, project: 'attic' });
    expect(mine.boards.map(({ uid }) => uid)).toEqual([
      'attic-home',
      'attic-host-fleet',
      'attic-host-use',
      'attic-prometheus',
    ]);
    const first = dashboards.find(({ name }) => name === 'home') as Dashboard;
    const renamed = rendered(minimal, {}, { dashboards: [{ ...first, title: 'Another / Title' }], alerts: [] });
    expect(renamed.boards[0]?.uid).toBe('hl-home');
  });
});

describe('what cannot have data', () => {
  it('is left out with its reason, and the row is filled by the others', () => {
    const { boards, omissions } = rendered(
      minimal,
      {},
      own(board(({ host }) => [section('Units', [timeseries(host.cpuBusy), timeseries(host.unitsFailed)])])),
    );
    expect(omissions).toEqual([
      { what: 'panel', where: 'Own › Units › Units failed', why: expect.stringContaining('systemd') },
    ]);
    const [, panel] = (boards[0]?.json as { panels: { gridPos: { w: number } }[] }).panels;
    expect(panel?.gridPos.w).toBe(24);
  });

  it('takes its section and its board with it', () => {
    const { boards, omissions } = rendered(
      minimal,
      {},
      own(board(({ host }) => [section('Units', [timeseries(host.unitsFailed)])])),
    );
    expect(boards).toEqual([]);
    expect(omissions.map(({ what }) => what)).toEqual(['dashboard']);
  });

  it('is drawn as soon as the collector is switched on', () => {
    const homelab: Homelab = {
      hosts: [{ name: 'nas', exporters: [{ exporter: 'node_exporter', collectors: { systemd: true } }] }],
    };
    expect(
      rendered(homelab, {}, own(board(({ host }) => [section('Units', [timeseries(host.unitsFailed)])]))).omissions,
    ).toEqual([]);
  });
});

describe("an author's mistake", () => {
  it('names file and line of both panels that would have one id', () => {
    const twice = board(({ host }) => [section('Twice', [stat(host.cpuBusy), stat(host.cpuBusy)])]);
    expect(() => rendered(minimal, {}, own(twice))).toThrow(
      /render\.test\.ts:\d+.*same key as the panel of .*render\.test\.ts:\d+[\s\S]*keyed\(panel/,
    );
    const apart = board(({ host }) => [section('Twice', [stat(host.cpuBusy), keyed(stat(host.cpuBusy), 'again')])]);
    expect(() => rendered(minimal, {}, own(apart))).not.toThrow();
  });

  it('is refused where Grafana would drop it, with the line of the panel', () => {
    const wrong = board(({ host }) => [
      section('Now', [timeseries(host.cpuBusy).overrideByName('x', [{ id: 'custom.lineWidht', value: 3 }])]),
    ]);
    expect(() => rendered(minimal, {}, own(wrong))).toThrow(
      /render\.test\.ts:\d+: .*lineWidht.*did you mean `custom.lineWidth`/,
    );
  });

  it('names its file where the SDK refuses a size', () => {
    const wide = board(({ host }) => [section('Now', [stat(host.cpuBusy).span(99)])]);
    expect(() => rendered(minimal, {}, own(wide))).toThrow(/render\.test\.ts: .*24/);
  });

  it('is refused where two boards share a uid, and where they share a title in one folder', () => {
    const sections: Dashboard['sections'] = ({ host }) => [section('Now', [stat(host.cpuBusy)])];
    expect(() => rendered(minimal, {}, own(board(sections), board(sections, { title: 'Other' })))).toThrow(/hl-own/);
    expect(() => rendered(minimal, {}, own(board(sections), board(sections, { name: 'other' })))).toThrow(/Own/);
    expect(() =>
      rendered(minimal, {}, own(board(sections), board(sections, { name: 'other', folder: 'Elsewhere' }))),
    ).not.toThrow();
  });

  it('is refused where a board asks more than thirty things at once, unless they are folded', () => {
    const many = Array.from({ length: 31 }, (_, index) => index);
    const open = board(({ host }) => [
      section(
        'Many',
        many.map((index) => keyed(stat(host.cpuBusy), `many ${index}`)),
      ),
    ]);
    expect(() => rendered(minimal, {}, own(open))).toThrow(/31 queries.*30/);
  });
});

describe('links between boards', () => {
  it('are uids of this project, and go where the other board is not rendered', () => {
    const links = (homelab: Homelab): unknown =>
      (rendered(homelab).boards[0]?.json as { links: { title: string; url?: string }[] }).links.map(
        ({ title, url }) => url ?? title,
      );
    const include = (...names: readonly string[]): Homelab => ({ ...minimal, dashboards: { include: names } });
    expect(links({ ...include('home', 'prometheus'), project: 'attic' })).toEqual(['Homelab', '/d/attic-prometheus']);
    expect(links(include('home'))).toEqual(['Homelab']);
  });
});

describe('which boards', () => {
  const chosen = (dashboards: Homelab['dashboards']) =>
    rendered({ ...minimal, ...(dashboards && { dashboards }) }).boards;

  it('is said by names, of which an unknown one is refused before boards go', () => {
    expect(() => chosen({ include: ['hl-home'] })).toThrow(
      /dashboards\.include\[0\]: no board is called so, got 'hl-home'\n.*\n {2}try: write 'home'/,
    );
    expect(() => chosen({ exclude: ['prometeus'] })).toThrow("try: write 'prometheus'");
    expect(chosen({ include: ['home'] }).map(({ uid }) => uid)).toEqual(['hl-home']);
  });
});

describe('files of others', () => {
  const file = (path: string, text: string, folder = 'Included') => ({
    path,
    source: `home/${path}`,
    text,
    entry: 0,
    folder,
    inputs: {},
  });
  const board = (title: string, uid: string): string => JSON.stringify({ title, uid, panels: [] });
  const withFiles = (...files: readonly ReturnType<typeof file>[]): Rendered =>
    rendered(minimal, {}, { ...content, included: files });

  it('are written beside ours, each folder with one provider, and leave ours as they are', () => {
    const files = [
      file('b.json', board('B', 'b'), 'Hosts'),
      file('a.json', board('A', 'a')),
      file('c.yaml', 'groups: []'),
    ];
    const result = withFiles(...files);
    const [before, after] = [rendered(minimal), result].map(
      ({ artifacts }) => new Map(artifacts.map((each) => [each.path, each.text])),
    );
    const changed = [...(after ?? [])].filter(([path, text]) => before?.get(path) !== text).map(([path]) => path);
    expect(changed).toEqual([
      'NEXT-STEPS.md',
      'grafana/dashboards/hl-folder-hosts/b.json',
      'grafana/dashboards/hl-folder-included/a.json',
      'grafana/provisioning/dashboards/hl.yaml',
      'prometheus/rules/included-c.yaml',
    ]);
    const providers = after?.get('grafana/provisioning/dashboards/hl.yaml') ?? '';
    expect(providers.match(/^ +folder: Hosts$/gm)).toHaveLength(1);
    expect(providers.match(/^ +folder: Included$/gm)).toHaveLength(1);
    expect(bytes(withFiles(...files.reverse()))).toBe(bytes(result));
  });

  it('have their rules in the configuration and the instructions of Prometheus, whatever evaluates ours', () => {
    const text = (result: Rendered, path: string) => result.artifacts.find((each) => each.path === path)?.text ?? '';
    const result = withFiles(file('c.yaml', 'groups: []'), file('d.yaml', 'namespace: a\ngroups: []'));
    expect(text(result, 'prometheus/prometheus.yml')).toContain('rule_files:\n  - rules/*.yaml');
    expect(text(result, 'NEXT-STEPS.md')).toContain('rule_files: [');
    expect(text(result, 'NEXT-STEPS.md')).toContain('mimirtool rules load mimir/rules/*.yaml');
    expect(text(rendered(minimal), 'NEXT-STEPS.md')).not.toMatch(/rule_files: \[|mimir/);
  });

  it('have no uid of ours; ours that is not rendered stands in nobody’s way', () => {
    const mine = file('a.json', board('Mine', 'hl-home'));
    expect(() => withFiles(mine)).toThrow("home/a.json:1:23 uid: our board 'Home / Overview' has this uid too");
    const without = rendered({ ...minimal, dashboards: { exclude: ['home'] } }, {}, { ...content, included: [mine] });
    expect(paths(without)).toContain('grafana/dashboards/hl-folder-included/hl-home.json');
  });
});
