import type { GrafanaClient } from '../../grafana/client';
import { messageIdOf } from '../../grafana/refusal';
import { RefusedError } from '../../grafana/errors';
import { mayPass } from '../../grafana/retry';
import type { ServerInfo } from '../../grafana/server-info';
import { canonicalJson } from '../../grafana-json/canonical-json';
import type { Json } from '../../grafana-json/json';
import { Turns } from '../../server/turns';
import type { NormalForms } from '../normal-form';
import { idOf, type ActualObject, type DesiredObject, type ObjectName } from '../object';
import { hiddenAsIn, lacksSecrets, takeSecretsOut, withoutReferences } from '../secret-values';
import { MovedError } from '../store';

/** What the stores of one server know beside their kind. */
export interface StoreOptions {
  readonly normalForms: NormalForms;
  /** What the push wants: tells where a body that is read holds the value of a variable. */
  readonly desired?: readonly DesiredObject[];
  /** Value of a variable; undefined where it is not set. Default: none is. */
  readonly secretValue?: (name: string) => string | undefined;
  /** Whether the last push sent this value to this place of an object. */
  readonly wasSent?: (object: ObjectName, path: string, value: string) => boolean | undefined;
}

/** What waits before something is tried again: a client. */
export interface Patient {
  /** False where another attempt is not worth it. */
  pause(attempt: number, error: unknown): Promise<boolean>;
}

/** Writes that never go over what a plan has not seen. */
export class CheckedWrites {
  private readonly wanted: ReadonlyMap<string, Json>;

  constructor(
    private readonly patient: Patient,
    private readonly options: StoreOptions,
  ) {
    this.wanted = new Map((options.desired ?? []).map((object) => [idOf(object), object.body]));
  }

  /** An object that was read, without the values of secrets. */
  told(object: ActualObject, wanted = this.wanted.get(idOf(object))): ActualObject {
    const { secretValue = () => undefined, wasSent } = this.options;
    const secrets = {
      secretValue,
      ...(wasSent && { wasSent: (path: string, value: string) => wasSent(object, path, value) }),
    };
    const body = takeSecretsOut(object.body, wanted, secrets);
    return { ...object, body: wanted ? hiddenAsIn(wanted, body) : body };
  }

  /** Whether two states of an object are the same for a person. */
  same({ kind }: ObjectName, left: Json | undefined, right: Json | undefined): boolean {
    if (left === right || left === undefined || right === undefined) return left === right;
    const normal = (body: Json): string => canonicalJson(this.options.normalForms[kind](withoutReferences(body)));
    return normal(left) === normal(right);
  }

  /**
   * Writes over `before`, or fails with a `MovedError`: looks, sends, reads back. After a failure that may pass it looks again, since
   * nobody knows whether the server has done it: what is there as it was is sent again, what is there as wanted is done.
   */
  async write({ wanted, before: planned, isGuarded = false, read, send }: CheckedWrite): Promise<ActualObject> {
    const object = { kind: wanted.kind, key: wanted.key };
    const before = planned && this.told(planned, wanted.body);
    const look = async (): Promise<ActualObject | undefined> => {
      const found = await read();
      // What is there may hold secrets at places where what is wanted has none.
      return found && this.told(this.told(found, wanted.body), planned?.body);
    };
    if (before === undefined && lacksSecrets(wanted.body))
      throw new RefusedError(
        `${wanted.kind} ${wanted.title} cannot be made`,
        'its secrets are not known: Grafana gives them to nobody',
        'set the variables of its secrets, and push it from the homelab file',
        0,
        undefined,
      );
    for (let attempt = 1; ; attempt++) {
      const now = isGuarded && attempt === 1 ? before : await look();
      if (!this.same(object, now?.body, before?.body)) {
        if (attempt > 1 && now && this.same(object, now.body, wanted.body)) return now;
        throw new MovedError(object, now);
      }
      if (now?.readOnly !== undefined) throw notOurs(now, now.readOnly);
      try {
        await send(now);
      } catch (error) {
        if (!mayComeRight(error, attempt)) throw error;
        // Somebody was faster: what is there now decides, not the time.
        const isRace = attempt === 1 && isConflict(error);
        if (!isRace && !(await this.patient.pause(attempt, error))) throw error;
        continue;
      }
      const after = await look();
      if (after) return after;
      throw new MovedError(object, undefined);
    }
  }

  /** Removes what a plan saw, with the same care. */
  async remove({ before, isGuarded = false, read, send }: CheckedRemoval): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const found = isGuarded && attempt === 1 ? before : await read();
      if (!found) return;
      // Nobody wants it any more: what was planned tells where its secrets are.
      const now = this.told(found, before.body);
      if (!this.same(before, now.body, before.body)) throw new MovedError(before, now);
      if (now.readOnly !== undefined) throw notOurs(now, now.readOnly);
      try {
        return await send(now);
      } catch (error) {
        if (isAbsence(error)) return;
        if (!mayComeRight(error, attempt)) throw error;
        // Somebody was faster: what is there now decides, not the time.
        const isRace = attempt === 1 && isConflict(error);
        if (!isRace && !(await this.patient.pause(attempt, error))) throw error;
      }
    }
  }
}

/** Shared by all stores of one Grafana. */
export class StoreContext extends CheckedWrites {
  /**
   * Notification objects share one document, which Grafana reads, changes and writes back: of two writes at once one is lost or fails
   * (12.3). Data sources and folders go along, being few.
   */
  readonly oneByOne = new Turns(1);
  /** Dashboards and rule groups: different ones do not get in each other's way, but a database of one file takes no more. */
  readonly four = new Turns(4);

  constructor(
    readonly client: GrafanaClient,
    readonly info: ServerInfo,
    options: StoreOptions,
  ) {
    super(client, options);
  }
}

export interface CheckedWrite {
  readonly wanted: DesiredObject;
  readonly before: ActualObject | undefined;
  /** The server itself refuses a write over anything else than `before`, so that looking first gains nothing. */
  readonly isGuarded?: boolean;
  readonly read: () => Promise<ActualObject | undefined>;
  /** Sends it over `now`. */
  readonly send: (now: ActualObject | undefined) => Promise<void>;
}

export interface CheckedRemoval {
  readonly before: ActualObject;
  readonly isGuarded?: boolean;
  readonly read: () => Promise<ActualObject | undefined>;
  readonly send: (now: ActualObject) => Promise<void>;
}

const notOurs = ({ kind, title }: ActualObject, reason: string): RefusedError =>
  new RefusedError(
    `${kind} ${title} cannot be written`,
    `it belongs to ${reason}`,
    '`npm run push -- --from-files` takes over what files made',
    0,
    undefined,
  );

const isConflict = (error: unknown): boolean =>
  error instanceof RefusedError && (error.status === 409 || error.status === 412);

/** Whether a write that failed is worth another look: passing faults, lost races, and what a busy database makes of them. */
const mayComeRight = (error: unknown, attempt: number): boolean => {
  if (mayPass(error)) return true;
  if (!(error instanceof RefusedError)) return false;
  const id = messageIdOf(error.body);
  // 12.3 has no name for a lost race but this one; every other 409 with a name stays.
  if (isConflict(error)) return id === undefined || id === 'alerting.notifications.conflict';
  return (
    error.status === 500 && attempt <= 3 && !/^(cannot change provenance|library |move folder)/.test(error.evidence)
  );
};

/** 404: it is not there. */
export const isAbsence = (error: unknown): boolean =>
  error instanceof RefusedError && error.status === 404 && !/no such address/.test(error.evidence);

/** The answer of a reading request; undefined where nothing is there. */
export const orAbsent = async (answer: Promise<unknown>): Promise<unknown> =>
  answer.catch((error: unknown) => {
    if (isAbsence(error)) return undefined;
    throw error;
  });
