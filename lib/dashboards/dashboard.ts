import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { here, placeOf } from '../panel-facts';
import type { Signal } from '../signals/signal';
import type { Signals } from '../signals/index';

/** A question, and the sections that answer it. */
export interface Dashboard {
  /** Short and stable, `host-use`: the uid is made from it, links name it. */
  readonly name: string;
  /** `<Group> / <Thing>`. */
  readonly title: string;
  /** The folder's title. */
  readonly folder: string;
  /** What it answers: its description. */
  readonly question: string;
  readonly tags: readonly string[];
  /** What is shown at first, such as `6h`. Default `6h`. */
  readonly reach?: string;
  /** How often it asks again; absent: only when told. */
  readonly refresh?: string;
  readonly variables?: readonly Variable[];
  /** Marks on every graph. `all` is the same signals, whatever the reader picked. */
  readonly annotations?: (signals: Signals, all: Signals) => readonly Mark[];
  /** Boards to go to from here, by name; those that are not rendered are left out. */
  readonly links?: readonly string[];
  /** `signals` is narrowed to what the reader picked; `all` is the same, whatever that is: an overview beside a detail. */
  readonly sections: (signals: Signals, all: Signals, home: BoardHome) => readonly Section[];
}

/** What a board needs to know of the homelab beside its signals. */
export interface BoardHome {
  /** Key of the data source of its logs; undefined where there is none. */
  readonly logs: string | undefined;
  /** Whether people may be named. */
  readonly privacy: 'aggregate' | 'full';
}

/** A titled row of panels. */
export interface Section {
  readonly title: string;
  readonly panels: readonly Builder<Panel>[];
  /** Folded until somebody opens it. */
  readonly collapsed: boolean;
}

/** Something that the reader picks at the top of the board. */
export interface Variable {
  /** The name in queries; an entity's name narrows all panels about it. */
  readonly name: string;
  readonly label: string;
  readonly several: boolean;
  /** A metric that every value has at all times, and the label of the values. */
  readonly from: (signals: Signals) => Signal;
  readonly of: string;
}

/** A mark on every graph wherever the signal is above zero. */
export interface Mark {
  readonly title: string;
  readonly signal: Signal;
  readonly colour: 'neutral' | 'warning' | 'critical';
  /** Shown only when the reader asks for it. */
  readonly off?: true;
}

const declarations = new WeakMap<Dashboard, Error>();

/** Declares a dashboard. Nothing is built before a homelab is rendered. */
export const defineDashboard = (dashboard: Dashboard): Dashboard => {
  declarations.set(dashboard, here());
  return dashboard;
};

/** `dashboards/host-use.ts`, for messages; the name of a dashboard that no file declared. */
export const fileOf = (dashboard: Dashboard): string => {
  const declared = declarations.get(dashboard);
  return declared ? placeOf({ declared }).replace(/:\d+$/, '') : dashboard.name;
};

export const section = (title: string, panels: readonly Builder<Panel>[]): Section => ({
  title,
  panels,
  collapsed: false,
});
/** Detail that opens on demand. */
export const collapsed = (title: string, panels: readonly Builder<Panel>[]): Section => ({
  title,
  panels,
  collapsed: true,
});

/** One value of an entity at a time: `pickOne('host', ({ host }) => host.present)`. */
export const pickOne = (name: string, from: Variable['from'], of = name): Variable => ({
  name,
  label: capitalise(name),
  several: false,
  from,
  of,
});
/** Any number of values, all of them at first. */
export const pickMany = (name: string, from: Variable['from'], of = name): Variable => ({
  name,
  label: capitalise(name),
  several: true,
  from,
  of,
});

/** `mark('Restart', host.restarted)`. */
export const mark = (title: string, signal: Signal, colour: Mark['colour'] = 'neutral'): Mark => ({
  title,
  signal,
  colour,
});

const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
