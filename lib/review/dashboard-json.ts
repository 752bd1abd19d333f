import { canonicalJson, sorted } from '../grafana-json/canonical-json';
import { isObject, objectsAt, type Json } from '../grafana-json/json';

/** A dashboard as Grafana gets it, in two files: what it is, and where its panels stand, which moves all the time. */
export const splitLayout = (dashboard: Json): { readonly content: string; readonly layout: string } => {
  const places = panelsOf(dashboard).map(({ id, gridPos }) => `  ${keyOf(id)}: ${JSON.stringify(sorted(gridPos))}`);
  return { content: canonicalJson(withoutPlaces(dashboard)), layout: `{\n${places.join(',\n')}\n}\n` };
};

/** Somebody else's file may hold anything for an id. */
const keyOf = (id: unknown): string => JSON.stringify(typeof id === 'object' ? canonicalJson(id) : String(id));

const panelsOf = (parent: Json): readonly Json[] =>
  objectsAt(parent, 'panels').flatMap(([panel]) => [panel, ...panelsOf(panel)]);

const withoutPlaces = (parent: Json): Json => {
  const { gridPos: _, panels, ...rest } = parent;
  if (!Array.isArray(panels)) return rest;
  return { ...rest, panels: panels.filter(isObject).map(withoutPlaces) };
};
