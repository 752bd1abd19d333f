import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IncludedError } from '../included/included-error';
import { fileOf, included } from '../included/testing/files';
import { nearly } from '../included/testing/nearly';
import { boardFacts } from './changes/board-facts';
import { outlineIncludedBoard, outlineIncludedRules } from './included';
import { printOutline } from './outline';
import { splitLayout } from './dashboard-json';

const outlineOf = (json: object): string =>
  included([fileOf('own/a.json', { title: 'Printers', uid: 'printers', ...json })])
    .boards.map(outlineIncludedBoard)
    .map(printOutline)
    .join('');

describe('the outline of a board of somebody else', () => {
  it('says what can be read in any dashboard, and nothing of a house look', () => {
    const outline = outlineOf({
      description: 'Is it\nhot?',
      tags: ['workshop'],
      time: { from: 'now-6h', to: 'now' },
      templating: {
        list: [{ name: 'printer', type: 'query', multi: true, query: { query: 'label_values(a, printer)' } }],
      },
      panels: [
        {
          type: 'row',
          title: 'Closed',
          collapsed: true,
          repeat: 'printer',
          panels: [{ type: 'text', title: 'Read', options: { content: 'a\nb' } }],
        },
        {
          type: 'timeseries',
          title: 'Nozzle',
          datasource: { type: 'prometheus', uid: 'p' },
          fieldConfig: {
            defaults: {
              unit: 'percentunit',
              max: 1,
              thresholds: {
                steps: [
                  { color: 'green', value: null },
                  { color: 'red', value: 0.9 },
                ],
              },
            },
            overrides: [{ matcher: { id: 'byName', options: 'x' }, properties: [{ id: 'unit', value: 's' }] }],
          },
          targets: [{ refId: 'A', expr: 'sum(a)', legendFormat: 'all' }],
        },
      ],
    });
    expect(outline.split('\n').slice(2)).toEqual([
      '# Printers',
      '',
      'Is it hot?',
      '',
      '- `printers` in the folder Included, tagged workshop, from `own/a.json`',
      '- shows now-6h to now',
      '- variable `$printer`: any number of query `label_values(a, printer)`',
      '',
      '## Closed (collapsed), once for each printer',
      '',
      '### Read',
      '- text',
      '> a',
      '> b',
      '',
      '### Nozzle',
      '- timeseries in percent, up to 100%',
      '- asks prometheus `p`',
      '- limits: critical from 90%',
      '- x: unit s',
      '```promql',
      '# A: all',
      'sum(a)',
      '```',
      '',
    ]);
  });

  it('finds the query where each data source keeps it, and panels in rows of old', () => {
    const outline = outlineOf({
      rows: [
        {
          title: 'Old',
          panels: [
            {
              type: 'graph',
              format: 'short',
              datasource: { type: 'mysql', uid: 'm' },
              targets: [{ refId: 'A', rawSql: 'SELECT 1' }],
            },
            { type: 'logs', datasource: { type: 'loki', uid: 'l' }, targets: [{ refId: 'B', expr: '{a="b"} |= "c"' }] },
            { type: 'x', targets: [{ refId: 'C', bucket: 7 }] },
            { type: 'y', targets: [{ refId: 'D', deeper: { query: 'one\ntwo', rest: 1 } }] },
          ],
        },
      ],
    });
    for (const line of [
      '## Old',
      '- graph in count',
      'SELECT 1',
      '```logql\n# B\n{a="b"} |= "c"',
      '{"bucket":7}',
      '# D\none\ntwo\n',
    ])
      expect(outline).toContain(line);
  });

  it('has a block of its own for each panel, also for those that are called alike', () => {
    const [board] = included([
      fileOf('a.json', { title: 'A', panels: [{ title: 'x' }, { title: 'x' }, {}] }),
    ]).boards.map(outlineIncludedBoard);
    expect(board?.blocks.map(({ key }) => key)).toEqual(['panel x', 'panel x (2)', 'panel ']);
  });

  it('is there for whatever the file holds, as are the facts that later renders compare', () => {
    let seen = 0;
    fc.assert(
      fc.property(fc.array(nearly, { maxLength: 3 }), nearly, (panels, other) => {
        const extra =
          typeof other === 'object' && !Array.isArray(other)
            ? other
            : { templating: other, annotations: { list: [other] } };
        try {
          const { boards } = included([fileOf('a.json', { ...extra, title: 'A', uid: 'a', panels })]);
          for (const board of boards) {
            seen += 1;
            expect(printOutline(outlineIncludedBoard(board))).toContain('# A');
            expect(boardFacts(JSON.parse(JSON.stringify(board.json))).title).toBe('A');
            expect(splitLayout(board.json).content).toContain('"title": "A"');
          }
        } catch (error) {
          if (!(error instanceof IncludedError)) throw error;
        }
      }),
      { numRuns: 500 },
    );
    expect(seen).toBeGreaterThan(100);
  });
});

describe('the outline of rules of somebody else', () => {
  it('says who reads them, and each rule', () => {
    const text = [
      'namespace: home',
      'groups:',
      '  - name: a',
      '    interval: 1m',
      '    rules:',
      '      - { record: "a:b", expr: sum(a) }',
      '      - { alert: Full, expr: a > 1, for: 5m, labels: { severity: page }, annotations: { summary: "It is\\n full" } }',
    ].join('\n');
    const { rules } = included([fileOf('r.yaml', text)]);
    const outline = rules.map((one) => printOutline(outlineIncludedRules(one, 'included-r'))).join('');
    expect(outline.split('\n').slice(2)).toEqual([
      '# Rules: r.yaml',
      '',
      '- for Mimir, namespace `home`',
      '',
      '## a',
      '- interval: 1m',
      '',
      '### a:b',
      '- recorded',
      '```promql',
      'sum(a)',
      '```',
      '',
      '### Full',
      '- alert',
      '- for: 5m',
      '- label severity: page',
      '- summary: It is full',
      '```promql',
      'a > 1',
      '```',
      '',
    ]);
  });
});
