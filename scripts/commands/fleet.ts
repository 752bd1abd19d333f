import type { Argv, CommandModule } from 'yargs';
import { homelabOptions, type HomelabArguments } from '../homelab-options';

export interface FleetArguments extends HomelabArguments {
  port: number;
  host: string;
  seed: string;
  at: string | undefined;
  incident: string[];
  lasting: string;
  list: boolean;
  scrapeConfig: string | undefined;
  backfill: string | undefined;
  reach: string;
}

export const fleetCommand: CommandModule<object, FleetArguments> = {
  command: 'fleet',
  describe: 'Serve the simulated exporters of a homelab over HTTP, or write their past for a backfill',
  builder: (yargs) =>
    homelabOptions(yargs)
      .option('port', { type: 'number', requiresArg: true, default: 9999, describe: 'Where it listens; 0: any' })
      .option('host', { type: 'string', requiresArg: true, default: '127.0.0.1', describe: 'Address it listens on' })
      .option('seed', { type: 'string', requiresArg: true, default: '1', describe: 'Another seed is another homelab' })
      .option('at', {
        type: 'string',
        requiresArg: true,
        describe: 'What time it is there at first, 2026-11-20T20:40:00Z or seconds since 1970; default: now',
      })
      .option('incident', {
        type: 'string',
        array: true,
        requiresArg: true,
        default: [],
        describe: 'What goes wrong from then on, in a backfill until then: disk-filling, or disk-filling=nas',
      })
      .option('lasting', { type: 'string', requiresArg: true, default: '2h', describe: 'For how long it does' })
      .option('list', {
        type: 'boolean',
        default: false,
        describe: 'List what can go wrong there, and whom it befalls',
      })
      .option('scrape-config', {
        type: 'string',
        requiresArg: true,
        describe: 'Also write a configuration with which Prometheus scrapes it',
      })
      .option('backfill', {
        type: 'string',
        requiresArg: true,
        describe:
          'Write what Prometheus would have stored until then, as OpenMetrics, and serve nothing; `-`: standard output',
      })
      .option('reach', { type: 'string', requiresArg: true, default: '6h', describe: 'How far back a backfill goes' })
      .example('npm run fleet -- --scrape-config prometheus.yml', 'then: prometheus --config.file=prometheus.yml')
      .example('npm run fleet -- --incident disk-filling=nas', 'a disk of nas is full in two hours')
      .example(
        'npm run fleet -- --backfill day.om --reach 1d',
        'then: promtool tsdb create-blocks-from openmetrics day.om',
      )
      .epilogue(
        'Exit codes: 0 written, or listed; 2 could not run. More: docs/fleet.md',
      ) as unknown as Argv<FleetArguments>,
  handler: async (given) => {
    // Loaded only when it runs, so that --help is quick.
    const { runFleet } = require('../run-fleet') as typeof import('../run-fleet');
    process.exitCode = await runFleet(given);
  },
};
