import fs from 'node:fs';
import { Console } from 'node:console';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { registerTypeScript } from '../../lib/register-typescript';

/** What a command came to. */
export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where and with what a command runs: by default here, with our environment, and nothing to read. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string | Uint8Array;
}

const root = join(__dirname, '..', '..');

/**
 * Runs a command as `npm run -s` does, without a process of its own, which costs a second each: what the program needs is loaded once, as
 * ts-node loads it. Standard output is no terminal. One after another only: it changes the working folder and the streams of the process.
 */
export const runCli = async (args: readonly string[], options: RunOptions = {}): Promise<Ended> => {
  registerTypeScript();
  const { runProgram } = require(join(root, 'scripts', 'program.ts')) as typeof import('../program');
  const [stdout, stderr] = [captured(), captured()];
  const restore = [
    replace(process.stdout, 'write', stdout.write),
    replace(process.stderr, 'write', stderr.write),
    // Where yargs prints its help.
    replace(globalThis, 'console', new Console(stdout.stream, stderr.stream)),
    replace(fs, 'readFileSync', reading(options.stdin ?? '')),
    replace(process, 'exitCode', undefined),
    withEnvironment(options.env ?? {}),
    withFolder(options.cwd ?? root),
  ];
  try {
    await runProgram(args);
    return { status: Number(process.exitCode ?? 0), stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    for (const undo of restore.reverse()) undo();
  }
};

const captured = () => {
  const parts: Buffer[] = [];
  const take = (part: string | Uint8Array): void => void parts.push(Buffer.from(part as string));
  return {
    write: ((part: string | Uint8Array) => (take(part), true)) as typeof process.stdout.write,
    stream: new Writable({ decodeStrings: false, write: (part: string | Uint8Array, _, done) => (take(part), done()) }),
    text: () => Buffer.concat(parts).toString(),
  };
};

/** Standard input is file 0. */
const reading = (stdin: string | Uint8Array): typeof fs.readFileSync => {
  const own = fs.readFileSync;
  return ((file: fs.PathOrFileDescriptor, options?: BufferEncoding) => {
    if (file !== 0) return own(file, options);
    const content = Buffer.from(stdin as string);
    return options ? content.toString(options) : content;
  }) as typeof fs.readFileSync;
};

const replace = <T extends object, K extends keyof T>(object: T, key: K, value: T[K]): (() => void) => {
  const before = object[key];
  object[key] = value;
  return () => void (object[key] = before);
};

const withEnvironment = (env: Readonly<Record<string, string>>): (() => void) => {
  const before = Object.keys(env).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, env);
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
};

const withFolder = (folder: string): (() => void) => {
  const before = process.cwd();
  process.chdir(folder);
  return () => process.chdir(before);
};
