import { eachText, isObject, objectAt, objectsAt, pathOf, textAt, type Json } from './json';
import { placedIn } from './panels';
import { hint, inPanel, type Problem } from './problem';

/** Every `$variable` is defined, and every definition can be used. */
export const checkVariables = (dashboard: Json): Problem[] => {
  const variables = variablesIn(dashboard);
  const known = [...variables.keys()];
  const { templating, annotations, panels: _, ...rest } = dashboard;
  return [
    ...definitionProblems(dashboard),
    ...undefinedIn({ ...rest, annotations, templating: usingPart(templating) }, '', known),
    ...placedIn(dashboard).flatMap(({ panel, path, isRow }) => {
      const own = isRow ? { title: panel['title'], repeat: panel['repeat'] } : withoutExpressions(panel);
      return inPanel(panel, [...undefinedIn(own, path, known), ...repeatProblems(panel, path, variables)]);
    }),
  ];
};

/** The variables of a dashboard by their names. */
export const variablesIn = (dashboard: Json): ReadonlyMap<string, Json> =>
  new Map(
    objectsAt(objectAt(dashboard, 'templating'), 'list').flatMap(([variable]): [string, Json][] => {
      const name = textAt(variable, 'name');
      return name === undefined ? [] : [[name, variable]];
    }),
  );

/** The variable that a text consists of: `ds` of `${ds}` or `$ds`. */
export const soleVariable = (text: string): string | undefined =>
  /^\$(?:\{(\w+)\}|(\w+))$/.exec(text)?.slice(1).find(Boolean);

const definitionProblems = (dashboard: Json): Problem[] => {
  const seen = new Set<string>();
  return objectsAt(objectAt(dashboard, 'templating'), 'list').flatMap(([variable, index]): Problem[] => {
    const name = textAt(variable, 'name');
    const path = `templating.list[${index}].name`;
    if (name === undefined) return [];
    if (!/^\w+$/.test(name)) return [{ path, message: 'must be made of letters, digits and `_`', got: name }];
    if (name.startsWith('__')) return [{ path, message: "names with `__` before them are Grafana's own", got: name }];
    if (seen.has(name)) return [{ path, message: `\`${name}\` is defined twice`, got: name }];
    seen.add(name);
    return [];
  });
};

const undefinedIn = (value: unknown, path: string, known: readonly string[]): Problem[] => {
  const problems: Problem[] = [];
  eachText(value, (text, key, steps) => {
    if (!text.includes('$') && !text.includes('[[')) return;
    for (const name of new Set(namesIn(key === 'content' || key === 'description' ? withoutCode(text) : text))) {
      if (known.includes(name) || builtIn.has(name) || /^__(cell_\d+|auto_interval_\w+)$/.test(name)) continue;
      const allowed = name.startsWith('__') ? [...builtIn] : [...known];
      problems.push({
        path: pathOf(path, ...steps),
        message: `no variable \`$${name}\`${hint(name, allowed)}`,
        got: name,
        allowed,
      });
    }
  });
  return problems;
};

/** As Grafana finds them; `$1` is a group of a regular expression, `{{ $x }}` belongs to the log's or legend's template. */
const namesIn = (text: string): string[] =>
  [
    ...text
      .replace(/\{\{.*?\}\}/gs, '')
      .matchAll(/\$([A-Za-z_]\w*)|\[\[([A-Za-z_]\w*)(?::\w+)?\]\]|\$\{([A-Za-z_]\w*)(?:[.:][^}]*)?\}/g),
  ].flatMap(([, plain, square, braced]) => plain ?? square ?? braced ?? []);

const withoutCode = (text: string): string => text.replace(/```.*?```|`[^`]*`/gs, '');

const builtIn: ReadonlySet<string> = new Set([
  ...['__all', '__all_variables', '__auto', '__calc', '__cell', '__dashboard', '__data', '__field', '__from'],
  ...['__interval', '__interval_ms', '__org', '__range', '__range_ms', '__range_s', '__rate_interval'],
  ...['__rate_interval_ms', '__searchFilter', '__series', '__timeFilter', '__timezone', '__to', '__url_time_range'],
  ...['__user', '__value'],
]);

/** What a browser stores of a choice (`$__all`), and names, are no uses. */
const usingPart = (templating: unknown): unknown => ({
  list: objectsAt(templating, 'list').map(([{ current: _c, options: _o, definition: _d, ...variable }]) => variable),
});

/** In an expression `$A` is the result of a target. */
const withoutExpressions = (panel: Json): Json => ({
  ...panel,
  targets: (Array.isArray(panel['targets']) ? panel['targets'] : []).map((target: unknown) =>
    isObject(target) && objectAt(target, 'datasource')['type'] === '__expr__'
      ? { ...target, expression: undefined }
      : target,
  ),
});

const repeatProblems = (panel: Json, path: string, variables: ReadonlyMap<string, Json>): Problem[] => {
  const name = textAt(panel, 'repeat');
  if (name === undefined) return [];
  const variable = variables.get(name);
  if (variable === undefined) {
    return [
      { path: `${path}.repeat`, message: `no variable \`${name}\`${hint(name, [...variables.keys()])}`, got: name },
    ];
  }
  if (variable['multi'] === true || variable['includeAll'] === true) return [];
  return [
    { path: `${path}.repeat`, message: `\`${name}\` has one value only: make it multi, or include All`, got: name },
  ];
};
