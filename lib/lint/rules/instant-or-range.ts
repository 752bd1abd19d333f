import { ownSeverity } from '../own-severity';
import { overTime } from '../panel/kinds';
import { calculations } from '../panel/options';
import { defineRule } from '../rule';

/** A panel asks for one value where it shows one, and for a range where it draws one. */
export const instantOrRange = defineRule({
  id: 'instant-or-range',
  on: 'query',
  severity: 'warning',
  needs: 'nothing',
  says: 'an instant query in a panel that draws over time; a range query whose last value alone is shown',
  why: 'A graph of an instant query is a single point. A single value of a range query is reckoned for hundreds of moments that nobody sees, and shows a value of the past when the series has ended.',
  instead: 'Switch the query to range for graphs, to instant for stats, gauges and tables.',

  *check(query) {
    const { owner: panel, mode, format, refId } = query;
    if (panel.kind !== 'panel' || query.hidden) return;
    // What is transformed may be anything; choosing and naming fields makes no time of a moment.
    const isTransformed = panel.transformations.some(({ id }) => !keepsMoments.has(String(id)));
    if (isTransformed || (panel.transformations.length > 0 && mode !== 'instant')) return;
    if (query.language !== 'promql' && query.language !== 'logql') return;
    const { type, json, options } = panel;
    const xaxis = json['xaxis'];
    const isSeries =
      typeof xaxis === 'object' &&
      xaxis !== null &&
      'mode' in xaxis &&
      xaxis.mode !== 'time' &&
      xaxis.mode !== undefined;
    if (mode === 'instant' && overTime.has(type) && !isSeries)
      yield {
        message: `query ${refId} is instant, so a \`${type}\` draws one point`,
        culprit: refId,
        expected: 'make it a range query',
        severity: 'error',
      };
    else if (mode === 'instant' && (type === 'state-timeline' || type === 'status-history' || type === 'heatmap'))
      yield {
        message: `query ${refId} is instant, so a \`${type}\` has one moment to draw`,
        culprit: refId,
        expected: 'make it a range query',
      };
    else if (mode === 'range' && type === 'table' && format === 'table' && !sortsByTime(options))
      yield {
        message: `query ${refId} is a range in table format, so the table lists every sample of it`,
        culprit: refId,
        expected: 'make it an instant query',
        severity: ownSeverity(query, 'warning', 'info'),
      };
    else if (
      mode === 'range' &&
      showsOne.has(type) &&
      !drawsSparkline(options) &&
      calculations(panel).every((calc) => calc === 'lastNotNull' || calc === 'last') &&
      calculations(panel).length > 0
    )
      yield {
        message: `query ${refId} is a range, of which only the last value is shown`,
        culprit: refId,
        expected: 'make it an instant query',
        severity: 'info',
      };
  },

  accepts: [
    { name: 'a range in a graph', query: 'up' },
    {
      name: 'an instant query in a stat',
      panel: { type: 'stat', targets: [{ refId: 'A', expr: 'up', instant: true }] },
    },
    {
      name: 'a sparkline',
      panel: {
        type: 'stat',
        options: { graphMode: 'area', reduceOptions: { calcs: ['lastNotNull'] } },
        targets: [{ refId: 'A', expr: 'up', range: true }],
      },
    },
    {
      name: 'the highest of a range',
      panel: {
        type: 'gauge',
        options: { reduceOptions: { calcs: ['max'] } },
        targets: [{ refId: 'A', expr: 'up', range: true }],
      },
    },
    {
      name: 'bars for each series',
      panel: { type: 'graph', xaxis: { mode: 'series' }, targets: [{ refId: 'A', expr: 'up', instant: true }] },
    },
  ],
  rejects: [
    {
      name: 'an instant query in a graph',
      panel: {
        targets: [
          {
            refId: 'A',
            datasource: { type: 'prometheus', uid: '${datasource}' },
            expr: 'up',
            instant: true,
            range: false,
          },
        ],
      },
      because: 'draws one point',
    },
    {
      name: 'a range in a gauge',
      panel: {
        type: 'gauge',
        options: { reduceOptions: { calcs: ['lastNotNull'] } },
        targets: [{ refId: 'A', expr: 'up', range: true }],
      },
      because: 'only the last value',
    },
    {
      name: 'samples in a table',
      panel: { type: 'table', targets: [{ refId: 'A', expr: 'up', format: 'table', range: true }] },
      because: 'lists every sample',
    },
  ],
});

const keepsMoments = new Set(['organize', 'filterFieldsByName', 'filterByRefId', 'renameByRegex', 'joinByField']);

const showsOne = new Set(['stat', 'gauge', 'bargauge', 'piechart']);

const drawsSparkline = (options: object): boolean => 'graphMode' in options && options.graphMode === 'area';

const sortsByTime = (options: object): boolean =>
  'sortBy' in options && JSON.stringify(options.sortBy).includes('Time');
