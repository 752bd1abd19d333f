import type { Labels } from '../prometheus';

/** An alert that fires at a moment, with all that Alertmanager is told of it. */
export interface FiringAlert {
  readonly labels: Labels;
  readonly annotations: Labels;
}

/** What promtool saw where the test expected nothing. */
export interface Sighting {
  /** Seconds from the beginning. */
  readonly at: number;
  readonly firing: readonly FiringAlert[];
}

/**
 * Reads what `promtool test rules` says of one file whose tests all expect no alert: every failure is a moment at which something
 * fires. Throws on a line that it does not understand, since what is overlooked would count as silence.
 */
export const readSightings = (output: string, seconds: (duration: string) => number): readonly Sighting[] => {
  const lines = output.split('\n').map((line) => line.trim());
  const sightings: { readonly at: number; readonly firing: FiringAlert[] }[] = [];
  let labels: Labels | undefined;
  for (const line of lines) {
    const moment = /^alertname: \S+, time: (\S+),$/.exec(line)?.[1];
    const current = sightings.at(-1);
    if (moment !== undefined) sightings.push({ at: seconds(moment), firing: [] });
    else if (line.startsWith('Labels:') && current && !labels) labels = readLabels(line.slice('Labels:'.length));
    else if (line.startsWith('Annotations:') && current && labels) {
      current.firing.push({ labels, annotations: readLabels(line.slice('Annotations:'.length).replace(/\},$/, '}')) });
      labels = undefined;
    } else if (!furniture.some((known) => known.test(line)))
      throw new Error(`promtool says something that the replay cannot read: ${line}`);
  }
  const empty = sightings.find(({ firing }) => firing.length === 0);
  if (empty || labels) throw new Error(`promtool's output is cut off:\n${output.slice(-500)}`);
  return sightings;
};

/** Lines around the alerts, which say nothing. */
const furniture = [
  /^$/,
  /^Unit Testing: {2}\S+$/,
  /^(FAILED|SUCCESS):?$/,
  /^name: .*,$/,
  /^exp:\[\],$/,
  /^got:\[$/,
  /^\d+:$/,
  /^\]$/,
];

/** `{host="nas", summary="it is \"down\""}`, the values quoted as Go does. */
const readLabels = (text: string): Labels => {
  const labels: Record<string, string> = {};
  const pair = /(?:([A-Za-z_]\w*)|("(?:[^"\\]|\\.)*"))=("(?:[^"\\]|\\.)*")(, )?/y;
  let at = 1;
  while (at < text.length - 1) {
    pair.lastIndex = at;
    const [, plain, quoted, value] = pair.exec(text) ?? [];
    if (value === undefined) break;
    labels[plain ?? unquote(quoted ?? '""')] = unquote(value);
    at = pair.lastIndex;
  }
  if (!text.startsWith('{') || !text.endsWith('}') || at !== text.length - 1)
    throw new Error(`promtool says something that the replay cannot read: ${text}`);
  return labels;
};

/** A Go string literal; JSON reads all of its escapes but the bytes (`\x07`) and the bell, which no text of ours has. */
const unquote = (literal: string): string => {
  try {
    return JSON.parse(literal) as string;
  } catch (cause) {
    throw new Error(`promtool says something that the replay cannot read: ${literal}`, { cause });
  }
};
