import type { ResolvedGrafanaTarget } from '../../../homelab/resolved';
import type { Outcome } from '../../apply';
import type { Backup } from '../../backup';
import { carryOut } from '../../carry-out';
import { ownMessage } from '../../dashboard-base';
import { journalOf, type JournalLine } from '../../journal';
import { look } from '../../look';
import { makePlan } from '../../make-plan';
import { normalForms } from '../../normal-form';
import { idOf, type BaseObject, type DesiredObject } from '../../object';
import { openTarget } from '../../open-target';
import type { OnDrift, Plan } from '../../plan';
import { wasSentBefore } from '../../secrets';
import type { GrafanaStandIn } from '../grafana';
import type { Random } from '../random';
import { wireTo } from '../../../grafana/testing/wire';
import { project, type Secrets } from './desired';
import type { Trace } from './trace';

export interface PushOptions {
  readonly onDrift: OnDrift;
  readonly prune: boolean;
  /** The leaving request, or coming answer, at which the pusher is killed; undefined: never. */
  readonly killAt: number | undefined;
  readonly secrets: Secrets;
}

/** What a push left behind. */
export interface Pushed {
  readonly from: string;
  readonly options: PushOptions;
  readonly plan: Plan | undefined;
  readonly outcomes: readonly Outcome[];
  readonly lines: readonly JournalLine[];
  readonly killed: boolean;
  /** Why it ended before its end. */
  readonly failure: Error | undefined;
}

/** One machine that pushes, as the command does: its journals and backups stay on its disk. */
export class Machine {
  readonly journals: JournalLine[][] = [];
  readonly backups: Backup[] = [];
  /** Of pushes that were told to overwrite. */
  readonly overwritten: Backup[] = [];
  /** What the push that runs has begun. */
  begun: ReadonlySet<string> = new Set();

  constructor(
    readonly name: string,
    private readonly grafana: GrafanaStandIn,
    private readonly random: Random,
    private readonly trace: Trace,
  ) {}

  async push(desired: readonly DesiredObject[], options: PushOptions): Promise<Pushed> {
    const { grafana, random } = this;
    const killer = new AbortController();
    const dice = (): number => random.below(1024) / 1024;
    const turns = async (most: number): Promise<void> => {
      for (let left = random.below(most); left > 0; left--) await new Promise<void>((done) => void setImmediate(done));
    };
    let passed = 0;
    const adapter = wireTo({
      grafana,
      from: this.name,
      way: () => turns(3),
      onTurn: () => {
        if ((passed += 1) === options.killAt) killer.abort(new Error('killed'));
      },
    });
    const alive = (): void => killer.signal.throwIfAborted();
    const lines: JournalLine[] = [];
    const begun = new Set<string>();
    this.begun = begun;
    let plan: Plan | undefined;
    let outcomes: readonly Outcome[] = [];
    let failure: Error | undefined;
    const wantsSecrets = desired.some(({ kind }) => kind === 'contact-point');
    // Who takes a contact point out of the files takes its variables out of the environment.
    const secretValue = (name: string): string | undefined =>
      wantsSecrets ? options.secrets[name as keyof Secrets] : undefined;
    const secret = (name: string): string => {
      const value = secretValue(name);
      if (value === undefined) throw new Error(`${name} is not set`);
      return value;
    };
    try {
      let known: ReadonlyMap<string, BaseObject> | undefined;
      const open = await openTarget(targetOf(grafana), {
        environment: { GRAFANA_TOKEN: grafana.tokens.Admin },
        desired,
        stateFolder: desired.find(({ kind }) => kind === 'folder')?.key,
        secretValue,
        wasSent: (object, path, value) => wasSentBefore(known?.get(idOf(object)), path, value),
        signal: killer.signal,
        client: { adapter, random: dice, wait: () => turns(4) },
      });
      const state = await open.state.read();
      known = state?.objects;
      const { input, stateBefore } = await look(open, {
        desired,
        state,
        journals: this.journals,
        secretValue,
        options: { onDrift: options.onDrift, prune: options.prune, maxDelete: 99, resendSecrets: false },
      });
      plan = makePlan(input, normalForms);
      if (plan.refusals.length === 0) {
        this.journals.push(lines);
        const keep = (line: JournalLine): void => {
          alive();
          lines.push(line);
          if (line.event === 'begins' && line.object) begun.add(idOf(line.object));
        };
        const done = await carryOut({
          plan,
          input,
          stateBefore,
          stores: open.stores,
          state: open.state,
          project,
          target: 'main',
          time: new Date(0),
          message: `${ownMessage(project)}1`,
          secret,
          normalForms,
          onDrift: options.onDrift,
          keepBackup: (backup) => {
            alive();
            this.backups.push(backup);
            if (options.onDrift === 'overwrite') this.overwritten.push(backup);
          },
          journal: journalOf(keep, () => new Date(0)),
        });
        outcomes = done.outcomes;
        failure = done.stateFailure;
      }
    } catch (error) {
      failure = error as Error;
    }
    // A server ends what it has begun, whoever went away.
    do await new Promise<void>((done) => void setImmediate(done));
    while (this.trace.open > 0);
    const killed = killer.signal.aborted;
    return { from: this.name, options, plan, outcomes: killed ? [] : outcomes, lines, killed, failure };
  }
}

const targetOf = (grafana: GrafanaStandIn): ResolvedGrafanaTarget => ({
  kind: 'grafana',
  name: 'main',
  url: grafana.url,
  org: null,
  folder: null,
  project,
});
