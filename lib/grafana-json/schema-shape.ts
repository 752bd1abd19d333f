import { deref, ref, type JsonSchema } from './json-schema';

export type Defs = Record<string, JsonSchema>;

/** What the SDK spells out in one place and names in another goes by its name. */
export const named = (defs: Readonly<Defs>): Defs => {
  const names = new Map<string, string>();
  const nameOf = (schema: JsonSchema): JsonSchema => {
    const inner = mapSchemas(schema, nameOf);
    const name = inner.$ref === undefined ? names.get(JSON.stringify(inner)) : undefined;
    return name === undefined ? inner : ref(name);
  };
  const simple = Object.entries(defs).filter(([name, schema]) => schema.enum !== undefined && !name.includes('.'));
  for (const [name, schema] of simple) names.set(JSON.stringify(schema), name);
  for (const name of ['ResultAssertions', 'TimeRange'])
    names.set(JSON.stringify(mapSchemas(defs[name] ?? {}, nameOf)), name);
  return Object.fromEntries(Object.entries(defs).map(([name, schema]) => [name, mapSchemas(schema, nameOf)]));
};

/** Names that are no type's (`Record<string, any>`, one member of an enumeration) go where they are used. */
export const inlined = (schema: JsonSchema, defs: Defs): JsonSchema => {
  const name = schema.$ref?.replace('#/$defs/', '');
  const target = name === undefined ? undefined : defs[name];
  if (target !== undefined && (name?.startsWith('Record<') === true || target.const !== undefined))
    return inlined(target, defs);
  return mapSchemas(schema, (inner) => inlined(inner, defs));
};

/** A union whose members say by a constant which they are: then an error is told for that member only. */
export const discriminated = (schema: JsonSchema, defs: Defs): JsonSchema => {
  const walked = mapSchemas(schema, (inner) => discriminated(inner, defs));
  const members = walked.anyOf;
  if (
    members === undefined ||
    !members.every((member) => deref(member, defs).properties?.['type']?.const !== undefined)
  ) {
    return walked;
  }
  return { type: 'object', discriminator: { propertyName: 'type' }, required: ['type'], oneOf: members };
};

/** The definitions that something reaches from the roots. */
export const reachable = (defs: Readonly<Defs>, roots: readonly string[]): Defs => {
  const kept: Defs = {};
  const keep = (name: string): void => {
    const schema = defs[name];
    if (schema === undefined) throw new Error(`schema: nothing defines ${name}`);
    if (kept[name] !== undefined) return;
    kept[name] = schema;
    for (const [, target] of JSON.stringify(schema).matchAll(/"#\/\$defs\/([^"]+)"/g))
      if (target !== undefined) keep(target);
  };
  for (const root of roots) keep(root);
  return kept;
};

/** The schemas of these keys; every one must be there. */
export const pick = (
  properties: Readonly<Record<string, JsonSchema>>,
  keys: readonly string[],
): Record<string, JsonSchema> =>
  Object.fromEntries(
    keys.map((key) => {
      const schema = properties[key];
      if (schema === undefined) throw new Error(`schema: no ${key} among ${Object.keys(properties).join(', ')}`);
      return [key, schema];
    }),
  );

const mapSchemas = (schema: JsonSchema, map: (schema: JsonSchema) => JsonSchema): JsonSchema => ({
  ...schema,
  ...(schema.properties && {
    properties: Object.fromEntries(Object.entries(schema.properties).map(([key, value]) => [key, map(value)])),
  }),
  ...(schema.items && { items: map(schema.items) }),
  ...(schema.anyOf && { anyOf: schema.anyOf.map(map) }),
  ...(typeof schema.additionalProperties === 'object' && { additionalProperties: map(schema.additionalProperties) }),
});
