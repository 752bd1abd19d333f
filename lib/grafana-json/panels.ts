import { objectsAt, pathOf, textAt, type Json } from './json';

/** A panel or row, and where it stands. */
export interface Placed {
  readonly panel: Json;
  readonly path: string;
  readonly isRow: boolean;
  /** The collapsed row that holds it. */
  readonly row?: Json;
}

/** All rows and panels in the file's order, those inside rows after their row. */
export const placedIn = (dashboard: Json): Placed[] =>
  objectsAt(dashboard, 'panels').flatMap(([panel, index]) => {
    const path = pathOf('panels', index);
    const inside = objectsAt(panel, 'panels').map(([nested, nestedIndex]): Placed => ({
      panel: nested,
      path: pathOf(path, 'panels', nestedIndex),
      isRow: nested['type'] === 'row',
      row: panel,
    }));
    return [{ panel, path, isRow: panel['type'] === 'row' }, ...inside];
  });

/** The panels without the rows. */
export const panelsIn = (dashboard: Json): Placed[] => placedIn(dashboard).filter(({ isRow }) => !isRow);

/** The plugin that a target asks: its own data source's, else its panel's. */
export const pluginOf = (target: Json, panel: Json): string | undefined => {
  for (const { datasource } of [target, panel]) {
    const type = textAt(datasource, 'type');
    // Older files give Grafana's own data source the type of the one that reads other panels.
    if (type !== undefined) return /^(grafana|-- Grafana --)$/.test(textAt(datasource, 'uid') ?? '') ? 'grafana' : type;
  }
  return undefined;
};
