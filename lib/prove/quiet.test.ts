import { describe, expect, it } from 'vitest';
import type { Board } from '../proof/board';
import { expandBoard } from '../proof/expand';
import type { Prometheus } from '../proof/prometheus';
import type { PanelProof } from '../proof/prove';
import { looksAt, QuietPanels, quietPanels, type QuietPanel } from './quiet';

const source: Board = {
  uid: 'x',
  title: 'X',
  time: { from: 'now-6h', to: 'now' },
  templating: { list: [{ name: 'host', type: 'query', query: 'label_values(up, host)', sort: 7 }] },
  annotations: {
    list: [
      {
        name: 'Restarted',
        datasource: { type: 'prometheus', uid: 'p' },
        target: { expr: 'boot{host="$host"} > 0', interval: '15s' },
      },
    ],
  },
  panels: [
    {
      id: 7,
      type: 'table',
      title: 'Missing',
      datasource: { type: 'prometheus', uid: 'p' },
      targets: [{ refId: 'A', expr: 'absent_over_time(x{host="$host"}[$__range])', instant: true }],
    },
  ],
};

/** A server that has something for these queries only. */
const having = (expr: string, at: (time: number) => boolean = () => true, asked: string[] = []): Prometheus => {
  const answer = (query: string, time: number) => {
    asked.push(query);
    return query === expr && at(time) ? [{ labels: {}, samples: [[time, 1] as const] }] : [];
  };
  return {
    instant: async (query, time = 0) => answer(query, time),
    range: async (query, { end }) => answer(query, end),
    labelValues: async () => ['docker', 'nas'],
    targets: async () => [],
    rules: async () => [],
  };
};

const to = 360_000;
const [now, early, lastHour] = looksAt('nas', { from: to - 7_200, to }) as [never, never, never];

const quiet = async (): Promise<readonly [mark: QuietPanel, panel: QuietPanel]> => {
  const { panels, annotations } = await expandBoard(source, having(''), { from: to - 21_600, to });
  const proofs = [
    { panel: 'Restarted', type: 'mark', asked: annotations },
    { panel: 'Missing', type: 'table', asked: panels[0]?.queries, model: panels[0]?.panel },
    { panel: 'Busy', type: 'stat', verdict: 'data' },
  ].map((proof) => ({ board: 'X', verdict: 'quiet', ...proof })) as unknown as readonly PanelProof[];
  const [mark, panel, ...others] = quietPanels(source, proofs);
  expect(others).toEqual([]);
  return [mark as QuietPanel, panel as QuietPanel];
};

describe('a quiet panel', () => {
  it('is asked as its board opens', async () => {
    const [, panel] = await quiet();
    expect(await new QuietPanels(having('absent_over_time(x{host="docker"}[21600s])')).showsAsOpened(panel)).toBe(true);
    expect(await new QuietPanels(having('absent_over_time(x{host="nas"}[21600s])')).showsAsOpened(panel)).toBe(false);
  });

  it('is asked about whom the incident befell', async () => {
    const [, panel] = await quiet();
    const panels = new QuietPanels(having('absent_over_time(x{host="nas"}[21600s])'));
    expect(await panels.showsTo(now, panel)).toBe(true);
    expect(await panels.showsTo(lastHour, panel)).toBe(false);
    const other = { ...(now as object), about: 'nobody' } as never;
    expect(await panels.showsTo(other, panel)).toBe(false);
  });

  it('is asked half an hour after it began', async () => {
    const [, panel] = await quiet();
    const panels = new QuietPanels(having('absent_over_time(x{host="nas"}[21600s])', (time) => time < to - 3_600));
    expect(await panels.showsTo(now, panel)).toBe(false);
    expect(await panels.showsTo(early, panel)).toBe(true);
  });

  it('is asked what it shows of the last hour, with pickers as they were', async () => {
    const [, panel] = await quiet();
    expect(await new QuietPanels(having('absent_over_time(x{host="nas"}[3600s])')).showsTo(lastHour, panel)).toBe(true);
  });

  it('can be a mark', async () => {
    const [mark] = await quiet();
    const panels = new QuietPanels(having('boot{host="nas"} > 0'));
    expect(await panels.showsAsOpened(mark)).toBe(false);
    expect(await panels.showsTo(now, mark)).toBe(true);
  });
});
