import { bindSignals, type BindContext, type Signal, type SignalGroup } from './signal';

// What a user's own signals are made with.
export * from '../expression/operators';
export * from '../expression/source';
export { promql, standingWindow } from '../expression/template';
export { defineSignals, type Signal, type SignalDefinition, type SignalGroup } from './signal';

// Each file is read when a board or an alert first asks for its group: most homelabs need few, and catalogs are large.
const groups = {
  arr: () => (require('./arr') as typeof import('./arr')).arr,
  downloads: () => (require('./downloads') as typeof import('./downloads')).downloads,
  engine: () => (require('./engine') as typeof import('./engine')).engine,
  host: () => (require('./host') as typeof import('./host')).host,
  indexers: () => (require('./indexers') as typeof import('./indexers')).indexers,
  immich: () => (require('./immich') as typeof import('./immich')).immich,
  internet: () => (require('./internet') as typeof import('./internet')).internet,
  jellyfin: () => (require('./jellyfin') as typeof import('./jellyfin')).jellyfin,
  plex: () => (require('./plex') as typeof import('./plex')).plex,
  ollama: () => (require('./ollama') as typeof import('./ollama')).ollama,
  openWebui: () => (require('./open-webui') as typeof import('./open-webui')).openWebui,
  prometheus: () => (require('./prometheus') as typeof import('./prometheus')).prometheus,
  probe: () => (require('./probe') as typeof import('./probe')).probe,
  lan: () => (require('./probe') as typeof import('./probe')).lan,
  scrape: () => (require('./scrape') as typeof import('./scrape')).scrape,
  subtitles: () => (require('./subtitles') as typeof import('./subtitles')).subtitles,
  uptimeKuma: () => (require('./uptime-kuma') as typeof import('./uptime-kuma')).uptimeKuma,
  seerr: () => (require('./seerr') as typeof import('./seerr')).seerr,
  tautulli: () => (require('./tautulli') as typeof import('./tautulli')).tautulli,
  tdarr: () => (require('./tdarr') as typeof import('./tdarr')).tdarr,
} satisfies Readonly<Record<string, () => SignalGroup>>;

type Groups = typeof groups;
type Bound<G> = G extends SignalGroup<infer D> ? { readonly [K in keyof D]: Signal } : never;

/** All signals, by group: `({ host, probe }) => [timeseries(host.cpuBusy), …]`. */
export type Signals = { readonly [K in keyof Groups]: Bound<ReturnType<Groups[K]>> } & {
  /** A group of one's own: `({ own }) => [timeseries(own(garden).moisture)]`. */
  readonly own: <G extends SignalGroup>(group: G) => Bound<G>;
};

export const groupNames = Object.keys(groups) as readonly (keyof Groups)[];

/** A group of signals as it is declared, for no homelab yet. */
export const signalGroup = (name: keyof Groups): SignalGroup => groups[name]();

/** The signals for one homelab and one place, each group bound when it is first used. */
export const bindAll = (context: BindContext): Signals => {
  const made = new Map<SignalGroup, unknown>();
  const own = (group: SignalGroup): unknown => {
    if (!made.has(group)) made.set(group, bindSignals(group, context));
    return made.get(group);
  };
  const bound = Object.defineProperty({}, 'own', { value: own });
  for (const name of groupNames)
    Object.defineProperty(bound, name, { enumerable: true, get: () => own(groups[name]()) });
  return bound as Signals;
};
