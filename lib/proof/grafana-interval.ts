import { formatDuration, toSeconds } from '../duration';
import type { BoardPanel, BoardTarget } from './board';

/** The time that a reader looks at, in seconds since 1970. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** How Grafana asks for one target, in seconds. */
export interface Steps {
  /** Distance of points of a range query. */
  readonly step: number;
  readonly rateInterval: number;
  /** What the browser says `$__interval` is, before the min step. */
  readonly interval: number;
  readonly maxDataPoints: number;
}

/** A browser 1600 pixels wide; a panel asks for a point a pixel. */
const screenWidth = 1600;
/** What the data source says unless somebody set it. */
const defaultScrape = 15;
/** Prometheus gives at most 11,000 points a series. */
const mostPoints = 11_000;

/**
 * The step and `$__rate_interval` of a target, as Grafana 12 finds them: the browser from width and panel interval, then the
 * Prometheus plugin (`pkg/promlib/models/query.go`) from the target's min step.
 */
export const stepsOf = (
  panel: Pick<BoardPanel, 'interval' | 'maxDataPoints' | 'gridPos'>,
  target: Pick<BoardTarget, 'interval'>,
  { from, to }: TimeRange,
): Steps => {
  const points = panel.maxDataPoints ?? Math.max(1, Math.floor(((panel.gridPos?.w ?? 24) / 24) * screenWidth));
  const browser = Math.max(
    roundInterval((to - from) / points),
    panel.interval ? toSeconds(panel.interval) : defaultScrape,
  );
  const minStep = target.interval ? toSeconds(target.interval) : undefined;
  const scrape = minStep ?? defaultScrape;
  const least = minStep ?? browser;
  const wanted = (to - from) / points;
  return {
    interval: browser,
    maxDataPoints: points,
    step: Math.max(wanted < least ? least : roundInterval(wanted), roundInterval((to - from) / mostPoints)),
    rateInterval: Math.max(browser + scrape, 4 * scrape),
  };
};

/** `$__interval`, `$__range` and their like in a query, as the Prometheus plugin writes them. */
export const expandMacros = (
  expr: string,
  { step, rateInterval }: Pick<Steps, 'step' | 'rateInterval'>,
  { from, to }: TimeRange,
): string => {
  const range = Math.round(to - from);
  const values: Readonly<Record<string, string>> = {
    __interval_ms: String(step * 1000),
    __interval: inWords(step),
    __range_ms: String((to - from) * 1000),
    __range_s: String(range),
    __range: `${range}s`,
    __rate_interval_ms: String(rateInterval * 1000),
    // Not as it writes `$__interval`: `rateInterval.String()` in `interpolateVariables` of the same file.
    __rate_interval: Number.isInteger(rateInterval) ? inGo(rateInterval) : inWords(rateInterval),
  };
  return expr.replace(
    /\$(?:(__\w+)|\{(__\w+)\})/g,
    (text, plain: string, braced: string) => values[plain ?? braced] ?? text,
  );
};

const inWords = (seconds: number): string =>
  Number.isInteger(seconds) ? formatDuration(seconds) : `${Math.round(seconds * 1000)}ms`;

/** As Go writes a duration: `1m0s`. */
export const inGo = (seconds: number): string => {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  return `${hours > 0 ? `${hours}h` : ''}${hours > 0 || minutes > 0 ? `${minutes}m` : ''}${seconds % 60}s`;
};

/** Grafana's even intervals: up to and including `limit` seconds, `value` is taken. */
const even: readonly (readonly [limit: number, value: number])[] = [
  [0.01, 0.001], [0.015, 0.01], [0.035, 0.02], [0.075, 0.05], [0.15, 0.1], [0.35, 0.2], [0.75, 0.5],
  [1.5, 1], [3.5, 2], [7.5, 5], [12.5, 10], [17.5, 15], [25, 20], [45, 30],
  [90, 60], [210, 120], [450, 300], [750, 600], [1050, 900], [1500, 1200], [2700, 1800],
  [5400, 3600], [9000, 7200], [16_200, 10_800], [32_400, 21_600], [86_400, 43_200], [604_800, 86_400], [1_814_400, 604_800],
  [3_628_800, 2_592_000],
]; // prettier-ignore

export const roundInterval = (seconds: number): number => even.find(([limit]) => seconds <= limit)?.[1] ?? 31_536_000;
