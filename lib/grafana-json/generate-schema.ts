import Ajv from 'ajv';
import standaloneCode from 'ajv/dist/standalone';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import type { JsonSchema } from './json-schema';
import { composeSchema, sdkTypes, validatedDefinitions } from './schema-compose';
import { schemaFromSdk } from './schema-from-sdk';

/** The files that are made from the SDK's types; committed, and compared by a test. `ajvOf`: for who has an ajv that knows the schema. */
export const generateSchema = async (
  ajvOf: (schema: JsonSchema) => Ajv = ajvFor,
): Promise<Record<'dashboard.schema.json' | 'validator.gen.json', string>> => {
  const schema = composeSchema(schemaFromSdk(sdkTypes));
  return {
    'dashboard.schema.json': await format(JSON.stringify(schema), { parser: 'json', printWidth: 120 }),
    'validator.gen.json': validatorSource(ajvOf(schema)),
  };
};

/** How to make them again. */
export const generateCommand = 'npx ts-node --swc lib/grafana-json/generate-schema.ts';

/** An ajv that knows the schema as `dashboard`, set as the compiled code was made. */
export const ajvFor = (schema: JsonSchema): Ajv => {
  const ajv = new Ajv({
    allErrors: true,
    allowUnionTypes: true,
    code: { esm: true, lines: false, optimize: 2, source: true },
    discriminator: true,
    inlineRefs: false,
    loopEnum: 1000,
    messages: false,
    strict: true,
    strictRequired: false,
    strictTypes: false,
  });
  ajv.addVocabulary(['removed']);
  return ajv.addSchema({ ...schema, $id: 'dashboard' });
};

const validatorSource = (ajv: Ajv): string => {
  const exported = validatedDefinitions.map((name, index) => [`export${index}`, name] as const);
  const source = standaloneCode(
    ajv,
    Object.fromEntries(exported.map(([as, name]) => [as, `dashboard#/$defs/${name}`])),
  );
  const functions = new Map(
    [...source.matchAll(/export const (export\d+) = validate(\d+);/g)].map(([, as, id]) => [as, id]),
  );
  const table = exported.map(([as, name]) => `"${name}":v${functions.get(as) ?? ''}`);
  const lines = [...compact(source).split('\n'), `return {${table.join(',')}};`];
  const comment = `Generated from dashboard.schema.json by ajv. Do not edit: ${generateCommand}`;
  return `${JSON.stringify({ comment, source: lines }, null, 1)}\n`;
};

/**
 * What ajv writes for each mistake and each call repeats itself a thousand times: the same, said by `flawed` and `joined`,
 * is a third of the size. The agreement of both is tested.
 */
const compact = (source: string): string => {
  const short = source
    .replace(/^"use strict";/, '')
    .replace(/export const export\d+ = validate\d+;/g, '')
    .replace(flaw, (_, _id, at: string | undefined, keyword: string, params: string) => {
      const key =
        /^(?:missingProperty|additionalProperty): (.*)$/.exec(params)?.[1] ?? /tagValue: ?(\w+)/.exec(params)?.[1];
      return `vErrors=flawed(vErrors,${[at ?? 'instancePath', `"${keyword}"`, key].filter(Boolean).join(',')});errors++;`;
    })
    .replace(call, (_, validator: string, data: string, at: string | undefined) => {
      return `if(!${validator}(${data},${at ?? 'instancePath'})){vErrors=joined(vErrors,${validator});errors=vErrors.length;}`;
    })
    .replaceAll('(data, {instancePath="", parentData, parentDataProperty, rootData=data}={})', '(data,instancePath="")')
    .replaceAll('let vErrors = null;let errors = 0;', 'let vErrors=null,errors=0;')
    .replace(/const func\d+ = Object\.prototype\.hasOwnProperty;/g, '')
    .replace(
      /func\d+\.call\(schema(\d+)((?:\.\w+)*)\.properties, (\w+)\)/g,
      (_, id: string, path: string, key: string) => {
        return `k${id}${path.replaceAll('.', '_')}.has(${key})`;
      },
    );
  const made = outsideTexts(keySets(short), (code) =>
    code
      .replace(/ (===|!==|==|\|\||&&|=|<|\+) /g, '$1')
      .replace(/(?<![.\w])vErrors\b/g, 'f')
      .replace(/(?<![.\w])instancePath\b/g, 'p')
      .replace(/(?<![.\w])validate(\d+)\b/g, 'v$1')
      .replace(/(?<![.\w])data(\d*)\b/g, 'd$1'),
  );
  const left = /schemaPath|parentData|rootData|require\(|\bschema\d|\bfunc\d/.exec(made);
  if (left !== null)
    throw new Error(`ajv writes otherwise than expected: ${made.slice(left.index - 200, left.index + 200)}`);
  return made.replace(/(?=(?:function v\d+\(|const (?:k|pattern)\d+))/g, '\n').trim();
};

const flaw =
  /const (err\d+) = \{instancePath(?::((?:(?!,schemaPath:).)*))?,schemaPath:"[^"]*",keyword:"(\w+)",params:\{(.*?)\}\};if\(vErrors === null\)\{vErrors = \[\1\];\}else \{vErrors\.push\(\1\);\}errors\+\+;/g;
const call =
  /if\(!\((validate\d+)\(([^,]+), \{instancePath(?::((?:(?!,parentData).)*))?,parentData(?::\w+)?,parentDataProperty(?:(?!,rootData).)*,rootData\}\)\)\)\{vErrors = vErrors === null \? \1\.errors : vErrors\.concat\(\1\.errors\);errors = vErrors\.length;\}/g;

/** Changes code and leaves the texts in it as they are. */
const outsideTexts = (source: string, change: (code: string) => string): string =>
  source
    .split(/("(?:[^"\\]|\\.)*")/)
    .map((part, index) => (index % 2 === 0 ? change(part) : part))
    .join('');

/** Of the schemas that ajv puts beside its code, only the keys of larger objects are used. */
const keySets = (source: string): string =>
  source.replace(/const schema(\d+) = (\{.*?\});(?=const |function |$)/g, (_, id: string, json: string) => {
    const used = new Set(
      [...source.matchAll(new RegExp(`\\bk${id}((?:_\\w+?)*)\\.has\\(`, 'g'))].map(([, path = '']) => path),
    );
    return [...used].map((path) => `const k${id}${path}=keys("${keysAt(JSON.parse(json), path).join(' ')}");`).join('');
  });

const keysAt = (schema: unknown, path: string): string[] => {
  const at = path
    .split('_')
    .slice(1)
    .reduce((inner, key) => (inner as Record<string, unknown>)[key], schema);
  return Object.keys((at as JsonSchema).properties ?? {});
};

if (require.main === module) {
  void generateSchema().then((files) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(__dirname, name), text);
  });
}
