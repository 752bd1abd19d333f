/** What a person would want to know when it changes, of boards, alerts and who is told. What is not known is undefined. */
export interface Facts {
  readonly boards: readonly BoardFacts[];
  readonly alerts: readonly AlertFacts[];
  readonly told: readonly ToldFacts[];
  /** Who evaluates the alerts. */
  readonly engine?: AlertEngine;
}

export type AlertEngine = 'Grafana' | 'rule files';

export interface BoardFacts {
  readonly uid: string;
  readonly title: string;
  /** Uid of its folder. */
  readonly folder?: string;
  readonly panels: readonly PanelFacts[];
  /** Everything beside the panels, by what a person calls it: one text each, which is only compared. */
  readonly parts: Readonly<Record<string, string>>;
}

export interface PanelFacts {
  readonly id: number;
  readonly title: string;
  /** Grafana's panel type. */
  readonly look: string;
  /** Grafana's name. */
  readonly unit?: string;
  /** Where its colours change: of the panel under `''`, of a column under its title. */
  readonly limits: Readonly<Record<string, LimitFacts>>;
  /** All that it asks, by refId. */
  readonly queries?: Readonly<Record<string, string>>;
  /** Everything else, by what a person calls it: one text each, which is only compared. */
  readonly parts: Readonly<Record<string, string>>;
}

export interface LimitFacts {
  readonly unit?: string;
  /** From the lowest; the first has no value. */
  readonly steps: readonly { readonly at: number | null; readonly colour: string }[];
}

export interface AlertFacts {
  /** `HostDown`: never changes. */
  readonly name: string;
  readonly group?: string;
  /** `>=` and the value in the unit in which it is shown; two values for a range. Undefined where the query says it all. */
  readonly limit?: AlertLimit;
  /** Grafana's name of the unit of the limit. */
  readonly unit?: string;
  readonly for?: string;
  readonly keepFiringFor?: string;
  readonly severity?: string;
  readonly category?: string;
  readonly noData?: string;
  /** Without its own comparison. */
  readonly query?: string;
  /** The receiver that the rule itself names. */
  readonly told?: string;
  readonly pack?: string;
  /** Summary, description and links. */
  readonly texts?: string;
}

export interface AlertLimit {
  readonly operator: string;
  readonly values: readonly number[];
}

/** One receiver: how it is reached, and what it hears of. */
export interface ToldFacts {
  readonly name: string;
  /** By kind, such as `email`: settings by name. They may hold secrets: they are compared and never printed. */
  readonly ways: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Routes that lead to it: `severity = critical`. Undefined where the rules name their receivers. */
  readonly hears?: readonly string[];
}

export const noFacts: Facts = { boards: [], alerts: [], told: [] };

/** What several files say together. */
export const together = (all: readonly Partial<Facts>[]): Facts => {
  const engine = all.find((facts) => facts.engine)?.engine;
  return {
    boards: all.flatMap(({ boards = [] }) => boards),
    alerts: all.flatMap(({ alerts = [] }) => alerts),
    told: mergedByName(all.flatMap(({ told = [] }) => told)),
    ...(engine && { engine }),
  };
};

/** Grafana keeps contact points and the policies that name them in two files. */
const mergedByName = (told: readonly ToldFacts[]): readonly ToldFacts[] => {
  const byName = new Map<string, ToldFacts>();
  for (const each of told) {
    const known = byName.get(each.name);
    const hears = known?.hears || each.hears ? [...(known?.hears ?? []), ...(each.hears ?? [])] : undefined;
    byName.set(each.name, { name: each.name, ways: { ...known?.ways, ...each.ways }, ...(hears && { hears }) });
  }
  return [...byName.values()];
};
