import type { AlertFacts, BoardFacts, Facts, PanelFacts, ToldFacts } from '../facts';

export const panel = (differs: Partial<PanelFacts> = {}): PanelFacts => ({
  id: 1,
  title: 'CPU busy',
  look: 'timeseries',
  unit: 'percentunit',
  limits: {
    '': {
      unit: 'percentunit',
      steps: [
        { at: null, colour: 'green' },
        { at: 0.8, colour: 'yellow' },
        { at: 0.95, colour: 'red' },
      ],
    },
  },
  queries: { A: 'busy' },
  parts: { text: 'How busy it is.', details: '{}' },
  ...differs,
});

export const board = (differs: Partial<BoardFacts> = {}): BoardFacts => ({
  uid: 'hl-host-use',
  title: 'Hosts / USE',
  folder: 'hl-folder-hosts',
  panels: [panel()],
  parts: { links: '[]', places: '[1]' },
  ...differs,
});

export const alert = (differs: Partial<AlertFacts> = {}): AlertFacts => ({
  name: 'HostDown',
  limit: { operator: '>=', values: [0.95] },
  unit: 'percentunit',
  for: '3m',
  severity: 'warning',
  category: 'availability',
  noData: 'OK',
  query: 'up',
  told: 'hl-mail',
  texts: '{"summary":"down"}',
  ...differs,
});

export const told = (differs: Partial<ToldFacts> = {}): ToldFacts => ({
  name: 'hl-mail',
  ways: { email: { addresses: 'me@example.org' } },
  ...differs,
});

export const facts = (differs: Partial<Facts> = {}): Facts => ({
  boards: [board()],
  alerts: [alert()],
  told: [told()],
  engine: 'Grafana',
  ...differs,
});
