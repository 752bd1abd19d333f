import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { ajvFor, generateCommand, generateSchema } from './generate-schema';
import { isObject, type Json } from './json';
import { deref, type JsonSchema } from './json-schema';
import { validatedDefinitions } from './schema-compose';
import { dashboardOf, panelSources } from './testing/samples';
import { flawsOf } from './validators';

const committed = (name: string): string => readFileSync(join(__dirname, name), 'utf8');
const schema = JSON.parse(committed('dashboard.schema.json')) as JsonSchema;
const defs = schema.$defs ?? {};
/** To compile the schema takes seconds: it is done once. */
const ajv = ajvFor(schema);

describe('what is generated', () => {
  let fresh: Record<string, string>;
  beforeAll(async () => {
    fresh = await generateSchema((made) => (isDeepStrictEqual(made, schema) ? ajv : ajvFor(made)));
  }, 60_000);

  it.each(['dashboard.schema.json', 'validator.gen.json'])('%s is up to date', (name) => {
    expect(fresh[name] === committed(name), `${name} is stale: run ${generateCommand}`).toBe(true);
  });

  it('is small', () => {
    expect(committed('validator.gen.json').length).toBeLessThan(250_000);
  });
});

describe('the compiled validators agree with ajv', () => {
  const told = (definition: string, value: unknown): string[] => {
    const validate = ajv.getSchema(`dashboard#/$defs/${definition}`);
    if (validate === undefined) throw new Error(definition);
    void validate(value);
    return (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`).sort();
  };
  const found = (definition: string, value: unknown): string[] =>
    flawsOf(definition, value)
      .map(({ at, keyword }) => `${at} ${keyword}`)
      .sort();

  it.each(validatedDefinitions)('%s', (definition) => {
    const full = example({ $ref: `#/$defs/${definition}` });
    expect(found(definition, full), 'a value with every key').toEqual([]);
    for (const other of variants({ $ref: `#/$defs/${definition}` })) expect(found(definition, other)).toEqual([]);
    for (const wrong of [undefined, null, 1, 'text', [], {}, ...mutations(full)]) {
      expect(found(definition, wrong)).toEqual(told(definition, wrong));
    }
  });

  it('on anything', () => {
    fc.assert(
      fc.property(fc.constantFrom(...validatedDefinitions), fc.jsonValue(), (definition, value) => {
        expect(found(definition, value)).toEqual(told(definition, value));
      }),
    );
  });
});

it('the schema as a whole, for editors, takes what is right and refuses what is wrong in a panel', () => {
  const validate = ajv.getSchema('dashboard');
  const sample = dashboardOf(...Object.values(panelSources).map((source) => source()));
  void validate?.(sample);
  expect(validate?.errors ?? []).toEqual([]);
  const broken = JSON.parse(JSON.stringify(sample).replace('"showThresholdLabels"', '"showTresholdLabels"')) as unknown;
  expect(validate?.(broken)).toBe(false);
});

/** A value that has every key that a schema allows. */
const example = (given: JsonSchema): unknown => {
  const it = deref(given, defs);
  const [member] = it.oneOf ?? [];
  if (member !== undefined) return example(member);
  if (it.const !== undefined) return it.const;
  const [value] = it.enum ?? it.anyOf?.find((inner) => inner.enum !== undefined)?.enum ?? [];
  if (value !== undefined) return value;
  if (it.properties !== undefined) {
    return Object.fromEntries(Object.entries(it.properties).map(([key, inner]) => [key, example(inner)]));
  }
  if (typeof it.additionalProperties === 'object') return { any: example(it.additionalProperties) };
  const type = typeof it.type === 'string' ? it.type : it.type?.[0];
  if (type === 'array') return it.items === undefined ? [] : [example(it.items)];
  if (type === 'object') return {};
  if (type === 'number' || type === 'integer') return it.minimum ?? 1;
  if (type === 'boolean') return true;
  return it.pattern === undefined || it.pattern === '.' ? 'text' : '';
};

/** Right values, so that each member of each union and each value of each list is in one of them. */
const variants = function* (given: JsonSchema): Generator<unknown> {
  const it = deref(given, defs);
  for (const member of it.oneOf ?? []) yield* variants(member);
  yield* it.enum ?? it.anyOf?.find((inner) => inner.enum !== undefined)?.enum ?? [];
  if (it.properties !== undefined) {
    const full = example(it) as Json;
    yield full;
    for (const [key, inner] of Object.entries(it.properties))
      for (const other of variants(inner)) yield { ...full, [key]: other };
  }
  if (it.items !== undefined) for (const other of variants(it.items)) yield [other];
};

/** The same value with one thing changed, for each thing in it: a key misspelt, a key gone, a value of another type. */
const mutations = function* (value: unknown): Generator<unknown> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) for (const other of mutations(item)) yield value.with(index, other);
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      const { [key]: _, ...rest } = value;
      yield rest;
      yield { ...rest, [`${key}x`]: item } satisfies Json;
      for (const other of mutations(item)) yield { ...value, [key]: other };
    }
  } else {
    yield typeof value === 'string' ? 17 : 'no such value';
    yield 'µ';
    yield -1.5;
    yield null;
    yield { type: 'nothing' };
  }
};
