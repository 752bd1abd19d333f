import type { CommandModule } from 'yargs';
import { homelabOptions, type HomelabArguments } from '../homelab-options';

export interface RecordArguments {
  metrics: string | undefined;
  prometheus: string | undefined;
  source: string | undefined;
  out: string;
}

export interface CompareArguments extends HomelabArguments {
  old: string;
  new: string;
  json: boolean;
}

const recordCommand: CommandModule<object, RecordArguments> = {
  command: 'record',
  describe: 'Write down what an exporter, or all that a Prometheus scrapes, exports',
  builder: (yargs) =>
    yargs
      .option('metrics', { type: 'string', describe: 'A metrics page: a file, or its address' })
      .option('prometheus', { type: 'string', describe: 'A server that speaks the API of Prometheus' })
      .option('source', { type: 'string', describe: 'Name of the catalog; default: the name of the file' })
      .option('out', {
        type: 'string',
        demandOption: true,
        describe: 'The file (.json); with --prometheus also a folder, which gets a file a job',
      })
      .conflicts('metrics', 'prometheus')
      .check(({ metrics, prometheus }) => {
        if (metrics === undefined && prometheus === undefined) throw new Error('give --metrics or --prometheus');
        return true;
      }),
  handler: async (given) => {
    // Loaded only when it runs, so that --help is quick.
    process.exitCode = await (require('../run-catalog') as typeof import('../run-catalog')).runRecord(given);
  },
};

const compareCommand: CommandModule<object, CompareArguments> = {
  command: 'compare <old> <new>',
  describe: 'Say what differs between two catalogs, and which panels and alerts that breaks',
  builder: (yargs) =>
    homelabOptions(
      yargs
        .positional('old', {
          type: 'string',
          demandOption: true,
          describe: 'A catalog file, a recorded one by name (node_exporter), or a metrics page',
        })
        .positional('new', { type: 'string', demandOption: true, describe: 'The same, newer' }),
    ).option('json', { type: 'boolean', default: false, describe: 'Print one JSON document' }),
  handler: async (given) => {
    process.exitCode = await (require('../run-catalog') as typeof import('../run-catalog')).runCompare(given);
  },
};

export const catalogCommand: CommandModule = {
  command: 'catalog <command>',
  describe: 'Record what exporters export, or compare two records',
  builder: (yargs) => yargs.command(recordCommand).command(compareCommand).demandCommand(1, 'record or compare?'),
  handler: () => undefined,
};
