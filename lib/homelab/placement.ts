import type { Catalog } from '../catalog/catalog';
import { each, type Draft, type Partially } from './draft';
import type { App, Exporter, Host } from './homelab';
import type { Keys } from './problem';

/** An exporter and what it stands at in the homelab file. */
export interface PlacedExporter {
  readonly keys: Keys;
  readonly exporter: Partially<Exporter>;
  /** The host it is listed under, or that of its app. */
  readonly host: Partially<Host> | undefined;
  /** The app it is listed under. */
  readonly app: Partially<App> | undefined;
}

/** What a host has that lists no exporters. */
export const hostExporters: readonly Exporter[] = [{ exporter: 'node_exporter' }];

/** Apps that always tell about themselves, so that naming the app is enough. */
const appExporters: Readonly<Record<string, readonly Exporter[]>> = {
  prometheus: [{ exporter: 'prometheus' }],
  alertmanager: [{ exporter: 'alertmanager' }],
};

/** Every exporter of the homelab, those that are there by default included, in the file's order. */
export const placedExporters = (draft: Draft): readonly PlacedExporter[] => {
  const hosts = each(draft.hosts);
  return [
    ...hosts.flatMap(([index, host]) =>
      each(host.exporters ?? hostExporters).map(([at, exporter]) => ({
        keys: place(['hosts', index], host.exporters, at),
        exporter,
        host,
        app: undefined,
      })),
    ),
    ...each(draft.apps).flatMap(([index, app]) =>
      each(app.exporters ?? defaultsOf(app)).map(([at, exporter]) => ({
        keys: place(['apps', index], app.exporters, at),
        exporter,
        host: hosts.find(([, { name }]) => name !== undefined && name === app.host)?.[1],
        app,
      })),
    ),
  ];
};

/** Where an exporter is reached: its own address, else its host's, else its name as a container has it. */
export const addressOf = ({ exporter, host }: PlacedExporter): string | undefined =>
  exporter.address ?? host?.address ?? host?.name ?? exporter.exporter?.replaceAll('_', '-');

/** The page to scrape, with its query. */
export const pathOf = ({ exporter, path }: Partially<Exporter>, catalog: Catalog): string => {
  if (path !== undefined) return path;
  // Its catalog is about what it finds out, which comes from /probe; what is scraped here is its own page.
  return exporter === 'blackbox_exporter' ? '/metrics' : catalog.path;
};

const defaultsOf = ({ app }: Partially<App>): readonly Exporter[] =>
  (app !== undefined && Object.hasOwn(appExporters, app) && appExporters[app]) || [];

const place = (owner: Keys, listed: unknown, index: number): Keys =>
  listed === undefined ? owner : [...owner, 'exporters', index];
