import type { Row } from '../families';
import type { Place } from '../place';
import type { Window } from '../time/course';
import { changed } from './change';
import type { Change, Incident } from './incident';

/** An incident with whom it befalls, and when. */
export interface PlacedChange {
  readonly incident: Incident;
  readonly subject: string;
  readonly window: Window;
}

/** The series of a metric with what incidents make of them. */
export const withChanges = (
  place: Place,
  name: string,
  rows: readonly Row[],
  incidents: readonly PlacedChange[],
): readonly Row[] =>
  incidents.reduce<readonly Row[]>(
    (all, { incident, subject, window }) =>
      (incident.changes ?? [])
        .filter(({ metric, of = isOfSubject }) => metric.test(name) && of(place, subject))
        .reduce<readonly Row[]>(
          (changing, change) =>
            changing.map((row) =>
              has(row, change) ? { ...row, content: changed(row.content, change.becomes, window) } : row,
            ),
          all,
        ),
    rows,
  );

/** Whether an incident changes series of a page. */
export const changesOn = (place: Place, { incident, subject }: PlacedChange): boolean =>
  (incident.changes ?? []).some(
    ({ metric, of = isOfSubject }) =>
      of(place, subject) && Object.keys(place.catalog.metrics).some((name) => metric.test(name)),
  );

/** Whether changes of series are all that there is to an incident: behaviours do not know of it. */
export const onlyChanges = ({ incident }: PlacedChange): boolean =>
  incident.changes !== undefined &&
  incident.silences === undefined &&
  incident.forgets === undefined &&
  incident.restarts === undefined &&
  incident.shows === undefined;

const isOfSubject = ({ host, service }: Place, subject: string): boolean => host === subject || service === subject;

const has = ({ labels }: Row, { where = {} }: Change): boolean =>
  Object.entries(where).every(([label, pattern]) => new RegExp(`^(?:${pattern})$`).test(labels[label] ?? ''));
