import type { CommandModule } from 'yargs';

interface Arguments {
  prometheus: string | undefined;
  grafana: string | undefined;
  compose: string[] | undefined;
  example: string | undefined;
  out: string | undefined;
}

export const initCommand: CommandModule<object, Arguments> = {
  command: 'init',
  describe: 'Propose a homelab file from what a Prometheus, a Grafana and compose files say',
  builder: (yargs) =>
    yargs
      .option('prometheus', {
        type: 'string',
        describe: 'Address of a Prometheus, Mimir or VictoriaMetrics; PROMETHEUS_TOKEN and the like say who asks',
      })
      .option('grafana', {
        type: 'string',
        describe: 'Address of a Grafana, for data sources and contact points; GRAFANA_TOKEN says who asks',
      })
      .option('compose', { type: 'string', array: true, describe: 'Compose files, or folders that have one' })
      .option('example', { type: 'string', describe: 'Start from an example instead, such as minimal or typical' })
      .option('out', {
        type: 'string',
        describe: 'File to write, .ts or .yaml; default home/homelab.ts. One that is there is never changed',
      }),
  handler: async (given) => {
    // Loaded only when it runs, so that --help is quick.
    process.exitCode = await (require('../run-init') as typeof import('../run-init')).runInit(given);
  },
};
