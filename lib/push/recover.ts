import type { Json } from '../grafana-json/json';
import { hashOf } from './normal-form/hash';
import type { Beginning } from './journal';
import type { NormalForms } from './normal-form';
import type { ActualObject, BaseObject } from './object';

/**
 * The base of a push after one that was cut off: what the journals of this machine say we wrote, and what is there just so, is our own work
 * and no person's edit. Where the state in Grafana has moved on since (another machine pushed), the state stands.
 */
export const recoverBase = (
  state: ReadonlyMap<string, BaseObject> | undefined,
  unsettled: ReadonlyMap<string, readonly Beginning[]>,
  actual: ReadonlyMap<string, ActualObject>,
  normalForms: NormalForms,
  /** A body that a server shows, with references in place of its secrets. */
  align: (there: ActualObject) => Json = ({ body }) => body,
): ReadonlyMap<string, BaseObject> | undefined => {
  const recovered = new Map(state);
  for (const [id, beginnings] of unsettled) {
    const there = actual.get(id);
    const hash = there && hashOf(normalForms[there.kind](align(there)));
    // The state has not moved on since, and what is there is what one of these writes left.
    const ours = beginnings.find(
      ({ wanted, bases }) => bases.includes(state?.get(id)?.hash ?? null) && wanted === hash,
    );
    if (!ours) continue;
    const { kind, key } = ours;
    // Its secrets are left out: nobody knows whether they were sent.
    if (there && hash)
      recovered.set(id, { kind, key, hash, normal: keptNormal(kind, () => normalForms[kind](align(there))) });
    else recovered.delete(id);
  }
  return state || recovered.size > 0 ? recovered : undefined;
};

/** Dashboards have their history for that, and are large. */
export const keptNormal = (kind: BaseObject['kind'], normal: () => Json): BaseObject['normal'] =>
  kind === 'dashboard' ? undefined : normal();
