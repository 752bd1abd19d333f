import { closeSync, fsyncSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isObject, textAt } from '../grafana-json/json';
import { PushFileError } from './errors';
import { idOf, kinds, type Kind, type ObjectName } from './object';

/** What is about to be written: hashes of normal forms, never contents. */
export interface Beginning extends ObjectName {
  readonly action: 'create' | 'update' | 'delete';
  /** Of what it should be; absent for a deletion. */
  readonly wanted?: string;
  /** Of what is there; absent where nothing is. */
  readonly before?: string;
  /** Of what was there after the last push: by the state in Grafana, and by what the journals added to that; `null`: nothing. */
  readonly bases: readonly (string | null)[];
}

/** What a push did, told while it does it. Each method throws where the line cannot be kept. */
export interface Journal {
  begins(beginning: Beginning): void;
  /** `hash`: of the normal form that was read back; undefined after a deletion. */
  done(name: ObjectName, hash: string | undefined): void;
  /** Not written, or nobody knows. */
  failed(name: ObjectName, reason: string): void;
  /** The state in Grafana knows of everything above. */
  settled(): void;
}

/** A line of a journal. */
export interface JournalLine {
  readonly time: string;
  readonly event: 'push' | 'begins' | 'done' | 'failed' | 'settled';
  readonly object?: ObjectName;
  readonly action?: Beginning['action'];
  readonly wanted?: string;
  readonly before?: string;
  readonly bases?: readonly (string | null)[];
  readonly hash?: string;
  readonly reason?: string;
}

/** Takes the lines of a journal, each with its time. */
export const journalOf = (keep: (line: JournalLine) => void, now: () => Date): Journal => {
  const note = (line: Omit<JournalLine, 'time'>): void => keep({ time: now().toISOString(), ...line });
  const named = ({ kind, key }: ObjectName): ObjectName => ({ kind, key });
  return {
    begins: ({ action, wanted, before, bases, ...name }) =>
      note({
        event: 'begins',
        object: named(name),
        action,
        ...(wanted !== undefined && { wanted }),
        ...(before !== undefined && { before }),
        bases,
      }),
    done: (name, hash) => note({ event: 'done', object: named(name), ...(hash !== undefined && { hash }) }),
    failed: (name, reason) => note({ event: 'failed', object: named(name), reason }),
    settled: () => note({ event: 'settled' }),
  };
};

/**
 * A journal in a new file that only its owner may read: a line of JSON for each event, on the disk before the next request leaves. Throws
 * `PushFileError` where the file cannot be made.
 */
export const openJournal = (file: string, now: () => Date): Journal & { close(): void } => {
  let handle: number;
  try {
    mkdirSync(dirname(file), { recursive: true });
    handle = openSync(file, 'wx', 0o600);
  } catch (error) {
    throw new PushFileError('the journal', file, error as NodeJS.ErrnoException);
  }
  const keep = (line: JournalLine): void => {
    writeFileSync(handle, `${JSON.stringify(line)}\n`);
    fsyncSync(handle);
  };
  try {
    keep({ time: now().toISOString(), event: 'push' });
  } catch (error) {
    closeSync(handle);
    throw new PushFileError('the journal', file, error as NodeJS.ErrnoException);
  }
  return { ...journalOf(keep, now), close: () => closeSync(handle) };
};

/** The lines of a journal file. What a kill left half written at its end, and what is no line of ours, is passed over. */
export const readJournal = (text: string): readonly JournalLine[] =>
  text
    .split('\n')
    .slice(0, -1)
    .flatMap((line) => parse(line) ?? []);

const parse = (line: string): JournalLine | undefined => {
  try {
    const value: unknown = JSON.parse(line);
    if (!isObject(value) || typeof value['time'] !== 'string' || !events.has(textAt(value, 'event') ?? ''))
      return undefined;
    const { object } = value;
    if (object !== undefined && !(isObject(object) && kinds.includes(object['kind'] as Kind))) return undefined;
    return value as unknown as JournalLine;
  } catch {
    return undefined;
  }
};

const events: ReadonlySet<string> = new Set(['push', 'begins', 'done', 'failed', 'settled']);

/**
 * What journals, the oldest first, tell of objects that the state in Grafana may not know of: all that was begun with each since a push last
 * settled it, by `idOf`.
 */
export const unsettledIn = (
  journals: readonly (readonly JournalLine[])[],
): ReadonlyMap<string, readonly Beginning[]> => {
  const open = new Map<string, readonly Beginning[]>();
  for (const lines of journals) {
    const ended = new Set<string>();
    for (const line of lines) {
      const { event, object } = line;
      if (event === 'settled') for (const id of ended) open.delete(id);
      if (!object) continue;
      const beginning = event === 'begins' ? beginningOf(line) : undefined;
      if (beginning) open.set(idOf(object), [...(open.get(idOf(object)) ?? []), beginning]);
      if (event === 'done') ended.add(idOf(object));
    }
  }
  return open;
};

const beginningOf = ({ object, action, wanted, before, bases }: JournalLine): Beginning | undefined =>
  object &&
  action && {
    ...object,
    action,
    ...(wanted !== undefined && { wanted }),
    ...(before !== undefined && { before }),
    bases: Array.isArray(bases) ? bases : [],
  };
