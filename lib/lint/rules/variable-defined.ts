import { nearest } from '../../nearest';
import { builtInVariables, isBuiltIn } from '../board/built-in-variables';
import { inputsOf, namesOf } from '../board/variable-uses';
import { variablesIn } from '../../query/filled';
import type { Report, Severity } from '../finding';
import { defineRule } from '../rule';
import type { Board, Panel, Path, Query } from '../subject';

/** Variables that are used are there. */
export const variableDefined = defineRule({
  id: 'variable-defined',
  on: 'board',
  severity: 'error',
  needs: 'nothing',
  says: 'a variable in a query, a title, a legend, a link or as a data source that the board does not define',
  why: 'Grafana leaves it in the text as it is written: a query asks for the value `$host`, or does not parse, and draws nothing.',
  instead: 'Define the variable on the board, or write what is meant.',

  *check(board) {
    if (board.isLibraryPanel) return;
    // One finding a variable, at its first and gravest use: boards that miss one miss it everywhere.
    const found = new Map<string, { report: Report; uses: number }>();
    for (const report of undefinedUses(board)) {
      const before = found.get(report.culprit);
      if (before) before.uses++;
      if (before && (before.report.severity === 'error' || report.severity !== 'error')) continue;
      found.set(report.culprit, { report, uses: before?.uses ?? 1 });
    }
    for (const { report, uses } of found.values())
      yield uses === 1
        ? report
        : { ...report, message: `${report.message}, here and ${uses === 2 ? 'once' : `${uses - 1} times`} more` };
  },

  accepts: [
    { name: 'one that is defined', variable: { name: 'host' }, query: 'up{instance=~"$host"}' },
    { name: "Grafana's own", query: 'rate(node_cpu_seconds_total[$__rate_interval])' },
    { name: 'a group of a regular expression', query: 'label_replace(up, "host", "$1", "instance", "(.*):.*")' },
    { name: 'a named group', query: 'label_replace(up, "host", "$name", "instance", "(?P<name>.*):.*")' },
    { name: 'an end of a pattern', query: 'up{job=~"node$|windows$"}' },
    {
      name: 'an input of an export',
      board: { __inputs: [{ name: 'DS_PROM', type: 'datasource', pluginId: 'prometheus' }] },
      panel: { datasource: { type: 'prometheus', uid: '${DS_PROM}' } },
    },
    {
      name: 'a library panel, whose boards define it',
      files: {
        'a.json':
          '{"result":{"uid":"l","name":"L","model":{"type":"stat","title":"T $host","targets":[{"expr":"up{instance=~\\"$host\\"}"}]}}}',
      },
    },
  ],
  rejects: [
    { name: 'in a query', query: 'up{instance=~"$hots"}', because: 'uses `$hots`' },
    {
      name: 'a slip in one of Grafana',
      query: 'rate(node_cpu_seconds_total[$__rate_intervall])',
      because: '$__rate_intervall',
    },
    { name: 'in a title', panel: { title: 'CPU of ${host}' }, because: 'the title of' },
    {
      name: 'as the data source',
      panel: { datasource: { type: 'prometheus', uid: '${prom}' } },
      because: 'the data source of',
    },
    { name: 'a repeat', panel: { repeat: 'host' }, because: 'the repeat of' },
  ],
});

function* undefinedUses(board: Board): Generator<Report> {
  const known = new Set([...namesOf(board), ...inputsOf(board)]);
  const isKnown = (name: string): boolean => known.has(name);
  const report = (name: string, what: string, at: Path, severity: Severity): Report => ({
    message: `${what} uses \`$${name}\`, which the board does not define`,
    culprit: name,
    at,
    expected: 'define the variable, or take it out',
    nearest: nearest(name, name.startsWith('__') ? builtInVariables : [...known]),
    severity,
  });
  for (const query of queriesOf(board)) {
    if (query.language === 'other') continue;
    for (const { name, span } of query.parsed.variables) {
      if (isKnown(name) || isOthers(query, name, span.from)) continue;
      if (isBuiltIn(name)) {
        // Macros of plugins begin so too: only a slip in one of Grafana's own is certain.
        if (builtInVariables.has(name) || query.language !== 'promql' || nearest(name, builtInVariables).length === 0)
          continue;
      }
      yield report(name, `query${query.refId ? ` ${query.refId}` : ''} of ${ownerOf(query)}`, query.at, 'error');
    }
  }
  for (const panel of board.panels) {
    const what = `\`${panel.title || panel.type}\``;
    const texts: readonly (readonly [string, string])[] = [
      ['the title of', panel.title],
      ...panel.queries.flatMap((query) =>
        query.language === 'other' || !query.legend ? [] : [[`the legend of ${query.refId} of`, query.legend] as const],
      ),
      ...panel.links.map(({ url }) => ['a link of', url] as const),
      ...panel.fields.links.map(({ url }) => ['a link of', url] as const),
    ];
    for (const [part, text] of texts)
      for (const { name } of variablesIn(text)) {
        const bare = !text.includes(`\${${name}`) && !text.includes(`[[${name}`);
        // `$5` and `US$` aside, a lone `$WORD` in capitals is money or a shell's.
        if (isKnown(name) || isBuiltIn(name) || (bare && /^[A-Z_]+$/.test(name))) continue;
        yield report(name, `${part} ${what}`, panel.at, 'warning');
      }
    if (panel.repeat !== undefined && !isKnown(panel.repeat))
      yield report(panel.repeat, `the repeat of ${what}`, panel.at, 'info');
    const source = dataSourceVariable(panel);
    if (source !== undefined && !isKnown(source) && !isBuiltIn(source) && !given(source))
      yield report(source, `the data source of ${what}`, panel.at, 'warning');
  }
}

const queriesOf = (board: Board): readonly Query[] => [
  ...board.panels.flatMap(({ queries }) => queries),
  ...[...board.variables, ...board.annotations].flatMap(({ query }) => (query ? [query] : [])),
];

const ownerOf = ({ owner }: Query): string => {
  if (owner.kind === 'panel') return `\`${owner.title || owner.type}\``;
  return `the ${owner.kind} \`${owner.name}\``;
};

/** What stands behind `$` but is no variable of Grafana: names of groups, variables of Go templates. */
const isOthers = ({ text, language }: Query, name: string, from: number): boolean => {
  if (text.includes(`(?P<${name}>`) || text.includes(`(?<${name}>`)) return true;
  if (language === 'promql') return false;
  const opened = text.lastIndexOf('{{', from);
  return opened !== -1 && text.indexOf('}}', opened) > from;
};

const dataSourceVariable = ({ dataSource }: Panel): string | undefined =>
  dataSource?.uid === undefined ? undefined : /^\$\{?(\w+)\}?$/.exec(dataSource.uid)?.[1];

/** Scripts of this name are filled in before Grafana reads the file. */
const given = (name: string): boolean => name === 'datasource_uid';
