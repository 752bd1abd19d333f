import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { canonicalJson, sorted } from '../grafana-json/canonical-json';
import { withoutSecrets } from './backup';
import { PushFileError } from './errors';
import type { NormalForms } from './normal-form';
import type { Kind } from './object';
import type { Plan } from './plan';

/** What a person made of one of our objects, as a file to look at beside its snapshot. */
export interface AdoptedFile {
  /** Below the folder of the homelab file: `adopted/dashboard/hl-host.json`. */
  readonly path: string;
  readonly title: string;
  readonly text: string;
}

export interface Adopted {
  readonly files: readonly AdoptedFile[];
  /** Titles of objects that a person deleted: there is nothing to write. */
  readonly gone: readonly string[];
  /** Titles of objects that are there and cannot be read. */
  readonly unreadable: readonly string[];
}

/**
 * What people changed, in normal form, so that only what they meant stands in the files. Changes nothing in Grafana and no base: it stays drift
 * until the code says the same, or `--on-drift overwrite`. Pure.
 */
export const adopt = ({ steps }: Plan, normalForms: NormalForms): Adopted => {
  const conflicts = steps.filter(({ action }) => action === 'conflict');
  return {
    files: conflicts.flatMap(({ kind, key, title, before, wanted }) => {
      if (!before || before.isUnreadable) return [];
      const body = sorted(normalForms[kind](withoutSecrets(kind, before.body, [wanted?.body])));
      const text = isJson(kind) ? canonicalJson(body) : stringify(body, { lineWidth: 0 });
      return [{ path: `adopted/${kind}/${fileName(key)}.${isJson(kind) ? 'json' : 'yaml'}`, title, text }];
    }),
    gone: conflicts.filter(({ before }) => !before).map(({ title }) => title),
    unreadable: conflicts.filter(({ before }) => before?.isUnreadable).map(({ title }) => title),
  };
};

const isJson = (kind: Kind): boolean => kind === 'dashboard';

/** A slash parts the folder of a rule group from its name; what a file system may not like is written as in an address. */
const fileName = (key: string): string =>
  key
    .split('/')
    .map((part) => encodeURIComponent(part).replace(/[*'()!~]|^\.+/g, (signs) => [...signs].map(hex).join('')) || '_')
    .join('/');

const hex = (sign: string): string => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;

/** Writes adopted files below a folder. Throws `PushFileError`. */
export const writeAdopted = ({ files }: Adopted, folder: string): void => {
  for (const { path, text } of files) {
    const file = join(folder, path);
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.new`, text);
      renameSync(`${file}.new`, file);
    } catch (error) {
      throw new PushFileError('what people changed', file, error as NodeJS.ErrnoException);
    }
  }
};
