import { limitsInWords } from '../fields';
import { unitInWords, valueInWords } from '../units';
import type { BoardChange, FieldChange, PanelChange } from './change';
import type { BoardFacts, LimitFacts, PanelFacts } from './facts';
import { differing, differingIfKnown, differingParts, pairUp } from './fields';

/** Boards that came, went, or show something else. */
export const compareBoards = (was: readonly BoardFacts[], is: readonly BoardFacts[]): readonly BoardChange[] =>
  pairUp(was, is, ({ uid }) => uid)
    .flatMap((pair): readonly BoardChange[] => {
      const board = pair.is ?? pair.was;
      if (!board) return [];
      const named = { kind: 'board', uid: board.uid, title: board.title } as const;
      if (!pair.was || !pair.is) return [{ ...named, what: pair.is ? 'new' : 'gone', fields: [], panels: [] }];
      const panels = comparePanels(pair.was.panels, pair.is.panels);
      const fields = fieldsOfBoard(pair.was, pair.is, panels);
      return fields.length + panels.length > 0 ? [{ ...named, what: 'changed', fields, panels }] : [];
    })
    .sort((a, b) => order(a.title, b.title) || order(a.uid, b.uid));

/** A place is worth a word only where nothing came or went that would move the others. */
const fieldsOfBoard = (was: BoardFacts, is: BoardFacts, panels: readonly PanelChange[]): readonly FieldChange[] => [
  ...differing('title', was.title, is.title),
  ...differingIfKnown('folder', was.folder, is.folder),
  ...differingParts(was.parts, is.parts).filter(
    ({ field }) => field !== 'places' || panels.every(({ what }) => what === 'changed'),
  ),
];

const comparePanels = (was: readonly PanelFacts[], is: readonly PanelFacts[]): readonly PanelChange[] => {
  const several = severalOf(was, is);
  const nameOf = ({ title, look }: PanelFacts): string =>
    several.has(title) ? `${title} as ${lookInWords(look)}` : title;
  return pairPanels(was, is)
    .flatMap((pair): readonly PanelChange[] => {
      const panel = pair.is ?? pair.was;
      if (!panel) return [];
      const named = { id: panel.id, title: nameOf(panel) };
      if (!pair.was || !pair.is) return [{ ...named, what: pair.is ? 'new' : 'gone', fields: [] }];
      const fields = fieldsOfPanel(pair.was, pair.is);
      return fields.length > 0 ? [{ ...named, what: 'changed', fields }] : [];
    })
    .sort((a, b) => order(a.title, b.title) || a.id - b.id);
};

/** By id, which is made of look and signal; what is then left over by its title, where only one on each side has it. */
const pairPanels = (
  was: readonly PanelFacts[],
  is: readonly PanelFacts[],
): readonly { readonly was?: PanelFacts; readonly is?: PanelFacts }[] => {
  const byId = pairUp(was, is, ({ id }) => String(id));
  const gone = byId.flatMap((pair) => (pair.was && !pair.is ? [pair.was] : []));
  const come = byId.flatMap((pair) => (pair.is && !pair.was ? [pair.is] : []));
  const only = (panels: readonly PanelFacts[], title: string): PanelFacts | undefined => {
    const found = panels.filter((panel) => panel.title === title);
    return found.length === 1 ? found[0] : undefined;
  };
  const again = come.flatMap((panel) => {
    const earlier = only(gone, panel.title);
    return earlier && only(come, panel.title) ? [{ was: earlier, is: panel }] : [];
  });
  const paired = new Set(again.flatMap((pair) => [pair.was, pair.is]));
  return [...byId.filter((pair) => !(pair.was && paired.has(pair.was)) && !(pair.is && paired.has(pair.is))), ...again];
};

const lookInWords = (look: string): string =>
  ({ timeseries: 'time series', bargauge: 'bar gauge' })[look] ?? look.replaceAll('-', ' ');

const severalOf = (...sides: readonly (readonly PanelFacts[])[]): ReadonlySet<string> =>
  new Set(
    sides.flatMap((panels) =>
      panels
        .filter(({ id, title }) => panels.some((other) => other.title === title && other.id !== id))
        .map(({ title }) => title),
    ),
  );

const fieldsOfPanel = (was: PanelFacts, is: PanelFacts): readonly FieldChange[] => [
  ...differing('title', was.title, is.title),
  ...differing('look', lookInWords(was.look), lookInWords(is.look)),
  ...(was.queries && is.queries && differingParts(was.queries, is.queries).length > 0 ? [{ field: 'query' }] : []),
  ...differing('unit', was.unit && unitInWords(was.unit), is.unit && unitInWords(is.unit)),
  ...differingLimits(was.limits, is.limits),
  ...differingParts(was.parts, is.parts),
];

const differingLimits = (was: PanelFacts['limits'], is: PanelFacts['limits']): readonly FieldChange[] =>
  [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .sort()
    .flatMap((column) =>
      differingLimit(column === '' ? 'threshold' : `threshold of ${column}`, was[column], is[column]),
    );

/** Where only values moved, those that did. */
const differingLimit = (
  field: string,
  was: LimitFacts | undefined,
  is: LimitFacts | undefined,
): readonly FieldChange[] => {
  if (coloursOf(was) !== coloursOf(is)) return differing(field, stepsInWords(was), stepsInWords(is));
  return (was?.steps ?? []).flatMap(({ at }, index) => {
    const now = is?.steps[index]?.at;
    if (at === now) return [];
    return [{ field, was: valueOf(at, was?.unit), is: valueOf(now ?? null, is?.unit) }];
  });
};

const coloursOf = (limit: LimitFacts | undefined): string | undefined =>
  limit?.steps.map(({ colour, at }) => `${colour}${at === null ? ' at first' : ''}`).join();

const stepsInWords = (limit: LimitFacts | undefined): string | undefined =>
  limit && limitsInWords({ steps: limit.steps.map(({ at, colour }) => ({ value: at, color: colour })) }, limit.unit);

const valueOf = (at: number | null, unit: string | undefined): string =>
  at === null ? 'none' : valueInWords(at, unit);

const order = (left: string, right: string): number => (left === right ? 0 : left < right ? -1 : 1);
