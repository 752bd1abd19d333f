import path from 'node:path';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { describe, expect, test } from 'vitest';
import { checkHomelab } from './check';
import type { Homelab } from './homelab';
import { HomelabError, isHomelabError } from './homelab-error';
import type { Keys } from './problem';
import { readHomelab } from './read';
import { parseYaml } from './read-yaml';
import { resolveHomelab } from './resolve';

const examples = ['typical.ts', 'everything.ts', 'variant-identity-static.ts'].map((name) =>
  readHomelab(path.join(__dirname, '../../examples/homelabs', name)),
);

type Tree = Record<string | number, unknown>;
type Mutation = (parent: Tree, key: string | number) => void;

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;

/** Every place of a homelab. */
const placesOf = (value: unknown, keys: Keys = []): readonly Keys[] =>
  isTree(value)
    ? Object.entries(value).flatMap(([key, child]) => {
        const place = [...keys, Array.isArray(value) ? Number(key) : key];
        return [place, ...placesOf(child, place)];
      })
    : [];

/** Made anew each time: what one run puts into a homelab, the next must not find changed. */
const junk = fc.oneof(
  fc.constantFrom<unknown>(null, undefined, true, Number.NaN, 0, -1, 65_536, 10n, Symbol('s'), () => 1),
  fc.constantFrom('', ' ', '{host}', '*', '(', 'http://', '__proto__', '192.168.1.5/24', '2001::', 'a:1'),
  fc
    .constantFrom<() => unknown>(
      () => new Date(0),
      () => new Map(),
      () => [null],
      () => [[]],
      () => [undefined],
      () => ({}),
      () => ({ env: 'x' }),
      () => ({ env: 'X' }),
    )
    .map((make) => make()),
  fc.string(),
  fc.integer(),
  fc.jsonValue(),
);

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.constant<Mutation>((parent, key) => {
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else delete parent[key];
  }),
  junk.map<Mutation>((value) => (parent, key) => void (parent[key] = value)),
  fc.constant<Mutation>((parent, key) => {
    parent[`${key}s`] = parent[key];
    delete parent[key];
  }),
  fc.constant<Mutation>((parent, key) => {
    if (typeof parent[key] === 'string') parent[key] = `${parent[key].slice(1)}x`;
  }),
  fc.constant<Mutation>((parent, key) => {
    if (Array.isArray(parent)) parent.push(parent[Number(key)]);
    else parent[`${key}2`] = parent[key];
  }),
  fc
    .tuple(fc.constantFrom('__proto__', 'constructor', 'toString', '', 'a.b', "it's"), junk)
    .map<Mutation>(([name, value]) => (parent, key) => {
      const target = isTree(parent[key]) ? parent[key] : parent;
      if (!Array.isArray(target))
        Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
    }),
);

const mutated = fc
  .tuple(
    fc.constantFrom(...examples),
    fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), mutation), { minLength: 1, maxLength: 4 }),
  )
  .map(([example, steps]) => {
    const homelab = structuredClone(example) as unknown as Tree;
    for (const [where, mutate] of steps) {
      const places = placesOf(homelab).filter((keys) => isTree(parentOf(homelab, keys)));
      const keys = places[Math.min(places.length - 1, Math.floor(where * places.length))];
      if (keys) mutate(parentOf(homelab, keys) as Tree, keys.at(-1) ?? '');
    }
    return homelab;
  });

const valueAt = (value: unknown, keys: Keys): unknown =>
  keys.reduce((inner, key) => (isTree(inner) ? inner[key] : undefined), value);
const parentOf = (value: unknown, keys: Keys): unknown => valueAt(value, keys.slice(0, -1));

/** Everything that may be done with a homelab that may be one. */
const exercise = (homelab: unknown): void => {
  const problems = checkHomelab(homelab);
  for (const { keys, what } of problems) {
    const exists = keys.length === 0 || valueAt(homelab, keys) !== undefined || isTree(parentOf(homelab, keys));
    expect(exists, `${what} at ${keys.join()}`).toBe(true);
    expect(what).toMatch(/^[^A-Z].*[^.]$/s);
  }
  if (problems.length > 0) {
    expect(new HomelabError(problems, '/tmp/homelab.ts').format()).toMatch(/^error: /);
    return;
  }
  for (const options of [{}, { mode: 'owned', engine: 'prometheus' }, { engine: 'vmalert' }] as const) {
    try {
      resolveHomelab(homelab as Homelab, options);
    } catch (error) {
      if (!isHomelabError(error)) throw error;
    }
  }
};

describe('whatever somebody does to a homelab', () => {
  test('it is still one, or the error says where not', () => {
    fc.assert(fc.property(mutated, exercise), { numRuns: 200 });
  });

  test('anything at all is not one', () => {
    fc.assert(fc.property(fc.oneof(fc.anything(), junk), exercise), { numRuns: 100 });
  });
});

describe('whatever stands in a YAML file', () => {
  const read = (text: string): void => {
    try {
      const { value, locate } = parseYaml(text);
      for (const problem of checkHomelab(value)) {
        const at = locate(problem);
        if (at) expect(at.line).toBeLessThanOrEqual(text.split('\n').length);
      }
    } catch (error) {
      if (!isHomelabError(error)) throw error;
      expect(error.format()).toMatch(/^error: /);
    }
  };

  test('random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => read(Buffer.from(bytes).toString('utf8'))),
      { numRuns: 100 },
    );
  });

  test('the letters that YAML is made of', () => {
    const letters = fc.constantFrom(
      ...'hosts: [{}]&*!|>-?#%@`"\'\n\t ,~<0a'.split(''),
      'hosts',
      ': ',
      '\n  - ',
      '<<: ',
      '*a ',
      '&a ',
      '---\n',
    );
    fc.assert(
      fc.property(
        fc.array(letters, { maxLength: 60 }).map((all) => all.join('')),
        read,
      ),
      { numRuns: 200 },
    );
  });

  test('a good file with a stretch replaced', () => {
    const text = stringify(examples[0]);
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(12), fc.string({ maxLength: 5 }), (start, length, other) =>
        read(text.slice(0, start) + other + text.slice(start + length)),
      ),
      { numRuns: 100 },
    );
  });
});
