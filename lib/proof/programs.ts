import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program that a proof runs: the names under which Debian and upstream install it, and the Debian package that brings it. */
interface Program {
  readonly names: readonly [string, ...string[]];
  readonly debian: string;
}

/** Every program that proofs know, by the name we use for it. */
export const programs = {
  prometheus: { names: ['prometheus'], debian: 'prometheus' },
  promtool: { names: ['promtool'], debian: 'prometheus' },
  node_exporter: { names: ['prometheus-node-exporter', 'node_exporter'], debian: 'prometheus-node-exporter' },
  blackbox_exporter: {
    names: ['prometheus-blackbox-exporter', 'blackbox_exporter'],
    debian: 'prometheus-blackbox-exporter',
  },
  alertmanager: { names: ['prometheus-alertmanager', 'alertmanager'], debian: 'prometheus-alertmanager' },
  amtool: { names: ['amtool'], debian: 'prometheus-alertmanager' },
  openssl: { names: ['openssl'], debian: 'openssl' },
} as const satisfies Readonly<Record<string, Program>>;

export type ProgramName = keyof typeof programs;

/** Where a program is installed, or undefined. */
export const findProgram = (name: ProgramName, path = process.env['PATH'] ?? ''): string | undefined =>
  path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => programs[name].names.map((file) => join(folder, file)))
    .find(isExecutable);

/** Where a program is installed. Throws with the command that installs it. */
export const requireProgram = (name: ProgramName): string => {
  const file = findProgram(name);
  if (!file) throw new Error(explainMissing([name]));
  return file;
};

/** Those that are not installed. */
export const missingPrograms = (names: readonly ProgramName[]): readonly ProgramName[] =>
  names.filter((name) => !findProgram(name));

/** `needs promtool: sudo apt-get install prometheus`. */
export const explainMissing = (names: readonly ProgramName[]): string => {
  const packages = [...new Set(names.map((name) => programs[name].debian))];
  return `needs ${names.join(', ')}: sudo apt-get install ${packages.join(' ')}`;
};

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
};
