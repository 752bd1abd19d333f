import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startGrafanaStandIn } from '../../lib/push/testing/grafana';
import { countingProxy, type Counted, type CountingProxy } from './counting-proxy';
import { spawn } from 'node:child_process';
import { isObject } from '../../lib/grafana-json/json';
import { median, runNode, runNodeBeside, tsNode, type Cost } from './run';

/** What pushes to one Grafana took, each in a process of its own. */
export interface PushCost {
  /** `stand-in`, or the address of a real one. */
  readonly server: string;
  /** Nothing to do: 40 generated dashboards and 150 generated alerts, and what the homelab has of its own. */
  readonly unchanged: Pushed;
  /** Every one of many dashboards written again. */
  readonly changed: Pushed;
}

export interface Pushed extends Counted, Pick<Cost, 'wall' | 'cpu' | 'memory'> {
  readonly dashboards: number;
}

const alertGroups = [...'abcdefghij'];
const alertsEach = 15;
const unchangedBoards = 40;

/**
 * Pushes to a stand-in, and to the Grafana of `GRAFANA_URL` where that is set, as `npm run push` does. `many`: dashboards that change. A real
 * Grafana is as before afterwards: the prefix is one of its own, and is uninstalled.
 */
export const measurePush = (folder: string, runs: number, many: number): Promise<readonly PushCost[]> =>
  everywhere((place) => measureOn(place, join(folder, place.real ? 'real' : 'stand-in'), runs, many));

/** At a stand-in, and at the Grafana of `GRAFANA_URL` where that is set. */
const everywhere = async <Result>(work: (place: Place) => Promise<Result>): Promise<readonly Result[]> => {
  const standIn = await startGrafanaStandIn();
  const real = process.env['GRAFANA_URL'];
  try {
    const token = { GRAFANA_TOKEN: standIn.tokens.Admin, GRAFANA_TOKEN_FILE: '' };
    return [
      await work({ server: 'stand-in', url: standIn.url, env: token, real: false }),
      ...(real ? [await work({ server: real, url: real, env: {}, real: true })] : []),
    ];
  } finally {
    await standIn.stop();
  }
};

/** Why no other tool is measured beside ours; undefined when one is. */
export const whyNoOtherTool = (): string | undefined =>
  process.env['GRIZZLY'] ? undefined : 'GRIZZLY is not set: the path of grr, of github.com/grafana/grizzly';

/** What another tool took at one Grafana. */
export type OtherCost = Readonly<Record<'unchanged' | 'changed', Counted & Pick<Cost, 'wall'>>> & {
  readonly server: string;
};

/**
 * What grizzly took for as many generated dashboards at the same places: unchanged, and changed. Only where `whyNoOtherTool` has nothing to say. A real Grafana is
 * as before afterwards: the uids begin with `bench-c-`.
 */
export const measureGrizzly = (folder: string, many: number): Promise<readonly OtherCost[]> => {
  const rendered = join(folder, 'rendered');
  runNode(tsNode('scripts/bench/render-generated.ts', String(many), rendered));
  return everywhere((place) =>
    measureGrizzlyOn(place, boardsIn(rendered), join(folder, `grizzly-${place.real ? 'real' : 'stand-in'}`)),
  );
};

const measureGrizzlyOn = async (
  { server, url, env, real }: Place,
  rendered: readonly Readonly<Record<string, unknown>>[],
  boards: string,
): Promise<OtherCost> => {
  const proxy = await countingProxy(url);
  const token = tokenOf({ ...process.env, ...env });
  const uidOf = (index: number): string => `bench-c-${index}`;
  try {
    mkdirSync(boards);
    const write = (description: string): void =>
      rendered.forEach((board, index) => {
        const uid = uidOf(index);
        const resource = { apiVersion: 'grizzly.grafana.com/v1alpha1', kind: 'Dashboard' };
        const metadata = { name: uid, folder: 'general' };
        writeFileSync(
          join(boards, `${index}.json`),
          JSON.stringify({ ...resource, metadata, spec: { ...board, uid, description } }),
        );
      });
    const apply = async (): Promise<Counted & Pick<Cost, 'wall'>> => {
      proxy.count();
      const started = performance.now();
      await run(process.env['GRIZZLY'] ?? '', ['apply', '--disable-reporting', '--log-level', 'error', boards], {
        GRAFANA_URL: proxy.url,
        GRAFANA_TOKEN: token,
        HOME: boards,
      });
      return { ...proxy.count(), wall: performance.now() - started };
    };
    write('What was it?');
    await apply();
    const unchanged = await apply();
    write('What is it?');
    return { server, unchanged, changed: await apply() };
  } finally {
    await proxy.stop();
    for (const index of real ? rendered.keys() : [])
      await fetch(`${url}/api/dashboards/uid/${uidOf(index)}`, {
        method: 'DELETE',
        headers: { Authorization: `Bearer ${token}` },
      });
  }
};

const tokenOf = ({ GRAFANA_TOKEN, GRAFANA_TOKEN_FILE }: NodeJS.ProcessEnv): string =>
  GRAFANA_TOKEN || readFileSync(GRAFANA_TOKEN_FILE ?? '', 'utf8').trim();

const boardsIn = (folder: string): readonly Readonly<Record<string, unknown>>[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((path) => {
    if (!/^grafana\/dashboards\/.*\.json$/.test(path)) return [];
    const board: unknown = JSON.parse(readFileSync(join(folder, path), 'utf8'));
    return isObject(board) ? [board] : [];
  });

const run = (command: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'inherit'] });
    child.once('error', reject);
    child.once('close', (status) =>
      status === 0 ? resolve() : reject(new Error(`${command} ${args.join(' ')} ended with ${status}`)),
    );
  });

interface Place {
  readonly server: string;
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
  /** Somebody may have other things there. */
  readonly real: boolean;
}

const measureOn = async (place: Place, folder: string, runs: number, many: number): Promise<PushCost> => {
  const proxy = await countingProxy(place.url);
  try {
    const some = join(folder, 'some');
    writeHome(some, { boards: unchangedBoards, groups: alertGroups, question: 'What is it?', project: 'bench-a' });
    const lots = join(folder, 'lots');
    const write = (question: string) => writeHome(lots, { boards: many, groups: [], question, project: 'bench-b' });
    const push = (home: string, ...args: readonly string[]) => pushed(proxy, place, home, args);

    await push(some);
    const again: Pushed[] = [];
    for (let round = 0; round < runs; round++) again.push(await push(some));
    write('What was it?');
    await push(lots);
    write('What is it?');
    const changed = await push(lots);
    if (place.real) for (const home of [some, lots]) await push(home, '--uninstall');
    return {
      server: place.server,
      unchanged: {
        ...(again[0] as Pushed),
        wall: median(again.map(({ wall }) => wall)),
        cpu: median(again.map(({ cpu }) => cpu)),
      },
      changed,
    };
  } finally {
    await proxy.stop();
  }
};

/** Runs `push` in a process of its own; what it says must be that all went well. */
const pushed = async (proxy: CountingProxy, { env }: Place, home: string, args: readonly string[]): Promise<Pushed> => {
  proxy.count();
  const command = tsNode('scripts/cli.ts', 'push', '--homelab', join(home, 'homelab.yaml'), '--yes', '--json', ...args);
  const cost = await runNodeBeside(command, {
    env: { ...env, GRAFANA_URL: proxy.url, XDG_CACHE_HOME: join(home, '..', 'cache') },
  });
  const { objects } = JSON.parse(cost.stdout) as { readonly objects: readonly { readonly kind: string }[] };
  return {
    ...proxy.count(),
    wall: cost.wall,
    cpu: cost.cpu,
    memory: cost.memory,
    dashboards: objects.filter(({ kind }) => kind === 'dashboard').length,
  };
};

interface Content {
  readonly boards: number;
  readonly groups: readonly string[];
  readonly question: string;
  readonly project: string;
}

/** A homelab whose boards and alerts are generated, one file each, as a user keeps them. */
const writeHome = (folder: string, { boards, groups, question, project }: Content): void => {
  for (const each of ['dashboards', 'alerts']) mkdirSync(join(folder, each), { recursive: true });
  const generated = JSON.stringify(join(__dirname, 'generated'));
  writeFileSync(
    join(folder, 'homelab.yaml'),
    `project: ${project}\ntimeZone: Europe/Berlin\nhosts: [{ name: nas, address: 192.168.1.10 }]\n`,
  );
  for (let index = 0; index < boards; index++)
    writeFileSync(
      join(folder, 'dashboards', `generated-${index}.ts`),
      `import { generatedBoard } from ${generated};\nexport default generatedBoard(${index}, '${question}');\n`,
    );
  for (const group of groups)
    writeFileSync(
      join(folder, 'alerts', `generated-${group}.ts`),
      `import { generatedAlerts } from ${generated};\nexport default generatedAlerts('${group}', ${alertsEach});\n`,
    );
};
