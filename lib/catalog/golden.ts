import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Catalog } from './catalog';

const folder = join(__dirname, 'golden');

/** The names of all kept pages, sorted. */
export const goldenPages = (): readonly string[] => readdirSync(folder).sort();

/**
 * What the exporter itself served when a catalog was recorded: each kept page as text, Prometheus' format without HELP lines, the metrics
 * of the Go runtime left out, many series of one metric cut to a few. Empty where no page is kept.
 */
export const pagesOf = (
  catalog: Pick<Catalog, 'recordings'>,
): readonly { readonly name: string; readonly text: string }[] =>
  (catalog.recordings ?? []).flatMap(({ page }) =>
    page === undefined ? [] : [{ name: page, text: readFileSync(join(folder, page), 'utf8') }],
  );
