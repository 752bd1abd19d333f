import { hashOf } from '../normal-form/hash';
import type { NormalForms } from '../normal-form';
import { idOf, kinds, type ActualObject, type BaseObject, type DesiredObject, type Kind } from '../object';
import type { PlanInput, PlanOptions } from '../plan';

/** Bodies as they are. */
export const asTheyAre = Object.fromEntries(
  kinds.map((kind) => [kind, (body: object) => body]),
) as unknown as NormalForms;

export const usualOptions: PlanOptions = { onDrift: 'fail', prune: false, maxDelete: 5, resendSecrets: false };

/** An object of any kind, whose text is all that there is to it. */
export const desiredOf = (kind: Kind, key: string, text: string, body: object = {}): DesiredObject => ({
  kind,
  key,
  title: key.toUpperCase(),
  body: { text, ...body },
});

export const actualOf = (object: DesiredObject, differs: Partial<ActualObject> = {}): ActualObject => ({
  ...object,
  version: '1',
  readOnly: undefined,
  ...differs,
});

export const baseOf = ({ kind, key, body }: DesiredObject, keepsBody = true): BaseObject => ({
  kind,
  key,
  hash: hashOf(body),
  normal: keepsBody ? body : undefined,
});

export const byId = <T extends { readonly kind: Kind; readonly key: string }>(
  objects: readonly T[],
): ReadonlyMap<string, T> => new Map(objects.map((object) => [idOf(object), object]));

export const inputOf = ({
  options,
  ...rest
}: Partial<Omit<PlanInput, 'options'>> & { readonly options?: Partial<PlanOptions> }): PlanInput => ({
  desired: [],
  actual: new Map(),
  base: undefined,
  marked: new Set(),
  occupied: new Map(),
  ...rest,
  options: { ...usualOptions, ...options },
});
