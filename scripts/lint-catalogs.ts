import { readFileSync } from 'node:fs';
import type { Catalog } from '../lib/catalog/catalog';
import { allRecorded } from '../lib/lint/knowledge/recorded';
import type { LintArguments } from './commands/lint';

/** The catalogs that are asked: the recorded ones, and those of `--catalog`. */
export const catalogsFor = ({ catalog = [], catalogOnly }: LintArguments): readonly Catalog[] => {
  if (catalog.length === 0 && !catalogOnly) return allRecorded();
  const { readCatalogFile } = require('../lib/catalog/file') as typeof import('../lib/catalog/file');
  const given = catalog.map((file) => owning(readCatalogFile(file)));
  return catalogOnly ? given : [...allRecorded(), ...given];
};

/** What many programs have: it tells nothing of whose a metric is. */
const anybodys = new Set([
  'go',
  'process',
  'promhttp',
  'python',
  'jvm',
  'nodejs',
  'http',
  'grpc',
  'net',
  'system',
  'scrape',
  'up',
  'otel',
  'target',
]);

/** A catalog that somebody recorded says not how its names begin: then they begin with their first words. */
const owning = (catalog: Catalog): Catalog => {
  if (catalog.prefixes.length > 0) return catalog;
  const words = Object.keys(catalog.metrics).flatMap((name) => /^([a-zA-Z]+)_/.exec(name)?.[1] ?? []);
  return { ...catalog, prefixes: [...new Set(words)].filter((word) => !anybodys.has(word)).map((word) => `${word}_`) };
};

/** `--catalog a.json board.json`: what stands behind the first one and is no catalog is a path to lint. */
export const withoutCatalogs = (given: LintArguments): LintArguments => {
  const [first, ...others] = given.catalog ?? [];
  if (first === undefined || others.length === 0) return given;
  return {
    ...given,
    catalog: [first, ...others.filter(isCatalog)],
    paths: [...given.paths, ...others.filter((file) => !isCatalog(file))],
  };
};

const isCatalog = (file: string): boolean => {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof value === 'object' && value !== null && 'metrics' in value;
  } catch {
    return false;
  }
};
