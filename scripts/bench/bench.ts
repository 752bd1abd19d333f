import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import CliTable from 'cli-table3';
import { parseArgs } from 'node:util';
import { measureFleet, whyNoPromtool } from './fleet';
import { countBoards, howToInstall, runJsonnet, whyNoJsonnet, writeBoards } from './jsonnet';
import { measureLive, whyNoPrometheus } from './lint';
import { measureGrizzly, measurePush, whyNoOtherTool, type OtherCost, type PushCost } from './push';
import { median, runNode, tsNode, type Cost } from './run';
import { colours } from '../colours';

/** One thing that was measured, and the bar that it must stay below; without a bar it is there to compare with. */
interface Measured {
  readonly name: string;
  readonly value: number;
  readonly unit: 'x' | 'ms' | 'MB' | 'requests';
  readonly bar?: number;
  readonly how?: string;
}

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    runs: { type: 'string', default: '7' },
    /** Of these parts only, with commas between them; default all. */
    only: { type: 'string' },
    /** Dashboards that are pushed where many are. */
    many: { type: 'string', default: '500' },
  },
});
const runs = Number(options.runs);
const added = 40;

/** Runs each program in turn, again and again, so that what the machine does beside hits all alike. */
const interleaved = <Name extends string>(
  programs: Readonly<Record<Name, () => Cost>>,
): Record<Name, readonly Cost[]> => {
  const costs = Object.fromEntries(Object.keys(programs).map((name) => [name, [] as Cost[]])) as Record<Name, Cost[]>;
  // The first round only brings the files into memory.
  for (let round = 0; round <= runs; round++)
    for (const name of Object.keys(programs) as Name[]) {
      const cost = programs[name]();
      if (round > 0) costs[name].push(cost);
    }
  return costs;
};

const middle = (costs: readonly Cost[], of: 'wall' | 'cpu' | 'memory'): number => median(costs.map((cost) => cost[of]));

const measureRender = (folder: string): readonly Measured[] => {
  const render = (example: string, cache: 'on' | 'off'): (() => Cost) => {
    const out = join(folder, example);
    const homelab = `examples/homelabs/${example}.ts`;
    return () => {
      rmSync(out, { recursive: true, force: true });
      return runNode(tsNode('scripts/cli.ts', 'render', '--homelab', homelab, '--out', out), {
        HOMELAB_DASHBOARDS_CACHE: cache,
        XDG_CACHE_HOME: join(folder, 'cache'),
      });
    };
  };
  const costs = interleaved({
    nothing: () => runNode(tsNode('-e', '0')),
    typical: render('typical', 'on'),
    everything: render('everything', 'on'),
    lint: () =>
      runNode(tsNode('scripts/cli.ts', 'lint', '--homelab', 'examples/homelabs/typical.ts'), {
        XDG_CACHE_HOME: join(folder, 'cache'),
      }),
    typicalFirst: render('typical', 'off'),
    everythingFirst: render('everything', 'off'),
  });
  const against = (name: keyof typeof costs, of: 'wall' | 'cpu' = 'wall'): number =>
    middle(costs[name], of) / middle(costs.nothing, of);
  const peak = Math.max(...Object.values(costs).flatMap((all) => all.map(({ memory }) => memory)));
  return [
    { name: 'ts-node --swc -e 0', value: middle(costs.nothing, 'wall'), unit: 'ms' },
    { name: 'render typical', value: middle(costs.typical, 'wall'), unit: 'ms' },
    { name: 'render everything', value: middle(costs.everything, 'wall'), unit: 'ms' },
    {
      name: 'typical against nothing',
      value: against('typical'),
      unit: 'x',
      bar: 2.5,
      how: 'a process of its own, from start to end',
    },
    {
      name: 'everything against nothing',
      value: against('everything'),
      unit: 'x',
      bar: 4,
      how: 'a process of its own, from start to end',
    },
    {
      name: 'lint typical against nothing',
      value: against('lint'),
      unit: 'x',
      bar: 3,
      how: 'the whole repository, offline, a process of its own',
    },
    { name: 'lint typical, processor time', value: against('lint', 'cpu'), unit: 'x' },
    { name: 'typical, processor time', value: against('typical', 'cpu'), unit: 'x' },
    { name: 'everything, processor time', value: against('everything', 'cpu'), unit: 'x' },
    { name: 'typical, nothing transpiled before', value: against('typicalFirst'), unit: 'x' },
    { name: 'everything, nothing transpiled before', value: against('everythingFirst'), unit: 'x' },
    { name: 'peak memory', value: peak, unit: 'MB', bar: 200, how: 'the highest of all these' },
  ];
};

const measureLint = async (folder: string): Promise<readonly Measured[]> => {
  const why = whyNoPrometheus();
  if (why) {
    process.stderr.write(`lint against a server left out: ${why}\n`);
    return [];
  }
  const { metrics, series, live, offline, requests, requestsWithDefects } = await measureLive(folder, runs);
  return [
    {
      name: 'lint against a Prometheus',
      value: live - offline,
      unit: 'ms',
      bar: 1000,
      how: `${metrics} metrics, ${series} series, apart from the same without a server (${offline.toFixed(0)} ms)`,
    },
    { name: 'requests', value: requests, unit: 'requests', bar: metrics + 10 },
    { name: 'requests with 20 defects', value: requestsWithDefects, unit: 'requests', bar: requests },
  ];
};

const manyDashboards = Number(options.many);

const measurePushes = async (folder: string): Promise<readonly Measured[]> => {
  const nothing = middle(
    Array.from({ length: runs }, () => runNode(tsNode('-e', '0'))),
    'wall',
  );
  const costs = await measurePush(folder, runs, manyDashboards);
  return [...costs.flatMap((cost) => ofPush(cost, nothing)), ...(await measureOtherTool(folder))];
};

const measureOtherTool = async (folder: string): Promise<readonly Measured[]> => {
  const why = whyNoOtherTool();
  if (why) {
    process.stderr.write(`pushing with another tool left out: ${why}\n`);
    return [];
  }
  const costs = await measureGrizzly(folder, manyDashboards);
  return costs.flatMap(ofOtherTool);
};

const ofOtherTool = ({ server, unchanged, changed }: OtherCost): readonly Measured[] => {
  const how = `${manyDashboards} generated dashboards, nothing to do`;
  return [
    { name: `grizzly to ${server}, unchanged`, value: unchanged.requests, unit: 'requests', how },
    { name: '  from start to end', value: unchanged.wall, unit: 'ms' },
    {
      name: `grizzly to ${server}, all changed`,
      value: changed.requests,
      unit: 'requests',
      how: `${changed.writes} writes`,
    },
    { name: '  from start to end', value: changed.wall, unit: 'ms' },
  ];
};

const ofPush = ({ server, unchanged, changed }: PushCost, nothing: number): readonly Measured[] => {
  const what = `${unchanged.dashboards} dashboards, 150 alerts and more, nothing to do`;
  return [
    { name: `push to ${server}, unchanged`, value: unchanged.requests, unit: 'requests', bar: 20, how: what },
    { name: '  writes', value: unchanged.writes, unit: 'requests', bar: 0 },
    {
      name: '  after process start',
      value: unchanged.wall - nothing,
      unit: 'ms',
      bar: 2000,
      how: `a process of its own, apart from an empty one (${nothing.toFixed(0)} ms)`,
    },
    { name: '  processor time', value: unchanged.cpu, unit: 'ms', how: 'from start to end' },
    {
      name: `push to ${server}, all changed`,
      value: changed.requests,
      unit: 'requests',
      how: `${changed.dashboards} dashboards, ${changed.writes} writes`,
    },
    { name: '  from start to end', value: changed.wall, unit: 'ms' },
    { name: '  processor time', value: changed.cpu, unit: 'ms' },
    { name: '  peak memory', value: changed.memory, unit: 'MB', bar: 300 },
  ];
};

const measureExporters = async (folder: string): Promise<readonly Measured[]> => {
  const why = whyNoPromtool();
  if (why) {
    process.stderr.write(`simulated exporters left out: ${why}\n`);
    return [];
  }
  const { exporters, bytes, pages, samples, backfill } = await measureFleet(join(folder, 'fleet'));
  return [
    {
      name: 'all simulated exporters, scraped once',
      value: pages,
      unit: 'ms',
      bar: 1000,
      how: `processor time of the ${exporters} pages of everything, ${(bytes / 1e6).toFixed(1)} MB`,
    },
    {
      name: 'backfill of everything',
      value: backfill,
      unit: 'ms',
      bar: 40_000,
      how: `what prove fills in: ${(samples / 1e6).toFixed(1)} million samples, promtool's blocks with them; once`,
    },
  ];
};

const measureAdded = (folder: string): readonly Measured[] => {
  const program = (...args: readonly string[]): Cost =>
    runNode(tsNode('scripts/bench/render-generated.ts', String(added), ...args));
  // The first rounds compile; a process that watches has them behind it.
  const warmUp = 20;
  const rounds = JSON.parse(program('--rounds', String(runs + warmUp)).stdout) as readonly Round[];
  const each = (some: readonly Round[]): number =>
    (median(some.map(({ more }) => more)) - median(some.map(({ none }) => none))) / added;
  const ours = join(folder, 'generated');
  const whole = Array.from({ length: runs + 1 }, () => program(ours)).slice(1);
  return [
    {
      name: 'one more board',
      value: each(rounds.slice(warmUp)),
      unit: 'ms',
      bar: 2,
      how: `processor time of ${added} generated boards against none, in one process`,
    },
    { name: 'one more board, the first time', value: each(rounds.slice(0, 1)), unit: 'ms' },
    ...measureJsonnet(folder, join(ours, 'grafana', 'dashboards'), middle(whole, 'wall')),
  ];
};

interface Round {
  readonly none: number;
  readonly more: number;
}

const measureJsonnet = (folder: string, rendered: string, ours: number): readonly Measured[] => {
  const why = whyNoJsonnet();
  if (why) {
    process.stderr.write(
      `go-jsonnet with grafonnet left out: ${why}\n  try:\n${howToInstall.map((line) => `    ${line}`).join('\n')}\n`,
    );
    return [];
  }
  const theirs = join(folder, 'jsonnet');
  writeBoards(rendered, theirs);
  const times = Array.from({ length: runs + 1 }, () => runJsonnet(theirs)).slice(1);
  const [made, same] = [countBoards(rendered), countBoards(join(theirs, 'out'))];
  if (made !== same) throw new Error(`grafonnet made ${same}, we made ${made}`);
  return [
    { name: 'the same boards, rendered by us', value: ours, unit: 'ms', how: made },
    { name: 'the same boards, go-jsonnet with grafonnet', value: median(times), unit: 'ms' },
    { name: 'against go-jsonnet', value: ours / median(times), unit: 'x' },
  ];
};

const parts = {
  render: measureRender,
  boards: measureAdded,
  lint: measureLint,
  push: measurePushes,
  fleet: measureExporters,
};

const chosenParts = (): readonly (keyof typeof parts)[] => {
  const all = Object.keys(parts) as (keyof typeof parts)[];
  const named = options.only?.split(',') ?? all;
  const unknown = named.filter((name) => !Object.hasOwn(parts, name));
  if (unknown.length > 0) throw new Error(`--only ${unknown.join(',')}: there are ${all.join(', ')}`);
  return all.filter((part) => named.includes(part));
};

const isMissed = ({ value, bar }: Measured): boolean => bar !== undefined && value > bar;

const toTable = (all: readonly Measured[]): string => {
  const table = new CliTable({ head: ['', 'measured', 'bar', ''], style: { head: [], border: [] } });
  for (const measured of all) {
    const { name, value, unit, bar, how = '' } = measured;
    const text = `${value.toFixed(unit === 'x' ? 2 : unit === 'requests' ? 0 : 1)} ${unit}`;
    const verdict = bar === undefined ? '' : `${bar} ${unit}`;
    table.push([name, isMissed(measured) ? colours.red(text) : text, verdict, how]);
  }
  return `${table.toString()}\n${runs} runs each, interleaved; medians.\n`;
};

const main = async (): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const all: Measured[] = [];
    for (const part of chosenParts()) all.push(...(await parts[part](folder)));
    process.stdout.write(options.json ? `${JSON.stringify({ runs, measured: all }, null, 2)}\n` : toTable(all));
    process.exitCode = all.some(isMissed) ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

void main();
