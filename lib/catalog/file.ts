import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import type { Catalog } from './catalog';
import { CatalogFileError } from './errors';
import { formatCatalog } from './format';
import { catalogNames } from './load';
import { catalogErrors } from './validate';
import { nearest } from '../nearest';

/** Reads a catalog from a file and holds it to `catalog.schema.json`. Throws `CatalogFileError` with the lines that are wrong. */
export const readCatalogFile = (path: string): Catalog => parseCatalog(readText(path), path);

/** The same for a text that was read already; `path` is for messages. */
export const parseCatalog = (text: string, path: string): Catalog => {
  const broken: ParseError[] = [];
  const tree = parseTree(text, broken, { allowTrailingComma: false, disallowComments: true });
  const [first] = broken;
  if (first || !tree)
    throw new CatalogFileError(
      `${path}:${lineOf(text, first?.offset ?? 0)}`,
      [`not JSON: ${first ? printParseErrorCode(first.error) : 'nothing stands there'}`],
      tryRecord,
    );
  const value: unknown = JSON.parse(text);
  const wrong = catalogErrors(value);
  if (wrong.length === 0) return value as Catalog;
  const shown = wrong.slice(0, 10).map((each) => `line ${lineOf(text, offsetOf(tree, each))}: ${each}`);
  throw new CatalogFileError(
    path,
    [...shown, ...(wrong.length > shown.length ? [`and ${wrong.length - shown.length} more`] : [])],
    tryRecord,
  );
};

/**
 * Writes a catalog, whole or not at all. What stands there is replaced only where it is a catalog too: throws `CatalogFileError`
 * for another file.
 */
export const writeCatalogFile = (path: string, catalog: Catalog): void => {
  refuseToOverwrite(path);
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const descriptor = openSync(temporary, 'w');
    try {
      writeFileSync(descriptor, formatCatalog(catalog));
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
};

/** Throws `CatalogFileError` where something else than a catalog stands. */
export const refuseToOverwrite = (path: string): void => {
  if (!existsSync(path)) return;
  const refuse = (why: string): CatalogFileError =>
    new CatalogFileError(path, [`${why}, and only a catalog is overwritten`], 'give another --out, or move that away');
  if (statSync(path).isDirectory()) throw refuse('a folder stands there');
  try {
    readCatalogFile(path);
  } catch (error) {
    if (error instanceof CatalogFileError) throw refuse('another file stands there');
    throw error;
  }
};

const tryRecord = 'npm run catalog -- record --help: makes one';

const readText = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const near = nearest(path, catalogNames());
    throw new CatalogFileError(
      path,
      [
        code === 'ENOENT'
          ? 'there is no such file, and no recorded catalog is called so'
          : `it cannot be read: ${code}`,
      ],
      near.length > 0
        ? `did you mean ${near.join(', ')}?`
        : 'give a file, the address of a metrics page, or a name such as node_exporter',
    );
  }
};

/** 1-based. */
const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** Where the thing stands that a message of `catalogErrors` begins with, as a JSON pointer. */
const offsetOf = (tree: Node, message: string): number => {
  let node = tree;
  for (const step of (/^\/\S*/.exec(message)?.[0] ?? '').split('/').slice(1)) {
    const key = step.replace(/~1/g, '/').replace(/~0/g, '~');
    const next =
      node.type === 'array'
        ? node.children?.[Number(key)]
        : node.children?.find((property) => property.children?.[0]?.value === key)?.children?.[1];
    if (!next) break;
    node = next;
  }
  return node.offset;
};
