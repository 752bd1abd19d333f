import { describe, expect, it } from 'vitest';
import typical from '../examples/homelabs/typical';
import tracker from '../examples/homelabs/variant-speedtest-tracker';
import type { Homelab } from '../lib/homelab/homelab';
import { resolveHomelab } from '../lib/homelab/resolve';
import { render } from '../lib/render/render';
import certificates from './certificates';
import internet from './internet';
import network from './network';

interface Panel {
  readonly title: string;
  readonly type: string;
  readonly targets?: readonly { readonly expr: string }[];
  readonly panels?: readonly Panel[];
  readonly options?: { readonly perPage?: number };
  readonly fieldConfig?: { readonly overrides: unknown };
}

const boardsOf = (homelab: Homelab) =>
  render(resolveHomelab(homelab), { dashboards: [network, internet, certificates], alerts: [] }).boards;

const panelsOf = (homelab: Homelab, name: string): readonly Panel[] => {
  const json = boardsOf(homelab).find(({ definition }) => definition.name === name)?.json as
    { readonly panels: readonly Panel[] } | undefined;
  return (json?.panels ?? []).flatMap((panel) => [panel, ...(panel.panels ?? [])]);
};

const queriesOf = (panels: readonly Panel[], title: string): readonly string[] =>
  panels.filter((panel) => panel.title === title).flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));

describe('the network board', () => {
  const panels = panelsOf(typical, 'network');

  it('narrows the detail to the service picked, and nothing else', () => {
    const narrowed = panels
      .filter(({ targets = [] }) => targets.some(({ expr }) => expr.includes('$service')))
      .map(({ title }) => title);
    expect(narrowed).toEqual(['Status', 'Redirects', 'HTTP', 'TLS', 'Where the time goes']);
    expect(queriesOf(panels, 'Connectivity')).toHaveLength(1);
  });

  it('shows only addresses that were there in what is shown, at each of its points alike, a page at a time', () => {
    const [presence] = panels.filter(({ title }) => title === 'On the LAN');
    expect(presence?.targets?.[0]?.expr).toContain('[$__range] @ end()) == 1');
    expect(presence?.options?.perPage).toBe(64);
    expect(JSON.stringify(presence)).not.toContain('"color":"red"');
  });

  it('opens a service of its table on itself', () => {
    const [asked] = panels.filter(({ title }) => title === 'Everything that is asked');
    expect(JSON.stringify(asked?.fieldConfig?.overrides)).toContain(
      '/d/hl-network?var-service=${__value.raw:percentencode}',
    );
  });
});

describe('the internet board', () => {
  it('tells hours of the day in the time zone of the homelab', () => {
    const [hours] = panelsOf(typical, 'internet').filter(({ title }) => title.endsWith('by hour of day'));
    expect(JSON.stringify(hours)).toContain('"outputFormat":"HH","timeField":"Time","timezone":"Europe/Berlin"');
  });

  it('is of use without a speed test', () => {
    const titles = panelsOf(typical, 'internet').map(({ title }) => title);
    expect(titles).toContain('Round trip on the line by hour of day');
    expect(titles).not.toContain('Download');
  });

  it('is of use without probes', () => {
    const titles = panelsOf(tracker, 'internet').map(({ title }) => title);
    expect(titles).toEqual(expect.arrayContaining(['Download', 'Download by hour of day', 'Test server']));
    expect(titles).not.toContain('Loss');
  });
});

describe('boards that are not rendered', () => {
  it('are not linked, those that are, are', () => {
    const links = (name: string): string => {
      const board = boardsOf(typical).find(({ definition }) => definition.name === name)?.json as { links: object };
      return JSON.stringify(board.links);
    };
    expect(links('network')).toContain('/d/hl-internet');
    expect(links('certificates')).toContain('/d/hl-network');
    expect(links('network')).not.toContain('home"');
  });
});
