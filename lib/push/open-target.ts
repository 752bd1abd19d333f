import { RulerClient } from '../ruler/ruler-client';
import { RulerStore } from '../ruler/ruler-store';
import { GrafanaClient, type GrafanaClientOptions } from '../grafana/client';
import { readServerInfo, type ServerInfo } from '../grafana/server-info';
import { TargetError } from '../homelab/choose-target';
import type { ResolvedGrafanaTarget, ResolvedTarget } from '../homelab/resolved';
import { authenticationFromEnv, type Environment } from '../server/authentication';
import { normalForms } from './normal-form';
import type { DesiredObject, Kind } from './object';
import { StateDashboard } from './state-dashboard';
import type { StateStore } from './state';
import type { Store } from './store';
import { storesFor, type StoreOptions } from './stores';

/** A server that can be pushed to, and what was found out about it. */
export interface OpenTarget {
  readonly target: ResolvedTarget;
  /** `12.3.0`; undefined where it tells nobody, and of a ruler. */
  readonly serverVersion: string | undefined;
  readonly stores: ReadonlyMap<Kind, Store>;
  readonly state: StateStore;
  /** The Grafana that keeps the state: the target itself, or, for a ruler, the one beside it. */
  readonly grafana: GrafanaClient;
  readonly info: ServerInfo;
  /** For the reader, before anything is sent. */
  readonly warnings: readonly string[];
  /** Requests that went out. */
  readonly requests: () => number;
}

export interface OpenOptions {
  readonly environment: Environment;
  readonly desired: readonly DesiredObject[];
  /** Uid of the folder in which the state dashboard is made. */
  readonly stateFolder: string | undefined;
  readonly secretValue: (name: string) => string | undefined;
  readonly wasSent: NonNullable<StoreOptions['wasSent']>;
  /** The Grafana that keeps the state of a ruler, which keeps no notes. */
  readonly beside?: ResolvedGrafanaTarget | undefined;
  readonly signal?: AbortSignal;
  /** How Grafana is asked; tests give their own clock, dice and network. */
  readonly client?: Pick<GrafanaClientOptions, 'wait' | 'random' | 'patience' | 'adapter'>;
}

/** Connects to a target, finds out what it is, and refuses what a push cannot write to. Throws a `RemoteFailure` or `TargetError` for the reader. */
export const openTarget = async (target: ResolvedTarget, options: OpenOptions): Promise<OpenTarget> => {
  const { environment, desired, secretValue, wasSent, stateFolder, signal } = options;
  const keeper = target.kind === 'grafana' ? target : options.beside;
  if (!keeper)
    throw new TargetError(
      `nobody keeps the state of the ruler '${target.name}'`,
      'a Grafana beside it, which remembers what the last push wrote',
      'add a target of kind grafana to the homelab file, or set GRAFANA_URL',
    );
  const { org } = keeper;
  const grafana = new GrafanaClient(keeper.url, authenticationFromEnv('GRAFANA', environment), {
    ...(org !== null && { org }),
    ...(signal && { signal }),
    ...options.client,
  });
  const info = await readServerInfo(grafana, org ?? undefined);
  const storeOptions = { normalForms, desired, secretValue, wasSent };
  const state = new StateDashboard({
    http: grafana,
    project: target.kind === 'grafana' ? target.project : `${target.project}-${target.name}`,
    folder: stateFolder,
    namespace: info.dashboards?.write === 'v1beta1' ? info.namespace : undefined,
  });
  if (target.kind === 'grafana')
    return {
      target,
      serverVersion: info.version,
      stores: new Map(Object.values(storesFor(grafana, info, storeOptions)).map((store) => [store.kind, store])),
      state,
      grafana,
      info,
      warnings: grafana.warnings,
      requests: () => grafana.requests,
    };
  const ruler = new RulerClient(target.url, authenticationFromEnv('RULER', environment), target.tenant);
  return {
    target,
    serverVersion: undefined,
    stores: new Map([['rule-group', new RulerStore(ruler, storeOptions)]]),
    state,
    grafana,
    info,
    warnings: [...grafana.warnings, ...ruler.warnings],
    requests: () => grafana.requests + ruler.requests,
  };
};
