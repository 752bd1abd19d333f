import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** What one run of a program took. */
export interface Cost {
  /** From start to end, in milliseconds. */
  readonly wall: number;
  /** Processor time of all its threads, in milliseconds. */
  readonly cpu: number;
  /** Peak resident memory, in megabytes. */
  readonly memory: number;
  readonly stdout: string;
}

const root = join(__dirname, '..', '..');
/** Prints the resources of the process as its last line on stderr; loaded before anything else. */
const meter = join(__dirname, 'meter.cjs');
const marker = 'bench:';

/** Runs `node …` in the repository. Throws with what it printed when it fails. */
export const runNode = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Cost => {
  const started = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--require', meter, ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 1 << 26,
  });
  const wall = Number(process.hrtime.bigint() - started) / 1e6;
  const line = stderr.split('\n').findLast((text) => text.startsWith(marker));
  if (status !== 0 || line === undefined) throw new Error(`node ${args.join(' ')} ended with ${status}:\n${stderr}`);
  const { cpu, memory } = JSON.parse(line.slice(marker.length)) as Pick<Cost, 'cpu' | 'memory'>;
  return { wall, cpu, memory, stdout };
};

/** Runs another program; its processor time and memory are not known. */
export const runProgram = (command: string, args: readonly string[]): Pick<Cost, 'wall'> => {
  const started = process.hrtime.bigint();
  const { status, stderr, error } = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr || error?.message}`);
  return { wall: Number(process.hrtime.bigint() - started) / 1e6 };
};

/** `node_modules/.bin/ts-node --swc …`, as the npm scripts run it. */
export const tsNode = (...args: readonly string[]): readonly string[] => [
  join(root, 'node_modules', 'ts-node', 'dist', 'bin.js'),
  '--swc',
  ...args,
];

/** The middle one: one slow run, when the machine did something else, changes nothing. */
export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1
    ? (sorted[Math.floor(middle)] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
};

/** Like {@link runNode}, without keeping this process from serving meanwhile; any of the exit codes given is fine. */
export const runNodeBeside = (
  args: readonly string[],
  {
    codes = [0],
    env = {},
  }: { readonly codes?: readonly number[]; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Cost> => {
  const started = process.hrtime.bigint();
  const child = spawn(process.execPath, ['--require', meter, ...args], { cwd: root, env: { ...process.env, ...env } });
  const out: string[] = [];
  const err: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text));
  return new Promise((resolve, reject) =>
    child.once('close', (status) => {
      const wall = Number(process.hrtime.bigint() - started) / 1e6;
      const line = err
        .join('')
        .split('\n')
        .findLast((text) => text.startsWith(marker));
      if (status === null || !codes.includes(status) || line === undefined)
        return reject(new Error(`node ${args.join(' ')} ended with ${status}:\n${err.join('')}`));
      resolve({
        ...(JSON.parse(line.slice(marker.length)) as Pick<Cost, 'cpu' | 'memory'>),
        wall,
        stdout: out.join(''),
      });
    }),
  );
};
