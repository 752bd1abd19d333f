/** The part of JSON Schema (draft 07, with ajv's `discriminator`) that our schemas use. */
export interface JsonSchema {
  readonly $id?: string;
  readonly $schema?: string;
  readonly $comment?: string;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly if?: JsonSchema;
  readonly then?: JsonSchema;
  readonly discriminator?: { readonly propertyName: string };
  /** Ours, for messages: keys that the SDK still has, and where they went. */
  readonly removed?: Readonly<Record<string, string>>;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** A schema that points at a definition of the same document. */
export const ref = (name: string): JsonSchema => ({ $ref: `#/$defs/${name}` });

/** The definition that a reference points at; a schema without one is its own answer. */
export const deref = (schema: JsonSchema, defs: Readonly<Record<string, JsonSchema>>): JsonSchema => {
  if (schema.$ref === undefined) return schema;
  const target = defs[schema.$ref.replace('#/$defs/', '')];
  if (target === undefined) throw new Error(`schema: ${schema.$ref} points at nothing`);
  return deref(target, defs);
};
