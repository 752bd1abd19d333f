import fs from 'node:fs';
import path from 'node:path';
import type { Catalog } from '../catalog/catalog';
import { catalogNames, loadCatalog } from '../catalog/load';
import { HomelabError } from './homelab-error';
import { problem, quote } from './problem';

/** The catalogs that a homelab can name. */
export interface Catalogs {
  names(): readonly string[];
  has(name: string): boolean;
  load(name: string): Catalog;
}

/** Those that come with the library; each is read when it is first asked for. */
export const recordedCatalogs: Catalogs = {
  names: catalogNames,
  has: (name) => catalogNames().includes(name),
  load: loadCatalog,
};

/** Those, and the user's own: one JSON file a source in `catalogs/` beside the homelab file. Throws a `HomelabError` for one that is none. */
export const catalogsBeside = (homelabFile: string): Catalogs => {
  const own = new Map(
    filesIn(path.join(path.dirname(homelabFile), 'catalogs')).map((file) => [nameOf(file), read(file)]),
  );
  if (own.size === 0) return recordedCatalogs;
  return {
    names: () => [...new Set([...recordedCatalogs.names(), ...own.keys()])].sort(),
    has: (name) => own.has(name) || recordedCatalogs.has(name),
    load: (name) => own.get(name) ?? recordedCatalogs.load(name),
  };
};

const filesIn = (folder: string): readonly string[] =>
  fs.existsSync(folder)
    ? fs
        .readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .sort()
        .map((name) => path.join(folder, name))
    : [];

const nameOf = (file: string): string => path.basename(file, '.json');

const read = (file: string): Catalog => {
  const catalog = parse(file);
  const wrong = whatIsWrong(catalog, nameOf(file));
  if (wrong) throw new HomelabError([problem([], { what: wrong })], file);
  return catalog as Catalog;
};

const parse = (file: string): unknown => {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    throw new HomelabError([problem([], { what: `not JSON: ${(error as Error).message}` })], file, { cause: error });
  }
};

/** Only what we ourselves rely on: what else it says is between the user and their signals. */
const whatIsWrong = (catalog: unknown, name: string): string | undefined => {
  const { source, version, port, path: page, metrics } = (catalog ?? {}) as Partial<Record<keyof Catalog, unknown>>;
  if (source !== name) return `\`source\` must be the name of the file, ${quote(name)}`;
  if (typeof version !== 'string') return '`version` must be a text';
  if (typeof port !== 'number' && port !== null) return '`port` must be a number, or null';
  if (typeof page !== 'string') return '`path` must be a text';
  return typeof metrics === 'object' && metrics !== null ? undefined : '`metrics` must be there';
};
