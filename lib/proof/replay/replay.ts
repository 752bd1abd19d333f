import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireProgram } from '../programs';
import { startServer, type Server } from '../servers';
import { listenMessages, type Message, type MessageListener } from './message-listener';
import { replayConfiguration, type ReplayConfiguration } from './replay-configuration';
import { identityOf, type Firing, type Timeline } from './timeline';

/** A message with its place on the timeline. */
export interface ReplayedMessage extends Message {
  /** Minutes from the beginning of the course. */
  readonly minute: number;
}

/** What a timeline made of an Alertmanager. */
export interface Replayed {
  readonly messages: readonly ReplayedMessage[];
  /** How many times faster than life it ran. */
  readonly factor: number;
  /** What was changed in the rendered configuration. */
  readonly changes: readonly string[];
}

export interface ReplayOptions {
  /** Default: such that what fires takes about half a minute, from 60 (a minute is a second) to 480. */
  readonly factor?: number;
  /** Default: what is installed. */
  readonly alertmanager?: string;
}

/**
 * Sends a timeline to a real Alertmanager that runs the rendered configuration, faster than life, and gives every message that it
 * sends. It begins with the first alert and ends with the course, or when every message about the last end had time to be sent.
 * Where this machine is too busy to keep the pace, it begins again at half of it; throws when a minute is a second already.
 */
export const replayTimeline = async (
  timeline: Timeline,
  alertmanagerYaml: string,
  { factor = factorFor(timeline), alertmanager = requireProgram('alertmanager') }: ReplayOptions = {},
): Promise<Replayed> => {
  try {
    return await replayOnce(timeline, alertmanagerYaml, { factor, alertmanager });
  } catch (error) {
    if (!(error instanceof LateError) || factor <= slowest) throw error;
    return replayTimeline(timeline, alertmanagerYaml, { factor: Math.max(slowest, factor / 2), alertmanager });
  }
};

/** An alert was not sent again in time, so Alertmanager would have taken it for ended. */
class LateError extends Error {}

const replayOnce = async (
  timeline: Timeline,
  alertmanagerYaml: string,
  { factor, alertmanager }: Required<ReplayOptions>,
): Promise<Replayed> => {
  const listener = await listenMessages();
  const folder = mkdtempSync(join(tmpdir(), 'alert-replay-'));
  let server: Server | undefined;
  try {
    const configuration = replayConfiguration(alertmanagerYaml, { factor, url: listener.url });
    if (timeline.firings.length === 0) return { messages: [], factor, changes: configuration.changes };
    writeFileSync(join(folder, 'alertmanager.yml'), configuration.text);
    server = await startServer({
      name: 'Alertmanager',
      command: alertmanager,
      args: (port) => [
        '--config.file=alertmanager.yml',
        `--storage.path=${folder}/data`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--cluster.listen-address=',
        // What ended is forgotten at once, or it would be taken for company of what begins after a reload.
        '--alerts.gc-interval=50ms',
      ],
      folder,
      ready: '/-/ready',
    });
    const { messages, began } = await play(timeline, server, listener, configuration, factor);
    const minuteOf = ({ receivedAt }: Message): number => ((receivedAt - began) * factor) / 60_000;
    return {
      messages: messages.map((message) => ({ ...message, minute: minuteOf(message) })),
      factor,
      changes: configuration.changes,
    };
  } finally {
    await server?.stop();
    await listener.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** A minute is a second. */
const slowest = 60;
/** A minute is an eighth of a second: quicker than that, a busy machine is late. */
const quickest = 480;

const factorFor = ({ firings, minutes }: Timeline): number => {
  const played = Math.min(minutes, lastOf(firings) + gathering) - firstOf(firings);
  return Math.min(quickest, Math.max(slowest, 2 * played));
};

/** Minutes that a message about the last end may wait for company. */
const gathering = 60;

const firstOf = (firings: readonly Firing[]): number => Math.min(...firings.map(({ from }) => from));
const lastOf = (firings: readonly Firing[]): number => Math.max(...firings.map(({ until = Infinity }) => until));

/** Sends what begins, what goes on and what ends, minute by minute. */
const play = async (
  { firings, minutes }: Timeline,
  server: Server,
  listener: MessageListener,
  { longestWait }: ReplayConfiguration,
  factor: number,
): Promise<{ readonly messages: readonly Message[]; readonly began: number }> => {
  const first = firstOf(firings);
  const minute = 60_000 / factor;
  const turn = Math.ceil(longestWait / minute);
  const last = Math.min(minutes, lastOf(firings) + turn + 1);
  const began = Date.now() - first * minute;
  const timeOf = (at: number): number => began + at * minute;
  for (let at = first; at <= last; at++) {
    await sleepUntil(timeOf(at));
    const starting = firings.filter(({ from }) => from === at);
    if (starting.length > 0 && needsFreshGroups(starting, firings, at, turn, listener.messages))
      await post(server, '/-/reload');
    const told = firings.filter(({ from, until = Infinity }) => from <= at && at <= until);
    if (told.length > 0)
      await post(
        server,
        '/api/v2/alerts',
        told.map((firing) => toPosted(firing, at, timeOf)),
      );
    const late = Date.now() - timeOf(at);
    if (late > validFor * minute * 0.75)
      throw new LateError(
        `the replay is ${Math.round(late)} ms late at minute ${at}, and a minute is ${Math.round(minute)} ms: run it on a less busy machine`,
      );
  }
  await sleepUntil(timeOf(last + 1));
  return { messages: listener.messages, began };
};

/** Minutes: Prometheus lets an alert end by itself when it was not sent again for four evaluations. */
const validFor = 4;

/** As Prometheus sends it; what ended is sent once, since a loopback connection loses nothing. */
const toPosted = (
  { labels, annotations, from, until }: Firing,
  at: number,
  timeOf: (at: number) => number,
): object => ({
  labels,
  annotations,
  startsAt: new Date(timeOf(from)).toISOString(),
  endsAt: new Date(timeOf(until === at ? at : at + validFor)).toISOString(),
});

/**
 * Alertmanager forgets an empty group within 30 s, a time that no flag of Debian's version changes: hurried, the group would stay for
 * hours, and what begins anew would wait for the group's next turn instead of being told at once. A reload forgets it in time. Not
 * while an end may still be told at a turn of at most so many minutes, because the group is not empty then.
 */
const needsFreshGroups = (
  starting: readonly Firing[],
  firings: readonly Firing[],
  at: number,
  turn: number,
  messages: readonly Message[],
): boolean => {
  const before = firings.filter(({ from }) => from < at);
  const again = new Set(before.map(identityOf));
  const isQuiet = before.length > 0 && before.every(({ until = Infinity }) => until < at);
  const ended = before.filter(({ until = Infinity }) => until <= at && at <= until + turn);
  return (isQuiet || starting.some((firing) => again.has(identityOf(firing)))) && !endsAreUntold(ended, messages);
};

const endsAreUntold = (ended: readonly Firing[], messages: readonly Message[]): boolean => {
  const last = new Map<string, 'firing' | 'resolved'>();
  for (const { alerts } of messages)
    for (const { status, labels } of alerts) last.set(identityOf({ labels, annotations: {} }), status);
  return ended.some((firing) => last.get(identityOf(firing)) === 'firing');
};

const post = async (server: Server, path: string, body?: unknown): Promise<void> => {
  const response = await fetch(`${server.url}${path}`, {
    method: 'POST',
    ...(body !== undefined && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(10_000),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`Alertmanager answers ${response.status} to POST ${path}: ${text}`);
};

const sleepUntil = (time: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, time - Date.now())));
