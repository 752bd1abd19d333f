import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { generateSchema } from './generate-schema';
import { patterns } from './schema-words';

test('the schema and its validator are those of the types', async () => {
  for (const [file, text] of await generateSchema()) {
    const isFresh = fs.readFileSync(file, 'utf8') === text;
    expect(isFresh, `${path.basename(file)} is stale: npx ts-node --swc lib/homelab/generate-schema.ts`).toBe(true);
  }
}, 30_000);

const schema = JSON.parse(fs.readFileSync(path.join(__dirname, 'homelab.schema.json'), 'utf8'));

test('every pattern of the schema is explained in words', () => {
  const written = [...JSON.stringify(schema).matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)].map(([, text]) =>
    JSON.parse(text!),
  );
  expect(written.filter((pattern) => !Object.hasOwn(patterns, pattern))).toEqual([]);
  expect(Object.keys(patterns).filter((pattern) => !written.includes(pattern))).toEqual([]);
});

test('no key is let through unseen, and every key that an editor offers is described', () => {
  const objects = Object.entries<Record<string, unknown>>({ Homelab: schema, ...schema.definitions });
  for (const [name, { type, properties, additionalProperties, allOf }] of objects) {
    if (type === 'object' && properties && !allOf) expect(additionalProperties, name).toBe(false);
  }
  expect(schema.definitions.Exporter.properties.port.description).toContain("the catalog's");
});
