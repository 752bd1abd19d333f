import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { Hopeless, until } from './until';

/** A program that runs for the length of a proof. */
export interface Server {
  readonly name: string;
  readonly port: number;
  /** `http://127.0.0.1:port`. */
  readonly url: string;
  /** All that it printed so far. */
  readonly log: () => string;
  /** Ends it and waits until it is gone; a second call does nothing. */
  readonly stop: () => Promise<void>;
}

export interface ServerOptions {
  /** What messages call it. */
  readonly name: string;
  readonly command: string;
  /** Its arguments, once the port is known. */
  readonly args: (port: number) => readonly string[];
  /** Where it runs. */
  readonly folder: string;
  /** Path that answers 200 when it is ready. */
  readonly ready: string;
  /** Default: one that is free. */
  readonly port?: number;
  /** Beside the environment of this process. */
  readonly environment?: (port: number) => Readonly<Record<string, string>>;
  /** Milliseconds that it may take to be ready. */
  readonly within?: number;
}

/** Starts a program on a loopback port and waits until it is ready. What it printed is in the error when it is not. */
export const startServer = async ({
  name,
  command,
  args,
  folder,
  ready,
  port: given,
  environment = () => ({}),
  within = 30_000,
}: ServerOptions): Promise<Server> => {
  const port = given ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const child = spawn('sh', ['-c', keeper, 'sh', command, ...args(port)], {
    cwd: folder,
    env: { ...process.env, ...environment(port) },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => printed.push(text));
  const server: Server = { name, port, url, log: () => printed.join(''), stop: () => stop(child) };
  try {
    await until(`${name} to answer at ${url}${ready}`, () => answers(child, url + ready), {
      within,
      every: 50,
    });
  } catch (error) {
    await server.stop();
    throw new Error(`${(error as Error).message}\n${lastLines(server.log(), 20)}`);
  }
  return server;
};

/**
 * A port of the loopback address that nothing listens on now, below those that the kernel gives to outgoing connections: one of
 * them could take it while a server is restarted.
 */
export const freePort = async (): Promise<number> => {
  for (let tries = 0; tries < 100; tries++) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (await isFree(port)) return port;
  }
  throw new Error('no port between 20000 and 32000 is free');
};

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });

/**
 * A shell that stands between us and the program, so that no process is left behind however we end, by SIGKILL too: when our end of
 * its standard input closes, it ends the program, gently first.
 */
const keeper = `
exec 3<&0 </dev/null
"$@" 3<&- & program=$!
( read -r _ <&3
  kill "$program" 2>/dev/null
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
    kill -0 "$program" 2>/dev/null || exit 0
    sleep 0.1
  done
  kill -9 "$program" 2>/dev/null ) & watcher=$!
wait "$program"; status=$?
kill "$watcher" 2>/dev/null
exit "$status"
`;

const answers = async (child: ChildProcess, url: string): Promise<boolean> => {
  if (child.exitCode !== null) throw new Hopeless(`it ended with ${child.exitCode}`);
  const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`it answers ${response.status}`);
  return true;
};

const stop = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.stdin?.end();
  });

const lastLines = (text: string, count: number): string =>
  text
    .trimEnd()
    .split('\n')
    .slice(-count)
    .map((line) => `  ${line}`)
    .join('\n');
