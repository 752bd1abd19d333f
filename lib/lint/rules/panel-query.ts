import { drawsData } from '../panel/kinds';
import { defineRule } from '../rule';
import type { JsonObject, Panel } from '../subject';

/** A panel that draws data asks for some. */
export const panelQuery = defineRule({
  id: 'panel-query',
  on: 'panel',
  severity: 'warning',
  needs: 'nothing',
  says: 'a panel for data that asks for none',
  why: 'Without a query, with all of them hidden, or with an empty one, Grafana draws `No data` for ever, which looks like an outage.',
  instead: 'Give it a query, or take the panel away.',

  *check(panel) {
    if (!drawsData(panel) || panel.document.format !== 'classic-dashboard') return;
    const targets = listOf(panel.json['targets']);
    const what = `\`${panel.title || panel.type}\``;
    for (const target of targets) {
      const source = dashboardSource(panel, target);
      const read = target['panelId'];
      if (
        source &&
        typeof read === 'number' &&
        !panel.board.panels.some(({ id }) => id === read) &&
        !listOf(panel.board.json['panels']).some(({ id }) => id === read)
      )
        yield {
          message: `${what} shows the data of panel \`${read}\`, which the board does not have`,
          culprit: String(read),
          expected: 'name a panel of this board',
          severity: 'error',
        };
    }
    if (targets.length === 0) {
      if (!isStatic(panel))
        yield {
          message: `${what} has no query`,
          culprit: panel.title || panel.type,
          expected: 'give it one, or take the panel away',
        };
      return;
    }
    if (
      panel.queries.length > 0 &&
      panel.queries.length === targets.length &&
      panel.queries.every(({ hidden }) => hidden)
    )
      yield {
        message: `all queries of ${what} are hidden, so it draws nothing`,
        culprit: panel.title || panel.type,
        expected: 'show one',
      };
    for (const target of targets) {
      const { expr, refId } = target;
      if (
        expr !== '' ||
        target['hide'] === true ||
        typeof target['query'] === 'string' ||
        typeof target['rawSql'] === 'string' ||
        'scenarioId' in target
      )
        continue;
      if (targets.length === 1 || panel.queries.length === 0)
        yield {
          message: `the query of ${what} is empty`,
          culprit: typeof refId === 'string' ? refId : 'A',
          expected: 'write one, or take the panel away',
        };
      else
        yield {
          message: `query \`${String(refId)}\` of ${what} is empty`,
          culprit: String(refId),
          expected: 'take it away',
          severity: 'info',
        };
    }
  },

  accepts: [
    { name: 'a query', query: 'up' },
    { name: 'a text', panel: { type: 'text', targets: undefined } },
    {
      name: 'one hidden beside one that is drawn',
      panel: {
        targets: [
          { refId: 'A', expr: 'up', hide: true },
          { refId: 'B', expr: 'up' },
        ],
      },
    },
    {
      name: 'hidden ones that an expression reads',
      panel: {
        targets: [
          { refId: 'A', expr: 'up', hide: true },
          { refId: 'B', datasource: { type: '__expr__', uid: '__expr__' }, type: 'math', expression: '$A * 2' },
        ],
      },
    },
  ],
  rejects: [
    { name: 'none', panel: { targets: [] }, because: 'has no query' },
    { name: 'all hidden', panel: { targets: [{ refId: 'A', expr: 'up', hide: true }] }, because: 'are hidden' },
    { name: 'an empty one', panel: { targets: [{ refId: 'A', expr: '' }] }, because: 'is empty' },
    {
      name: 'the data of a panel that is not there',
      panel: { datasource: { type: 'datasource', uid: '-- Dashboard --' }, targets: [{ refId: 'A', panelId: 77 }] },
      because: 'which the board does not have',
    },
  ],
});

const listOf = (value: unknown): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter((item): item is JsonObject => typeof item === 'object' && item !== null) : [];

const dashboardSource = (panel: Panel, target: JsonObject): boolean => {
  const own = target['datasource'];
  const text = JSON.stringify(own ?? panel.json['datasource'] ?? '');
  return text.includes('-- Dashboard --');
};

/** Whether it shows data that stands in the panel itself, or the random walk of a new one. */
const isStatic = ({ json, dataSource, type }: Panel): boolean =>
  'snapshotData' in json ||
  dataSource?.type === 'grafana' ||
  dataSource?.type === 'testdata' ||
  type.includes('-panel') ||
  type === 'logs' ||
  type === 'geomap' ||
  type === 'nodeGraph';
