import { defineDashboard, pickOne, section, type Dashboard } from '../../lib/dashboards/dashboard';
import { asColour, asGauge, stat, stateTimeline, table, timeseries } from '../../panels';

/** A small board on signals that are there: ten panels. Only its names differ from the others. */
const generatedBoard = (index: number): Dashboard =>
  defineDashboard({
    name: `generated-${index}`,
    title: `Generated / ${index}`,
    folder: 'Generated',
    question: 'What does one more board cost?',
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
