import type { BaseObject } from './object';

/** What the last push left behind in Grafana, so that the next one, on whatever machine, can tell a person's edit from its own work. */
export interface State {
  /** Of this format. */
  readonly version: 1;
  readonly project: string;
  /** What was written, by `idOf`. */
  readonly objects: ReadonlyMap<string, BaseObject>;
}

/** Where a state is kept. */
export interface StateStore {
  /** Undefined where there is none. Throws where one is there that cannot be read. */
  read(): Promise<State | undefined>;
  /** Writes only what differs; merges by object with what another push wrote meanwhile. */
  write(state: State): Promise<void>;
  /** Gets out of these folders (uids), which are about to be removed with all that is in them. */
  leave(folders: ReadonlySet<string>): Promise<void>;
  /** Takes it away: the last step of an uninstall. */
  remove(): Promise<void>;
}
