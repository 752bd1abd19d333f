import { canonicalJson } from '../grafana-json/canonical-json';
import { isThere, writesOf, type Outcome } from './apply';
import { hashOfBody } from './normal-form/hash';
import type { NormalForms } from './normal-form';
import { idOf, type BaseObject } from './object';
import type { OnDrift, Plan, PlanInput } from './plan';
import { keptNormal } from './recover';
import { fingerprintsOf } from './secrets';

export interface NextStateInput {
  readonly plan: Plan;
  readonly input: PlanInput;
  readonly outcomes: readonly Outcome[];
  readonly onDrift: OnDrift;
  readonly normalForms: NormalForms;
  readonly secret: (name: string) => string;
}

/**
 * What the state should say after a push, also after one that was applied in part: what was done, what was found as it should be, and for all
 * else what it said before. What is gone and no longer wanted is forgotten.
 */
export const nextState = async (of: NextStateInput): Promise<ReadonlyMap<string, BaseObject>> => {
  const { plan, input, outcomes, normalForms } = of;
  const next = new Map(input.base);
  const wanted = new Set(input.desired.map(idOf));
  for (const id of input.base?.keys() ?? []) if (!wanted.has(id) && !input.actual.has(id)) next.delete(id);

  for (const { kind, key, action, before, wanted: as } of plan.steps) {
    // What a file owns is that file's, also where it says the same: once it goes, nobody deleted anything of ours.
    if (action !== 'unchanged' || !before || before.readOnly !== undefined) continue;
    // What is there is what is wanted, and that has no secrets in it.
    const { body } = as ?? before;
    const hash = hashOfBody(normalForms[kind], body);
    const known = next.get(idOf({ kind, key }));
    if (known?.hash === hash) continue;
    next.set(idOf({ kind, key }), {
      kind,
      key,
      hash,
      normal: keptNormal(kind, () => normalForms[kind](body)),
      ...(known?.secrets && { secrets: known.secrets }),
    });
  }

  const steps = new Map(writesOf(plan, of.onDrift).map(({ step }) => [idOf(step), step]));
  for (const outcome of outcomes) {
    const { kind, key } = outcome;
    const id = idOf(outcome);
    if (!isThere(outcome)) continue;
    if (outcome.action === 'delete') next.delete(id);
    const body = outcome.action === 'delete' ? undefined : steps.get(id)?.wanted?.body;
    if (body === undefined) continue;
    // As it was sent: where it was read back otherwise, somebody changed it in between, and the next plan has to see that.
    const secrets = outcome.result === 'done' ? await fingerprintsOf(body, of.secret) : next.get(id)?.secrets;
    next.set(id, {
      kind,
      key,
      hash: hashOfBody(normalForms[kind], body),
      normal: keptNormal(kind, () => normalForms[kind](body)),
      ...(secrets && Object.keys(secrets).length > 0 && { secrets }),
    });
  }
  return next;
};

/** Whether two states say the same, so that nothing needs to be written. */
export const saysTheSame = (
  left: ReadonlyMap<string, BaseObject> | undefined,
  right: ReadonlyMap<string, BaseObject>,
): boolean =>
  left !== undefined &&
  left.size === right.size &&
  [...right].every(([id, object]) => {
    const known = left.get(id);
    return known !== undefined && (known === object || sameObject(known, object));
  });

export const sameObject = (left: BaseObject, right: BaseObject): boolean =>
  left.hash === right.hash && canonicalJson(left.secrets ?? {}) === canonicalJson(right.secrets ?? {});
