import type { Argv } from 'yargs';
import type { Engine } from '../lib/homelab/homelab';

export interface HomelabArguments {
  homelab: string | undefined;
  engine: Engine | undefined;
  mode: 'existing' | 'owned' | undefined;
}

/** Options of every command that reads the homelab file. */
export const homelabOptions = <T>(yargs: Argv<T>): Argv<T & HomelabArguments> =>
  yargs
    .option('homelab', {
      type: 'string',
      describe: 'The homelab file; default home/homelab.ts or .yaml, then the root',
    })
    .option('engine', {
      choices: ['grafana', 'prometheus', 'mimir', 'vmalert'] as const,
      describe: "What evaluates alerts, instead of the homelab file's",
    })
    .option('mode', {
      choices: ['existing', 'owned'] as const,
      describe: "How Grafana is used, instead of the homelab file's",
    }) as Argv<T & HomelabArguments>;
