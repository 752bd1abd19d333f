import type { Severity } from './finding';
import type { LintDocument } from './subject';

/** Conventions that strangers do not share are told them as `info`; our own content keeps them. */
export const ownSeverity = (
  { document }: { readonly document: LintDocument },
  ours: Severity,
  theirs: Severity,
): Severity => (document.own ? ours : theirs);
