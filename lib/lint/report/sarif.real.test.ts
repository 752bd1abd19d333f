import { join } from 'node:path';
import Ajv from 'ajv';
import fc from 'fast-check';
import { createGenerator } from 'ts-json-schema-generator';
import { beforeAll, describe, expect, it } from 'vitest';
import { reportSarif } from './sarif';
import { finding, result } from './testing/result';

describe('SARIF', () => {
  let validate: (value: unknown) => boolean;

  // The types are made from the schema of the standard; a schema is made from them again.
  beforeAll(() => {
    const schema = createGenerator({
      path: join(__dirname, '../../../node_modules/@types/sarif/index.d.ts'),
      type: 'Log',
      skipTypeCheck: true,
      additionalProperties: false,
    }).createSchema('Log');
    const ajv = new Ajv({ strict: false });
    const compiled = ajv.compile(schema as object);
    validate = (value) => {
      const fine = compiled(value);
      if (!fine) console.error(compiled.errors);
      return fine;
    };
  }, 30_000);

  it('is valid, with relative URIs and lines', () => {
    const log = JSON.parse(reportSarif(result, [], '1.2.3')) as never;
    expect(validate(log)).toBe(true);
    expect(log).toMatchObject({
      version: '2.1.0',
      runs: [
        {
          results: [
            {
              ruleId: 'metric-exists',
              level: 'error',
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: 'boards/my%20host.json' },
                    region: { startLine: 12 },
                  },
                },
              ],
            },
            { level: 'note' },
            { ruleId: 'not-understood', level: 'error' },
          ],
          invocations: [{ executionSuccessful: false }],
        },
      ],
    });
  });

  it('is valid for any text', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (message, file) => {
        const odd = { ...finding, message, place: { file: file || 'x', line: 1, column: 1 } };
        expect(validate(JSON.parse(reportSarif({ ...result, findings: [odd] }, [], '1')))).toBe(true);
      }),
      { numRuns: 20 },
    ));

  it('would not be with a wrong level', () => {
    const text = reportSarif(result, [], '1').replace('"level": "note"', '"level": "info"');
    const error = console.error;
    console.error = () => undefined;
    expect(validate(JSON.parse(text))).toBe(false);
    console.error = error;
  });
});
