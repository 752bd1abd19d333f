import { eachText, isObject, objectAt, objectsAt, textAt, type Json } from '../grafana-json/json';
import { variablesIn } from '../grafana-json/variables';
import { allowedNames } from '../homelab/nearest';
import { problem, quote, type HomelabProblem, type Keys } from '../homelab/problem';
import type { ResolvedDataSource } from '../homelab/resolved';

/** What fills in the inputs of an exported dashboard. */
export interface InputValues {
  /** By name, as `include` says. */
  readonly given: Readonly<Record<string, string>>;
  /** Of the homelab; the first of a kind is the one that is meant. */
  readonly dataSources: readonly ResolvedDataSource[];
}

/** What could be filled in, and what could not. */
export interface FilledIn {
  readonly dashboard: Json;
  readonly problems: readonly HomelabProblem[];
}

/**
 * A dashboard as Grafana's import page would make it of an export: `${DS_PROMETHEUS}` and the like are replaced, library panels that
 * came along stand in their places. File provisioning does none of this. A dashboard that is no export comes back as it is.
 */
export const fillIn = (dashboard: Json, values: InputValues): FilledIn => {
  const { __inputs: _, __requires: __, __elements, ...rest } = dashboard;
  const asked = inputsOf(dashboard);
  const results = asked.map((input) => ({ input, value: valueOf(input, values) }));
  const found = new Map(
    results.flatMap(({ input, value }) => (typeof value === 'string' ? [[input.name, value] as const] : [])),
  );
  const whole = isObject(__elements) ? withElements(rest, __elements) : rest;
  return {
    dashboard: found.size === 0 ? whole : (replaced(whole, found) as Json),
    problems: results.flatMap(({ value }) => (typeof value === 'string' ? [] : [value])),
  };
};

/** The names that a dashboard asks for. */
export const inputNames = (dashboard: Json): readonly string[] => inputsOf(dashboard).map(({ name }) => name);

interface Input {
  readonly name: string;
  readonly at: Keys;
  readonly type: string;
  /** Of a data source: the id of its plugin. */
  readonly plugin?: string | undefined;
  /** Of a constant. */
  readonly value?: string | undefined;
}

const inputsOf = ({ __inputs, ...rest }: Json): readonly Input[] => {
  const declared = declaredInputs(__inputs);
  return [...declared, ...undeclaredInputs(rest).filter(({ name }) => !declared.some((one) => one.name === name))];
};

const declaredInputs = (inputs: unknown): readonly Input[] =>
  objectsAt({ inputs }, 'inputs').flatMap(([input, index]) => {
    const name = textAt(input, 'name');
    if (name === undefined) return [];
    const plugin = textAt(input, 'pluginId');
    const type = textAt(input, 'type') ?? (plugin === undefined ? 'constant' : 'datasource');
    return [{ name, at: ['__inputs', index], type, plugin, value: textAt(input, 'value') }];
  });

/** Placeholders of data sources that an export left without saying so: neither input nor variable. */
const undeclaredInputs = (dashboard: Json): readonly Input[] => {
  const variables = variablesIn(dashboard);
  const found = new Map<string, Input>();
  eachText(dashboard, (text, key, steps) => {
    const name = placeholder(text);
    if (name === undefined || variables.has(name)) return;
    const inReference = key === 'uid' && steps.at(-2) === 'datasource';
    if (!inReference && key !== 'datasource') return;
    const reference = inReference ? valueAt(dashboard, steps.slice(0, -1)) : undefined;
    const known = found.get(name);
    if (known?.plugin !== undefined) return;
    found.set(name, { name, at: [...steps], type: 'datasource', plugin: textAt(reference, 'type') });
  });
  return [...found.values()];
};

/** The name in `${DS_GDEV-TESTDATA}` or `$DS_PROMETHEUS`: an export's names are made of those of data sources, dashes and all. */
const placeholder = (text: string): string | undefined =>
  /^\$(?:\{(DS_[^}]+)\}|(DS_\w+))$/i.exec(text)?.slice(1).find(Boolean);

const valueAt = (value: unknown, steps: Keys): unknown =>
  steps.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null
        ? (inner as Readonly<Record<string | number, unknown>>)[step]
        : undefined,
    value,
  );

/** What fills it in, or why nothing does. */
const valueOf = (input: Input, { given, dataSources }: InputValues): string | HomelabProblem => {
  const { name, type, plugin, value, at } = input;
  const said = Object.hasOwn(given, name) ? given[name] : undefined;
  if (said !== undefined) return said;
  const remedy = (what: string): string => `in \`include\`: { files: '...', inputs: { ${name}: ${quote(what)} } }`;
  if (type === 'constant') return value ?? problem(at, { what: `\`${name}\` has no value`, try: remedy('its value') });
  if (type !== 'datasource')
    return problem(at, {
      what: `\`${name}\` is an input of the unknown type ${quote(type)}`,
      try: remedy('its value'),
    });
  // Grafana's own, which every Grafana has.
  if (plugin === '__expr__') return '__expr__';
  const meant = dataSources.find(({ kind }) => kind === plugin);
  if (meant) return meant.uid;
  const kinds = [...new Set(dataSources.map(({ kind }) => kind))];
  return problem(at, {
    what:
      plugin === undefined
        ? `\`${name}\` stands for a data source, and nothing says of which kind`
        : `\`${name}\` stands for a data source of the kind \`${plugin}\`, and \`dataSources\` in the homelab file has none`,
    allowed: allowedNames(plugin ?? '', kinds),
    try: remedy('its uid in your Grafana'),
  });
};

/** The same value with every placeholder filled in; keys stay as they are. */
const replaced = (value: unknown, values: ReadonlyMap<string, string>): unknown => {
  if (typeof value === 'string')
    return value.includes('$')
      ? value
          .replace(/\$\{([^}]+)\}/g, (whole, name: string) => values.get(name) ?? whole)
          .replace(/^\$(\w+)$/, (whole, name: string) => values.get(name) ?? whole)
      : value;
  if (Array.isArray(value)) return value.map((item) => replaced(item, values));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaced(item, values)]));
};

/** Library panels that an export brought along, in their places: file provisioning makes no library panels. */
const withElements = (parent: Json, elements: Json): Json => {
  const panels = parent['panels'];
  if (!Array.isArray(panels)) return parent;
  return {
    ...parent,
    panels: panels.map((panel: unknown) => {
      if (!isObject(panel)) return panel;
      const uid = textAt(panel['libraryPanel'], 'uid');
      const element = uid !== undefined && Object.hasOwn(elements, uid) ? elements[uid] : undefined;
      const model = objectAt(element, 'model');
      if (Object.keys(model).length === 0) return withElements(panel, elements);
      const { libraryPanel: _, ...own } = panel;
      const { libraryPanel: __, ...shared } = model;
      return { ...shared, ...own };
    }),
  };
};
