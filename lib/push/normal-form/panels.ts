import { isObject, objectAt, type Json } from '../../grafana-json/json';
import { compact, type Box } from './compact';
import { panelDefaults, rangeOfShares } from './panel-defaults';
import { isEmpty, isSame, onlyKeys, withoutDefaults, withoutEmpty, withoutKeys, withoutUsual } from './without';

/**
 * The panels of a dashboard in reading order, compacted as the browser does. Each row holds its panels, open or not (`open` says which), and places count
 * from the row, so that a change in one section is none in the next.
 */
export const normalPanels = (panels: unknown): unknown[] => {
  const list: readonly unknown[] = Array.isArray(panels) ? panels : [];
  const sections: Section[] = [{ row: undefined, top: 0, panels: [] }];
  for (const { panel, ...box } of compact(boxesOf(list))) {
    if (isRow(panel)) sections.push({ row: panel, top: box.y + box.h, panels: heldBy(panel) });
    else last(sections)?.panels.push({ ...box, y: box.y - (last(sections)?.top ?? 0), panel });
  }
  return [...sections.flatMap(normalSection), ...list.filter((panel) => !isObject(panel))];
};

interface PlacedPanel extends Box {
  readonly panel: Json;
}

interface Section {
  readonly row: Json | undefined;
  /** Where its first panel may stand. */
  readonly top: number;
  readonly panels: PlacedPanel[];
}

const last = (sections: readonly Section[]): Section | undefined => sections.at(-1);

const isRow = (panel: Json): boolean => panel['type'] === 'row';

/** In the form that this file makes, an open row holds its panels too and says so; elsewhere the panels in an open row are lost at the first save. */
const isNormalRow = (row: Json): boolean => typeof row['open'] === 'boolean';
const isOpen = (row: Json): boolean => (isNormalRow(row) ? row['open'] === true : row['collapsed'] !== true);
const isLosing = (row: Json): boolean => isOpen(row) && !isNormalRow(row) && !isEmpty(row['panels']);

const heldBy = (row: Json): PlacedPanel[] => {
  const held = row['panels'];
  return Array.isArray(held) && !isLosing(row) ? boxesOf(held) : [];
};

const normalSection = ({ row, panels }: Section): unknown[] => {
  const inside = compact(panels).map(({ panel, ...box }) => normalPanel(panel, box));
  if (row === undefined) return inside;
  return [
    {
      ...withoutEmpty(onlyKeys(row, ['id', 'title', 'repeat', 'lost'])),
      ...(isLosing(row) && { lost: row['panels'] }),
      type: 'row',
      open: isOpen(row),
      panels: inside,
    },
  ];
};

/** A row without a place stands below all that comes before it. */
const boxesOf = (panels: readonly unknown[]): PlacedPanel[] => {
  let bottom = 0;
  return panels.filter(isObject).map((panel) => {
    const box = boxOf(panel, bottom);
    bottom = Math.max(bottom, box.y + box.h);
    return { ...box, panel };
  });
};

const boxOf = (panel: Json, bottom: number): Box => {
  const place = isObject(panel['gridPos']) ? panel['gridPos'] : {};
  const number = (key: string, usual: number, least: number): number => {
    const value = place[key];
    return typeof value === 'number' && value >= least && value < farthest ? value : usual;
  };
  if (isRow(panel)) return { x: 0, y: number('y', bottom, 0), w: 24, h: 1 };
  const isRepeated = !isEmpty(panel['repeat'] ?? '') && panel['repeatDirection'] !== 'v';
  const w = number('w', 6, Number.MIN_VALUE);
  return { x: number('x', 0, 0), y: number('y', 0, 0), w: isRepeated ? 24 : w, h: number('h', 3, Number.MIN_VALUE) };
};

/** Beyond this, numbers are no longer exact enough to add to. */
const farthest = 1e9;

const libraryKeys = ['id', 'title', 'libraryPanel', 'repeat', 'repeatDirection', 'maxPerRow'];

const normalPanel = (panel: Json, gridPos: Box): Json => {
  const kept = isObject(panel['libraryPanel']) ? onlyKeys(panel, libraryKeys) : contentOf(panel);
  const rest = isEmpty(kept['repeat'] ?? '') ? withoutKeys(kept, ['repeatDirection', 'maxPerRow']) : kept;
  const { h, w, x, y } = gridPos;
  return { ...withoutUsual(rest, usual), gridPos: { h, w, x, y } };
};

const usual = {
  transparent: false,
  title: '',
  description: '',
  links: [],
  transformations: [],
  targets: [],
  repeat: '',
  repeatDirection: 'h',
  hideTimeOverride: false,
};

const contentOf = (panel: Json): Json => {
  const { type = 'timeseries', options, fieldConfig, ...rest } = withoutKeys(panel, ['pluginVersion', 'libraryPanel']);
  const { options: usualOptions = {}, field = {} } =
    (typeof type === 'string' && Object.hasOwn(panelDefaults, type) ? panelDefaults[type] : undefined) ?? {};
  const content = {
    options: normalOptions(type, options, usualOptions),
    fieldConfig: normalFields(fieldConfig, {
      ...field,
      ...rangeOfShares(type, objectAt(fieldConfig, 'defaults')['unit']),
    }),
  };
  const targets = isSame(rest['targets'], [{ refId: 'A' }]) ? { targets: [] } : {};
  return { ...rest, ...targets, type, ...withoutUndefined(content) };
};

const withoutUndefined = (value: Json): Json =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined));

const normalOptions = (type: unknown, options: unknown, usualOptions: Json): unknown => {
  if (!isObject(options)) return options;
  const rest = withoutDefaults(options, usualOptions);
  return filled(type === 'table' ? withoutKeys(rest, ['footer']) : rest);
};

const filled = (value: Json): Json | undefined => (isEmpty(value) ? undefined : value);

const normalFields = (fieldConfig: unknown, usualFields: Json): unknown => {
  if (!isObject(fieldConfig)) return fieldConfig;
  const { defaults, overrides, ...rest } = fieldConfig;
  return filled({
    ...rest,
    ...withoutUndefined({
      defaults: isObject(defaults) ? filled(withoutDefaults(withFirstStep(defaults), usualFields)) : defaults,
      overrides: Array.isArray(overrides)
        ? isEmpty(overrides)
          ? undefined
          : overrides.map(normalOverride)
        : overrides,
    }),
  });
};

const normalOverride = (override: unknown): unknown => {
  if (!isObject(override) || !Array.isArray(override['properties'])) return override;
  return { ...override, properties: override['properties'].map(normalProperty) };
};

const normalProperty = (property: unknown): unknown =>
  isObject(property) && property['id'] === 'thresholds' && isObject(property['value'])
    ? { ...property, value: withoutFirstValue(property['value']) }
    : property;

const withFirstStep = (defaults: Json): Json =>
  isObject(defaults['thresholds']) ? { ...defaults, thresholds: withoutFirstValue(defaults['thresholds']) } : defaults;

/** The first step has no lower end: Grafana stores null, 0 or nothing for it, and reads all three alike. */
const withoutFirstValue = (thresholds: Json): Json => {
  const { steps } = thresholds;
  if (!Array.isArray(steps)) return thresholds;
  const [first, ...others]: readonly unknown[] = steps;
  return { ...thresholds, steps: isObject(first) ? [withoutKeys(first, ['value']), ...others] : steps };
};
