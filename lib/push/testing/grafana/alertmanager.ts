import { createHash } from 'node:crypto';
import { canonical, coded, copy, refused, type Asked } from './exchange';
import { stamp, type AlertmanagerDocument, type Provenance } from './state';

/** A document that a write may change before it is stored. */
export type Draft = { -readonly [Key in keyof AlertmanagerDocument]: AlertmanagerDocument[Key] };

/**
 * Contract 4.1: every write reads the whole document, changes it, and replaces it unless somebody else has been faster: then it is a 500 with
 * `lost`, and nothing is stored.
 */
export const editDocument = async <Result>(
  { state, pause }: Pick<Asked, 'state' | 'pause'>,
  lost: string,
  change: (draft: Draft) => Result,
): Promise<Result> => {
  const before = state.world.alertmanager;
  const draft = copy(before);
  const result = change(draft);
  await pause();
  if (state.world.alertmanager !== before) throw refused(500, lost);
  state.world.alertmanager = draft;
  stamp(state);
  return result;
};

/** Contract 4.1, policies, mute timings and templates: anything but from something to none. */
export const demandProvenance = (stored: Provenance, wanted: Provenance): void => {
  if (wanted === '' && stored !== '')
    throw coded(
      403,
      'alerting.notifications.invalidProvenance',
      `Resource with provenance status '${stored}' cannot be managed via API that handles resources with provenance status 'none'. You must use appropriate API to manage this resource`,
      { SourceProvenance: stored, TargetProvenance: 'none' },
    );
};

/** Contract 4.5, 4.6: a stale `version`. */
export const conflict = (): Error => coded(409, 'alerting.notifications.conflict', 'Conflict');

/** The `version` of a mute timing or a template. */
export const fingerprint = (value: unknown): string =>
  createHash('sha256').update(canonical(value)).digest('hex').slice(0, 16);
