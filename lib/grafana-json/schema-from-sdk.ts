import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { createFormatter, createParser, DEFAULT_CONFIG, SchemaGenerator } from 'ts-json-schema-generator';
import ts from 'typescript';
import type { JsonSchema } from './json-schema';

/** A type of the SDK, and the name of its definition. */
export interface SdkType {
  readonly module: string;
  readonly type: string;
  readonly as: string;
}

/** JSON Schema definitions of types of the installed SDK, and of all types that they name, as they stand. */
export const schemaFromSdk = (types: readonly SdkType[]): Record<string, JsonSchema> => {
  const program = ts.createProgram([...new Set(types.map(({ module }) => typesFile(module)))], {
    // Not the browser's types, which are longer than all the rest.
    lib: ['lib.es2022.d.ts'],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    noEmit: true,
    skipLibCheck: true,
    strict: true,
    target: ts.ScriptTarget.ES2022,
    types: [],
  });
  const defs: Record<string, JsonSchema> = {};
  for (const type of types) addType(type, program, defs);
  return defs;
};

const sdk = join(dirname(require.resolve('@grafana/grafana-foundation-sdk/cog')), '..');
const typesFile = (module: string): string => join(sdk, module, 'types.gen.d.ts');

const config = {
  ...DEFAULT_CONFIG,
  encodeRefs: false,
  expose: 'all',
  functions: 'hide',
  jsDoc: 'none',
  skipTypeCheck: true,
} as const;

const addType = ({ module, type, as }: SdkType, program: ts.Program, defs: Record<string, JsonSchema>): void => {
  const node = declaration(module, type, program);
  const generator = new SchemaGenerator(program, createParser(program, config), createFormatter(config), config);
  const found = (generator.createSchemaFromNodes([node]).definitions ?? {}) as Record<string, JsonSchema>;

  const names = new Map<string, string>();
  for (const name of Object.keys(found)) {
    if (name === type) names.set(name, as);
    else names.set(name, defs[name] === undefined || same(defs[name], found[name]) ? name : `${module}.${name}`);
  }
  for (const [name, schema] of Object.entries(found)) defs[names.get(name) ?? name] = pointing(schema, names);
};

const declaration = (module: string, type: string, program: ts.Program): ts.Node => {
  const statement = program
    .getSourceFile(typesFile(module))
    ?.statements.find(
      (it) =>
        (ts.isInterfaceDeclaration(it) || ts.isTypeAliasDeclaration(it) || ts.isEnumDeclaration(it)) &&
        it.name.text === type,
    );
  if (statement === undefined) throw new Error(`the SDK has no type ${type} in ${module}`);
  return statement;
};

/** Two definitions of one name, from the same place or from two, that say the same. */
const same = (left: JsonSchema | undefined, right: JsonSchema | undefined): boolean =>
  isDeepStrictEqual(left, pointing(right ?? {}, new Map()));

const pointing = (schema: JsonSchema, names: ReadonlyMap<string, string>): JsonSchema =>
  JSON.parse(JSON.stringify(schema), (key: string, value: unknown) => {
    if (key !== '$ref' || typeof value !== 'string') return value;
    const name = value.replace('#/definitions/', '');
    return `#/$defs/${names.get(name) ?? name}`;
  }) as JsonSchema;
