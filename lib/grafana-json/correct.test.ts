import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, correctDashboard } from './correct';
import { dashboardOf, panelSources, rawDashboardOf } from './testing/samples';

const all = Object.values(panelSources).map((source) => source());

describe('correctDashboard', () => {
  it('leaves its argument as it is', () => {
    const raw = rawDashboardOf(...all);
    const before = JSON.stringify(raw);
    correctDashboard(raw);
    expect(JSON.stringify(raw)).toBe(before);
  });

  it('has nothing to do the second time', () => {
    const once = dashboardOf(...all);
    expect(canonicalJson(correctDashboard(once))).toBe(canonicalJson(once));
  });

  it('leaves nothing empty behind', () => {
    const empties = [...canonicalJson(dashboardOf(...all)).matchAll(/"(\w+)": (?:\{\}|"")/g)].map(([, key]) => key);
    expect(empties).toEqual([]);
  });

  it('takes what the builders of the SDK give, undefined and all', () => {
    expect(correctDashboard({ title: 'x', uid: undefined })).toEqual({
      annotations: { list: [] },
      templating: { list: [] },
      title: 'x',
    });
  });
});

describe('canonicalJson', () => {
  it('sorts keys, indents by two, ends with a newline and leaves out what is undefined', () => {
    expect(canonicalJson({ b: [{ d: 1, c: undefined, a: null }], a: 'ä' })).toBe(
      '{\n  "a": "ä",\n  "b": [\n    {\n      "a": null,\n      "d": 1\n    }\n  ]\n}\n',
    );
  });

  it('says the same of equal values, in whatever order they were made', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
};
