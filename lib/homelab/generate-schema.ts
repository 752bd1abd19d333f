import fs from 'node:fs';
import path from 'node:path';
import Ajv, { type AnySchemaObject } from 'ajv';
import standaloneCode from 'ajv/dist/standalone';
import prettier from 'prettier';
import { createFormatter, createParser, DEFAULT_CONFIG, SchemaGenerator } from 'ts-json-schema-generator';
import ts from 'typescript';

/** The files that are generated from `homelab.ts`: path -> text. `npx ts-node --swc lib/homelab/generate-schema.ts` writes them. */
export const generateSchema = async (): Promise<ReadonlyMap<string, string>> => {
  const schema = buildSchema();
  return new Map([
    [path.join(__dirname, 'homelab.schema.json'), await formatJson(schema)],
    [path.join(__dirname, 'homelab.validate.gen.js'), buildValidator(schema)],
  ]);
};

/** JSON Schema of the homelab file, from its types and their comments. */
const buildSchema = (): AnySchemaObject => {
  const file = path.join(__dirname, 'homelab.ts');
  // Without the types of Node.js, which are a hundred times as long as the homelab file's.
  const program = ts.createProgram([file], { ...options(), types: [], noEmit: true });
  const config = { ...DEFAULT_CONFIG, path: file, additionalProperties: false, topRef: false, skipTypeCheck: true };
  const generator = new SchemaGenerator(program, createParser(program, config), createFormatter(config), config);
  const schema = generator.createSchema('Homelab') as AnySchemaObject;
  requireDiscriminators(schema);
  return schema;
};

const options = (): ts.CompilerOptions => {
  const folder = path.join(__dirname, '../..');
  const { config } = ts.readConfigFile(path.join(folder, 'tsconfig.json'), ts.sys.readFile);
  return ts.convertCompilerOptionsFromJson((config as { compilerOptions: unknown }).compilerOptions, folder).options;
};

/**
 * Compiled ahead of time: compiling costs 90 ms at each start, loading 2 ms. Plain JavaScript, because ts-node would
 * spend 30 ms on the same text as TypeScript; the package's build has to copy it.
 */
const buildValidator = (schema: AnySchemaObject): string => {
  const ajv = new Ajv({ allErrors: true, verbose: true, strict: false, code: { source: true } });
  ajv.addSchema(withoutDescriptions(schema) as AnySchemaObject, 'homelab');
  return `// Generated from homelab.ts by generate-schema.ts.\n${standaloneCode(ajv, { validate: 'homelab' })}\n`;
};

/** An `if` on a property also holds where the property is missing: every branch would then report its own errors. */
const requireDiscriminators = (schema: unknown): void => {
  if (typeof schema !== 'object' || schema === null) return;
  for (const value of Object.values(schema)) requireDiscriminators(value);
  const { if: condition } = schema as AnySchemaObject;
  if (condition) condition.required = Object.keys(condition.properties);
};

const withoutDescriptions = (schema: unknown): unknown => {
  if (typeof schema !== 'object' || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map(withoutDescriptions);
  const kept = Object.entries(schema).filter(([key, value]) => key !== 'description' || typeof value !== 'string');
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutDescriptions(value)]));
};

const formatJson = (value: object): Promise<string> =>
  prettier.format(JSON.stringify(value), { parser: 'json', printWidth: 120 });

if (require.main === module) {
  void generateSchema().then((files) => files.forEach((text, file) => fs.writeFileSync(file, text)));
}
