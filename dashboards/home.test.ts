import { describe, expect, it } from 'vitest';
import { defineHomelab } from '../lib/homelab/define';
import type { Engine, Homelab } from '../lib/homelab/homelab';
import { resolveHomelab } from '../lib/homelab/resolve';
import { render } from '../lib/render/render';
import hostFleet from './host-fleet';
import hostUse from './host-use';
import home from './home';

interface Override {
  readonly matcher: { readonly options: unknown };
  readonly properties: readonly { readonly id: string; readonly value: unknown }[];
}

interface Panel {
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly w: number; readonly y: number };
  readonly targets?: readonly { readonly expr: string }[];
  readonly fieldConfig?: { readonly overrides: readonly Override[] };
}

const minimal: Homelab = { hosts: [{ name: 'nas', address: '192.168.1.10' }] };
const services = [{ name: 'jellyfin', url: 'http://192.168.1.11:8096/health' }];

/** The home board beside the boards of hosts. */
const homeOf = (homelab: Homelab, engine: Engine = 'grafana') => {
  const resolved = resolveHomelab(defineHomelab(homelab), { engine });
  const { boards } = render(resolved, { dashboards: [home, hostFleet, hostUse], alerts: [] });
  const json = boards.find(({ definition }) => definition.name === 'home')?.json as {
    readonly panels: readonly Panel[];
    readonly links: readonly { readonly url?: string }[];
  };
  const sections = new Map<string, readonly Panel[]>();
  let title = '';
  for (const panel of json.panels) {
    if (panel.type === 'row') title = panel.title;
    else sections.set(title, [...(sections.get(title) ?? []), panel]);
  }
  const queries = json.panels.flatMap(({ targets }) => targets ?? []).map(({ expr }) => expr);
  return { sections, text: JSON.stringify(json), queries, links: json.links.flatMap(({ url }) => url ?? []) };
};
const titles = (panels: readonly Panel[] | undefined): readonly string[] => (panels ?? []).map(({ title }) => title);

describe('home of one machine that is not probed', () => {
  const { sections } = homeOf(minimal);

  it('has nothing of services and the line', () => {
    expect([...sections.keys()]).toEqual([
      'Right now',
      'Are the hosts running?',
      'What fires, what fills up, what runs out?',
      'Where do I look?',
    ]);
  });

  it('is a whole screen all the same: a full row of numbers, and two panels beside each other', () => {
    expect(titles(sections.get('Right now'))).toEqual(['Hosts down', 'Fullest mount', 'Hottest', 'Alerts firing']);
    expect(titles(sections.get('Are the hosts running?'))).toEqual(['Host uptime', 'Host pressure']);
    expect(titles(sections.get('What fires, what fills up, what runs out?'))).toEqual(['Alerts', 'Filling up']);
  });
});

describe('home of services that are probed, and nothing else', () => {
  it('does not ask about a router, the internet or name servers', () => {
    const { sections, queries } = homeOf({ ...minimal, probes: { services } });
    expect(titles(sections.get('Are my services up, and were they?'))).toEqual([
      'Service availability',
      'Availability',
    ]);
    expect(titles(sections.get('Right now'))).not.toContain('Internet');
    expect(titles(sections.get('Does the internet work, and the LAN?'))).not.toContain('Connectivity');
    expect(queries.filter((query) => /internet|router/.test(query))).toEqual([]);
  });

  it('says of one service without an answer only what is about that service', () => {
    const { sections } = homeOf({ ...minimal, probes: { services } });
    const table = sections.get('Are my services up, and were they?')?.find(({ title }) => title === 'Availability');
    const inCellsOf = (column: string) =>
      table?.fieldConfig?.overrides
        .find(({ matcher }) => matcher.options === column)
        ?.properties.find(({ id }) => id === 'noValue')?.value;
    expect(['Outages', 'Now', 'Status code'].map(inCellsOf)).toEqual(['', '', 'No HTTP']);
  });

  it('does as soon as one of them is there', () => {
    const { sections } = homeOf({ ...minimal, probes: { services, router: '192.168.1.1' } });
    expect(titles(sections.get('Does the internet work, and the LAN?'))).toContain('Connectivity');
    expect(titles(sections.get('Right now'))).not.toContain('Internet');
  });
});

describe('what fires', () => {
  it('is told by Grafana where Grafana evaluates: it writes no ALERTS', () => {
    const { sections, queries } = homeOf(minimal, 'grafana');
    expect([...sections.values()].flat().filter(({ type }) => type === 'alertlist')).toHaveLength(2);
    expect(queries.filter((query) => query.includes('ALERTS'))).toEqual([]);
  });

  it.each(['prometheus', 'mimir', 'vmalert'] as const)('is told by the series that %s writes', (engine) => {
    const { sections, queries } = homeOf(minimal, engine);
    expect([...sections.values()].flat().filter(({ type }) => type === 'alertlist')).toEqual([]);
    expect(queries.filter((query) => query.includes('ALERTS'))).toHaveLength(2);
  });
});

describe('where home leads', () => {
  const { links, text } = homeOf({ ...minimal, probes: { services } });

  it('is the boards that are rendered', () => expect(links).toEqual(['/d/hl-host-fleet', '/d/hl-host-use']));

  it('is, from a host, its own board with that host picked', () => {
    expect(text).toContain('/d/hl-host-use?var-host=${__field.labels.host:percentencode}&${__url_time_range}');
    expect(text).toContain('/d/hl-host-use?var-host=${__value.raw:percentencode}&${__url_time_range}');
  });

  it('is nowhere from a service while the board of the network is not rendered', () => {
    expect(text).not.toContain('var-service');
    expect(text).not.toContain('board:');
  });
});
