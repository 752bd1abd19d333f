import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Catalog } from './catalog';
import { nearest } from '../nearest';

const folder = join(__dirname, 'recorded');
// The cache of `require`, so that a catalog is the same object here and where it is imported by name.
const read = createRequire(__filename);
let names: readonly string[] | undefined;

/** The names of all recorded catalogs, sorted. Reads the folder once, no catalog. */
export const catalogNames = (): readonly string[] =>
  (names ??= readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort());

/** The recorded catalog of a source; read at the first call only. */
export const loadCatalog = (source: string): Catalog => {
  if (!catalogNames().includes(source)) throw new Error(unknown(source));
  // A test holds every recorded file to catalog.schema.json, so it is not validated again here.
  return read(join(folder, `${source}.json`)) as Catalog;
};

const unknown = (source: string): string => {
  const near = nearest(source, catalogNames());
  const parts = catalogNames().filter((name) => source.length > 2 && !near.includes(name) && name.includes(source));
  const meant = [...near, ...parts].slice(0, 5);
  const hint = meant.length > 0 ? `did you mean ${meant.map((name) => `\`${name}\``).join(', ')}?` : 'none is near';
  return `no catalog \`${source}\`: ${hint}`;
};
