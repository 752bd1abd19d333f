import { join } from 'node:path';
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Allowance } from './lint/allowance';
import type { Signal } from './signals/signal';

/** What a panel knows beside its builder: one place, written by the panel helpers, read by render and lint. */
export interface PanelFacts {
  /** Look and signals, `timeseries host.cpuBusy`: the panel's id is made from it, so it stays when the title changes. */
  readonly key: string;
  /** How the helper is called that made it: `stacked`. */
  readonly look: string;
  /** Makes it again as the helper gives it, without what a board chained: a reviewer wants to see what differs. */
  readonly plain?: () => Builder<Panel>;
  /** All that it draws. */
  readonly signals: readonly Signal[];
  /** Taken where the helper was called; its stack names the dashboard's file and line, and is only read for messages. */
  readonly declared: Error;
  /** Keys of data sources that it asks beside those of its signals. */
  readonly dataSources?: readonly string[];
  /** Why it cannot have data here; it is then left out. */
  readonly missing?: string;
  /** What was left out of it though the rest is drawn. */
  readonly partly?: readonly { readonly title: string; readonly why: string }[];
  /** Findings of the linter that are right here, and why. */
  readonly allowed?: readonly Allowance[];
}

const facts = new WeakMap<object, PanelFacts>();

/** Records what a panel builder stands for. Once a builder: the helpers make a fresh one at each call. */
export const recordFacts = (builder: object, known: Omit<PanelFacts, 'declared'>): void => {
  facts.set(builder, { ...known, declared: here() });
};

/** Where the program stands; deep enough for a board's line below the helpers. The stack is only written out when it is read. */
export const here = (): Error => {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 20;
  const error = new Error();
  Error.stackTraceLimit = limit;
  return error;
};

/** The facts of a panel builder; throws for one that no panel helper made, because nobody could say what it is. */
export const factsOf = (builder: object): PanelFacts => {
  const known = facts.get(builder);
  if (!known)
    throw new Error(
      'this panel was not made by a panel helper, so its signals and its place are not known: make it with one of panels/, and chain what differs',
    );
  return known;
};

/** What a panel helper makes, and how to make it again. */
export const madeBy = <B extends Builder<Panel>>(make: () => B): B => {
  const builder = make();
  facts.set(builder, { ...factsOf(builder), plain: make });
  return builder;
};

/** The same panel under another key, for two that show the same signals in the same look. */
export const keyed = <B extends object>(builder: B, key: string): B => {
  facts.set(builder, { ...factsOf(builder), key });
  return builder;
};

/**
 * The same panel, with a finding of the linter allowed: `rule` as the finding names it, and why it is right here. `about`: only where
 * the finding is about this metric, label or variable. `until`: a day, `2027-01-31`, after which it is a finding again.
 *
 * @example allow(timeseries(backup.duration), 'selector-quiet', 'exported only while a backup runs')
 */
export const allow = <B extends object>(
  builder: B,
  rule: string,
  reason: string,
  { about, until }: { readonly about?: string; readonly until?: string } = {},
): B => {
  const known = factsOf(builder);
  const one = { rule, reason, ...(about && { about }), ...(until && { until }) };
  facts.set(builder, { ...known, allowed: [...(known.allowed ?? []), one] });
  return builder;
};

const root = join(__dirname, '..');
/** Files of ours that stand between a declaration and its record. */
const between = ['panels/', 'lib/panel-facts', 'lib/dashboards/', 'lib/alerts/define'].map((path) => join(root, path));

/** `dashboards/host-use.ts:31`, from where a panel, board or group of alerts was declared. */
export const placeOf = ({ declared }: Pick<PanelFacts, 'declared'>): string => {
  const frames = (declared.stack ?? '').split('\n').slice(1);
  for (const frame of frames) {
    const [, file, line] =
      /\(?((?:[A-Za-z]:)?[^():]+):(\d+):\d+\)?$/.exec(frame.replace(/^\s*at /, '').replace('file://', '')) ?? [];
    if (
      !file ||
      file.startsWith('node:') ||
      file.includes('node_modules') ||
      between.some((path) => file.startsWith(path))
    )
      continue;
    const cwd = process.cwd();
    return `${file.startsWith(cwd) ? file.slice(cwd.length + 1) : file}:${line}`;
  }
  return 'unknown place';
};
