import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { alerts } from '../alerts/index';
import { dashboards } from '../dashboards/index';
import type { Content } from '../lib/render/render';
import { loadDefault } from './load-typescript';

/** Our boards and alerts, and those that the user keeps in `dashboards/` and `alerts/` beside the homelab file. */
export const contentFor = (homelabFile: string): Content => {
  const home = dirname(homelabFile);
  const own = isExample(home)
    ? { dashboards: [], alerts: [] }
    : { dashboards: defaults(home, 'dashboards'), alerts: defaults(home, 'alerts') };
  return {
    dashboards: [...dashboards, ...own.dashboards] as Content['dashboards'],
    alerts: [...alerts, ...own.alerts] as Content['alerts'],
  };
};

const isExample = (home: string): boolean =>
  home === join(__dirname, '..', 'examples', 'homelabs') || home === join(__dirname, '..');

/** What each file of a folder exports by default, in the order of their names. */
const defaults = (home: string, folder: string): readonly unknown[] => {
  const path = join(home, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((file) => /\.ts$/.test(file) && !/(\.test|\.cases|\.d)\.ts$/.test(file))
    .sort()
    .map((file) => loadDefault(join(path, file)));
};
