import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { alerts as library } from '../alerts/index';
import type { BuiltAlerts } from '../lib/alerts/define';
import { loadModule } from './load-typescript';

/**
 * Names of the alerts that have cases, ours and those beside the homelab file. Heartbeats, which fire always, need none. The package
 * comes without the cases of its own alerts: they were run before it was made.
 */
export const testedAlerts = (homelabFile: string, { groups }: BuiltAlerts): ReadonlySet<string> => {
  const here = namesIn(join(__dirname, '..', 'alerts'));
  const shipped = new Set(here.length > 0 ? [] : library.map(({ name }) => name));
  return new Set([
    ...here,
    ...namesIn(join(dirname(homelabFile), 'alerts')),
    ...groups.flatMap(({ name: group, alerts }) =>
      alerts.flatMap(({ name, heartbeat }) => (heartbeat || shipped.has(group) ? [name] : [])),
    ),
  ]);
};

const namesIn = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => /\.cases\.[jt]s$/.test(file))
        .flatMap((file) => Object.values(loadModule(join(folder, file))).flatMap((cases) => Object.keys(cases ?? {})))
    : [];
