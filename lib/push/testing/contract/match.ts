import { isDeepStrictEqual } from 'node:util';
import { Exact, Listing, type Shape } from './step';

/** A list that holds something of each of these shapes, and perhaps more. */
export const holding = (...shapes: readonly Shape[]): Shape => new Listing(shapes, true);

/** A list that holds nothing of this shape. */
export const without = (shape: Shape): Shape => new Listing([shape], false);

/** Exactly this, key by key. */
export const exactly = (wanted: unknown): Shape => new Exact(wanted);

/** Where a value differs from a shape, in words; undefined where it does not. */
export const mismatch = (value: unknown, shape: Shape, path = 'answer'): string | undefined => {
  if (typeof shape === 'function')
    return shape(value)
      ? undefined
      : `${path}: ${shown(value)} does not pass ${shape.name || String(shape).slice(0, 80)}`;
  if (shape instanceof RegExp)
    return typeof value === 'string' && shape.test(value)
      ? undefined
      : `${path}: ${shown(value)} does not match ${shape.source}`;
  if (shape instanceof Exact)
    return isDeepStrictEqual(value, shape.wanted)
      ? undefined
      : `${path}: ${shown(value)}, not exactly ${shown(shape.wanted)}`;
  if (shape instanceof Listing) return mismatchInList(value, shape, path);
  if (Array.isArray(shape)) {
    if (!Array.isArray(value)) return `${path}: ${shown(value)} is no list`;
    if (value.length !== shape.length) return `${path}: ${value.length} items, not ${shape.length}: ${shown(value)}`;
    return first(shape.map((item: Shape, index) => () => mismatch(value[index], item, `${path}[${index}]`)));
  }
  if (typeof shape === 'object' && shape !== null) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return `${path}: ${shown(value)} is no object`;
    return first(
      Object.entries(shape).map(
        ([key, inner]) =>
          () =>
            mismatch((value as Record<string, unknown>)[key], inner as Shape, `${path}.${key}`),
      ),
    );
  }
  return value === shape ? undefined : `${path}: ${shown(value)}, not ${shown(shape)}`;
};

const mismatchInList = (value: unknown, { shapes, wanted }: Listing, path: string): string | undefined => {
  if (!Array.isArray(value)) return `${path}: ${shown(value)} is no list`;
  const fits = (shape: Shape): boolean => value.some((item) => mismatch(item, shape) === undefined);
  const wrong = shapes.find((shape) => fits(shape) !== wanted);
  return wrong === undefined
    ? undefined
    : `${path}: ${wanted ? 'nothing' : 'something'} in ${value.length} items looks like ${shown(wrong)}`;
};

const first = (checks: readonly (() => string | undefined)[]): string | undefined => {
  for (const check of checks) {
    const found = check();
    if (found !== undefined) return found;
  }
  return undefined;
};

const shown = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 300);
