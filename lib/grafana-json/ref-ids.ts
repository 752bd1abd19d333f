import { objectAt, objectsAt, pathOf, textAt, type Json } from './json';
import { panelsIn } from './panels';
import { hint, inPanel, type Problem } from './problem';

/** Targets have names of their own, and what names a target means one that is there. */
export const checkRefIds = (dashboard: Json): Problem[] =>
  panelsIn(dashboard).flatMap(({ panel, path }) =>
    inPanel(panel, [...doubled(panel, path), ...unknownNames(panel, path)]),
  );

const refIdsOf = (panel: Json): string[] =>
  objectsAt(panel, 'targets').flatMap(([target]) => textAt(target, 'refId') ?? []);

const doubled = (panel: Json, path: string): Problem[] => {
  const seen = new Set<string>();
  return objectsAt(panel, 'targets').flatMap(([target, index]) => {
    const refId = textAt(target, 'refId');
    const at = pathOf(path, 'targets', index, 'refId');
    if (refId === undefined) return [];
    if (refId === '') return [{ path: at, message: 'is empty', got: refId }];
    if (seen.has(refId)) return [{ path: at, message: `\`${refId}\` is another target's already`, got: refId }];
    seen.add(refId);
    return [];
  });
};

const unknownNames = (panel: Json, path: string): Problem[] => {
  const known = refIdsOf(panel);
  return namedIn(panel, path).flatMap(({ name, at }) =>
    known.includes(name) || name.includes('$')
      ? []
      : [{ path: at, message: `no target \`${name}\` in this panel${hint(name, known)}`, got: name, allowed: known }],
  );
};

const namedIn = (panel: Json, path: string): { name: string; at: string }[] => [
  ...objectsAt(panel, 'targets').flatMap(([target, index]) => {
    const expression = textAt(target, 'expression');
    if (objectAt(target, 'datasource')['type'] !== '__expr__' || expression === undefined) return [];
    const at = pathOf(path, 'targets', index, 'expression');
    if (target['type'] === 'sql') return [];
    if (target['type'] !== 'math') return [{ name: expression.replace(/^\$/, ''), at }];
    return [...expression.matchAll(/\$(?:\{([^}]+)\}|(\w+))/g)].map(([, braced, plain]) => ({
      name: braced ?? plain ?? '',
      at,
    }));
  }),
  ...objectsAt(objectAt(panel, 'fieldConfig'), 'overrides').flatMap(([override, index]) => {
    const matcher = objectAt(override, 'matcher');
    const name = textAt(matcher, 'options');
    if (matcher['id'] !== 'byFrameRefID' || name === undefined) return [];
    return [{ name, at: pathOf(path, 'fieldConfig.overrides', index, 'matcher', 'options') }];
  }),
];
