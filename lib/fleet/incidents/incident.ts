import type { ResolvedHomelab } from '../../homelab/resolved';
import type { Place } from '../place';
import type { Becomes } from './change';

/** Something that goes wrong in the simulated homelab, and how its series show it. */
export interface Incident {
  readonly name: string;
  /** What happens, in one sentence. */
  readonly says: string;
  /** The incident that series show, where several of them look alike to exporters and differ in whom they befall. Default: itself. */
  readonly shows?: string;
  /** Whom it can befall here: hosts, services, or whatever it is about; the first one is taken where nobody says. None: it cannot happen here. */
  readonly subjects: (homelab: ResolvedHomelab) => readonly string[];
  /** Pages that do not answer while it lasts. */
  readonly silences?: (place: Place, subject: string) => boolean;
  /** Pages that are missing from the scrape configuration while it lasts. */
  readonly forgets?: (place: Place, subject: string) => boolean;
  /** Series that are otherwise while it lasts. Of an incident that says this, and nothing else, no behaviour reads: they are all that changes. */
  readonly changes?: readonly Change[];
  /** Programs that start anew when it is over; `machine`: their machine does. */
  readonly restarts?: 'program' | 'machine';
}

/** What becomes of some series while an incident lasts. */
export interface Change {
  /** Pages it is about. Default: those of the subject's host or service. */
  readonly of?: (place: Place, subject: string) => boolean;
  readonly metric: RegExp;
  /** Labels that the series has, as regular expressions anchored at both ends. */
  readonly where?: Readonly<Record<string, string>>;
  readonly becomes: Becomes;
}
