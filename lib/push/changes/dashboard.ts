import { objectAt, objectsAt, textAt, type Json } from '../../grafana-json/json';
import { boardFacts } from '../../review/changes/board-facts';
import type { FieldChange } from '../../review/changes/change';
import { compareBoards } from '../../review/changes/compare-boards';
import { detailsChanged } from './details';
import { changesOfFields } from './fields';
import { fieldInWords } from './field-in-words';

/** `panel CPU busy: threshold 80 % to 90 %`, `new panel Disk wait`, `pickers changed`, `moved into the folder hl-folder-hosts`. */
export const changesOfDashboard = (was: Json, is: Json): readonly string[] => {
  const { dashboard: _, folderUid: from, ...others } = was;
  const { dashboard: __, folderUid: to, ...rest } = is;
  return [
    ...(from === to ? [] : [to === undefined ? 'moved to the top' : `moved into the folder ${String(to)}`]),
    ...changesOfContent(objectAt(was, 'dashboard'), objectAt(is, 'dashboard')),
    ...changesOfFields(others, rest),
  ];
};

const changesOfContent = (was: Json, is: Json): readonly string[] => {
  const renamed = renamedSections(was, is);
  const [board] = compareBoards([factsOf(was)], [factsOf(withSections(is, renamed))]);
  const panels = (board?.panels ?? []).map(({ what, id, title, fields }) =>
    what === 'changed'
      ? `panel ${title}: ${wordsOf(fields, detailsOf(was, is, id, title))}`
      : `${what === 'new' ? 'new panel' : 'without panel'} ${title}`,
  );
  const fields = (board?.fields ?? []).map((field) =>
    field.field === 'details'
      ? (detailsChanged(withoutKnown(was), withoutKnown(is))[0] ?? 'details changed')
      : fieldInWords(field),
  );
  return [...fields, ...renamed.map(({ title, before }) => `section ${title}: was ${before}`), ...panels];
};

interface Renamed {
  readonly id: unknown;
  readonly title: string;
  readonly before: string;
}

const renamedSections = (was: Json, is: Json): readonly Renamed[] => {
  const before = new Map(sectionsOf(was).map((section) => [section['id'], textAt(section, 'title') ?? '']));
  return sectionsOf(is).flatMap((section): Renamed[] => {
    const [id, title] = [section['id'], textAt(section, 'title') ?? ''];
    const old = before.get(id);
    return id === undefined || old === undefined || old === title ? [] : [{ id, title, before: old }];
  });
};

/** With their old titles: to the comparison a title is a part of the places. */
const withSections = (dashboard: Json, renamed: readonly Renamed[]): Json => ({
  ...dashboard,
  ...(renamed.length > 0 && {
    panels: objectsAt(dashboard, 'panels').map(([panel]) => {
      const old = isSection(panel) ? renamed.find(({ id }) => id === panel['id']) : undefined;
      return old ? { ...panel, title: old.before } : panel;
    }),
  }),
});

const isSection = (panel: Json): boolean => panel['type'] === 'row';

const sectionsOf = (dashboard: Json): readonly Json[] =>
  objectsAt(dashboard, 'panels').flatMap(([panel]) => (isSection(panel) ? [panel] : []));

/** A normal form has no uid: it is that of the object. */
const factsOf = (dashboard: Json): ReturnType<typeof boardFacts> => boardFacts({ ...dashboard, uid: 'this' });

const wordsOf = (fields: readonly FieldChange[], details: string): string =>
  fields
    .map((field) => {
      if (field.field === 'details') return details;
      return field.field === 'title' ? `was ${field.was}` : fieldInWords(field);
    })
    .join(', ');

const detailsOf = (was: Json, is: Json, id: number, title: string): string => {
  const find = (board: Json): Json =>
    panelsOf(board).find((panel) => panel['id'] === id) ??
    panelsOf(board).find((panel) => textAt(panel, 'title') === title) ??
    {};
  const { gridPos: _, title: __, ...before } = find(was);
  const { gridPos: ___, title: ____, ...after } = find(is);
  return detailsChanged(before, after)[0] ?? 'details changed';
};

const panelsOf = (parent: Json): readonly Json[] =>
  objectsAt(parent, 'panels').flatMap(([panel]) => (isSection(panel) ? [panel, ...panelsOf(panel)] : [panel]));

/** What no other field of the comparison stands for. */
const withoutKnown = ({
  title: _,
  panels: __,
  links: ___,
  templating: ____,
  annotations: _____,
  description: ______,
  time: _______,
  refresh: ________,
  ...others
}: Json): Json => others;
