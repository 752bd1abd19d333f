import type {
  App,
  DataSource,
  Exporter,
  Homelab,
  Host,
  Probes,
  Receiver,
  SourceSettings,
  Urls,
} from '../homelab/homelab';
import type { Comments, Question, Suggestion } from './proposal';

/** Something of the homelab file, and the lines that stand above it. */
export interface Noted<T> {
  readonly value: T;
  readonly notes: readonly string[];
}

/** A host or an app, its exporters apart so that each can have its comment. */
export interface Owner<T extends Host | App> {
  value: Omit<T, 'exporters'>;
  readonly notes: string[];
  readonly exporters: Noted<Exporter>[];
  /** `exporters: []` is written: it has none, though others of its kind do. */
  hasNone: boolean;
}

/** The homelab file while it is put together. */
export class Sheet {
  readonly notes: string[] = [];
  timeZone: Noted<string> | undefined;
  urls: Urls = {};
  readonly hosts = new Map<string, Owner<Host>>();
  readonly apps = new Map<string, Owner<App>>();
  readonly sources = new Map<string, Noted<SourceSettings>>();
  readonly dataSources = new Map<string, Noted<DataSource>>();
  readonly receivers = new Map<string, Noted<Receiver>>();
  probes: Noted<Probes> | undefined;
  readonly suggestions: Suggestion[] = [];
  readonly questions: Question[] = [];
  readonly report: string[] = [];
  readonly unsaid: string[] = [];

  host(name: string): Owner<Host> {
    return owner(this.hosts, name, { name });
  }

  app(name: string, app: string): Owner<App> {
    return owner(this.apps, name, name === app ? { app } : { app, name });
  }

  /** The file as data, and its comments by place. */
  toHomelab(): { readonly homelab: Homelab; readonly comments: Comments } {
    const comments: Record<string, readonly string[]> = {};
    const note = (place: string, lines: readonly string[]): void => {
      if (lines.length > 0) comments[place] = lines;
    };
    note('', this.notes);
    if (this.timeZone) note('timeZone', this.timeZone.notes);
    const hosts = [...this.hosts.values()].map((one, index) => withExporters<Host>(one, `hosts[${index}]`, note));
    const apps = [...this.apps.values()].map((one, index) => withExporters<App>(one, `apps[${index}]`, note));
    const keyed = <T>(place: string, map: ReadonlyMap<string, Noted<T>>): Readonly<Record<string, T>> => {
      for (const [key, { notes }] of map) note(`${place}.${key}`, notes);
      return Object.fromEntries([...map].map(([key, { value }]) => [key, value]));
    };
    if (this.probes) note('probes', this.probes.notes);
    const homelab: Homelab = {
      ...(this.timeZone && { timeZone: this.timeZone.value }),
      ...(Object.keys(this.urls).length > 0 && { urls: this.urls }),
      hosts,
      ...(apps.length > 0 && { apps }),
      ...(this.probes && { probes: this.probes.value }),
      ...(this.sources.size > 0 && { sources: keyed('sources', this.sources) }),
      ...(this.dataSources.size > 0 && { dataSources: keyed('dataSources', this.dataSources) }),
      ...(this.receivers.size > 0 && { alerting: { receivers: keyed('alerting.receivers', this.receivers) } }),
    };
    return { homelab, comments };
  }
}

const owner = <T extends Host | App>(
  all: Map<string, Owner<T>>,
  name: string,
  value: Omit<T, 'exporters'>,
): Owner<T> => {
  // Names are one, however they are capitalised.
  const key = name.toLowerCase();
  const known = all.get(key);
  if (known) return known;
  const made: Owner<T> = { value, notes: [], exporters: [], hasNone: false };
  all.set(key, made);
  return made;
};

const withExporters = <T extends Host | App>(
  { value, notes, exporters, hasNone }: Owner<T>,
  place: string,
  note: (place: string, lines: readonly string[]) => void,
): T => {
  note(place, notes);
  for (const [index, one] of exporters.entries()) note(`${place}.exporters[${index}]`, one.notes);
  const list = exporters.map((one) => one.value);
  return { ...value, ...((list.length > 0 || hasNone) && { exporters: list }) } as unknown as T;
};
