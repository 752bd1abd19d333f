import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { alerts } from '../../../alerts/index';
import { dashboards } from '../../../dashboards/index';
import { defineHomelab } from '../../homelab/define';
import type { Homelab } from '../../homelab/homelab';
import { resolveHomelab } from '../../homelab/resolve';
import { render, type Rendered } from '../../render/render';
import { writeArtifacts } from '../../render/write';
import type { Board } from '../board';
import { hurry } from '../hurry';
import { requireProgram } from '../programs';
import { prometheusAt, type Prometheus } from '../prometheus';
import { freePort, startServer, type Server } from '../servers';
import { until } from '../until';
import { listenDns, listenHttp, listenHttps, listenTcp, listenWebhook } from './listeners';
import { haste, homelabOn, lan, lanOnLoopback, mortal, nameServer } from './stage-homelab';

/** A homelab on this machine: what is rendered for it, and the servers that run on it. */
export interface Stage {
  readonly homelab: Homelab;
  readonly rendered: Rendered;
  readonly boards: readonly Board[];
  readonly prometheus: Prometheus;
  readonly prometheusUrl: string;
  /** How many targets the rendered configuration names. */
  readonly targetCount: number;
  readonly alertmanagerUrl: string;
  /** What was changed in the rendered files, for the output. */
  readonly changes: readonly string[];
  /** Bodies of the messages that the homelab's receiver got. */
  readonly messages: readonly unknown[];
  readonly stopHost: () => Promise<void>;
  readonly startHost: () => Promise<void>;
  readonly prometheusLog: () => string;
  readonly stop: () => Promise<void>;
}

/** Renders a homelab whose addresses are on this machine, writes it, starts all that it names on the rendered files, and waits for the first scrapes. */
export const setStage = async (): Promise<Stage> => {
  const folder = mkdtempSync(join(tmpdir(), 'homelab-proof-'));
  const stoppers: (() => Promise<void> | void)[] = [() => rmSync(folder, { recursive: true, force: true })];
  const keep = <T extends { readonly stop: () => Promise<void> }>(started: T): T => {
    stoppers.unshift(started.stop);
    return started;
  };
  const stop = async (): Promise<void> => {
    for (const each of stoppers.splice(0)) await each();
  };
  try {
    return { ...(await raise(folder, keep)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

type Keep = <T extends { readonly stop: () => Promise<void> }>(started: T) => T;

const raise = async (folder: string, keep: Keep): Promise<Omit<Stage, 'stop'>> => {
  const web = keep(await listenHttp());
  const secure = keep(await listenHttps(folder));
  const door = keep(await listenTcp());
  const webhook = keep(await listenWebhook());
  const names = await listenDns(nameServer);
  if (names) keep(names);
  const ports = {
    keeper: await freePort(),
    mortal: await freePort(),
    blackbox: await freePort(),
    prometheus: await freePort(),
    alertmanager: await freePort(),
    web: web.port,
    secure: secure.port,
    door: door.port,
    webhook: webhook.port,
  };
  const homelab = defineHomelab(homelabOn(ports));
  const rendered = render(resolveHomelab(homelab), { dashboards, alerts });
  const out = join(folder, 'dist');
  writeArtifacts(rendered.artifacts, out);
  const changes = hurryFiles(out);

  const run = (
    name: string,
    port: number,
    program: Parameters<typeof requireProgram>[0],
    ready: string,
    ...args: readonly string[]
  ): Promise<Server> =>
    startServer({
      name,
      port,
      command: requireProgram(program),
      args: () => [`--web.listen-address=127.0.0.1:${port}`, ...args],
      folder,
      ready,
    });
  const runHost = (name: string, port: number): Promise<Server> =>
    run(`node_exporter of ${name}`, port, 'node_exporter', '/metrics');

  keep(await runHost('cellar', ports.keeper));
  let host = await runHost(mortal, ports.mortal);
  keep({ stop: () => host.stop() });
  keep(
    await run(
      'blackbox_exporter',
      ports.blackbox,
      'blackbox_exporter',
      '/-/healthy',
      `--config.file=${out}/prometheus/blackbox.yml`,
    ),
  );
  const alertmanager = keep(
    await run(
      'Alertmanager',
      ports.alertmanager,
      'alertmanager',
      '/-/ready',
      `--config.file=${out}/hurried/alertmanager.yml`,
      `--storage.path=${folder}/alertmanager`,
      '--cluster.listen-address=',
    ),
  );
  const server = keep(
    await run(
      'Prometheus',
      ports.prometheus,
      'prometheus',
      '/-/ready',
      `--config.file=${out}/hurried/prometheus.yml`,
      `--storage.tsdb.path=${folder}/prometheus`,
    ),
  );
  const prometheus = prometheusAt(server.url);
  const targetCount = countTargets(readFileSync(join(out, 'prometheus', 'prometheus.yml'), 'utf8'));
  await until(
    'every target to be scraped',
    async () => {
      const targets = await prometheus.targets();
      return targets.length >= targetCount && targets.every(({ health }) => health !== 'unknown');
    },
    { within: 60_000 },
  );
  return {
    homelab,
    rendered,
    boards: rendered.artifacts.filter(({ kind }) => kind === 'dashboard').map(({ text }) => JSON.parse(text) as Board),
    prometheus,
    prometheusUrl: server.url,
    targetCount,
    alertmanagerUrl: alertmanager.url,
    changes,
    messages: webhook.received,
    prometheusLog: server.log,
    stopHost: () => host.stop(),
    startHost: async () => {
      host = await runHost(mortal, ports.mortal);
    },
  };
};

const countTargets = (configuration: string): number => {
  const { scrape_configs: jobs } = parse(configuration) as {
    scrape_configs: { static_configs: { targets: string[] }[] }[];
  };
  return jobs.flatMap(({ static_configs: groups }) => groups.flatMap(({ targets }) => targets)).length;
};

/** Copies of the rendered files in `hurried/`, with shorter waiting times; gives what was changed. */
const hurryFiles = (out: string): readonly string[] => {
  const changes = new Set<string>([`${lan}0/24 -> ${lanOnLoopback}0/24`]);
  mkdirSync(join(out, 'hurried', 'rules'), { recursive: true });
  const copy = (from: string, to: string): void => {
    const hurried = hurry(readFileSync(join(out, from), 'utf8').replaceAll(lan, lanOnLoopback), haste);
    hurried.changes.forEach((change) => changes.add(change));
    writeFileSync(join(out, 'hurried', to), hurried.text);
  };
  copy('prometheus/prometheus.yml', 'prometheus.yml');
  copy('alertmanager/alertmanager.yml', 'alertmanager.yml');
  for (const file of readdirSync(join(out, 'prometheus', 'rules'))) copy(`prometheus/rules/${file}`, `rules/${file}`);
  return [...changes];
};
