import { isObject, objectsAt, textAt, type Json } from '../grafana-json/json';
import { hashOf, hashOfBody } from './normal-form/hash';
import type { NormalForms } from './normal-form';
import { idOf, type ActualObject, type BaseObject } from './object';
import { statusOf, type StateHttp } from './state-http';

/** What the messages of our saves of a project begin with. */
export const ownMessage = (project: string): string => `homelab-dashboards ${project}@`;

/** A save of a dashboard that was ours. */
export interface OwnVersion {
  readonly version: number;
  readonly message: string;
  /** The dashboard as it was saved. */
  readonly data: Json;
}

/**
 * The newest version of a dashboard that a push of this project saved and that `accepts` takes, among its last 20; undefined where there is none, or
 * the token may not read the history (a Viewer's).
 */
export const newestOwnVersion = async (
  http: StateHttp,
  uid: string,
  project: string,
  accepts: (data: Json) => boolean = () => true,
): Promise<OwnVersion | undefined> => {
  const path = `/api/dashboards/uid/${encodeURIComponent(uid)}/versions`;
  let answer: unknown;
  try {
    answer = await http.get(path, { limit: '20' });
  } catch (error) {
    if (statusOf(error) === 404 || statusOf(error) === 403 || (error as Error).name === 'AuthError') return undefined;
    throw error;
  }
  // A bare list up to 10.x.
  const versions = objectsAt(Array.isArray(answer) ? { versions: answer } : answer, 'versions')
    .map(([entry]) => entry)
    .sort((left, right) => Number(right['version']) - Number(left['version']));
  for (const entry of versions) {
    const version = Number(entry['version']);
    // The list hides what was said of the first version behind "Initial save" (12.3).
    const told = version === 1 ? await http.get(`${path}/1`) : entry;
    const message = textAt(told, 'message') ?? '';
    if (!message.startsWith(ownMessage(project))) continue;
    const data = isObject(entry['data']) ? entry['data'] : isObject(told) ? told['data'] : undefined;
    if (isObject(data) && accepts(data)) return { version, message, data };
  }
  return undefined;
};

export interface DashboardBases {
  readonly http: StateHttp;
  readonly project: string;
  readonly base: ReadonlyMap<string, BaseObject> | undefined;
  readonly actual: ReadonlyMap<string, ActualObject>;
  readonly normalForms: NormalForms;
  /** A version of the history in the form of `ActualObject.body`. */
  readonly toBody: (data: Json, actual: ActualObject) => Json;
}

/**
 * The base with the contents of the dashboards, of which the state keeps only hashes: of those that are not as we left them. The history is
 * asked for these only; a content there that is not the one of the state is not taken.
 */
export const withDashboardBases = async (of: DashboardBases): Promise<ReadonlyMap<string, BaseObject> | undefined> => {
  if (!of.base) return undefined;
  const filled = new Map(of.base);
  for (const known of of.base.values()) {
    const actual = known.kind === 'dashboard' ? of.actual.get(idOf(known)) : undefined;
    if (!actual || known.normal) continue;
    if (hashOfBody(of.normalForms.dashboard, actual.body) === known.hash) continue;
    const normalOf = (data: Json): Json => of.normalForms.dashboard(of.toBody(data, actual));
    // A rollback saves what a person made, as ours: the newest is not always the base.
    const own = await newestOwnVersion(of.http, known.key, of.project, (data) => hashOf(normalOf(data)) === known.hash);
    if (own) filled.set(idOf(known), { ...known, normal: normalOf(own.data) });
  }
  return filled;
};
