import { above } from '../../lib/alerts/condition';
import { defineAlerts, type AlertGroup } from '../../lib/alerts/define';
import { defineDashboard, pickOne, section, type Dashboard } from '../../lib/dashboards/dashboard';
import { asColour, asGauge, stat, stateTimeline, table, timeseries } from '../../panels';

/** A small board on signals that are there: ten panels. Only its names, and what it asks, differ from the others. */
export const generatedBoard = (index: number, question = 'What does one more board cost?'): Dashboard =>
  defineDashboard({
    name: `generated-${index}`,
    title: `Generated / ${index}`,
    folder: 'Generated',
    question,
    tags: ['generated'],
    variables: [pickOne('host', ({ host }) => host.kernel)],
    sections: ({ host }) => [
      section('Right now', [stat(host.cpuBusy), stat(host.memoryUsed), stat(host.loadPerCore), stat(host.uptime)]),
      section('In detail', [
        timeseries(host.cpuBusy),
        timeseries(host.memoryUsed),
        timeseries(host.diskRead, host.diskWritten),
        timeseries(host.networkReceived, host.networkSent),
        stateTimeline(host.clockSynced),
        table(['mountpoint'], asGauge(host.filesystemUsed), asColour(host.timeToFull)),
      ]),
    ],
  });

export const generatedBoards = (count: number): readonly Dashboard[] =>
  Array.from({ length: count }, (_, index) => generatedBoard(index));

/** A group of alerts that differ in their names only. */
export const generatedAlerts = (group: string, count: number): AlertGroup =>
  defineAlerts(`generated-${group}`, ({ host }) =>
    Array.from({ length: count }, (_, index) => ({
      name: `Generated${group.toUpperCase()}${String.fromCharCode(65 + index)}`,
      signal: host.cpuBusy,
      when: above(0.9),
      whenReason: 'Some limit has to be there.',
      for: '10m',
      forReason: 'A short burst is none of anybody’s business.',
      severity: 'warning',
      category: 'performance',
      summary: '{host} is busy',
      description: '{host} has been {value} busy for {for}.',
      impact: 'None: it is generated.',
      firstSteps: ['Look at what runs there.'],
      panel: { dashboard: 'host-use', signal: host.cpuBusy },
      noData: 'ok',
      noDataReason: 'It is generated.',
    })),
  );
