import type { Argv, CommandModule } from 'yargs';
import { homelabOptions, type HomelabArguments } from '../homelab-options';
import { standardInput } from '../standard-input';

export interface LintArguments extends HomelabArguments {
  paths: string[];
  format: 'readable' | 'json' | 'sarif' | 'github' | 'junit';
  catalog: string[] | undefined;
  catalogOnly: boolean;
  prometheus: string | undefined;
  grafana: string | undefined;
  loki: string | undefined;
  only: string[] | undefined;
  explain: string | undefined;
  rules: boolean;
  failOn: 'error' | 'warning' | 'info';
  exceptions: string | undefined;
  cost: boolean;
  fix: boolean;
}

/** `a,b` or the option twice. */
const ids = (given: string | readonly string[] | undefined): readonly string[] | undefined =>
  given === undefined
    ? undefined
    : [given]
        .flat()
        .flatMap((list) => list.split(',').map((id) => id.trim()))
        .filter((id) => id !== '');

export const lintCommand: CommandModule<object, LintArguments> = {
  command: 'lint [paths..]',
  describe: 'Find queries, panels and alerts that cannot work, here or in files of anybody',
  builder: (yargs) =>
    homelabOptions(yargs)
      .positional('paths', {
        type: 'string',
        array: true,
        default: [] as string[],
        describe: 'Dashboards, rule files, folders; - is standard input. None: what your homelab file renders',
      })
      .option('format', {
        choices: ['readable', 'json', 'sarif', 'github', 'junit'] as const,
        default: 'readable' as const,
        describe: 'How findings are written',
      })
      .option('catalog', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'Catalogs beside the recorded ones',
      })
      .option('catalog-only', { type: 'boolean', default: false, describe: 'Only those of --catalog' })
      .option('prometheus', { type: 'string', describe: 'Ask this Prometheus (or Mimir, VictoriaMetrics, Thanos) too' })
      .option('grafana', { type: 'string', describe: "Ask through this Grafana's data sources (GRAFANA_TOKEN)" })
      .option('loki', { type: 'string', describe: 'Ask this Loki for labels' })
      .option('cost', {
        type: 'boolean',
        default: false,
        describe: 'Also run every query and replay every alert over a day: what they cost, how often they would fire',
      })
      // No list without commas: a path may stand behind it.
      .option('only', {
        type: 'string',
        requiresArg: true,
        describe: 'Only these rules, by id, with commas between',
        coerce: ids,
      })
      .option('fail-on', {
        choices: ['error', 'warning', 'info'] as const,
        default: 'warning' as const,
        describe: 'Exit 1 for findings of this severity or worse',
      })
      .option('exceptions', { type: 'string', describe: 'What is allowed; default homelab-lint.yaml' })
      .option('fix', { type: 'boolean', default: false, describe: 'Mend what is mechanical in the JSON files given' })
      .option('explain', { type: 'string', describe: 'What a rule reports, why, with examples' })
      .option('rules', { type: 'boolean', default: false, describe: 'List all rules' })
      .check(({ fix, paths, catalogOnly, catalog, prometheus, grafana }) => {
        if (catalogOnly && !catalog && prometheus === undefined && grafana === undefined)
          throw new Error('--catalog-only without a catalog\n  try: --catalog FILE --catalog-only');
        if (fix && paths.includes(standardInput))
          throw new Error('--fix mends files, and - is none\n  try: the path of the file');
        if (fix && paths.length === 0)
          throw new Error(
            '--fix mends files that are given by path: our own are rendered, mend what they are made from',
          );
        return true;
      })
      .epilogue(
        'Exit codes: 0 no findings, 1 findings, 2 something was not read, understood or reached.',
      ) as unknown as Argv<LintArguments>,
  handler: async (given) => {
    // Loaded only when it runs, so that --help is quick.
    const { runLint } = require('../run-lint') as typeof import('../run-lint');
    process.exitCode = await runLint(given);
  },
};
