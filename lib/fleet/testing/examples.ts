import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { readHomelab } from '../../homelab/read';
import { resolveHomelab } from '../../homelab/resolve';
import type { ResolvedHomelab } from '../../homelab/resolved';

const folder = join(__dirname, '../../../examples/homelabs');

/** The homelabs that stand for all users, by file name. */
export const exampleNames: readonly string[] = readdirSync(folder).filter((name) => extname(name) !== '');

/** The usual one and the one that has everything: those that the quick tests look at. */
export const usualExamples: readonly string[] = ['typical.ts', 'everything.ts'];

/** All the others, for tests that have minutes. */
export const otherExamples: readonly string[] = exampleNames.filter((name) => !usualExamples.includes(name));

/** One of them, resolved. */
export const example = (name: string): ResolvedHomelab => resolveHomelab(readHomelab(join(folder, name)));

/** An evening on which all is well: nothing has restarted for hours. */
export const evening = Date.UTC(2026, 10, 20, 20, 40) / 1000;
